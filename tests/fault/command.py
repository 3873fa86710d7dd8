"""command.py BUILD quick|full: each command of BUILD/slant with each failure in turn, those of the
libraries it uses too (BUILD/fault/preload.so): call n of a kind once, and from n on, for n = 1, 2, ...
until a run meets none (quick: all n up to 12, then ever wider steps). Each run must end by itself
with code 0 and the bytes of a run without a failure, or with code 1 and one line that says why; an old
output file is whole, old or new, and no temporary file is left. Then: killed before its n-th file
call; reads and writes in pieces with EINTR and EAGAIN between; address space cut off at many
sizes. Prints TAP, and last "# loops L faults F". Run it in the project's folder."""
import gzip
import os
import resource
import subprocess
import sys

sys.path.insert(0, "tests")
import scratch
from scratch import folder, path, put, tell, temporary

build, extent = sys.argv[1:3]
full = extent == "full"
slant = os.path.abspath(build + "/slant")
preload = os.path.abspath(build + "/fault/preload.so")
# what is not checked where it is called: libsvm's malloc and new (see src/train/solver_libsvm.c),
# and libxml2's, which gives up with a message of its own or a page without text
SPARED = "libsvm,libstdc++,libxml2"
loops = faults = 0


def get(name):
    try:
        with open(path(name), "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


def run(arguments, fault=None, limit=None, stdin=None, **more):
    """Code, standard output, standard error, failures met."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    if fault is not None:
        environment.update(LD_PRELOAD=preload, SLANT_FAULT=fault, SLANT_FAULT_SPARE=SPARED,
                           SLANT_FAULT_HITS=path("hits"))
        if os.path.exists(path("hits")):
            os.unlink(path("hits"))
    before = None
    if limit is not None:
        before = lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    done = subprocess.run([slant] + arguments, env=environment, preexec_fn=before,
                          input=stdin if stdin is not None else b"", capture_output=True,
                          timeout=120, **more)
    hits = int(get("hits") or 0) if fault is not None else 0
    # a build that counts coverage tells that it could not open its counters
    stderr = b"".join(l for l in done.stderr.splitlines(True) if not l.startswith(b"profiling:"))
    return done.returncode, done.stdout, stderr, hits


put("a.jsonl", b'{"id":"a","date":"2024-01-05","source":"s","text":"Senator Ida Olvik said the ban on '
    b'Norvane was overdue. \\"We cannot trust it,\\" she added. The port did not ban it."}\n'
    b'{"id":"b","date":"2024-02-05","source":"t","text":"Norvane\'s gates are safe, the company '
    b'argued, and denied the charge. The ban is unfair."}\n')
put("page.html", b"<!DOCTYPE html><title>Ban</title><article><p>Senator Ida Olvik said the ban on "
    b"Norvane was overdue, and nobody in the harbour objected to that at all.</p></article>\n")
put("latin.html", b"<!DOCTYPE html><title>Ban</title><article><p>At the caf\xe9 Senator Ida Olvik said the "
    b"ban on Norvane was overdue, and nobody in the harbour objected.</p></article>\n")
put("names.tsv", b"speaker\talias\nIda Olvik\tOlvik\nNorvane\tthe company\n")
put("list", path("a.jsonl").encode() + b"\n")
rows = open("tests/fuzz/tiny.tsv", "rb").read()
put("rows.tsv", rows)
model, article = path("m.slant"), path("a.jsonl")
TRAIN = ["train", "-q", "--trials", "1", "--folds", "2", "--name", "m", "--lexicon",
         "tests/fuzz/tiny_lexicon.tsv", "--vectors", "tests/fuzz/tiny_vectors.txt"]
for name in ("old", "m"):
    made = run(TRAIN + ["--name", name, "-o", model, path("rows.tsv")])
    assert made[0] == 0, made
    if name == "old":
        OLD = get("m.slant")  # what outputs replace: a model, as a model replaces none but models
assert OLD != get("m.slant")
code, scored, _, _ = run(["score", "-m", model, article])
assert code == 0
put("scored.jsonl", scored)
out = path("out")

COMMANDS = {
    "score": ["score", "-m", model, "--target", "Norvane", article],
    "score -o": ["score", "-m", model, "-o", out, "-j", "1", article],
    "score, 3 threads": ["score", "-m", model, "-j", "3", article],
    "score --files-from": ["score", "-m", model, "--files-from", path("list")],
    "score, a web page": ["score", "-m", model, path("page.html")],
    "score, a page in windows-1252": ["score", "-m", model, path("latin.html")],
    "report": ["report", "-m", model, article],
    "report -f html -o": ["report", "-m", model, "-f", "html", "-o", out, article],
    "report --scored": ["report", "--scored", "-f", "json", path("scored.jsonl")],
    "report --scored --speakers": ["report", "--scored", "--speakers", path("names.tsv"), path("scored.jsonl")],
    "quotes": ["quotes", article],
    "quotes --speakers": ["quotes", "--speakers", path("names.tsv"), article],
    "quotes -o": ["quotes", "-o", out, article],
    "explain": ["explain", "-m", model, "-f", "text", article],
    "inspect": ["inspect", model],
    "inspect --json": ["inspect", "--json", model],
    "train": TRAIN + ["-o", out, path("rows.tsv")],
    "train, dual": TRAIN + ["--solver", "dual", "-o", out, path("rows.tsv")],
    "eval": ["eval", "-m", model, "--bootstrap", "20", path("rows.tsv")],
    "--help": ["score", "--help"],
}
KINDS = ["alloc", "open", "read", "write", "fsync", "rename", "close", "thread"]


def whole(arguments):
    """What it writes without a failure, in a file or on standard output."""
    put("out", OLD)
    code, stdout, stderr, _ = run(arguments)
    assert code == 0 and not stderr, (arguments, code, stderr)
    return get("out") if out in arguments else stdout


def steps(slow):
    n = 1
    while True:
        yield n
        n += 1 if n < 12 or (full and (not slow or n < 200)) else max(1, n // (100 if full else 3))


def judge(name, arguments, kind, fault, wanted):
    """What is wrong, or None; and the failures met."""
    to_file = out in arguments
    put("out", OLD)
    code, stdout, stderr, hits = run(arguments, fault)
    left = temporary()
    for n in left:
        os.unlink(path(n))
    if left:
        return "a temporary file is left", hits
    got = get("out") if to_file else stdout
    told = b"records could not be read" in stderr and kind in ("read", "open")
    if code == 0:
        if got != wanted:
            return "it ended well with other bytes", hits
        if stderr:
            return "it ended well with a message", hits
    elif code == 1:
        # where standard error cannot be written either, nothing can be said
        if not (stderr.startswith(b"slant") and stderr.count(b"\n") == 1):
            return "no clear line: %r" % stderr, hits
        if to_file and got != OLD and not told:
            return "the old file is gone", hits
        if not to_file and not told and not wanted.startswith(got) and kind != "write":
            return "what came out is no beginning of the whole", hits
    else:
        return "it ended with %d %r" % (code, stderr[-200:]), hits
    return None, hits


def each_failure():
    global loops, faults
    for name, arguments in COMMANDS.items():
        wanted = whole(arguments)
        wrong = []
        for kind in KINDS:
            for lasting in ("", ":lasting"):
                for n in steps("train" in name or name == "eval"):
                    fault = "%s:%d%s" % (kind, n, lasting)
                    what, hits = judge(name, arguments, kind, fault, wanted)
                    loops += 1
                    faults += hits
                    if what is not None:
                        wrong.append("%s: %s" % (fault, what))
                    if hits == 0 or len(wrong) > 8:
                        break
        tell(not wrong, "%s: each failure in turn" % name)
        for w in wrong[:8]:
            print("#   " + w)


def each_kill():
    """SIGKILL before each file call of a save."""
    global loops, faults
    for name in ("train, dual", "report -f html -o", "score -o"):
        arguments = COMMANDS[name]
        wanted = whole(arguments)
        good = True
        for n in range(1, 10000):
            put("out", OLD)
            code, _, _, _ = run(arguments, "kill:%d" % n)
            loops += 1
            if code == 0:
                good = good and get("out") == wanted
                break
            faults += 1
            good = good and code == -9 and get("out") in (OLD, wanted)
            for left in temporary():
                os.unlink(path(left))
        good = good and whole(arguments) == wanted  # nothing is in the way
        tell(good and n > 5, "%s: killed before each of its %d file calls" % (name, n - 1))


def in_pieces():
    global loops, faults
    for name, arguments in COMMANDS.items():
        if name == "--help":
            continue
        to_file = out in arguments
        wanted = whole(arguments)
        put("out", OLD)
        code, stdout, stderr, hits = run(arguments, "choppy:1")
        loops += 1
        faults += hits
        got = get("out") if to_file else stdout
        tell(code == 0 and not stderr and got == wanted and hits > 0,
             "%s: short reads and writes, EINTR, EAGAIN" % name)


def shrinking():
    """A file is cut off while it is read: a shorter file, told where a record is cut, and no more."""
    global loops, faults
    line = b'{"id":"%07d","text":"Senator Olvik said ban number %d on Norvane was overdue."}\n'
    content = b"".join(line % (i, i) for i in range(100_000))
    # the record that is cut; packed, the end of the file too
    for name, packed, errors in (("long.jsonl", content, 1), ("long.jsonl.gz", gzip.compress(content, 1), 2)):
        put(name, packed)
        wanted = run(["score", "-m", model, "-f", "tsv", path(name)])[1]
        p = subprocess.Popen([slant, "score", "-m", model, "-f", "tsv", "-j", "1", path(name)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        got = os.read(p.stdout.fileno(), 1)  # it has begun; the rest of its output waits in the pipe
        with open(path(name), "r+b") as f:
            f.truncate(len(packed) * 2 // 3 + 7)
        more, stderr = p.communicate(timeout=120)
        lines = (got + more).split(b"\n")[:-1]
        whole_lines = wanted.split(b"\n")[:-1]
        n = next((i for i, l in enumerate(lines) if i >= len(whole_lines) or l != whole_lines[i]), len(lines))
        loops += 1
        faults += 1
        tell(p.returncode == 1 and stderr.startswith(b"slant score: %d of " % errors) and
             len(whole_lines) // 3 < n < len(whole_lines) - 1000 and len(lines) == n + errors,
             "score: %s is cut off while it is read: %d of %d lines, then %d of errors" %
             (name, n, len(whole_lines), errors))


def little_memory():
    """Real shortage: whatever runs out, in libraries too, there is a message or the whole result."""
    global loops, faults
    start = 1 << 20
    while run(["--version"], limit=start)[0] != 0:
        start += 1 << 20
    for name in ("score, 3 threads", "report", "quotes", "inspect --json", "train, dual", "train",
                 "score, a web page", "score, a page in windows-1252"):
        arguments = COMMANDS[name]
        to_file = out in arguments
        wanted = whole(arguments)
        wrong = []
        refused = 0
        limit = start
        good = 0
        while good < 3 and limit < 4 << 30:
            put("out", OLD)
            code, stdout, stderr, _ = run(arguments, limit=limit)
            got = get("out") if to_file else stdout
            loops += 1
            if code == 0 and got == wanted:
                good += 1
            elif code == 1 and stderr.startswith(b"slant") and stderr.count(b"\n") == 1 \
                    and not temporary() and (not to_file or got == OLD):
                refused += 1
            else:
                wrong.append("%d kB: %d %r" % (limit >> 10, code, stderr[-200:]))
            limit += (64 << 10) if full else (512 << 10)
            if limit > start + (48 << 20):
                limit += 8 << 20
        faults += refused
        tell(not wrong and good > 0, "%s: in too little memory (%d sizes refused)" % (name, refused))
        for w in wrong[:8]:
            print("#   " + w)


each_failure()
each_kill()
in_pieces()
shrinking()
little_memory()
for n in os.listdir(folder):
    os.unlink(path(n))
os.rmdir(folder)
print("# loops %d faults %d" % (loops, faults))
sys.exit(scratch.bad > 0)
