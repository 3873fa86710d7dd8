#!/bin/sh
# --sandbox: the same bytes out, and from inside nothing else can be opened, written or reached.
. tests/cli/lib.sh
if [ -n "$SANITIZER" ]; then
    skip "--sandbox" "a sanitizer needs what the sandbox takes away"
    exit 0
fi
tiny_model
model=$T/tiny.slant
mkdir "$T/in" "$T/to"
printf 'Senator Ida Olvik said the ban on Quorvex was overdue. The operators do not want it.\n' \
    >"$T/in/a.txt"
printf '{"id":"b","text":"Quorvex is safe, the company argued. The ban is unfair."}\n' \
    >"$T/in/b.jsonl"
gzip -c "$T/in/b.jsonl" >"$T/in/c.jsonl.gz"
# pages in old character sets, which modules of the C library decode
printf '<html><head><meta charset="windows-1252"><title>Ban</title></head><body><article><p>Senator Olvik said the ban was \223overdue\224, and nobody in the caf\351 of the harbour objected to that.</p></article></body></html>\n' \
    >"$T/in/d.html"
printf '<html><head><meta charset="Shift_JIS"><title>Ban</title></head><body><article><p>Senator Olvik said the ban of \203\156\201\133 was overdue, and nobody in the harbour objected to that at all.</p></article></body></html>\n' \
    >"$T/in/e.html"
"$SLANT" quotes --sandbox "$T/in/a.txt" >"$T/to/x" 2>"$T/err"
if grep -q 'this kernel has no Landlock' "$T/err"; then
    skip "--sandbox" "this kernel has no Landlock"
    exit 0
fi

# same_inside NAME ARGUMENT...: the bytes of a run without --sandbox
same_inside() {
    same_name=$1
    shift
    "$SLANT" "$@" >"$T/plain" 2>"$T/err"
    works "$same_name: works" "$SLANT" "$@" --sandbox
    check "$same_name: the same bytes" same "$T/plain" "$T/out"
}
same_inside "score" score -m "$model" "$T/in/a.txt" "$T/in/b.jsonl" "$T/in/c.jsonl.gz"
same_inside "score pages" score -m "$model" "$T/in/d.html" "$T/in/e.html"
same_inside "score -r" score -m "$model" -r "$T/in"
same_inside "score, 3 threads" score -j 3 -m "$model" "$T/in/a.txt" "$T/in/b.jsonl"
same_inside "report" report -m "$model" "$T/in/a.txt" "$T/in/b.jsonl"
same_inside "quotes" quotes "$T/in/a.txt"
same_inside "explain" explain -m "$model" "$T/in/a.txt"
same_inside "explain --text" explain -m "$model" --text "The ban is unfair."
"$SLANT" score --sandbox -m "$model" "$T/in/d.html" >"$T/page" 2>"$T/err"
check "a page's old character set is decoded" has '“overdue”' "$T/page"
"$SLANT" score -m "$model" "$T/in/a.txt" | "$SLANT" report --scored --sandbox >"$T/piped" 2>"$T/err"
check "report --scored from a pipe" [ $? -eq 0 -a -s "$T/piped" ]
"$SLANT" score --sandbox -m "$model" -o "$T/to/scored" "$T/in/a.txt" 2>"$T/err"
check "-o: the file is there" [ -s "$T/to/scored" ]
"$SLANT" score --sandbox -m "$model" -o "$T/to/scored" "$T/in/b.jsonl" 2>"$T/err"
check "-o: and is replaced" has '"doc":"b"' "$T/to/scored"
check "-o: no temporary file" no_temporary
(cd "$T/to" && "$SLANT" quotes --sandbox -o here "$T/in/a.txt") 2>"$T/err"
check "-o: a bare name" [ -s "$T/to/here" ]
fails "a missing file is named" 1 'nosuch.txt: cannot open: No such file' \
    "$SLANT" score --sandbox -m "$model" "$T/nosuch.txt"

# from inside
printf 'secret\n' >"$T/secret"
SLANT_INSIDE_SECRET="$T/secret" SLANT_INSIDE_FOLDER="$T/to" LD_PRELOAD="$BUILD/fault/inside.so" \
    "$SLANT" score --sandbox -m "$model" -o "$T/to/scored" "$T/in/a.txt" 2>"$T/err"
check "with attempts from inside it still works" [ $? -eq 0 ]
check "attempts were made" [ "$(wc -l <"$T/err")" -ge 19 ]
while read -r line; do
    case $line in
    *": denied") tap ok "from inside: $line" ;;
    *) tap 'not ok' "from inside: $line" ;;
    esac
done <"$T/err"
SLANT_INSIDE_ALWAYS=1 SLANT_INSIDE_SECRET="$T/in/a.txt" SLANT_INSIDE_FOLDER="$T/to" \
    LD_PRELOAD="$BUILD/fault/inside.so" "$SLANT" quotes "$T/in/b.jsonl" >"$T/out" 2>"$T/err"
check "without --sandbox the same attempts succeed" [ "$(grep -c ALLOWED "$T/err")" -eq 4 ]
check "the secret is as it was" has secret "$T/secret"

# a kernel that lacks one of the calls: told, and nothing is read or written
refusing() {
    SLANT_INSIDE_REFUSE=$1 SLANT_INSIDE_SECRET="$T/secret" SLANT_INSIDE_FOLDER="$T/to" \
        LD_PRELOAD="$BUILD/fault/inside.so" "$SLANT" score --sandbox -m "$model" -o "$T/to/none" "$T/in/a.txt"
}
n=1
while [ $n -lt 40 ]; do
    run refusing $n
    grep -q ': denied$' "$T/err" && break # no call is left to refuse
    fails "call $n of its setting up refused: told" 1 'slant score: .*\(this kernel has no Landlock\|--sandbox: \)' \
        refusing $n
    check "call $n of its setting up refused: no file" absent "$T/to/none"
    n=$((n + 1))
done
check "calls of its setting up were refused" [ $n -gt 3 ]
rm -f "$T/to/none"
