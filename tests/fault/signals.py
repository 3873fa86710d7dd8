"""signals.py BUILD quick|full: what signals leave behind. Asked to stop, a command dies of the signal
(the shell sees 128 + n), its output of whole lines is the beginning of the whole, there is no
temporary file, the old file is untouched. Two trainings to one path leave the whole model of one.
Prints TAP, and last "# loops L faults F". Run it in the project's folder."""
import os
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, "tests")
import scratch
from scratch import folder, path, put, tell, temporary

build, extent = sys.argv[1:3]
slant = os.path.abspath(build + "/slant")
loops = 0
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]
random.seed(1)


def get(name):
    with open(path(name), "rb") as f:
        return f.read()


def start(arguments, **more):
    global loops
    loops += 1
    import resource

    def plain():
        # what nohup and a shell in the background have ignored would stay so
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for sig in SIGNALS:
            signal.signal(sig, signal.SIG_DFL)

    return subprocess.Popen([slant] + arguments, stderr=subprocess.PIPE, restore_signals=True,
                            preexec_fn=plain,
                            **more)


def wait_for(condition):
    end = time.monotonic() + 20
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


TRAIN = ["train", "-q", "--trials", "1", "--folds", "2", "--name", "m"]
model = path("m.slant")
assert subprocess.run([slant] + TRAIN + ["-o", model, "tests/fuzz/tiny.tsv"]).returncode == 0
text = b"".join(b"Senator Olvik said ban number %d on Norvane was overdue.\n" % i for i in range(60000))
put("lines.txt", text)
SCORE = ["score", "-m", model, "--lines", "-f", "tsv"]
whole = subprocess.run([slant] + SCORE + [path("lines.txt")], capture_output=True).stdout


def beginning(got):
    return whole.startswith(got) and (got == b"" or got.endswith(b"\n"))


def amid_reading():
    """It waits for more input that does not come."""
    for command in (SCORE, ["report", "-m", model, "-f", "csv", "--table", "sentences"], ["quotes", "--lines"]):
        for sig in SIGNALS:
            put("out", b"old")
            p = start(command + ["-o", path("out")], stdin=subprocess.PIPE)
            p.stdin.write(text[:20000])
            p.stdin.flush()
            wait_for(temporary)
            p.send_signal(sig)
            err = p.stderr.read()
            code = p.wait()
            p.stdin.close()
            tell(code == -sig and err == b"" and not temporary() and get("out") == b"old",
                 "%s -o: %s while it waits for input" % (command[0], sig.name))


def amid_writing():
    """Its reader is slow: what was begun is finished."""
    for i in range(40 if extent == "full" else 8):
        sig = SIGNALS[i % 4]
        p = start(SCORE + ["-j", "1" if i & 1 else "2", path("lines.txt")], stdout=subprocess.PIPE,
                  stdin=subprocess.DEVNULL)
        got = os.read(p.stdout.fileno(), random.choice([1, 5000, 100000, 1000000]))
        time.sleep(random.random() * 0.05)
        p.send_signal(sig)
        time.sleep(random.random() * 0.05)
        while True:
            piece = os.read(p.stdout.fileno(), 1 << 16)
            if not piece:
                break
            got += piece
        code = p.wait()
        p.stderr.close()
        tell(code == -sig and beginning(got) and len(got) > 0,
             "score: %s while it writes: %d bytes of whole lines" % (sig.name, len(got)))


def nobody_reads():
    for how in ("once", "twice"):
        p = start(SCORE + [path("lines.txt")], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        time.sleep(0.5)
        p.send_signal(signal.SIGTERM)
        if how == "twice":
            time.sleep(0.2)
            p.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code = p.wait(timeout=20)
        taken = time.monotonic() - began
        p.stdout.close()
        p.stderr.close()
        tell(code == -signal.SIGTERM and (taken < 5 if how == "once" else taken < 1),
             "score: SIGTERM %s while nobody reads what it writes" % how)


def amid_training():
    new = get("m.slant")
    old = new[:-1]  # a model replaces none but models, damaged ones too
    put("out", old)
    seen = {"old": 0, "new": 0}
    good = True
    for i in range(200 if extent == "full" else 30):
        p = start(TRAIN + ["-o", path("out"), "tests/fuzz/tiny.tsv"], stdin=subprocess.DEVNULL)
        time.sleep(random.random() * 0.03)
        p.send_signal(SIGNALS[i % 4])
        p.stderr.read()
        code = p.wait()
        content = get("out")
        good = good and code in (0, -SIGNALS[i % 4]) and content in (old, new) and \
            not temporary()
        seen["old" if content == old else "new"] += 1
        put("out", old)
    tell(good, "train: stopped at any moment: the old or the new model (%d, %d times)" %
         (seen["old"], seen["new"]))


def two_at_once():
    other = TRAIN[:-1] + ["another"]
    assert subprocess.run([slant] + other + ["-o", path("n.slant"), "tests/fuzz/tiny.tsv"]).returncode == 0
    possible = (get("m.slant"), get("n.slant"))
    good = possible[0] != possible[1]
    for _ in range(100 if extent == "full" else 15):
        both = [start(t + ["-o", path("out"), "tests/fuzz/tiny.tsv"], stdin=subprocess.DEVNULL)
                for t in (TRAIN, other)]
        for p in both:
            p.stderr.read()
            good = good and p.wait() == 0
        good = good and get("out") in possible and not temporary()
    tell(good, "train: two at once to one path: the whole model of one")


def ignored():
    p = subprocess.Popen(["sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh", slant] + SCORE,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(0.3)
    p.send_signal(signal.SIGHUP)
    p.send_signal(signal.SIGINT)
    time.sleep(0.1)
    got = p.communicate(text[:1000])[0]
    tell(p.returncode == 0 and got.count(b"\n") > 10, "score: what was ignored stays ignored (nohup)")


amid_reading()
amid_writing()
nobody_reads()
amid_training()
two_at_once()
ignored()
for n in os.listdir(folder):
    os.unlink(path(n))
os.rmdir(folder)
print("# loops %d faults %d" % (loops, loops))
sys.exit(scratch.bad > 0)
