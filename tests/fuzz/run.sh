#!/bin/sh
# run.sh FOLDER SECONDS: runs each fuzzer of FOLDER for SECONDS from its seeds, in a corpus that is
# thrown away, and prints a table. Inputs that broke a law are kept in FOLDER/findings/TARGET, the
# fuzzer's last words beside them. Non-zero if there are any. Run it in the project's folder.
set -u
if [ "$#" -ne 2 ]; then
    echo "usage: sh tests/fuzz/run.sh FOLDER SECONDS" >&2
    exit 2
fi
folder=$1
seconds=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1}"
total=0
ran=0

printf '%-12s %12s %10s %10s\n' target executions coverage findings
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    target=${name#fuzz_}
    fuzzer=$folder/$name
    if [ ! -x "$fuzzer" ]; then
        printf '%-12s %34s\n' "$target" "not built: make fuzz"
        total=$((total + 1))
        continue
    fi
    log=$work/$target.log
    kept=$folder/findings/$target
    longest=4096
    [ "$target" != bundle ] || longest=32768 # the seeds are whole models; cut off, they teach nothing
    rm -rf "$kept"
    mkdir -p "$kept" "$work/$target"
    "$fuzzer" -max_total_time="$seconds" -max_len="$longest" -timeout=20 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$kept/" "$work/$target" \
        "tests/fuzz/seeds/$target" >"$log" 2>&1 </dev/null
    code=$?
    ran=$((ran + 1))
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
    coverage=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    findings=$(find "$kept" -type f | wc -l)
    if [ "$code" -ne 0 ] && [ "$findings" -eq 0 ]; then
        findings=1
    fi
    if [ "$findings" -gt 0 ]; then
        tail -n 60 "$log" >"$kept/log.txt"
    else
        rmdir "$kept"
    fi
    printf '%-12s %12s %10s %10s\n' "$target" "${executions:--}" "${coverage:--}" "$findings"
    total=$((total + findings))
done
rmdir "$folder/findings" 2>/dev/null
if [ "$total" -gt 0 ]; then
    echo "findings are in $folder/findings"
fi
[ "$ran" -gt 0 ] && [ "$total" -eq 0 ]
