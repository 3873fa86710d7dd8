#!/bin/sh
# slant report: what a reader of the report is told, whatever the format.
# shellcheck disable=SC2016 # jq reads the dollars
. tests/cli/lib.sh

scored() {
    "$SLANT" report --scored "$@"
}

# sentence DOC N FAVOR AGAINST NONE TEXT: a scored line.
sentence() {
    printf '{"doc":"%s","n":%d,"from":%d,"to":%d,"text":"%s","stance":{"p":{"favor":%s,"against":%s,"none":%s}}}\n' \
        "$1" "$2" "$(($2 * 100))" "$(($2 * 100 + 90))" "$6" "$3" "$4" "$5"
}

# ---- evidence ----

{
    sentence a 1 0.41 0.30 0.29 "A doubtful one."
    sentence a 2 0.30 0.50 0.20 "A likely one."
    sentence a 3 0.45 0.35 0.20 "Another doubtful one."
} >"$T/unsure.jsonl"
scored -f json "$T/unsure.jsonl" >"$T/out"
check "evidence has 50 % or more" holds '.[0].articles[0].evidence | map([.side, .p]) == [["against", 0.5]]' "$T/out"
for format in text markdown; do
    scored -f $format "$T/unsure.jsonl" >"$T/out"
    check "evidence: $format: what is doubtful is none" lacks "doubtful" "$T/out"
    check "evidence: $format: what is likely is" has "A likely one." "$T/out"
done
scored -f html "$T/unsure.jsonl" >"$T/out"
check "evidence: html: what is doubtful is none" [ "$(grep -c '<blockquote' "$T/out")" -eq 1 ]
sed -n '1,2p' "$T/unsure.jsonl" |
    sed '2s/}}}$/}},"holder":{"name":"Lo","mention":null,"content":[],"stance":{"label":"favor","p":{"favor":0.6,"against":0.3,"none":0.1}}}}/' >"$T/other.jsonl"
scored -f html "$T/other.jsonl" >"$T/out"
check "evidence: html: not where its speaker's statement comes out otherwise" lacks '<blockquote' "$T/out"
scored -f markdown "$T/other.jsonl" >"$T/out"
check "markdown: a speaker's strongest statement has its label" has '| favor 60 %: A likely one. |' "$T/out"
