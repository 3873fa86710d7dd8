"""coverage.py JSON: lines and branches covered, per floor, of what gcovr --json wrote; then the lines
that no test reaches, as ranges per file. Non-zero where the library is below 95 % of lines. With
--markdown FILE the list goes there as well."""
import json
import sys

LEAST = 0.95

with open(sys.argv[1], encoding="utf-8") as f:
    files = json.load(f)["files"]
floors = {}
missed = {}
for entry in files:
    name = entry["file"]
    floor = name.split("/")[1]
    lines = [l for l in entry["lines"] if not l.get("gcovr/noncode")]
    if not lines:
        continue
    branches = [b for l in lines for b in l["branches"]]
    sums = floors.setdefault(floor, [0, 0, 0, 0])
    sums[0] += sum(l["count"] > 0 for l in lines)
    sums[1] += len(lines)
    sums[2] += sum(b["count"] > 0 for b in branches)
    sums[3] += len(branches)
    out = sorted({l["line_number"] for l in lines if l["count"] == 0})
    ranges = []
    for n in out:
        if ranges and n <= ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    if ranges:
        missed[name] = ranges


def row(name, s):
    return "| %s | %.1f %% | %d | %.1f %% | %d |" % (
        name, 100 * s[0] / s[1], s[1], 100 * s[2] / max(s[3], 1), s[3])


print("| floor | lines covered | of | branches covered | of |")
print("|---|---:|---:|---:|---:|")
for floor in sorted(floors):
    print(row(floor, floors[floor]))
library = [sum(s[i] for name, s in floors.items() if name not in ("cli", "gen")) for i in range(4)]
print(row("library", library))
print("\nlines that no test reaches:")
for name, ranges in sorted(missed.items()):
    print("  %s: %s" % (name, ", ".join("%d" % a if a == b else "%d-%d" % (a, b) for a, b in ranges)))
sys.exit(library[0] < LEAST * library[1])
