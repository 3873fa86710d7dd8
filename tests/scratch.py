"""What the scripts of tests/fault and tests/torture share: a scratch folder, and checks told in TAP."""
import os
import tempfile

folder = tempfile.mkdtemp()
bad = 0


def path(name):
    return os.path.join(folder, name)


def put(name, content):
    with open(path(name), "wb") as f:
        f.write(content)
    return path(name)


def temporary():
    """Temporary files of outputs that are left in the folder."""
    return [n for n in os.listdir(folder) if ".tmp" in n]


def tell(good, name):
    global bad
    bad += not good
    print(("ok - " if good else "not ok - ") + name, flush=True)
    return good
