#!/bin/sh
# Runs every test of a build and ends with "N passed, N failed[, N skipped]".
# Each test program prints TAP lines: "ok ...", "not ok ...", "ok ... # SKIP why".
# BUILD: the build to test. SANITIZER: asan or tsan where it is one; slow checks then stay out.
# PROGRAMS: 1 to run the test programs and seeds alone, without the scripts.
set -u
BUILD=${BUILD:-build}
export BUILD
export SLANT="$PWD/$BUILD/slant"
export SANITIZER="${SANITIZER:-}"
export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1}"
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

passed=0
failed=0
skipped=0

# Runs one program; shows its failures, and itself where it dies before telling.
run_one() {
    name=$1
    shift
    "$@" >"$log/out" 2>"$log/err" </dev/null
    code=$?
    # cmocka 1.1.5 tells a skipped test as "not ok 15 # SKIP name"
    sed -i 's/^not ok \([0-9]* # [Ss][Kk][Ii][Pp]\)/ok \1/' "$log/out"
    not_ok=$(grep -c '^not ok' "$log/out")
    skip=$(grep -ci '^ok.*# skip' "$log/out")
    ok=$(grep -c '^ok' "$log/out")
    ok=$((ok - skip))
    if [ "$code" -ne 0 ] && [ "$not_ok" -eq 0 ]; then
        not_ok=1
        echo "not ok $name ended with code $code"
    fi
    if [ "$ok" -eq 0 ] && [ "$not_ok" -eq 0 ] && [ "$skip" -eq 0 ]; then
        not_ok=1
        echo "not ok $name ran no test"
    fi
    if [ "$not_ok" -gt 0 ]; then
        grep -A 8 '^not ok' "$log/out" | sed "s|^|$name: |"
        tail -n 20 "$log/err" | sed "s|^|$name: |"
    fi
    grep -i '^ok.*# skip' "$log/out" | sed "s|^|$name: |"
    passed=$((passed + ok))
    failed=$((failed + not_ok))
    skipped=$((skipped + skip))
}

for program in "$BUILD"/tests/test_*; do
    case $program in *.d) continue ;; esac
    if [ -x "$program" ]; then
        run_one "$(basename "$program")" "$program"
    fi
done
for program in "$BUILD"/tests/replay_*; do
    case $program in *.d) continue ;; esac
    if [ -x "$program" ]; then
        target=$(basename "$program")
        target=${target#replay_}
        run_one "replay $target" "$program" "tests/fuzz/seeds/${target#fuzz_}"
    fi
done
for script in tests/cli/*.sh tests/browser/*.sh; do
    case $script in */lib.sh) continue ;; esac
    [ "${PROGRAMS:-}" != 1 ] || continue
    run_one "$script" sh "$script"
done
if [ -z "$SANITIZER" ]; then
    run_one layers sh tests/layers.sh
fi

echo
if [ "$skipped" -gt 0 ]; then
    echo "$skipped skipped"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
