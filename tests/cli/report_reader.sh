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

# ---- two labels, both of them sides ----

for n in 1 2 3 4; do
    printf '{"doc":"d%d","n":1,"from":0,"to":9,"date":"2031-0%d-02","source":"s%d","text":"One.","stance":{"p":{"yes":0.7,"no":0.3}}}\n' $n $n $n
done >"$T/two.jsonl"
for format in text markdown html; do
    scored -f $format "$T/two.jsonl" >"$T/out"
    check "two labels: $format: there is no other" [ "$(grep -c -w -E 'other (0|\||in)|>other<' "$T/out")" -eq 0 ]
    check "two labels: $format: no verdict is neutral" [ "$(grep -c -E 'neutral (0|[0-9])|</b>. neutral|>neutral</option' "$T/out")" -eq 0 ]
done
check "two labels: the picture says so" has '<title>no 30 %, yes 70 %</title>' "$T/out"
for chart in articles sources; do
    scored --chart $chart "$T/two.jsonl" >"$T/out"
    check "two labels: --chart $chart: half and half" has 'no to the left, yes to the right, with' "$T/out"
    check "two labels: --chart $chart: nothing in the middle" lacks 'class="o"' "$T/out"
done
sentence a 1 0.6 0.2 0.2 "One." >"$T/three.jsonl"
scored -f html "$T/three.jsonl" >"$T/out"
check "three labels: the third is in the middle" has 'against to the left, none in the middle, favor to the right' "$T/out"
check "three labels: an article may be neutral" has '>neutral</option>' "$T/out"
