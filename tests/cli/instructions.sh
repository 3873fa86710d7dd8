# What scoring costs, counted in instructions: the same on every run, so a small slack is enough.
# Needs valgrind. A rise that is meant changes the ceilings below, and the commit says why.
. tests/cli/lib.sh

if ! command -v valgrind >/dev/null; then
    skip "instructions of scoring" "valgrind is missing"
    exit 0
fi
if [ -n "${SANITIZER:-}" ]; then
    skip "instructions of scoring" "not under $SANITIZER"
    exit 0
fi
if [ "$(uname -m)" != x86_64 ]; then
    skip "instructions of scoring" "counted on x86_64"
    exit 0
fi

# A model of 1,500 rows, and 1.3 megabytes of sentences that are not its own: as lines, and as articles of
# twenty.
sed -n '1p;2,1501p' training/vendor-ban.tsv >"$T/rows.tsv"
sed -n '1502,3001p' training/vendor-ban.tsv | cut -f 9 >"$T/once.txt"
for _ in 1 2 3 4 5 6 7 8; do cat "$T/once.txt"; done | head -c 2000000 >"$T/text.txt"
jq -R -n -c '[inputs] | range(0; length; 20) as $i | {id: "a\($i)", text: .[$i:$i + 20] | join(" ")}' \
    <"$T/text.txt" >"$T/articles.jsonl"
"$SLANT" train -q -j 1 -k 2 --trials 1 --cost 0.05 -o "$T/m.slant" "$T/rows.tsv"

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$SLANT" score -q -j 1 \
        -m "$T/m.slant" "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : *//p'
}
bytes=$(wc -c <"$T/text.txt")
# within NAME COUNT CEILING: instructions a byte, above those of starting, with 5 % slack
within() {
    each=$((($2 - nothing) * 100 / bytes))
    if [ "$each" -le $(($3 * 105 / 100)) ]; then
        tap ok "$1: $each hundredths of an instruction a byte, at most $3"
    else
        tap 'not ok' "$1: $each hundredths of an instruction a byte, at most $3 and 5 %"
    fi
}
nothing=$(count --lines -f labels /dev/null)
within "labels of lines" "$(count --lines -f labels "$T/text.txt")" "${LABELS_CEILING:-6175}"
within "sentences of an article, a table out" "$(count -f tsv "$T/text.txt")" "${TABLE_CEILING:-8880}"
json=$(count "$T/articles.jsonl")
without=$(count --no-holders "$T/articles.jsonl")
within "articles with who says it, JSON out" "$json" "${JSON_CEILING:-16600}"
within "JSON without who says it" "$without" "${NO_HOLDERS_CEILING:-8345}"
# This text is the hard case: its words come eight times over, so that to score them is cheap.
ratio=$(((json - nothing) * 100 / (without - nothing)))
check "who says it does not halve the throughput: $ratio hundredths of the work without, under 200" \
    [ "$ratio" -lt 200 ]
