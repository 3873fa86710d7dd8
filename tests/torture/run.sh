#!/bin/sh
# run.sh BUILD ASAN_BUILD: everything that is too long for `make test`, and one table of it. Each part
# prints TAP and last "# loops L ... faults F ..."; a finding is a line "not ok". TORTURE names the parts
# to run (default: all). What each part said is in BUILD/torture/NAME.log. Run it in the project's folder.
set -u
build=$1
asan=$2
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1}"
parts=${TORTURE:-"library command signals models engine text asan tsan tidy"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
findings=0

SLANT=$PWD/$build/slant
export SLANT
# shellcheck source=tests/torture/small_model.sh
. tests/torture/small_model.sh
mkdir -p "$work/library" "$build/torture"
small_model "$work/small.slant"

: >"$work/table"
for part in $parts; do
    case $part in
    library) title="each call of the library failed in turn, and again under ASan" ;;
    command) title="each call of the commands failed in turn, killed, starved" ;;
    signals) title="signals, two writers at once" ;;
    models) title="a model damaged at each offset, checksum repaired; every 31st under ASan too" ;;
    engine) title="a hostile engine; threads, builds, locales" ;;
    text) title="hostile text" ;;
    asan) title="every test under AddressSanitizer and UBSan" ;;
    tsan) title="every test under ThreadSanitizer" ;;
    tidy) title="clang-tidy on every file" ;;
    *)
        echo "no part is named $part" >&2
        exit 2
        ;;
    esac
    log=$build/torture/$part.log
    begun=$(date +%s)
    case $part in
    library) "$build/fault/library" full "$work/library" && "$asan/fault/library" full "$work/library" ;;
    command) python3 tests/fault/command.py "$build" full ;;
    signals) python3 tests/fault/signals.py "$build" full ;;
    models) "$build/torture/models" full "$work/small.slant" && "$asan/torture/models" quick "$work/small.slant" ;;
    engine) python3 tests/torture/engine.py "$build" full ;;
    text) python3 tests/torture/text.py "$build" full ;;
    asan | tsan) make --no-print-directory -s "$part" ;;
    tidy) make --no-print-directory -s tidy && echo "ok - clang-tidy" ;;
    esac >"$log" 2>&1
    code=$?
    taken=$(($(date +%s) - begun))
    found=$(grep -c '^not ok' "$log")
    [ "$code" -eq 0 ] || [ "$found" -gt 0 ] || found=1
    [ "$found" -eq 0 ] || grep -A 8 '^not ok' "$log"
    checks=$(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$log")
    checks=${checks:-$(grep -c '^ok' "$log")}
    loops=$(sed -n 's/^# loops \([0-9]*\).*/\1/p' "$log" | awk '{ n += $1 } END { print n }')
    faults=$(sed -n 's/^# loops .* \(faults\|refused\) \([0-9]*\).*/\2/p' "$log" |
        awk '{ n += $1 } END { print n }')
    printf '| %s | %s | %s | %s | %s | %s s |\n' "$title" "${loops:--}" "${faults:--}" "$checks" \
        "$found" "$taken" >>"$work/table"
    findings=$((findings + found))
    tail -n 1 "$work/table"
done
echo
date -u +'%Y-%m-%d, make torture'
echo
echo "| what | loops, records | failures met, refused | checks | findings | time |"
echo "|---|---:|---:|---:|---:|---:|"
cat "$work/table"
[ "$findings" -eq 0 ]
