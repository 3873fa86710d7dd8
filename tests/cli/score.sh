#!/bin/sh
# slant score: one record out per sentence, the same bytes whatever surrounds it.
# shellcheck disable=SC2016,SC1112 # jq and awk read the dollars; the quotes are part of the text
. tests/cli/lib.sh
tiny_model
model=$T/tiny.slant
score() {
    "$SLANT" score -m "$model" "$@"
}

# ---- articles ----

printf '\357\273\277Quorvex out, says minister\r\n\r\nZoë Ångström of "Väst" said: “We don’t trust Quorvex.”\r\nOperators — all 3.5 million users’ — object! 漢字の文。 It costs €4 bn.\r\n\r\n- First point\r\n- Second point' \
    >"$T/a.txt"
printf 'A wrapped line that ends\nhere. Mr. J. Dole of Quorvex Inc. said so... "No," he said.\n\nNo stop at the end' \
    >"$T/b.txt"
works "score: a text" score "$T/a.txt" "$T/b.txt"
cp "$T/out" "$T/ab.jsonl"
check "score: ten sentences in two texts" holds 'length == 10' "$T/ab.jsonl"
check "score: keys of a record" holds 'all(.[]; has("doc") and has("n") and has("from") and
    has("to") and has("text") and
    all(.stance, .sentiment; has("label") and has("p") and has("margin")))' "$T/ab.jsonl"
check "score: nothing but known keys" holds 'all(.[]; (keys - ["doc", "n", "from", "to", "text",
    "title", "date", "source", "url", "mentions", "stance", "sentiment", "holder", "holders"]) == [])' "$T/ab.jsonl"
check "score: labels of p and margin" holds 'all(.[];
    (.stance.p | keys) == ["against", "favor", "none"] and
    (.stance.margin | keys) == (.stance.p | keys) and
    (.sentiment.p | keys) == ["negative", "neutral", "positive"])' "$T/ab.jsonl"
check "score: n counts from 1 in each text" holds 'group_by(.doc) |
    all(.[]; map(.n) == [range(1; length + 1)])' "$T/ab.jsonl"
check "score: spans are in order and apart" holds 'group_by(.doc) | all(.[]; . as $s |
    all(range(1; length); $s[. - 1].to <= $s[.].from) and all(.[]; .from < .to))' "$T/ab.jsonl"

# cuts_right FILE RECORDS: each from..to of the file is the record's text, byte for byte.
cuts_right() {
    cut_doc=$1
    cut_n=$(jq -s --arg d "$cut_doc" 'map(select(.doc == $d)) | length' "$2")
    [ "$cut_n" -gt 0 ] || return 1
    cut_i=0
    while [ "$cut_i" -lt "$cut_n" ]; do
        jq -s -j --arg d "$cut_doc" --argjson i "$cut_i" \
            'map(select(.doc == $d))[$i].text' "$2" >"$T/cut_text"
        cut_from=$(jq -s --arg d "$cut_doc" --argjson i "$cut_i" \
            'map(select(.doc == $d))[$i].from' "$2")
        cut_to=$(jq -s --arg d "$cut_doc" --argjson i "$cut_i" \
            'map(select(.doc == $d))[$i].to' "$2")
        tail -c +$((cut_from + 1)) "$cut_doc" | head -c $((cut_to - cut_from)) >"$T/cut_bytes"
        same "$T/cut_text" "$T/cut_bytes" || return 1
        cut_i=$((cut_i + 1))
    done
}
check "score: offsets cut the bytes: BOM, CR LF, multibyte" cuts_right "$T/a.txt" "$T/ab.jsonl"
check "score: offsets cut the bytes: wrapped lines" cuts_right "$T/b.txt" "$T/ab.jsonl"
check "score: no sentence starts or ends with a blank" holds 'all(.[]; .text |
    test("^[ \t\r\n]|[ \t\r\n]$") | not)' "$T/ab.jsonl"
check "score: the BOM is in no sentence" holds 'all(.[]; .text | contains("\ufeff") | not)' \
    "$T/ab.jsonl"
check "score: abbreviations do not end a sentence" holds \
    'any(.[]; .text | contains("Mr. J. Dole of Quorvex Inc. said so"))' "$T/ab.jsonl"
check "score: the last sentence without a stop" holds '.[-1].text == "No stop at the end"' \
    "$T/ab.jsonl"

# ---- probabilities ----

verdicts_agree='all(.[] | (.stance, .sentiment) | select(. != null);
    (.p | to_entries) as $p | ($p | map(.value) | max) as $most |
    .label == ($p | map(select(.value == $most))[0].key) and
    (($p | map(.value) | add) - 1 | fabs) < 1e-9 and
    ($p | all(.[]; .value >= 0 and .value <= 1)))'
n_rows=3000
[ -n "${SANITIZER:-}" ] && n_rows=200
awk -v n="$n_rows" 'BEGIN {
    split("minister operator judge user analyst spy mayor engineer", who, " ")
    split("bans defends sues praises doubts drops lifts delays", does, " ")
    split("Quorvex Zanthor Brimolt Pelluna", what, " ")
    for (i = 0; i < n; i++) {
        printf "The %s %s %s gear in round %d", who[i % 8 + 1], does[int(i / 8) % 8 + 1],
            what[int(i / 64) % 4 + 1], i
        for (k = 0; k < i % 7; k++) printf ", says the %s of risk %d", who[(i + k) % 8 + 1], i * k
        print "."
    }
}' >"$T/many.txt"
score -l "$T/many.txt" >"$T/many.jsonl"
check "score: the label has the highest p, the first of equals; p sums to 1" \
    holds "$verdicts_agree" "$T/many.jsonl"
# two labels, and texts between them: some come out equal
if [ -n "${SANITIZER:-}" ]; then
    skip "score: ties go to the first label" "slow under $SANITIZER"
else
    awk 'BEGIN { print "text\tstance"; for (i = 0; i < 20; i++) {
        print "alpha gamma w" i "\tfavor"; print "beta delta v" i "\tagainst" } }' >"$T/tie.tsv"
    "$SLANT" train -q --solver dual -o "$T/tie.slant" "$T/tie.tsv"
    awk 'BEGIN { split("alpha beta gamma delta", c, " "); x = 1
        for (i = 0; i < 40000; i++) {
            for (j = 0; j < 4 + i % 8; j++) {
                x = (x * 1103 + 12345) % 1000003
                printf "%s ", x % 3 ? (x % 2 ? "w" : "v") int(x / 7) % 20 : c[1 + int(x / 7) % 4]
            }
            print ""
        } }' >"$T/tie.txt"
    "$SLANT" score -l -m "$T/tie.slant" "$T/tie.txt" |
        jq -c 'select(.stance.p.favor > 0.49 and .stance.p.favor < 0.51)' >"$T/tie.jsonl"
    if holds 'any(.[]; .stance.p.favor == .stance.p.against)' "$T/tie.jsonl"; then
        check "score: ties go to the first label" holds "$verdicts_agree" "$T/tie.jsonl"
    else
        skip "score: ties go to the first label" "no text came out equal"
    fi
fi

# ---- lines ----

printf 'First line.\n\n  \t \nTwo sentences. In one line.\r\n\r\na\0b Quorvex\n\377\376 bad \303\n\rx\ry\nlast' \
    >"$T/l.txt"
works "lines: odd bytes" score -l --trailer "$T/l.txt"
cp "$T/out" "$T/l.jsonl"
check "lines: one record a line" holds 'length == 10 and .[-1].trailer.sentences == 9' "$T/l.jsonl"
check "lines: n is the line" holds '.[:-1] | map(.n) == [range(1; 10)]' "$T/l.jsonl"
check "lines: texts" holds '.[:-1] | map(.text) == ["First line.", "", "  \t ",
    "Two sentences. In one line.", "", "a\u0000b Quorvex", "\ufffd\ufffd bad \ufffd",
    "\rx\ry", "last"]' "$T/l.jsonl"
check "lines: offsets" holds '.[:-1] | map([.from, .to]) == [[0, 11], [12, 12], [13, 17], [18, 45],
    [47, 47], [49, 60], [61, 69], [70, 74], [75, 79]]' "$T/l.jsonl"
check "lines: invalid UTF-8 is counted" holds '.[-1].trailer.invalid_utf8 == 3' "$T/l.jsonl"
check "lines: every line has a verdict" holds ".[:-1] | $verdicts_agree" "$T/l.jsonl"
works "lines: labels" score -l -f labels "$T/l.txt"
cp "$T/out" "$T/l.labels"
check "lines: a labels line for each line" lines_are 9 "$T/l.labels"
jq -r 'select(has("n")) | "\(.stance.label)\t\(.sentiment.label)"' "$T/l.jsonl" >"$T/l.expected"
check "lines: labels are those of the records" same "$T/l.labels" "$T/l.expected"
for text in 'one' 'one\n' '\n' 'one\n\n' '\n\n\nx' '\r\n' 'a\r\nb\r\n' '\357\273\277a\nb'; do
    # shellcheck disable=SC2059 # the format is the text
    printf "$text" >"$T/t.txt"
    want=$(awk 'END { print NR }' "$T/t.txt")
    score -l -f labels "$T/t.txt" >"$T/t.labels"
    check "lines: as many labels as lines in '$text'" lines_are "$want" "$T/t.labels"
    score -l "$T/t.txt" >"$T/t.jsonl"
    check "lines: as many records as lines in '$text'" lines_are "$want" "$T/t.jsonl"
done
printf '\357\273\277one\n' >"$T/bom.txt"
printf 'one\n' >"$T/nobom.txt"
score -l "$T/bom.txt" | jq -c 'del(.doc, .from, .to)' >"$T/bom.jsonl"
score -l "$T/nobom.txt" | jq -c 'del(.doc, .from, .to)' >"$T/nobom.jsonl"
check "lines: a BOM changes nothing but the offsets" same "$T/bom.jsonl" "$T/nobom.jsonl"
printf 'one\r\ntwo\r\n' | score -l -f labels - >"$T/crlf.labels"
printf 'one\ntwo' | score -l -f labels - >"$T/lf.labels"
check "lines: CR LF gives the labels of LF" same "$T/crlf.labels" "$T/lf.labels"
score -l -f labels "$T/l.txt" "$T/nobom.txt" "$T/l.txt" >"$T/three.labels"
check "lines: files follow each other" lines_are 19 "$T/three.labels"
score -i lines "$T/l.txt" --trailer >"$T/i.jsonl"
check "lines: --input lines is --lines" same "$T/i.jsonl" "$T/l.jsonl"

# A line is a function of itself: alone, among others, cut anywhere.
split -l $((n_rows / 3 + 1)) "$T/many.txt" "$T/part."
for part in "$T"/part.*; do
    score -l -f labels "$part"
done >"$T/parts.labels"
score -l -f labels "$T/many.txt" >"$T/many.labels"
check "lines: parts give what the whole gives" same "$T/parts.labels" "$T/many.labels"

# ---- tables ----

for input in "$T/a.txt" "$T/l.txt" "$T/junk.jsonl"; do
    [ -f "$input" ] || printf '{"id":"t\\tab","text":"a\\tb\\nc. D\\u0000e \\u009b."}\n{oops\n' >"$input"
    score -f tsv "$input" >"$T/t.tsv" 2>"$T/err"
    check "tsv: the same number of columns in $(basename "$input")" awk -F'\t' '
        NR == 1 { n = NF } NF != n { bad = 1 } END { exit bad || n != 14 || NR < 3 }' "$T/t.tsv"
    check "tsv: no control character in $(basename "$input")" no_hostile_bytes "$T/t.tsv"
done
check "tsv: the header" has "$(printf 'doc\tn\tfrom\tto\ttext\tstance\tstance_p_favor')" "$T/t.tsv"
check "tsv: the error is in the last column" awk -F'\t' '$NF ~ /not a JSON object/ { n++ }
    END { exit n != 1 }' "$T/t.tsv"
score -f tsv "$T/a.txt" | awk -F'\t' 'NR > 1 { print $2 "\t" $3 "\t" $4 "\t" $6 "\t" $10 }' >"$T/a.cols"
score "$T/a.txt" | jq -r '"\(.n)\t\(.from)\t\(.to)\t\(.stance.label)\t\(.sentiment.label)"' >"$T/a.rows"
check "tsv: the same figures as JSON" same "$T/a.cols" "$T/a.rows"
score -l -f tsv "$T/l.txt" >"$T/l.tsv"
check "tsv --lines: a row a line and a header" lines_are 10 "$T/l.tsv"

# ---- JSON Lines ----

printf '%s\n' \
    '{"id":"a1","text":"Quorvex is out. It is late.","title":"T","date":"2031-02-03","source":"S","url":"U"}' \
    '{"id":"a2", "text": oops}' '' '   ' \
    '{"id":"a3"}' '{"id":7,"text":"A number as id."}' '{"text":"No id."}' \
    '{"id":"a4","text":""}' '{"id":"a5","text":null}' \
    '{"id":"a6","text":"\ud83d\ude00 Quorvex \u0000 \u00e9. Second."}' \
    '{"id":"a7","text":"dup","text":"dup"}' 'null' >"$T/j.jsonl"
run score --trailer "$T/j.jsonl"
cp "$T/out" "$T/j.out"
check "jsonl: exit code 1 with errors" [ "$code" -eq 1 ]
check "jsonl: records keep their order" holds 'map(.doc // "trailer") | . as $d |
    [$d[] | select(test("/") | not)] == ["a1", "a1", "a2", "a3", "7", "a4", "a5", "a6", "a6", "a7",
        "trailer"] or
    [$d[] | select(test("/") | not)] == ["a1", "a1", "a3", "7", "a4", "a5", "a6", "a6", "trailer"]' \
    "$T/j.out"
check "jsonl: error records name the line" holds 'map(select(has("error")) | .line) ==
    [2, 5, 9, 11, 12]' "$T/j.out"
check "jsonl: error records have a doc and no verdict" holds 'all(.[] | select(has("error"));
    (.doc | length > 0) and (has("stance") | not))' "$T/j.out"
check "jsonl: a record without id is named by its line" holds \
    'any(.[]; (.doc // "" | endswith("j.jsonl:7")) and .text == "No id.")' "$T/j.out"
check "jsonl: title, date, source and url stand with the first sentence" holds \
    '(.[0] | [.title, .date, .source, .url]) == ["T", "2031-02-03", "S", "U"] and
    (.[1] | has("title") | not)' "$T/j.out"
check "jsonl: escapes and offsets in bytes of the text" holds 'map(select(.doc == "a6")) |
    map([.text, .from, .to]) == [["😀 Quorvex \u0000 é.", 0, 18], ["Second.", 19, 26]]' "$T/j.out"
check "jsonl: the trailer counts" holds '.[-1].trailer | .records == 10 and .errors == 5 and
    .sentences == 6 and (.digest | test("^[0-9a-f]{16}$")) and .model == "tiny"' "$T/j.out"
check "jsonl: the trailer agrees with the records" holds '.[-1].trailer as $t | .[:-1] |
    (map(select(has("error"))) | length) == $t.errors and
    (map(select(has("text"))) | length) == $t.sentences' "$T/j.out"
run score --max-errors 4 "$T/j.jsonl"
check "--max-errors below the errors: exit code 1" [ "$code" -eq 1 ]
run score --max-errors 5 "$T/j.jsonl"
check "--max-errors at the errors: exit code 0" [ "$code" -eq 0 ]
check "--max-errors: still told" lines_are 1 "$T/err"
run score --max-errors 5 -q "$T/j.jsonl"
check "--max-errors --quiet: not told" [ ! -s "$T/err" ]
run score "$T/nosuch.txt" "$T/b.txt" "$T/nosuch2.txt"
check "a missing file among others: exit code 1" [ "$code" -eq 1 ]
check "a missing file among others: an error record in its place" holds '(.[0] | has("error")) and
    (.[-1] | has("error")) and (.[1:-1] | length > 2 and all(.[]; has("stance")))' "$T/out"
score -i jsonl <"$T/j.jsonl" 2>"$T/err" | jq -c 'del(.doc, .error)' >"$T/j1"
score "$T/j.jsonl" 2>"$T/err" | jq -c 'del(.doc, .error)' >"$T/j2"
check "jsonl: --input jsonl reads standard input" same "$T/j1" "$T/j2"
printf '\357\273\277{"id":"b","text":"One."}\r\n{"id":"c","text":"Two."}' >"$T/crlf.jsonl"
works "jsonl: BOM, CR LF, no final newline" score "$T/crlf.jsonl"
check "jsonl: BOM, CR LF: records" holds 'map(.doc) == ["b", "c"]' "$T/out"

# ---- the same bytes ----

for kind in '' -l; do
    # shellcheck disable=SC2086 # no argument where empty
    for input in "$T/a.txt" "$T/l.txt" "$T/b.txt"; do
        score $kind "$input" | jq -c 'del(.doc)' >"$T/by_name"
        score $kind - <"$input" | jq -c 'del(.doc)' >"$T/by_dash"
        score $kind <"$input" | jq -c 'del(.doc)' >"$T/by_stdin"
        tail -c +1 "$input" | score $kind /dev/stdin | jq -c 'del(.doc)' >"$T/by_pipe"
        name="$(basename "$input") $kind"
        check "same: file and - ($name)" same "$T/by_name" "$T/by_dash"
        check "same: file and standard input ($name)" same "$T/by_name" "$T/by_stdin"
        check "same: file and pipe ($name)" same "$T/by_name" "$T/by_pipe"
    done
done
{
    printf 'First li'
    sleep 0.1
    printf 'ne.\n\n  \t \nTwo sentences. In one line.\r'
    sleep 0.1
    printf '\n\r\na\0b Quorvex\n\377'
    sleep 0.1
    printf '\376 bad \303\n\rx\ry\nla'
    sleep 0.1
    printf 'st'
} | score -l - >"$T/slow"
score -l - <"$T/l.txt" >"$T/fast"
check "same: a slow pipe --lines" same "$T/slow" "$T/fast"
{
    head -c 1 "$T/a.txt"
    sleep 0.1
    tail -c +2 "$T/a.txt" | head -c 33
    sleep 0.1
    tail -c +35 "$T/a.txt"
} | score >"$T/slow"
score <"$T/a.txt" >"$T/fast"
check "same: a slow pipe" same "$T/slow" "$T/fast"

# more than one read's worth of articles, some broken
awk 'NR % 10 == 1 { printf "%s{\"id\":\"doc%d\",\"text\":\"", NR == 1 ? "" : "\"}\n", NR }
    NR % 370 == 0 { printf "\\x" } { printf "%s ", $0 } END { print "\"}" }' "$T/many.txt" >"$T/once.jsonl"
cat "$T/once.jsonl" "$T/once.jsonl" "$T/once.jsonl" >"$T/many.jsonl"
cp "$T/many.txt" "$T/many2.txt"
jobs_same() {
    jobs_name=$1
    shift
    score -j 1 "$@" >"$T/j1" 2>"$T/e1"
    for j in 2 8; do
        score -j $j "$@" >"$T/j$j" 2>"$T/e$j"
        check "same: -j $j, $jobs_name" same "$T/j1" "$T/j$j"
        check "same: -j $j, $jobs_name: messages" same "$T/e1" "$T/e$j"
    done
    score "$@" >"$T/j0" 2>"$T/e0"
    check "same: default -j, $jobs_name" same "$T/j1" "$T/j0"
}
jobs_same "articles" --trailer "$T/many.jsonl" "$T/a.txt" "$T/nosuch.txt" "$T/b.txt"
check "articles: there were errors" [ -s "$T/e1" ]
check "articles: there were results" [ "$(wc -l <"$T/j1")" -gt 100 ]
jobs_same "lines" -l "$T/many.txt" "$T/l.txt" "$T/many2.txt"
jobs_same "tsv" -f tsv "$T/many.jsonl"
jobs_same "labels" -l -f labels "$T/many.txt"

score --trailer "$T/a.txt" "$T/j.jsonl" >"$T/plain" 2>"$T/err"
# surrounded NAME VARIABLE=VALUE...
surrounded() {
    surrounded_name=$1
    shift
    env "$@" "$SLANT" score -m "$model" --trailer "$T/a.txt" "$T/j.jsonl" >"$T/other" 2>"$T/err"
    check "same: $surrounded_name" same "$T/plain" "$T/other"
}
surrounded "LC_ALL=C" LC_ALL=C
surrounded "LC_ALL=C.UTF-8" LC_ALL=C.UTF-8
surrounded "LC_ALL=POSIX" LC_ALL=POSIX
surrounded "TZ" TZ=Pacific/Kiritimati
surrounded "an empty environment" -i
surrounded "COLUMNS, TERM, HOME" COLUMNS=20 TERM=dumb HOME=/nonexistent LANGUAGE=tr
for name in de_DE tr_TR; do
    if locale_here $name; then
        surrounded "LC_ALL=$name.UTF-8" "LOCPATH=$T/locales" "LC_ALL=$name.UTF-8"
        surrounded "LC_ALL=$name.UTF-8, of the system" "LC_ALL=$name.UTF-8"
        env "LOCPATH=$T/locales" "LC_ALL=$name.UTF-8" \
            "$SLANT" train -q $tiny_options -n tiny -o "$T/local.slant" "$T/tiny.tsv"
        check "same: train, LC_ALL=$name.UTF-8" same "$model" "$T/local.slant"
    else
        skip "same: LC_ALL=$name.UTF-8" "no such locale here"
    fi
done
(cd / && "$SLANT" score -m "$model" --trailer "$T/a.txt" "$T/j.jsonl") >"$T/other" 2>"$T/err"
check "same: another folder" same "$T/plain" "$T/other"
cp "$model" "$T/renamed.slant"
"$SLANT" score -m "$T/renamed.slant" --trailer "$T/a.txt" "$T/j.jsonl" >"$T/other" 2>"$T/err"
check "same: a renamed model" same "$T/plain" "$T/other"
works "to a file" score -o "$T/o.jsonl" "$T/a.txt"
score "$T/a.txt" >"$T/o.stdout"
check "same: -o FILE and standard output" same "$T/o.jsonl" "$T/o.stdout"

# ---- targets ----

printf '%s\n' 'The ministry will bar Quorvex from the network.' \
    "Quorvex's boss calls the ban on Quorvex Systems a mistake." \
    'Nobody else is named here.' 'QUORVEX and quorvex are one.' >"$T/q.txt"
sed -e 's/Quorvex Systems/Zanthor Holding/g; s/Quorvex/Zanthor/g; s/QUORVEX/ZANTHOR/; s/quorvex/zanthor/' \
    "$T/q.txt" >"$T/z.txt"
figures='[.n, .mentions, .stance, .sentiment]'
score -l -t Quorvex -a 'Quorvex Systems' "$T/q.txt" | jq -c "$figures" >"$T/q.out"
score -l -t Zanthor -a 'Zanthor Holding' "$T/z.txt" | jq -c "$figures" >"$T/z.out"
check "target: a renamed vendor has the same verdicts" same "$T/q.out" "$T/z.out"
check "target: the verdicts are all there" lines_are 4 "$T/q.out"
score -l "$T/q.txt" | jq -c "$figures" >"$T/plain.out"
check "target: masking changes something" differ "$T/q.out" "$T/plain.out"
score -l -t Quorvex -a 'Quorvex Systems' "$T/q.txt" >"$T/q.jsonl"
check "target: mentions are counted" holds 'map(.mentions // 0) == [1, 2, 0, 2]' "$T/q.jsonl"
score -l -t 'Quorvex Systems' -a Quorvex "$T/q.txt" | jq -c "$figures" >"$T/swapped.out"
check "target: the order of spellings changes nothing" same "$T/q.out" "$T/swapped.out"
score -l -t Zanthor "$T/q.txt" | jq -c "$figures" >"$T/absent.out"
check "target: one that is not in the text changes nothing" same "$T/absent.out" "$T/plain.out"
tr '\n' ' ' <"$T/q.txt" >"$T/q1.txt"
tr '\n' ' ' <"$T/z.txt" >"$T/z1.txt"
score -t Quorvex -a 'Quorvex Systems' "$T/q1.txt" | jq -c "$figures" >"$T/q.out"
score -t Zanthor -a 'Zanthor Holding' "$T/z1.txt" | jq -c "$figures" >"$T/z.out"
check "target: the same within an article" same "$T/q.out" "$T/z.out"
jq -R -s -c '{id: "x", text: ., target: "Quorvex|Quorvex Systems"}' "$T/q1.txt" >"$T/own.jsonl"
jq -R -s -c '{id: "x", text: ., target: ["Quorvex", "Quorvex Systems"]}' "$T/q1.txt" >"$T/list.jsonl"
jq -R -s -c '{id: "x", text: ., target: "Zanthor"}' "$T/q1.txt" >"$T/wrong.jsonl"
score "$T/own.jsonl" | jq -c "$figures" >"$T/own.out"
check "target: the record's own" same "$T/q.out" "$T/own.out"
score "$T/list.jsonl" | jq -c "$figures" >"$T/list.out"
check "target: the record's own, as a list" same "$T/q.out" "$T/list.out"
score -t Zanthor "$T/own.jsonl" | jq -c "$figures" >"$T/own.out"
check "target: the record's own goes before --target" same "$T/q.out" "$T/own.out"
score "$T/wrong.jsonl" | jq -c "$figures" >"$T/wrong.out"
check "target: another one masks nothing" differ "$T/q.out" "$T/wrong.out"

# ---- large ----

if [ -n "${SANITIZER:-}" ]; then
    skip "a line of 50 MB" "slow under $SANITIZER"
else
    awk 'BEGIN { for (i = 0; i < 550000; i++) printf "%s",
        "The ministry said the ban on Quorvex gear protects users, but operators object to the cost. " }' |
        head -c 50000000 >"$T/big.txt"
    check "a line of 50 MB: --lines" timeout 30 "$SLANT" score -l -m "$model" -f labels \
        -o "$T/big.labels" "$T/big.txt"
    check "a line of 50 MB: one record" lines_are 1 "$T/big.labels"
    check "a line of 50 MB: as an article" timeout 60 "$SLANT" score -m "$model" -f tsv \
        -o "$T/big.tsv" "$T/big.txt"
    check "a line of 50 MB: its sentences" lines_are 543480 "$T/big.tsv"
    head -c 50000000 /dev/zero | tr '\0' 'q' >"$T/big.txt"
    check "a word of 50 MB" timeout 30 "$SLANT" score -l -m "$model" -f labels \
        -o "$T/big.labels" "$T/big.txt"
    check "a word of 50 MB: one record" lines_are 1 "$T/big.labels"
    head -c 2000000 /dev/zero | tr '\0' '\n' >"$T/big.txt"
    check "2 million blank lines" timeout 60 "$SLANT" score -l -m "$model" -f labels \
        -o "$T/big.labels" "$T/big.txt"
    check "2 million blank lines: as many records" lines_are 2000000 "$T/big.labels"
    rm -f "$T"/big.*
fi
check "no temporary file is left" no_temporary
