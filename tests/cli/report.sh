#!/bin/sh
# slant report: five formats, the same figures; nothing of an article can reach the terminal raw.
# shellcheck disable=SC2016 # jq and awk read the dollars
. tests/cli/lib.sh
tiny_model
model=$T/tiny.slant
report() {
    "$SLANT" report -m "$model" "$@"
}

printf 'Ministers will bar Quorvex from the network. Quorvex gear is a danger, they say. %s\n\n%s' \
    'The chief executive of Quorvex rejected the ban as baseless.' 'Operators met on Monday.' >"$T/a.txt"
sed 's/$/ The court lifted the order. Users object to the cost. Nothing else happened. /' "$T/a.txt" \
    >"$T/b.txt"
: >"$T/empty.txt"
printf '%s\n' '{"id":"j1","title":"A title","date":"2031-02-03","source":"The Wire","text":"Quorvex must go, the minister said. It is unsafe."}' \
    '{"id":"j2","text":"Zanthor is safe, says its boss. The ban is a mistake. Nobody has shown any proof."}' >"$T/c.jsonl"

# ---- JSON ----

works "json" report -f json "$T/a.txt" "$T/b.txt" "$T/empty.txt" "$T/c.jsonl"
cp "$T/out" "$T/r.json"
check "json: one object" holds 'length == 1 and (.[0] | has("articles") and has("corpus") and
    has("model"))' "$T/r.json"
check "json: articles in order" holds '.[0].articles | map(.doc | split("/")[-1]) ==
    ["a.txt", "b.txt", "empty.txt", "j1", "j2"]' "$T/r.json"
check "json: keys of an article" holds '.[0].articles | all(.[]; has("doc") and has("verdict") and
    has("sentences") and has("stance") and has("sentiment") and has("evidence") and
    (.stance | has("shares") and has("intervals")) and
    (.sentiment | has("shares") and has("intervals")))' "$T/r.json"
check "json: labels" holds '.[0].articles | all(.[];
    (.stance.shares | keys) == ["against", "favor", "none"] and
    (.stance.intervals | keys) == ["against", "favor", "none"] and
    (.sentiment.shares | keys) == ["negative", "neutral", "positive"])' "$T/r.json"
check "json: shares add up to 1" holds '.[0] | [.articles[], .corpus] |
    map(select(.sentences > 0)) | length == 5 and
    all(.[] | .stance, .sentiment; (([.shares[]] | add) - 1 | fabs) < 0.0003)' "$T/r.json"
check "json: an interval holds its share" holds '.[0] | [.articles[], .corpus] |
    all(.[] | .stance, .sentiment; . as $h | .shares | to_entries | all(.[];
        $h.intervals[.key] as $i | $i == null or
        ($i[0] - 0.00011 <= .value and .value <= $i[1] + 0.00011 and
         0 <= $i[0] and $i[1] <= 1)))' "$T/r.json"
check "json: an article with sentences has intervals" holds '.[0].articles |
    map(select(.sentences > 0)) | all(.[].stance.intervals[]; length == 2)' "$T/r.json"
check "json: counts add up to the sentences" holds '.[0] | [.articles[], .corpus] |
    all(.[]; .sentences as $n | all(.stance, .sentiment; ([.counts[]] | add) == $n))' "$T/r.json"
check "json: verdict names" holds '["favor", "against", "mixed", "neutral", "too little evidence"] as $v |
    .[0].articles | all(.[].verdict; . as $one | $v | index($one) != null)' "$T/r.json"
check "json: an empty article is too little evidence" holds '.[0].articles[2] |
    .verdict == "too little evidence" and .sentences == 0 and .evidence == []' "$T/r.json"
check "json: the corpus" holds '.[0] | (.articles | length) == .corpus.articles and
    (.articles | map(.sentences) | add) == .corpus.sentences and
    ([.corpus.verdicts[]] | add) == .corpus.articles' "$T/r.json"
check "json: the model" holds '.[0].model | .name == "tiny" and
    (.digest | test("^[0-9a-f]{16}$"))' "$T/r.json"
check "json: title, date, source" holds '.[0].articles[3] |
    [.title, .date, .source] == ["A title", "2031-02-03", "The Wire"]' "$T/r.json"
check "json: evidence has side, p and place" holds '.[0].articles | (map(.evidence) | add | length) > 0
    and all(.[].evidence[]; (.side == "favor" or .side == "against") and .p > 0 and .from < .to and
    .n >= 1 and (.text | length) > 0)' "$T/r.json"
check "json: at most three sentences a side, strongest first" holds '.[0].articles |
    all(.[].evidence; group_by(.side) | all(.[]; length <= 3 and
    (map(.p) == (map(.p) | sort | reverse))))' "$T/r.json"
"$SLANT" score -m "$model" "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/s.jsonl"
jq -s -c 'group_by(.doc) | map({key: .[0].doc, value: [length,
    ([.[].stance.p.favor * 10000 | round] | add / length | round),
    (map(select(.stance.label == "favor")) | length)]}) | sort_by(.key)' "$T/s.jsonl" >"$T/s.sum"
jq -c '.articles | map(select(.sentences > 0) | {key: .doc, value: [.sentences,
    (.stance.shares.favor * 10000 | round), .stance.counts.favor]}) | sort_by(.key)' "$T/r.json" >"$T/r.sum"
# score's probabilities have four digits: their mean may round the other way
check "json: shares are the mean of what score says" jq -n -e --slurpfile a "$T/s.sum" \
    --slurpfile b "$T/r.sum" '($a[0] | length) == ($b[0] | length) and ([$a[0], $b[0]] | transpose |
    all(.[]; .[0].key == .[1].key and .[0].value[0] == .[1].value[0] and
    .[0].value[2] == .[1].value[2] and (.[0].value[1] - .[1].value[1] | fabs) <= 1))'
report -f json --evidence 1 "$T/b.txt" >"$T/r1.json"
check "--evidence 1: one a side" holds 'all(.[0].articles[].evidence; group_by(.side) |
    all(.[]; length == 1))' "$T/r1.json"
report -f json --evidence 0 "$T/b.txt" >"$T/r0.json"
check "--evidence 0: none" holds '.[0].articles[0].evidence == []' "$T/r0.json"
report -f json "$T/nosuch.txt" "$T/a.txt" >"$T/re.json" 2>"$T/err"
check "json: what could not be read" holds '.[0] | (.errors | length == 1 and
    (.[0].doc | endswith("nosuch.txt"))) and (.articles | length) == 1' "$T/re.json"
if [ -f docs/report.schema.json ]; then
    check "json: the schema is JSON" holds 'length == 1' docs/report.schema.json
    check "json: the schema names every key" holds '(.[0] | [paths | .[-1] | strings]) as $named |
        (.[1] | [.articles[0], .corpus, .model, (.articles[0].stance), (.articles[1].evidence[0] // {}) |
        keys[]] - ["favor", "against", "none", "stance", "sentiment"]) - $named == []' docs/report.schema.json "$T/r.json"
else
    skip "json: the schema" "no docs/report.schema.json"
fi

# valid SCHEMA JSON...
valid() {
    /usr/bin/python3 -c 'import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
for path in sys.argv[2:]:
    jsonschema.validate(json.load(open(path)), schema)' "$@" 2>"$T/err"
}
if /usr/bin/python3 -c 'import jsonschema' 2>"$T/err"; then
    report -f json training/samples/*.txt training/samples/articles.jsonl >"$T/samples.json"
    check "json: valid by the schema" valid docs/report.schema.json "$T/r.json" "$T/re.json" "$T/samples.json"
    report -f json --count-copies --compare source training/samples/articles.jsonl "$T/a.txt" "$T/a.txt" >"$T/compared.json"
    report -f json "$T/a.txt" "$T/a.txt" >"$T/copied.json"
    check "json: a comparison and a copy are valid by the schema" valid docs/report.schema.json "$T/compared.json" "$T/copied.json"
    jq '.corpus.stance.method = "guess"' "$T/samples.json" >"$T/wrong.json"
    if valid docs/report.schema.json "$T/wrong.json"; then
        tap 'not ok' "json: the schema refuses what is wrong"
    else
        tap ok "json: the schema refuses what is wrong"
    fi
    check "json: shares are corrected" holds '.[0] | .corpus.stance.method == "corrected" and
        (.timeline | length) > 1 and (.sources | map(.articles) | add) == 8 and .period == "week"' "$T/samples.json"
else
    skip "json: valid by the schema" "no python3-jsonschema here"
fi

# ---- text and Markdown ----

works "text" report "$T/a.txt" "$T/b.txt" "$T/empty.txt" "$T/c.jsonl"
cp "$T/out" "$T/r.text"
check "text: verdicts" [ "$(grep -c '^verdict: ' "$T/r.text")" -eq 5 ]
check "text: an empty article" grep -q 'too little evidence   sentences: 0' "$T/r.text"
check "text: the title goes before the name" has 'A title' "$T/r.text"
check "text: no line is wider than 80 columns" awk 'length($0) > 80 && !/\// { bad = 1 }
    END { exit bad }' "$T/r.text"
report --width 60 "$T/b.txt" >"$T/r60.text"
check "text: --width" awk 'length($0) > 60 && !/\// { bad = 1 } END { exit bad }' "$T/r60.text"
check "text: --width changes something" differ "$T/r60.text" "$T/r.text"
works "markdown" report -f markdown "$T/a.txt" "$T/b.txt" "$T/empty.txt" "$T/c.jsonl"
check "markdown: a heading for each article" [ "$(grep -c '^## ' "$T/out")" -eq 7 ]

# ---- CSV ----

# csv_fields FILE: every row has the same number of fields, and it is printed.
csv_fields() {
    tr -d '\r' <"$1" | awk '{ gsub(/"([^"]|"")*"/, "q"); n = gsub(/,/, ",") + 1 }
        NR == 1 { first = n } n != first || /"/ { bad = 1 } END { exit bad || NR < 2 }'
}
printf '%s\n' '{"id":"=1+1","title":"=HYPERLINK(\"x\")","date":"+1","source":"-1","text":"Quorvex is out."}' \
    '{"id":"@SUM(1)","title":"\tcell, with \"quotes\"\nand a line","text":"Quorvex is out."}' \
    '{"id":"\r=2","title":"\u0000=3","text":""}' >"$T/f.jsonl"
works "csv" report -f csv "$T/a.txt" "$T/empty.txt" "$T/c.jsonl" "$T/f.jsonl"
cp "$T/out" "$T/r.csv"
check "csv: constant number of fields" csv_fields "$T/r.csv"
check "csv: a row each and a header" lines_are 8 "$T/r.csv"
check "csv: rows end with CR LF" [ "$(grep -c "$(printf '\r')\$" "$T/r.csv")" -eq 8 ]
for cell in "\"'=1+1\"" "\"'=HYPERLINK" "\"'+1\"" "\"'-1\"" "\"'@SUM(1)\""; do
    check "csv: formula $cell is defused" has "$cell" "$T/r.csv"
done
check "csv: no cell starts like a formula" awk '/(^|,)"[=+@-]/ { bad = 1 } END { exit bad }' "$T/r.csv"
check "csv: a control character hides no formula" awk '/(^|,)" *[=+@-]/ { bad = 1 }
    END { exit bad }' "$T/r.csv"

for table in sentences timeline sources; do
    works "csv --table $table" report -f csv --table $table "$T/a.txt" "$T/c.jsonl" "$T/f.jsonl"
    cp "$T/out" "$T/t.csv"
    check "csv --table $table: constant number of fields" csv_fields "$T/t.csv"
    check "csv --table $table: no cell starts like a formula" awk '/(^|,)" *[=+@-]/ { bad = 1 } END { exit bad }' \
        "$T/t.csv"
done
report -f csv --table sentences "$T/a.txt" "$T/c.jsonl" >"$T/t.csv"
"$SLANT" score -m "$model" "$T/a.txt" "$T/c.jsonl" | jq -r '.stance.label' >"$T/labels"
check "csv --table sentences: as scored" [ "$(tail -n +2 "$T/t.csv" | sed 's/.*","\(favor\|against\|none\)",.*/\1/' | tr -d '\r')" = "$(cat "$T/labels")" ]
report -f csv --table timeline training/samples/articles.jsonl >"$T/t.csv"
check "csv --table timeline: a row a week" lines_are "$(($(report -f json training/samples/articles.jsonl | jq '.timeline | length') + 1))" "$T/t.csv"
fails "csv --table: unknown" 2 'expected articles' "$SLANT" report -m "$model" -f csv --table books "$T/a.txt"
fails "--table without csv" 2 'add that' "$SLANT" report -m "$model" --table sources "$T/a.txt"

fails "--chart: into a file of another kind" 2 'x.png: a chart is SVG, no png; name the file .svg' \
    "$SLANT" report -m "$model" --chart shares -o "$T/x.png" "$T/a.txt"
check "--chart: into a file of another kind: none is made" [ ! -e "$T/x.png" ]

# ---- articles that never mention the target ----

printf 'Ministers met on Monday. Nothing was said.' >"$T/away.txt"
works "without the target: json" report -f json --target Quorvex "$T/a.txt" "$T/away.txt" "$T/empty.txt"
cp "$T/out" "$T/direct"
check "without the target: json: counted" holds '.[0] | .quality.without_target == 1 and
    (.articles | map(.with_target)) == [3, null, null] and (.quality.warnings | index("without_target")) != null' "$T/out"
"$SLANT" score -m "$model" --target Quorvex --trailer "$T/a.txt" "$T/away.txt" "$T/empty.txt" >"$T/scored.jsonl"
"$SLANT" report --scored -f json "$T/scored.jsonl" >"$T/apart"
check "without the target: scored apart: the same bytes" same "$T/direct" "$T/apart"
jq -c . "$T/scored.jsonl" | "$SLANT" report --scored -f json >"$T/apart"
check "without the target: scored lines written by other programs" same "$T/direct" "$T/apart"
report -f json --target Quorvex "$T/a.txt" "$T/b.txt" >"$T/out"
check "without the target: none" holds '.[0].quality | .without_target == 0 and (.warnings | index("without_target")) == null' "$T/out"
report -f json "$T/a.txt" "$T/away.txt" >"$T/out"
check "without the target: no target" holds '.[0] | .quality.without_target == null and (.articles | map(.with_target)) == [null, null]' "$T/out"
report --target Quorvex "$T/a.txt" "$T/away.txt" >"$T/out"
check "without the target: text: of an article" has ', with the target: 3' "$T/out"
check "without the target: text: of all" has '1 of 2 articles never mentions the target' "$T/out"
report -f markdown --target Quorvex "$T/a.txt" "$T/away.txt" "$T/c.jsonl" >"$T/out"
check "without the target: markdown: several" has '2 of 4 articles never mention the target, and may be about something else.' "$T/out"
report -f html --target Quorvex "$T/a.txt" "$T/away.txt" >"$T/out"
check "without the target: html" has '<p>Note: 1 of 2 articles never mentions the target' "$T/out"
check "without the target: html: of an article" has ' sentences, 3 with the target' "$T/out"
for format in text html markdown; do
    report -q -f $format --target Nowhere "$T/a.txt" "$T/away.txt" >"$T/out"
    check "without the target: $format: in no article" grep -q 'no article mentions the target; check the spelling' "$T/out"
    report -f $format --target Quorvex "$T/a.txt" "$T/b.txt" >"$T/out"
    check "without the target: $format: in every article" lacks 'the target; check' "$T/out"
done
report -q -f json --target Nowhere "$T/a.txt" "$T/away.txt" "$T/empty.txt" >"$T/direct"
check "without the target: json: in no article" holds '.[0].quality | .without_target == 2 and (.warnings | index("without_target"))' "$T/direct"
"$SLANT" score -q -m "$model" --target Nowhere --trailer "$T/a.txt" "$T/away.txt" "$T/empty.txt" >"$T/scored.jsonl"
"$SLANT" report --scored -f json "$T/scored.jsonl" >"$T/apart"
check "without the target: scored apart: in no article" same "$T/direct" "$T/apart"

# ---- one article ----

for format in text markdown; do
    report -f $format "$T/b.txt" >"$T/out"
    check "one article: $format: its shares are told once" [ "$(grep -c 'negative' "$T/out")" = 1 ]
done

# ---- standard input ----

for format in text markdown html; do
    report -f $format <"$T/a.txt" >"$T/out"
    check "standard input: $format: called so" has "standard input" "$T/out"
done
report -f json <"$T/a.txt" >"$T/out"
check "standard input: json: -" holds '.[0].articles[0].doc == "-"' "$T/out"

# ---- what the stance is toward ----

report "$T/a.txt" "$T/b.txt" >"$T/out"
check "text: the subject at the head" [ "$(head -n 2 "$T/out")" = "stance toward: vendor ban" ]
report -f markdown "$T/a.txt" >"$T/out"
check "markdown: the subject in the title" [ "$(head -n 1 "$T/out")" = "# Stance toward vendor ban" ]
report -f html "$T/a.txt" >"$T/out"
check "html: the subject in the title" has '<h1 dir="auto">Stance toward vendor ban</h1>' "$T/out"
report -f html --title Week "$T/a.txt" >"$T/out"
check "html: the subject below another title" has '<p class="lead">Stance toward vendor ban. 1 article' "$T/out"

# ---- pictures ----

for chart in shares articles timeline sources scatter speakers; do
    works "--chart $chart" report --chart $chart -o "$T/c.svg" "$T/a.txt" "$T/c.jsonl" "$T/f.jsonl"
    check "--chart $chart: XML" /usr/bin/python3 -c 'import sys, xml.dom.minidom
document = xml.dom.minidom.parse(sys.argv[1])
assert document.documentElement.tagName == "svg" and document.documentElement.getAttribute("aria-label")
assert not document.getElementsByTagName("script") and not document.getElementsByTagName("a")' "$T/c.svg"
    report -j 1 --chart $chart "$T/a.txt" "$T/c.jsonl" "$T/f.jsonl" >"$T/c1.svg"
    check "--chart $chart: -j 1: the same bytes" same "$T/c.svg" "$T/c1.svg"
done
report --chart articles "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/c.svg"
check "--chart articles: a row each" [ "$(grep -c 'viewBox="0 0 300 12"' "$T/c.svg")" -eq 4 ]
report --chart timeline "$T/a.txt" >"$T/c.svg"
check "--chart timeline: no date" has 'Nothing to draw' "$T/c.svg"
fails "--chart: unknown" 2 'expected shares' "$SLANT" report -m "$model" --chart pie "$T/a.txt"
fails "--chart and --format" 2 'drop --format or --chart' "$SLANT" report -m "$model" --chart shares -f html "$T/a.txt"

# ---- scoring and reporting apart ----

"$SLANT" score -m "$model" --trailer "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/full.jsonl"
"$SLANT" score -m "$model" "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/bare.jsonl"
# How many words were read, and that no target was named, a trailer tells, scored lines do not.
without_words() {
    sed -e '/ords unknown to the model/d' -e '/How many words the model does not know/d' \
        -e '/no target was named/d' -e '/--target names it/d' -e 's/,\{0,1\}"no_target"//' \
        -e 's/"words":[^}]*"unknown_share":[^,]*,//' -e 's/,"as_given":true//' \
        -e 's/,\{0,1\} (\{0,1\}as given; the scored lines do not tell which)\{0,1\}//'
}
for format in text json csv markdown; do
    report -f $format "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/direct"
    # shellcheck disable=SC2046 # options
    "$SLANT" report --scored -f $format $(given $format) "$T/full.jsonl" >"$T/apart"
    check "scored: $format, with a trailer: the same bytes" same "$T/direct" "$T/apart"
    "$SLANT" report --scored -f $format -m "$model" <"$T/bare.jsonl" | without_words >"$T/apart"
    without_words <"$T/direct" >"$T/direct.words"
    check "scored: $format, with -m: the same bytes but for the words read" same "$T/direct.words" "$T/apart"
    for j in 1 2 8; do
        report -j $j -f $format "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/jobs"
        check "$format: -j $j: the same bytes" same "$T/direct" "$T/jobs"
    done
done
"$SLANT" report --scored "$T/full.jsonl" >"$T/out"
check "scored: text, without a model: the subject at the end" [ "$(grep -n '^stance toward: ' "$T/out" | wc -l)" = 1 ]
"$SLANT" report --scored "$T/bare.jsonl" >"$T/out"
check "scored: without a trailer or a model: said so" has 'scored lines without a trailer' "$T/out"
# Scored lines do not tell the words of a score.
report -f html "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/direct"
check "html: words of scores" has '<details class="y">' "$T/direct"
for j in 1 2 8; do
    report -j $j -f html "$T/a.txt" "$T/b.txt" "$T/c.jsonl" >"$T/jobs"
    check "html: -j $j: the same bytes" same "$T/direct" "$T/jobs"
done
sed -i 's|<details class="y">.*</details>$||' "$T/direct"
"$SLANT" report --scored -f html -m "$model" <"$T/bare.jsonl" | without_words >"$T/apart"
without_words <"$T/direct" >"$T/direct.words"
check "scored: html, with -m: the same bytes but for the words" same "$T/direct.words" "$T/apart"
"$SLANT" report --scored -f html "$T/full.jsonl" >"$T/apart"
check "scored: html, with a trailer: the same bytes but for the words" same "$T/direct" "$T/apart"
"$SLANT" report --scored -f json "$T/bare.jsonl" >"$T/nomodel.json"
check "scored: without trailer and model" holds '.[0].model == null' "$T/nomodel.json"
report -f json "$T/a.txt" "$T/empty.txt" "$T/c.jsonl" >"$T/direct"
"$SLANT" score -m "$model" --trailer "$T/a.txt" "$T/empty.txt" "$T/c.jsonl" |
    "$SLANT" report --scored -f json >"$T/apart"
check "scored: an empty article among others: the same bytes" same "$T/direct" "$T/apart"
# before the first sentence nothing tells which heads there are
"$SLANT" score -m "$model" --trailer "$T/empty.txt" "$T/empty.txt" "$T/a.txt" "$T/empty.txt" >"$T/late.jsonl"
for format in text json csv markdown; do
    report -f $format "$T/empty.txt" "$T/empty.txt" "$T/a.txt" "$T/empty.txt" >"$T/direct"
    # shellcheck disable=SC2046 # options
    "$SLANT" report --scored -f $format $(given $format) "$T/late.jsonl" >"$T/apart"
    check "scored: $format, empty articles first and last: the same bytes" same "$T/direct" "$T/apart"
done
printf '{"doc":"a","sentences":0}\n{"doc":"b","sentences":0}\n' >"$T/none.jsonl"
"$SLANT" report -q --scored -f json "$T/none.jsonl" >"$T/none.json"
check "scored: empty articles alone" holds '.[0].articles | map(.doc) == ["a", "b"]' "$T/none.json"
report -f json "$T/a.txt" "$T/a.txt" >"$T/direct"
"$SLANT" score -m "$model" --trailer "$T/a.txt" "$T/a.txt" |
    "$SLANT" report --scored -f json >"$T/apart"
check "scored: the same article twice: the same bytes" same "$T/direct" "$T/apart"
printf '{"id":"x","text":"Fine."}\n{oops\n' >"$T/bad.jsonl"
report -f json "$T/bad.jsonl" "$T/nosuch.txt" "$T/a.txt" >"$T/direct" 2>"$T/err"
"$SLANT" score -m "$model" --trailer "$T/bad.jsonl" "$T/nosuch.txt" "$T/a.txt" 2>"$T/err" |
    "$SLANT" report --scored -f json >"$T/apart" 2>"$T/err"
check "scored: errors: the same bytes" same "$T/direct" "$T/apart"
printf 'Quorvex is out.\n\nZanthor is in.\nx\0y \377.\n' >"$T/l.txt"
for format in text json csv; do
    report -l -f $format "$T/l.txt" >"$T/direct"
    # shellcheck disable=SC2046 # options
    "$SLANT" score -l -m "$model" --trailer "$T/l.txt" | "$SLANT" report --scored -f $format $(given $format) >"$T/apart"
    check "scored: --lines, $format: the same bytes" same "$T/direct" "$T/apart"
done
report -f json -l "$T/l.txt" >"$T/l.json"
check "--lines: a file is one article" holds '.[0].articles | length == 1 and .[0].sentences == 4' \
    "$T/l.json"
report -t Quorvex -f json "$T/a.txt" >"$T/q.json"
sed 's/Quorvex/Zanthor/g' "$T/a.txt" >"$T/z.txt"
report -t Zanthor -f json "$T/z.txt" >"$T/z.json"
strip='.articles[0] | {verdict, sentences, stance, sentiment, e: (.evidence | map([.side, .p, .n]))}'
jq -c "$strip" "$T/q.json" >"$T/q.figures"
jq -c "$strip" "$T/z.json" >"$T/z.figures"
check "target: a renamed vendor has the same report" same "$T/q.figures" "$T/z.figures"

# Verdicts of what score might have written.
# verdict_of LABEL... : each sentence surely that label
verdict_of() {
    i=0
    for label in "$@"; do
        i=$((i + 1))
        printf '{"doc":"v","n":%d,"from":0,"to":1,"text":"s","stance":{"p":{"favor":%s,"against":%s,"none":%s}}}\n' \
            $i "$(sure "$label" favor)" "$(sure "$label" against)" "$(sure "$label" none)"
    done | "$SLANT" report --scored -f json | jq -r '.articles[0].verdict'
}
sure() {
    if [ "$1" = "$2" ]; then echo 0.98; else echo 0.01; fi
}
n=none
f=favor
a=against
check "verdict: favor" [ "$(verdict_of $f $f $f $f $f $n)" = favor ]
check "verdict: against" [ "$(verdict_of $a $a $a $a $n)" = against ]
check "verdict: mixed" [ "$(verdict_of $f $f $f $a $a $a $n)" = mixed ]
check "verdict: neutral" [ "$(verdict_of $n $n $n $n $n $n $n $n)" = neutral ]
check "verdict: too little evidence" [ "$(verdict_of $f $f)" = "too little evidence" ]

# ---- quality ----

report -f json "$T/a.txt" "$T/empty.txt" "$T/c.jsonl" "$T/nosuch.txt" "$T/a.txt" --max-errors 1 >"$T/q.json" 2>"$T/err"
"$SLANT" inspect --json "$model" >"$T/inspect.json"
check "quality: counts" holds '.[0].quality | .unread == 1 and .copies == 1 and .empty == 1 and
    .undated == 3 and .without_source == 3' "$T/q.json"
check "quality: the model's own figures" holds '.[0].quality.heads.stance.accuracy ==
    .[1].training.cross_validation.heads.stance.accuracy' "$T/q.json" "$T/inspect.json"
"$SLANT" score -m "$model" "$T/a.txt" "$T/c.jsonl" | jq -s '[.[].stance.p | [.[]] | max] | add / length' >"$T/a"
check "quality: confidence is the mean of the largest probability" holds \
    '(.[0].quality.heads.stance.confidence - .[1] | fabs) < 0.0001' "$T/q.json" "$T/a"
# a.txt's words by hand: a word is unknown if explain shows no feature of the word alone
printf 'Zyxqwvut flumbered Quorvex \377\n' >"$T/odd.txt"
report -f json "$T/odd.txt" >"$T/odd.json"
check "quality: unknown words" holds '.[0].quality | .words == 3 and .unknown_words >= 2 and
    .invalid_utf8 == 1 and (.unknown_share - .unknown_words / 3 | fabs) < 0.0001' "$T/odd.json"
report -f json -t Quorvex "$T/odd.txt" >"$T/odd.json"
check "quality: the target's name is no word" holds '.[0].quality.words == 2' "$T/odd.json"
check "quality: words of near-copies are counted too" holds '(.[0].quality.words - .[1].quality.words |
    . > 0) and .[0].quality.sentences_in_copies == .[0].articles[0].sentences' "$T/q.json" \
    "$T/odd.json"
check "quality: without a trailer the words are not known" holds '.[0].quality | .words == null and
    .unknown_words == null and .unknown_share == null' "$T/nomodel.json"
cat "$T/full.jsonl" "$T/bare.jsonl" | "$SLANT" report --scored -f json >"$T/out"
check "quality: nor where a part has none" holds '.[0].quality.words == null' "$T/out"
report -f text "$T/odd.txt" >"$T/out"
check "quality: text: invalid bytes" grep -q '1 invalid UTF-8 sequence$' "$T/out"
for format in text html markdown; do
    report -f $format "$T/a.txt" >"$T/out"
    check "quality: $format: unknown words" grep -q 'ords unknown to the model' "$T/out"
    check "quality: $format" grep -q -i 'expected' "$T/out"
done

# Whether a target was named, scored at once or apart.
sed 's/^{/{"target":"Zanthor",/' "$T/c.jsonl" | tail -n 1 >"$T/named.jsonl"
for format in text markdown html json; do
    said='no target was named\|"no_target"'
    report -f $format "$T/a.txt" >"$T/out"
    check "no target: $format: said so" grep -q "$said" "$T/out"
    report -f $format -t Quorvex "$T/a.txt" >"$T/out"
    check "no target: $format: not where one was" [ "$(grep -c "$said" "$T/out")" -eq 0 ]
    report -q -f $format -t Nowhere "$T/a.txt" >"$T/out"
    check "no target: $format: nor where it is not mentioned" [ "$(grep -c "$said" "$T/out")" -eq 0 ]
    report -f $format "$T/a.txt" "$T/named.jsonl" >"$T/out"
    check "no target: $format: nor where a record names one" [ "$(grep -c "$said" "$T/out")" -eq 0 ]
done
"$SLANT" score -m "$model" --trailer "$T/a.txt" >"$T/untargeted.jsonl"
"$SLANT" score -m "$model" --trailer "$T/b.txt" "$T/named.jsonl" >"$T/targeted.jsonl"
check "no target: the trailer says so" holds '.[-1].trailer.target == false' "$T/untargeted.jsonl"
check "no target: the trailer does not where a record names one" holds '.[-1].trailer | has("target") | not' "$T/targeted.jsonl"
"$SLANT" report --scored -f json "$T/untargeted.jsonl" "$T/untargeted.jsonl" >"$T/out"
check "no target: of scored lines" holds '.[0].quality.warnings | index("no_target")' "$T/out"
for other in targeted bare; do
    "$SLANT" report --scored -f json "$T/untargeted.jsonl" "$T/$other.jsonl" >"$T/out"
    check "no target: not where a part may have one: $other" holds '.[0].quality.warnings | index("no_target") | not' "$T/out"
done
"$SLANT" score -m "$model" --trailer --no-holders "$T/a.txt" | "$SLANT" report --scored >"$T/out"
check "no target: not where nobody's statements are told" lacks 'no target' "$T/out"

# ---- near-copies, periods, comparisons ----

report -f json "$T/a.txt" "$T/b.txt" "$T/a.txt" >"$T/copy.json"
check "near-copies: named" holds '.[0] | .articles[2].copy_of == .articles[0].doc and
    (.articles[0] | has("copy_of") | not) and .corpus.copies == 1 and .corpus.articles == 2' "$T/copy.json"
report -f json "$T/a.txt" "$T/b.txt" >"$T/two.json"
jq -c '.corpus | del(.copies)' "$T/copy.json" >"$T/copy.corpus"
jq -c '.corpus | del(.copies)' "$T/two.json" >"$T/two.corpus"
check "near-copies: counted once" same "$T/copy.corpus" "$T/two.corpus"
report -f json --count-copies "$T/a.txt" "$T/b.txt" "$T/a.txt" >"$T/all.json"
check "--count-copies" holds '.[0] | .corpus.articles == 3 and .corpus.copies == 0' "$T/all.json"
for format in text markdown csv html; do
    report -f $format "$T/a.txt" "$T/a.txt" >"$T/out"
    check "near-copies: $format" grep -q -i 'near-copy\|copy_of' "$T/out"
done
for period in day week month year; do
    report -f json --period $period training/samples/articles.jsonl >"$T/out"
    check "--period $period" holds ".[0] | .period == \"$period\" and (.timeline | map(.articles) | add) == 8" "$T/out"
done
jq -c 'range(0; 3) as $i | .id = "\(.id)-\($i)" | .source = (if $i == 2 then "C" else .source end) |
    .text = (.text | split(". ") | .[$i:] | join(". "))' training/samples/articles.jsonl >"$T/many.jsonl"
for chart in timeline sources; do
    report --chart $chart training/samples/articles.jsonl >"$T/c.svg"
    check "--chart $chart: no interval is drawn, none is told" lacks 'intervals' "$T/c.svg"
    report --chart $chart --period year --count-copies "$T/many.jsonl" >"$T/c.svg"
    check "--chart $chart: intervals are told where some are drawn" has 'intervals' "$T/c.svg"
done
report -f json --count-copies --compare source "$T/many.jsonl" >"$T/compare.json"
check "--compare source" holds '.[0].comparison | .by == "source" and .permutations == 9999 and
    (.groups | length) >= 3 and all(.groups[]; .p > 0 and .p <= .p_holm and .p_holm <= 1 and
    .interval[0] <= .difference and .difference <= .interval[1])' "$T/compare.json"
report -f json --count-copies --compare period --period month "$T/many.jsonl" >"$T/out"
check "--compare period" holds '.[0].comparison.by == "month"' "$T/out"
for format in text markdown html; do
    report -f $format --count-copies --compare source "$T/many.jsonl" >"$T/out"
    check "--compare: $format" grep -q -i 'Holm' "$T/out"
done
fails "--compare: a key that no article has" 1 'no article has the key "vendor"' \
    "$SLANT" report -m "$model" --compare vendor "$T/a.txt"
jq -c '.party = (if .source == "C" then "left" else "right & <b>" end)' "$T/many.jsonl" >"$T/party.jsonl"
report -f json --count-copies --compare party "$T/party.jsonl" >"$T/party.json"
check "--compare KEY" holds '.[0] | (.groups | map(.group) | sort) == ["left", "right & <b>"] and
    .comparison.by == "party" and (.comparison.groups | length) == 1 and
    (.comparison.groups[0] | .p > 0 and .p == .p_holm and .interval[0] <= .difference)' "$T/party.json"
jq -c '.source = .party' "$T/party.jsonl" >"$T/as_source.jsonl"
report -f json --count-copies --compare source "$T/as_source.jsonl" >"$T/as_source.json"
check "--compare KEY: as a source of that name" holds '.[0].comparison.groups == .[1].comparison.groups and
    (.[0].groups | map(del(.group))) == (.[1].sources | map(del(.source)))' "$T/party.json" "$T/as_source.json"
head -n 9 "$T/party.jsonl" >"$T/p1.jsonl"
tail -n +10 "$T/party.jsonl" >"$T/p2.jsonl"
for i in 1 2; do
    "$SLANT" score -m "$model" --trailer --group party "$T/p$i.jsonl" >"$T/p$i.scored"
done
for format in text json markdown html; do
    report -f $format --count-copies --compare party "$T/party.jsonl" | sed 's|<details class="y">.*</details>$||' >"$T/direct"
    # shellcheck disable=SC2046 # options
    "$SLANT" report --scored -f $format $(given $format) --count-copies --compare party "$T/p1.scored" "$T/p2.scored" >"$T/apart"
    check "--compare KEY: $format: parts give the same bytes" same "$T/direct" "$T/apart"
done
check "--compare KEY: html is escaped" has 'right &amp; &lt;b&gt;' "$T/direct"
report -f csv --table groups --compare party --count-copies "$T/party.jsonl" >"$T/out"
check "--table groups" [ "$(head -n 1 "$T/out" | cut -d , -f 1)$(wc -l <"$T/out")" = '"group"3' ]
fails "--table groups without a key" 2 'needs --compare KEY' "$SLANT" report -m "$model" -f csv --table groups "$T/a.txt"
fails "score --group of a table" 2 'drop --format or --group' "$SLANT" score -m "$model" -f tsv --group party "$T/a.txt"
if /usr/bin/python3 -c 'import jsonschema' 2>"$T/err"; then
    check "--compare KEY: valid by the schema" valid docs/report.schema.json "$T/party.json"
fi
fails "--scored with a target" 2 'give --target to slant score' "$SLANT" report --scored -t Quorvex "$T/full.jsonl"
fails "--title of a text" 2 'add --format html' "$SLANT" report -m "$model" --title X "$T/a.txt"
fails "--lines with another input format" 2 'drop --lines or --input' "$SLANT" report -m "$model" -l -i jsonl "$T/a.txt"
fails "explain --top with --all" 2 'drop --all or --top' "$SLANT" explain -m "$model" --top 3 --all "$T/a.txt"
jq -c 'del(.date) | del(.title)' training/samples/articles.jsonl | head -n 1 >"$T/undated.jsonl"
report "$T/undated.jsonl" training/samples/articles.jsonl >"$T/out"
check "text: an article without a title keeps its source" grep -q -x "$(jq -r .source "$T/undated.jsonl")" "$T/out"
jq -c '.text = "It is quite another text. \(.text)" | del(.date)' training/samples/articles.jsonl | tail -n 1 >"$T/undated.jsonl"
for format in text markdown; do
    report --count-copies -f $format "$T/undated.jsonl" training/samples/articles.jsonl >"$T/out"
    check "$format: articles without a date are named" grep -q '^ *1 article without a date' "$T/out"
done
for format in text markdown; do
    report -f $format training/samples/articles.jsonl | tr -s '\n ' '  ' >"$T/notes.$format"
    grep -o 'corrected for the model.s errors; what it counted: [^%]*%[^%]*%[^%]*%' "$T/notes.$format" >"$T/counted.$format"
    check "$format: what was counted stands beside corrected shares" lines_are 1 "$T/counted.$format"
    check "$format: what a speaker's verdict weighs" grep -q "verdict weighs probabilities, not the counts" "$T/notes.$format"
done
check "text and markdown: the same was counted" same "$T/counted.text" "$T/counted.markdown"
report -f markdown "$T/a.txt" >"$T/out"
check "markdown: what is not corrected is not said to be" lacks 'what it counted' "$T/out"
fails "--period: unknown" 2 'expected auto, day' "$SLANT" report -m "$model" --period fortnight "$T/a.txt"

# ---- HTML ----

works "html" report -f html "$T/a.txt" "$T/b.txt" "$T/empty.txt" "$T/c.jsonl"
cp "$T/out" "$T/r.html"
check "html: an entry for each article" [ "$(grep -c '^<details class="a"' "$T/r.html")" -eq 5 ]
check "html: a strict policy" has "content=\"default-src 'none'; style-src 'sha256-" "$T/r.html"
check "html: nothing is fetched" [ "$(grep -c -E '(src|href)="?(https?:)?//' "$T/r.html")" -eq 0 ]
check "html: no style attribute, no handler" [ "$(grep -c -E '<[^>]* (style|on[a-z]+)=' "$T/r.html")" -eq 0 ]
# hash_of ELEMENT: of what stands in the page's only <ELEMENT>
hash_of() {
    tr '\n' '\r' <"$T/r.html" | sed "s|.*<$1>||; s|</$1>.*||" | tr '\r' '\n' | openssl dgst -sha256 -binary | base64
}
if command -v openssl >"$T/which"; then
    check "html: the policy allows the style" has "style-src 'sha256-$(hash_of style)'" "$T/r.html"
    check "html: the policy allows the script" has "script-src 'sha256-$(hash_of script)'" "$T/r.html"
else
    skip "html: hashes of the policy" "no openssl here"
fi
report -f html --title 'A <b>title</b> & more' "$T/a.txt" >"$T/out"
check "html: --title, escaped" has '<title>A &lt;b&gt;title&lt;/b&gt; &amp; more</title>' "$T/out"
report -f html "$T/nosuch.txt" "$T/a.txt" >"$T/out" 2>"$T/err"
check "html: what could not be read" has 'nosuch.txt' "$T/out"
report -q -f html "$T/empty.txt" >"$T/out"
check "html: no sentence at all" has 'This article has no sentence.' "$T/out"

# ---- hostile text ----

esc=$(printf '\033')
printf 'Quorvex %s[31mred%s]0;title\007 bell \b\b \r over\n\302\233 1m C1 \302\205 \342\200\256 turned \342\201\246 x \342\200\217. Quorvex is a danger and must go \033[2J. \033c' \
    "$esc" "$esc" >"$T/h.txt"
printf '%s\n' '{"id":"\u001b[31mid","title":"T\u001b]0;x\u0007\u202e\u009b2J","source":"\u001bS","date":"\u2066d","text":"Ban Quorvex \u001b[5m now \u202e. Ban it, it is a danger \u0007."}' \
    '{"id":"\u001b[7mbad\u202e","text":{"x":1}}' >"$T/h.jsonl"
cp "$T/h.txt" "$T/h$(printf '\033[31m\302\233\342\200\256').txt"
for format in text markdown; do
    report -f $format --evidence 9 "$T"/h*.txt "$T/h.jsonl" "$T/nosuch$esc" >"$T/h.out" 2>"$T/err"
    check "hostile text: $format" no_hostile_bytes "$T/h.out"
    check "hostile text: $format: the articles are there" \
        [ "$(grep -c -i '^verdict: \|Verdict: ' "$T/h.out")" -eq 3 ]
    check "hostile text: $format: messages" no_hostile_bytes "$T/err"
done
for label in 1 2 3 4 5; do
    printf '{"doc":"\\u001b[1md\\u202e","n":%d,"from":0,"to":9,"text":"Ban \\u001b[5m Quorvex \\u009b \\u2066.","stance":{"p":{"favor":0.9,"against\\u001b[31m":0.05,"none":0.05}}}\n' \
        $label
done >"$T/h.scored"
for format in text markdown; do
    "$SLANT" report --scored -f $format "$T/h.scored" >"$T/h.out"
    check "hostile evidence: $format" no_hostile_bytes "$T/h.out"
    check "hostile evidence: $format: it is there" has Quorvex "$T/h.out"
done
report -f csv "$T"/h*.txt "$T/h.jsonl" 2>"$T/err" | tr -d '\r' >"$T/h.out"
check "hostile text: csv: no control character" no_controls "$T/h.out"
report -f json "$T"/h*.txt "$T/h.jsonl" >"$T/h.out" 2>"$T/err"
check "hostile text: json is JSON" holds 'length == 1' "$T/h.out"
check "hostile text: json: no control character" no_controls "$T/h.out"
report -f html "$T"/h*.txt "$T/h.jsonl" "$T/nosuch$esc" >"$T/h.out" 2>"$T/err"
check "hostile text: html" no_hostile_bytes "$T/h.out"
"$SLANT" explain -m "$model" -f text "$T"/h*.txt "$T/h.jsonl" >"$T/h.out" 2>"$T/err"
check "hostile text: explain" no_hostile_bytes "$T/h.out"
printf '{"id":"m","title":"a | b <script> [x](http://y) `c` # *d* _e_","text":"<b>Quorvex</b> must go, it is a danger."}\n' \
    >"$T/m.jsonl"
report -f markdown "$T/m.jsonl" >"$T/m.out"
check "markdown: no tag of an article" lacks '<' "$T/m.out"
check "markdown: no link of an article" lacks '[x](' "$T/m.out"

# ---- colour ----

has_color() {
    has "${esc}[" "$T/out"
}
works "--color always" report --color always "$T/b.txt"
check "--color always: colours" has_color
works "--color never" report --color never "$T/b.txt"
cp "$T/out" "$T/plain"
check "--color never: none" lacks "$esc" "$T/plain"
works "--color auto" report --color auto "$T/b.txt"
check "no terminal: no colours" same "$T/out" "$T/plain"
NO_COLOR=1 "$SLANT" report -m "$model" --color always "$T/b.txt" >"$T/out"
check "--color always goes before NO_COLOR" has_color
sed "s/$esc\[[0-9;]*m//g" "$T/out" >"$T/stripped"
check "colours change nothing else" same "$T/stripped" "$T/plain"
report -f json --color always "$T/b.txt" >"$T/out"
check "json has no colours" lacks "$esc" "$T/out"
# on_terminal VARIABLE=VALUE... -- ARGUMENTS: on a terminal of its own
on_terminal() {
    script -q -e -c "env $* '$SLANT' report -m '$model' '$T/b.txt'" /dev/null </dev/null >"$T/out" 2>"$T/err"
}
if command -v script >"$T/err" && script -q -e -c true /dev/null </dev/null >"$T/err" 2>&1; then
    on_terminal TERM=xterm
    check "on a terminal: colours" has_color
    on_terminal TERM=xterm NO_COLOR=1
    check "on a terminal with NO_COLOR: none" lacks "${esc}[" "$T/out"
    on_terminal TERM=xterm NO_COLOR=
    check "on a terminal with an empty NO_COLOR: colours" has_color
    on_terminal TERM=dumb
    check "on a dumb terminal: none" lacks "${esc}[" "$T/out"
else
    skip "colours on a terminal" "no script(1) here"
fi
