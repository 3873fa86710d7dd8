"""text.py BUILD quick|full: hostile text through score, quotes and report. Many short records of every
kind: none is lost, each comes out as sentences, as empty or as an error. One article of each kind at
growing sizes: it ends well, in time linear in its size, in memory below FACTOR times its size
and ROOM. Nested JSON and HTML, packed bombs. Nothing that a terminal would obey, no cell that a
spreadsheet would run. Prints TAP, lines "# cost ...", and last "# loops L faults F" (loops: records
and articles). Run it in the project's folder."""
import csv
import gzip
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys

sys.path.insert(0, "tests")
import scratch
from scratch import folder, path, put, tell

build, extent = sys.argv[1:3]
full = extent == "full"
slant = os.path.abspath(build + "/slant")
hostile = os.path.abspath(build + "/torture/hostile")
FACTOR, ROOM = 120, 64 << 20
OF_NODES = 200  # instead of FACTOR: pages of four bytes a paragraph, each a sentence
loops = 0


def measured(arguments, stdin, stdout):
    """Exit code, seconds of user time, peak bytes."""
    p = subprocess.Popen([slant] + arguments, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return p.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def many_records():
    global loops
    count = 10_000_000 if full else 60_000
    commands = {
        "score": ["score", "-m", model, "-i", "jsonl", "--trailer"],
        "quotes": ["quotes", "-i", "jsonl"],
        "report": ["report", "-m", model, "-i", "jsonl", "-f", "json"],
    }
    # how many are bad is counted by another parser
    source = subprocess.Popen([hostile, "records", str(min(count, 60_000)), "1"], stdout=subprocess.PIPE)
    refused = 0
    for line in source.stdout:
        refused += not readable(line)
    source.wait()
    for name, arguments in commands.items():
        for n in sorted({60_000, count}):
            source = subprocess.Popen([hostile, "records", str(n), "1"], stdout=subprocess.PIPE)
            if name == "report":
                with open(path("out"), "wb") as out:
                    code, seconds, peak = measured(arguments, source.stdout, out)
                source.wait()
                with open(path("out"), "rb") as f:
                    f.seek(-2, 2)
                    whole = f.read() == b"}\n"
                got = subprocess.run(["grep", "-o", "-E", '"records":[0-9]+,"sentences"|"(doc|id)":"', path("out")],
                                     capture_output=True).stdout.count(b'\n') if n == 60_000 else n
                tell(code in (0, 1) and whole and got >= n, "report: %d records, whole" % n)
            else:
                records, errors, last, p, peak = stream(name, arguments, source)
                source.wait()
                if name == "score":
                    trailer = json.loads(last)["trailer"]
                    tell(trailer["records"] == n and records == n and errors == trailer["errors"],
                         "score: %d records in, %d out, %d of them errors" % (n, records, errors))
                    if n == 60_000:
                        tell(errors == refused, "score: the %d errors another parser finds" % refused)
                else:
                    tell(errors > 0 and p == 1 and (n > 60_000 or errors == refused),
                         "quotes: %d records in, %d errors" % (n, errors))
            loops += n
            print("# cost %s %d records peak %d MB" % (name, n, peak >> 20))


def readable(line):
    """What json of Python makes of a record: whether it has a text that is one."""
    def pairs(p):
        keys = [k for k, _ in p]
        if len(set(keys)) < len(keys):
            raise ValueError
        return dict(p)
    try:
        text = line.decode("utf-8", "replace")
        if re.search(r'[^\\](\\\\)*\\u[dD][89a-fA-F]', lone(text)):
            return False
        v = json.loads(text, object_pairs_hook=pairs)
    except ValueError:
        return False
    t = v.get("text")
    if isinstance(t, float) and t in (float("inf"), float("-inf")):
        return False
    if isinstance(t, int) and not isinstance(t, bool) and abs(t) >= 1 << 63:
        return False
    return isinstance(t, (str, int, float))


def lone(text):
    """Without pairs of surrogates."""
    return re.sub(r'\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}', "", text)


def stream(name, arguments, source):
    """Counts the records of the output: for score, documents."""
    p = subprocess.Popen([slant] + arguments, stdin=source.stdout, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    records = errors = 0
    last = b""
    for line in p.stdout:
        if b'"error":' in line:
            errors += 1
            records += 1
        elif name == "score" and (b',"n":1,' in line or b'"sentences":0' in line[:200]):
            records += 1
        last = line
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    return records, errors, last, p.returncode, usage.ru_maxrss * 1024


def large_articles():
    """A cost per byte that grows with size shows more than linear time."""
    global loops
    kinds = subprocess.run([hostile, "kinds"], capture_output=True, text=True).stdout.split()
    sizes = [1_000_000, 10_000_000] if full else [100_000, 1_000_000]
    commands = {
        "score": ["score", "-m", model, "-j", "1"],
        "quotes": ["quotes", "-j", "1"],
        "report": ["report", "-m", model, "-j", "1", "-f", "json"],
    }
    for kind in kinds:
        for name, arguments in commands.items():
            cost = []
            good = True
            factor = OF_NODES if kind in ("html-nodes", "html-named") else FACTOR
            form = ["-i", "html"] if kind.startswith("html") else ["-i", "text"]
            more = [100_000_000] if full and kind == "plain" else []
            for size in sizes + more:
                with open(path("article"), "wb") as f:
                    subprocess.run([hostile, kind, str(size)], stdout=f, check=True)
                code, seconds, peak = measured(arguments + form + [path("article")], subprocess.DEVNULL,
                                               subprocess.DEVNULL)
                loops += 1
                good = good and code in (0, 1) and peak <= factor * size + ROOM
                cost.append((seconds * 1e9 / size, peak / size))
            # a start of some milliseconds weighs on the small one, not on the large
            linear = cost[-1][0] <= 3 * cost[0][0] + 50 and cost[1][0] <= 3 * cost[0][0] + 50
            print("# cost %s %s %s" % (name, kind, " ".join("%.0f ns/B %.0f B/B" % c for c in cost)))
            tell(good and linear, "%s: %s: linear, and in bounds" % (name, kind))


def nested():
    global loops
    deep = 100_000
    put("deep.jsonl", b'{"text":"before"}\n{"text":' + b"[" * deep + b"]" * deep + b"}\n" +
        b'{"x":' + b'{"a":' * deep + b"1" + b"}" * deep + b',"text":"inside"}\n{"text":"after"}\n')
    code, _, peak = measured(["score", "-m", model, path("deep.jsonl")], subprocess.DEVNULL,
                             open(path("out"), "wb"))
    lines = open(path("out"), "rb").read().split(b"\n")[:-1]
    loops += 4
    tell(code == 1 and len(lines) == 4 and b"before" in lines[0] and b"error" in lines[1] and
         b"after" in lines[3] and peak < ROOM, "JSON nested %d deep: an error each, the rest scored" % deep)
    put("deep.html", b"<!DOCTYPE html><title>t</title><body>" + b"<div><b>" * deep +
        b"<p>The ban on Norvane is unfair, and nobody in the harbour said so before.</p>")
    code, _, peak = measured(["score", "-m", model, path("deep.html")], subprocess.DEVNULL,
                             subprocess.DEVNULL)
    loops += 1
    tell(code in (0, 1) and peak < 4 * ROOM, "HTML nested %d deep" % (2 * deep))


def bombs():
    """A few hundred kilobytes that become hundreds of megabytes."""
    global loops
    size = (400 if full else 60) << 20
    block = b"The ban is unfair. " * 55_188
    z = io.BytesIO()
    with gzip.GzipFile(fileobj=z, mode="wb", mtime=0) as g:
        for _ in range(size // len(block)):
            g.write(block + b"\n")
    put("bomb.txt.gz", z.getvalue())
    files = ["bomb.txt.gz"]
    if shutil.which("zstd"):
        with open(path("bomb.txt.zst"), "wb") as out:
            p = subprocess.Popen(["zstd", "-q", "-c"], stdin=subprocess.PIPE, stdout=out)
            for _ in range(size // len(block)):
                p.stdin.write(block + b"\n")
            p.stdin.close()
            p.wait()
        files.append("bomb.txt.zst")
    else:
        print("ok - a Zstandard bomb # SKIP there is no zstd")
    for name in files:
        packed = os.path.getsize(path(name))
        code, _, peak = measured(["score", "-m", model, "--lines", "-f", "tsv", "-j", "1", path(name)],
                                 subprocess.DEVNULL, subprocess.DEVNULL)
        loops += 1
        tell(code == 0 and peak < ROOM + 64 * len(block),
             "%s: %d kB become %d MB, line by line in %d MB" % (name, packed >> 10, size >> 20,
                                                                 peak >> 20))


def safe_output():
    """What article text may do to those who look at it."""
    global loops
    source = subprocess.run([hostile, "records", "20000", "3"], stdout=subprocess.PIPE).stdout
    put("some.jsonl", source)
    loops += 20_000
    controls = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae\x8e\x8f]|\xe2\x81[\xa6-\xa9]|\xd8\x9c")
    for form in ("text", "markdown", "csv"):
        got = subprocess.run([slant, "report", "-m", model, "-f", form, "--color", "never", path("some.jsonl")],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        seen = controls.search(got.stdout.replace(b"\r\n", b"\n") + got.stderr)
        tell(seen is None and len(got.stdout) > 1000, "report -f %s: nothing a terminal would obey" % form)
    for table in ("articles", "sentences", "speakers", "sources"):
        got = subprocess.run([slant, "report", "-m", model, "-f", "csv", "--table", table,
                              path("some.jsonl")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        formulas = [cell for row in csv.reader(io.StringIO(got.stdout.decode()), strict=True)
                    for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r") or
                    (cell[:1] == "-" and not re.fullmatch(r"-[0-9.e-]+", cell))]
        tell(not formulas and len(got.stdout) > 50, "report --table %s: no formula" % table)
    got = subprocess.run([slant, "report", "-m", model, "-f", "html", path("some.jsonl")],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    scripts = re.findall(rb"<script", got)
    tell(len(scripts) <= 1 and b"alert(1)</script" not in got and b'href="javascript' not in got,
         "report -f html: no script of the articles'")


def strange_names():
    global loops
    text = b"The ban on Norvane is unfair.\n"
    for name in ("new\nline.txt", "quote\".txt", "apos'trophe.txt", "-o.txt", "=1+1.txt", "esc\x1b[31m.txt",
                 "back\\slash.txt", "sp ace.txt", "\u202egnp.txt", "tab\t.txt", "semi;rm -rf.txt", "%s%n.txt"):
        put(name, text)
        for command in (["score", "-m", model], ["report", "-m", model], ["quotes"]):
            arguments = command + (["--"] if name.startswith("-") else []) + [name]
            p = subprocess.run([slant] + arguments, cwd=folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
            loops += 1
            good = p.returncode == 0 and p.stderr == b"" and b"\x1b" not in p.stdout
            if command[0] == "score":
                good = good and json.loads(p.stdout)["doc"] == name
            if not good:
                tell(False, "%s of a file named %r" % (command[0], name))
        missing = subprocess.run([slant, "quotes", "--", "no" + name], cwd=folder, capture_output=True)
        tell(missing.returncode == 1 and missing.stderr.count(b"\n") == 1 and
             b"\x1b" not in missing.stderr, "a file named %r" % name)


def shrinking():
    """A file that another process cuts off and writes anew while it is read."""
    global loops
    good = True
    for turn in range(40 if full else 8):
        big = put("shrink.txt", b"The ban on Norvane is unfair.\n" * 200_000)
        p = subprocess.Popen([slant, "score", "-m", model, "--lines", "-f", "tsv", big],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.truncate(big, 1 + turn * 100_000)
        out, err = p.communicate()
        loops += 1
        good = good and p.returncode in (0, 1) and out.endswith(b"\n")
    tell(good, "a file that shrinks while it is read")
    kept = open(model, "rb").read()
    for turn in range(40 if full else 8):
        p = subprocess.Popen([slant, "inspect", model], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.truncate(model, len(kept) * turn // 40)
        p.communicate()
        loops += 1
        good = good and p.returncode in (0, 1)
        put("m.slant", kept)
    tell(good, "a model that shrinks while it is read")


model = path("m.slant")
subprocess.run([slant, "train", "-q", "--trials", "1", "--folds", "2", "--solver", "dual", "-o", model,
                "tests/fuzz/tiny.tsv"], check=True)
many_records()
large_articles()
nested()
bombs()
safe_output()
strange_names()
shrinking()
shutil.rmtree(folder)
print("# loops %d faults 0" % loops)
sys.exit(scratch.bad > 0)
