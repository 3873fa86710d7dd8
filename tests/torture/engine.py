"""engine.py BUILD quick|full: the same bytes, whatever is done to the work. A hostile engine splits the
input at random, runs many children, kills some midway and retries, runs some twice, in any order,
feeds them in pieces, and merges what they wrote with `slant report --scored`: the bytes must be
those of one run. Then one run under other threads, locales, time zones, environments and folders; full:
and built by gcc and clang, with -O0 and -O3, and without the SIMD branches. Prints TAP, and last
"# loops L faults F". Run it in the project's folder."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, "tests")
import scratch
from scratch import folder, path, put, tell

build, extent = sys.argv[1:3]
full = extent == "full"
slant = os.path.abspath(build + "/slant")
hostile = os.path.abspath(build + "/torture/hostile")
root = os.getcwd()
loops = faults = 0
random.seed(7)


def run(arguments, stdin=b"", command=slant, **more):
    global loops
    loops += 1
    return subprocess.run([command] + arguments, input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, **more).stdout


def records(n):
    """Articles of sentences from the training text, some records damaged."""
    with open("training/vendor-ban.tsv", encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        column = head.index("text")
        sentences = [line.rstrip("\n").split("\t")[column] for line in f]
    out = []
    for i in range(n):
        text = " ".join(random.choice(sentences) for _ in range(random.choice([1, 3, 8, 20])))
        record = {"id": "r%05d" % i, "source": "s%d" % (i % 5), "date": "2024-%02d-11" % (i % 12 + 1),
                  "text": text}
        line = json.dumps(record, ensure_ascii=bool(i & 1)).encode()
        if i % 37 == 5:
            line = line.replace(b"the", b"th\xff", 1)
        if i % 53 == 9:
            line = line[:-3]
        if i % 41 == 3:
            line = json.dumps({"id": "empty%d" % i, "text": ""}).encode()
        out.append(line + b"\n")
    return out


def in_pieces(arguments, content):
    """Through a pipe, a few bytes at a time."""
    global loops
    loops += 1
    p = subprocess.Popen([slant] + arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    pid = os.fork()
    if pid == 0:
        at = 0
        os.close(p.stdout.fileno())
        try:
            while at < len(content):
                n = random.choice([1, 7, 4096, 70000])
                os.write(p.stdin.fileno(), content[at:at + n])
                at += n
        except OSError:
            pass
        os._exit(0)
    p.stdin.close()
    got = p.stdout.read()
    p.wait()
    os.waitpid(pid, 0)
    return got


def child(name, content, kill):
    """One part; True when it was written."""
    global loops, faults
    loops += 1
    arguments = ["score", "-m", model, "-i", "jsonl", "--trailer", "-o", path(name),
                 "-j", random.choice("124")]
    if random.random() < 0.5:
        put(name + ".in", content)
        arguments.append(path(name + ".in"))
        content = b""
    p = subprocess.Popen([slant] + arguments, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if kill:
        time.sleep(random.random() * 0.03)
        p.send_signal(random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
    try:
        p.communicate(content)
    except BrokenPipeError:
        p.wait()
    faults += p.returncode < 0
    # an error record is counted by code 1; the part is whole all the same
    return p.returncode in (0, 1) and os.path.exists(path(name))


def hostile_engine(all_records, wanted):
    for turn in range(12 if full else 2):
        cuts = sorted(random.sample(range(1, len(all_records)), random.choice([1, 5, 23])))
        parts = [all_records[a:b] for a, b in zip([0] + cuts, cuts + [len(all_records)])]
        names = ["t%d.%d" % (turn, i) for i in range(len(parts))]
        order = list(range(len(parts))) + random.sample(range(len(parts)), len(parts) // 3)
        random.shuffle(order)
        killed = 0
        for i in order:
            content = b"".join(parts[i])
            while not child(names[i], content, random.random() < 0.4):
                killed += 1
        merged = {}
        for form in FORMS:
            merged[form] = run(["report", "--scored"] + form.split() + [path(n) for n in names])
        good = all(merged[form] == wanted[form] for form in FORMS)
        tell(good, "hostile engine %d: %d parts, %d runs, %d killed: the bytes of one run" %
             (turn + 1, len(parts), len(order), killed))


def variants(all_records):
    # hostile records too: what is read uninitialised differs between builds
    content = b"".join(all_records) + run(["records", "3000" if full else "300", "5"], command=hostile)
    put("all.jsonl", content)
    put("lines.txt", b"".join(json.loads(r)["text"].encode() + b"\n" for r in all_records[:100:2]
                              if r.startswith(b"{") and r.endswith(b"}\n") and b"\xff" not in r))
    jobs = {
        "score": ["score", "-m", model, "-i", "jsonl"],
        "score --target": ["score", "-m", model, "-i", "jsonl", "-t", "Norvane", "-f", "tsv"],
        "report": ["report", "-m", model, "-i", "jsonl", "--compare", "source"],
        "report -f html": ["report", "-m", model, "-i", "jsonl", "-f", "html"],
        "quotes": ["quotes", "-i", "jsonl"],
        "explain": ["explain", "-m", model, "-i", "jsonl", "--top", "3"],
    }
    plain = {"PATH": os.environ["PATH"]}
    locales = path("locales")
    os.mkdir(locales)
    environments = {
        "an empty environment": {},
        "TZ=Pacific/Kiritimati": dict(plain, TZ="Pacific/Kiritimati"),
        "a hostile environment": dict(plain, MALLOC_PERTURB_="165", COLUMNS="20", TERM="x" * 9999,
                                      POSIXLY_CORRECT="", LANGUAGE="tr", IFS="/", HOME="/nowhere"),
        "LC_ALL=C.UTF-8": dict(plain, LC_ALL="C.UTF-8"),
    }
    for name in ("de_DE", "tr_TR"):
        made = shutil.which("localedef") and subprocess.run(
            ["localedef", "-i", name, "-f", "UTF-8", locales + "/" + name + ".UTF-8"],
            capture_output=True).returncode == 0
        if made:
            environments["LC_ALL=" + name] = dict(plain, LOCPATH=locales, LC_ALL=name + ".UTF-8")
        else:
            print("ok - LC_ALL=%s # SKIP localedef cannot make it" % name)
    builds = other_builds() if full else {}
    for name, arguments in jobs.items():
        wanted = run(arguments, content)
        same = {}
        for j in "128":
            same[j + " threads"] = run(arguments + ["-j", j], content)
        same["a file"] = run(arguments + [path("all.jsonl")]).replace(
            path("all.jsonl").encode() + b":", b"-:").replace(path("all.jsonl").encode(), b"-")
        same["a pipe in pieces"] = in_pieces(arguments, content)
        same["another folder"] = run(arguments, content, cwd="/")
        for what, environment in environments.items():
            same[what] = run(arguments, content, env=environment)
        for what, command in builds.items():
            same[what] = run(arguments, content, command=command)
        for what, got in same.items():
            if what == "a file":
                got_lines = normal(got)
                tell(got_lines == normal(wanted), "%s: %s: the same bytes" % (name, what))
            else:
                tell(got == wanted and len(got) > 1000, "%s: %s: the same bytes" % (name, what))


def normal(content):
    """Standard input has another name than a file."""
    return content.replace(b"standard input", b"-").replace(path("all.jsonl").encode(), b"-")


def other_builds():
    """A copy of the sources, without their SIMD branches."""
    made = {}
    plain = path("plain")
    os.mkdir(plain)
    for part in ("src", "include", "Makefile", "models", "docs"):
        (shutil.copytree if os.path.isdir(part) else shutil.copy)(part, plain + "/" + part)
    cut = 0
    for where, _, files in os.walk(plain + "/src"):
        for f in files:
            if f.endswith((".c", ".h")):
                with open(where + "/" + f, encoding="utf-8") as h:
                    text = h.read()
                new = text.replace("defined(__x86_64__) && defined(__GNUC__)", "0")
                new = new.replace("#ifdef __SSE2__", "#if 0")
                if new != text:
                    cut += 1
                    with open(where + "/" + f, "w", encoding="utf-8") as h:
                        h.write(new)
    tell(cut >= 4, "SIMD branches cut from %d files" % cut)
    for name, where, cc, flags in (
            ("gcc -O0", root, "gcc", "-O0"), ("gcc -O3", root, "gcc", "-O3"),
            ("clang -O0", root, "clang-14", "-O0"), ("clang -O3", root, "clang-14", "-O3"),
            ("no SIMD", plain, "gcc", "-O2")):
        if shutil.which(cc) is None:
            print("ok - %s # SKIP there is no %s" % (name, cc))
            continue
        target = path("build-" + name.replace(" ", ""))
        done = subprocess.run(["make", "-s", "-j2", "-C", where, "BUILD=" + target, "CC=" + cc,
                               "CFLAGS=" + flags, target + "/slant"], capture_output=True)
        tell(done.returncode == 0, "built: " + name)
        if done.returncode == 0:
            made[name] = target + "/slant"
        else:
            print("# " + done.stderr.decode(errors="replace")[-500:])
    return made


model = path("m.slant")
subprocess.run([slant, "train", "-q", "--trials", "1", "--folds", "2", "--solver", "dual", "-o", model,
                "--lexicon", "tests/fuzz/tiny_lexicon.tsv", "--vectors",
                "tests/fuzz/tiny_vectors.txt", "tests/fuzz/tiny.tsv"], check=True)
FORMS = ["-f text", "-f json", "-f csv", "-f html"]
everything = records(3000 if full else 150)
# where a record cannot be read, its file and line stand in the output, and those differ by part
readable = [r for r in everything if r.endswith(b"}\n")]
put("one.scored", run(["score", "-m", model, "-i", "jsonl", "--trailer"], b"".join(readable)))
one = {form: run(["report", "--scored"] + form.split() + [path("one.scored")]) for form in FORMS}
tell(all(len(o) > 1000 for o in one.values()), "one run")
hostile_engine(readable, one)
variants(everything)
shutil.rmtree(folder)
print("# loops %d faults %d" % (loops, faults))
sys.exit(scratch.bad > 0)
