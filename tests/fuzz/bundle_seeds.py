"""bundle_seeds.py SLANT FOLDER: small models for fuzz_bundle.c, whole and damaged, made anew when the
format of the file changes. Checksums of damaged ones are left wrong: the fuzzer repairs them. Run it in
the project's folder."""
import os
import struct
import subprocess
import sys
import tempfile

slant, folder = sys.argv[1:3]
work = tempfile.mkdtemp()
LEXICON = ["--lexicon", "tests/fuzz/tiny_lexicon.tsv"]
VECTORS = ["--vectors", "tests/fuzz/tiny_vectors.txt"]
SMALL = ["--trials", "1", "--folds", "2", "--solver", "dual", "--set", "rows.word=8", "--set", "rows.bigram=8",
         "--set", "rows.trigram=8", "--set", "rows.listed=8", "--set", "rows.char=24"]


def train(name, *options, rows=None):
    out = os.path.join(work, name)
    subprocess.run([slant, "train", "-q", *SMALL, *options, "-o", out, rows or "tests/fuzz/tiny.tsv"],
                   check=True)
    with open(out, "rb") as f:
        return f.read()


def keep(name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


def sections(data):
    """Of each tag: where its entry in the table stands, its offset and length."""
    found = {}
    for i in range(struct.unpack_from("<I", data, 12)[0]):
        entry = 32 + 24 * i
        tag = data[entry:entry + 4].decode()
        found[tag] = (entry, *struct.unpack_from("<QQ", data, entry + 8))
    return found


def changed(data, tag, offset, new):
    at = sections(data)[tag][1] + offset
    return data[:at] + new + data[at + len(new):]


with open("tests/fuzz/tiny.tsv") as f:
    header, *rows = f.read().splitlines()
columns = header.split("\t")
stance = columns.index("stance")
two = [header] + [r for r in rows if r.split("\t")[stance] != "none"]
with open(os.path.join(work, "two.tsv"), "w") as f:
    f.write("\n".join(two) + "\n")
if "sentiment" in columns:
    at = columns.index("sentiment")
    cut = ["\t".join(c for i, c in enumerate(r.split("\t")) if i != at) for r in [header] + rows]
    with open(os.path.join(work, "one.tsv"), "w") as f:
        f.write("\n".join(cut) + "\n")

keep("whole", train("whole", *LEXICON, *VECTORS))
keep("no_lexicon", train("a", *VECTORS))
keep("two_labels", train("c", rows=os.path.join(work, "two.tsv")))
keep("target_words", train("d", "--target-words"))
if "sentiment" in columns:
    keep("one_head", train("e", *LEXICON, rows=os.path.join(work, "one.tsv")))
whole = train("b", *LEXICON) # the smaller one is damaged
keep("no_vectors", whole)
most = struct.pack("<I", 0xFFFFFFFF)
table = sections(whole)
keep("cut_short", whole[:200])
keep("wrong_checksum", whole[:24] + bytes(8) + whole[32:])
keep("bad_unit", changed(whole, "UNIT", 4, struct.pack("<I", 0x7FF00000)))
keep("no_norm", changed(whole, "ROWS", 0, bytes(16)))
lexicon = table["LEXI"][1]
entries = 4 + 24 * struct.unpack_from("<I", whole, lexicon)[0] # where their number stands, behind the classes
roles = entries + 4 + 8 * struct.unpack_from("<I", whole, lexicon + entries)[0] + 4
keep("bad_role", changed(whole, "LEXI", roles, most))
keep("bad_class", changed(whole, "LEXI", 4, b"ban"))
keep("many_classes", changed(whole, "LEXI", 0, most))
keep("word_count_inflated", changed(whole, "WORD", 0, most))
keep("starts_fall", changed(whole, "CHAR", 4, most))
keep("tags_full", changed(whole, "PAIR", 128, b"\xff" * 1024))
keep("list_too_far", changed(whole, "LIST", 4, most))
keep("seen_falls", changed(whole, "SEEN", 4, most))
keep("seen_inflated", changed(whole, "SEEN", 0, most))
keep("other_language", changed(whole, "NAME", 12, b"xx"))
keep("meta_not_json", changed(whole, "META", 0, b"[["))
keep("no_heads", changed(whole, "HEAD", 0, bytes(4)))
keep("pair_bits_64", changed(whole, "PAIR", 8, struct.pack("<I", 64)))
keep("many_buckets", changed(whole, "PAIR", 16, most))
keep("bucket_bits_64", changed(whole, "WGRM", 0, struct.pack("<I", 64)))
keep("tables_full", changed(whole, "WGRM", 64, b"\xff" * 64))
keep("needed_section_unknown", whole[:table["LGRM"][0]] + b"ELSE" + whole[table["LGRM"][0] + 4:])
entry = table["WORD"][0]
other = table["CHAR"][0]
keep("sections_swapped", whole[:entry + 8] + whole[other + 8:other + 24] + whole[entry + 24:])
