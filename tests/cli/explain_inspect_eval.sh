#!/bin/sh
# slant explain, inspect and eval; and that a training is a function of its data and settings.
# shellcheck disable=SC2016 # jq and awk read the dollars
. tests/cli/lib.sh
tiny_model
model=$T/tiny.slant
explain() {
    "$SLANT" explain -m "$model" "$@"
}
esc=$(printf '\033')

# ---- explain ----

printf '\357\273\277Zoë said the ministry will not bar Quorvex from “the” network.\r\n\r\nThe court lifted the ban: users object, and Quorvex Systems is no danger at all. 漢字。\nIs Quorvex safe? Last' \
    >"$T/a.txt"
adds_up='def adds: ((.bias + ([.terms[].contribution] | add // 0) + (.rest.contribution // 0))
    - .margin | fabs) < 1e-9;'
works "explain: a text" explain "$T/a.txt"
cp "$T/out" "$T/e.jsonl"
check "explain: a line a sentence" holds 'length == 4 and map(.n) == [1, 2, 3, 4]' "$T/e.jsonl"
check "explain: keys" holds 'all(.[]; has("doc") and has("n") and has("from") and has("to") and
    has("text") and all(.stance, .sentiment; has("label") and has("p") and has("margin") and
    has("bias") and (.terms | type == "array")))' "$T/e.jsonl"
check "explain: bias, terms and rest are the margin" holds "$adds_up"' all(.[] | .stance, .sentiment; adds)' \
    "$T/e.jsonl"
check "explain: at most ten terms, the rest together" holds 'all(.[] | .stance, .sentiment;
    (.terms | length) <= 10 and ((has("rest") | not) or .rest.terms > 0))' "$T/e.jsonl"
works "explain --all" explain --all "$T/a.txt"
cp "$T/out" "$T/all.jsonl"
check "explain --all: bias and terms are the margin" holds "$adds_up"' all(.[] | .stance, .sentiment;
    adds and (has("rest") | not))' "$T/all.jsonl"
check "explain --all: more than ten terms" holds 'any(.[]; .stance.terms | length > 20)' "$T/all.jsonl"
check "explain: value times weight" holds 'all(.[] | (.stance, .sentiment).terms[];
    (.value * .weight - .contribution | fabs) < 1e-9)' "$T/all.jsonl"
check "explain: the largest first" holds 'all(.[] | (.stance, .sentiment).terms;
    map(.contribution | fabs) | . == (sort | reverse))' "$T/all.jsonl"
check "explain: no feature twice" holds 'all(.[] | (.stance, .sentiment).terms; map(.feature) |
    length == (unique | length))' "$T/all.jsonl"
check "explain: spans lie in the sentence" holds 'all(.[]; . as $s |
    all((.stance, .sentiment).terms[].spans[]; $s.from <= .[0] and .[0] < .[1] and .[1] <= $s.to))' \
    "$T/all.jsonl"
check "explain: every word feature has a place" holds 'all(.[] | .stance.terms[] |
    select(.feature | startswith("word:")); .spans | length > 0)' "$T/all.jsonl"
check "explain: a feature's place holds its word" holds '[.[] | . as $s | .stance.terms[] |
    select(.feature == "word:ban") | .spans[] |
    ($s.text | explode | map(if . < 128 then . else 63 end) | implode) as $t |
    $t[.[0] - $s.from:.[1] - $s.from]] | all(.[]; . == "ban")' "$T/all.jsonl"
works "explain --labels" explain --labels --all "$T/a.txt"
cp "$T/out" "$T/labels.jsonl"
check "explain --labels: every label" holds 'all(.[]; (.stance.labels | keys) ==
    ["against", "favor", "none"] and (.sentiment.labels | length) == 3)' "$T/labels.jsonl"
check "explain --labels: each adds up" holds "$adds_up"' all(.[] | (.stance, .sentiment).labels[]; adds)' \
    "$T/labels.jsonl"
"$SLANT" score -m "$model" "$T/a.txt" | jq -c '[.n, .from, .to, .stance.label,
    (.stance.margin | map_values(. * 1000 | round))]' >"$T/score.rows"
jq -c '[.n, .from, .to, .stance.label, (.stance.labels | map_values(.margin * 1000 | round))]' \
    "$T/labels.jsonl" >"$T/explain.rows"
check "explain: the margins of score" same "$T/score.rows" "$T/explain.rows"
works "explain --top 2" explain --top 2 "$T/a.txt"
check "explain --top 2: two terms, and adds up" holds "$adds_up"' all(.[] | .stance, .sentiment;
    adds and (.terms | length <= 2)) and any(.[].stance.terms; length == 2)' "$T/out"
works "explain -t" explain --all -t Quorvex -a 'Quorvex Systems' "$T/a.txt"
check "explain -t: adds up" holds "$adds_up"' all(.[] | .stance, .sentiment; adds)' "$T/out"
check "explain -t: the target is masked" holds 'all(.[].stance.terms[].feature;
    ascii_downcase | contains("quorvex") | not)' "$T/out"
works "explain --text" explain --text 'The court lifted the ban.'
check "explain --text: one sentence" holds 'length == 1 and .[0].text == "The court lifted the ban."' \
    "$T/out"
cp "$T/out" "$T/given.jsonl"
works "explain --text --input jsonl" explain --input jsonl --text 'The court lifted the ban.'
check "explain --text: an article, whatever files would be" same "$T/out" "$T/given.jsonl"
fails "explain --text \"\"" 0 'holds no sentence' explain --text ''
works "explain -l" explain -l "$T/a.txt"
check "explain -l: a record a line" holds 'length == 4' "$T/out"
works "explain -f text" explain -f text "$T/a.txt"
check "explain -f text: label, margin and bias" grep -q 'stance: .* %   margin [+-].*=  bias [+-]' "$T/out"
check "explain -f text: no colours" lacks "$esc" "$T/out"
check "explain -f text: the article's name first" [ "$(head -n 1 "$T/out")" = "$T/a.txt" ]
explain -f text "$T/a.txt" "$T/a.txt" >"$T/out"
check "explain -f text: a name for each article" [ "$(grep -c -x -F "$T/a.txt" "$T/out")" = 2 ]
explain -f text --text "Ministers will bar it. They said so." >"$T/out"
check "explain -f text --text: no name" [ "$(head -n 1 "$T/out")" = "Ministers will bar it." ]
explain -f text <"$T/a.txt" >"$T/out"
check "explain -f text: standard input" [ "$(head -n 1 "$T/out")" = "standard input" ]
explain -f text -l "$T/a.txt" >"$T/out"
check "explain -f text --lines: one name a file" [ "$(grep -c -x -F "$T/a.txt" "$T/out")" = 1 ]
works "explain -f text --color always" explain -f text --color always "$T/a.txt"
check "explain -f text --color always: colours" has "${esc}[" "$T/out"
explain -l -j 1 "$T/a.txt" "$T/tiny.slant" >"$T/j1"
for j in 2 8; do
    explain -l -j $j "$T/a.txt" "$T/tiny.slant" >"$T/j$j"
    check "explain: -j $j gives the same bytes" same "$T/j1" "$T/j$j"
done
check "explain: junk adds up" holds "$adds_up"' all(.[] | .stance, .sentiment; adds)' "$T/j1"

# ---- inspect ----

works "inspect" "$SLANT" inspect "$model"
for shipped in vendor-ban news-sentiment; do
    "$SLANT" inspect "models/$shipped.slant" >"$T/wide"
    check "inspect: $shipped: no line is wider than 80 columns" awk 'length($0) > 80 { bad = 1 } END { exit bad }' "$T/wide"
done
for word in stance sentiment favor against none negative neutral positive; do
    check "inspect: $word" has $word "$T/out"
done
awk 'BEGIN { print "text\tstance"
    for (i = 0; i < 120; i++) printf "w%d w%d w%d w%d\t%s\n", i * 7 % 11, i * 5 % 13, i * 3 % 7, i % 9,
        i * i * 7 % 3 ? (i * 11 % 5 > 2 ? "favor" : "none") : "against" }' >"$T/chance.tsv"
run "$SLANT" train -q --trials 1 -o "$T/chance.slant" "$T/chance.tsv"
printf "w1 w2 w3.\nw4 w5.\n" >"$T/chance.txt"
run "$SLANT" inspect "$T/chance.slant"
check "inspect: a model that guesses is called so" has "hardly better than guessing" "$T/out"
for format in text markdown html; do
    "$SLANT" report -q -m "$T/chance.slant" -f "$format" "$T/chance.txt" >"$T/guess.$format"
    check "report -f $format: so is it" has "hardly better" "$T/guess.$format"
done
run "$SLANT" inspect "$model"
check "inspect: one that does not is not" [ "$(grep -c guessing "$T/out")" = 0 ]
works "inspect --json" "$SLANT" inspect --json "$model"
cp "$T/out" "$T/i.json"
check "inspect --json: keys" holds '.[0] | has("name") and has("digest") and
    (.heads | has("stance") and has("sentiment")) and
    (.training | has("rows") and has("training_digest") and has("settings") and has("features") and
        has("cross_validation"))' "$T/i.json"
check "inspect --json: labels" holds '.[0].heads | all(.[];
    has("subject") and has("slope") and (.labels | length == 3) and
    all(.labels[]; has("bias") and has("shift") and has("top_features")))' "$T/i.json"
check "inspect --json: settings" holds '.[0].training | .rows == 259 and .settings.solver == "dual" and
    .settings.seed == 1 and .settings.cost > 0' "$T/i.json"
check "inspect --json: cross-validated figures" holds '.[0].training.cross_validation.heads |
    all(.stance, .sentiment; has("macro_f1") and has("ece") and .ci.macro_f1[0] <= .macro_f1 and
    .macro_f1 <= .ci.macro_f1[1])' "$T/i.json"
check "inspect --json: ten features a label, heaviest first" holds '.[0].heads | all(.[].labels[].top_features;
    length == 10 and (map(.weight) | . == (sort | reverse)))' "$T/i.json"
works "inspect --top 3" "$SLANT" inspect --json --top 3 "$model"
check "inspect --top 3: three" holds '.[0].heads | all(.[].labels[].top_features; length == 3)' "$T/out"
works "inspect -m" "$SLANT" inspect --json -m "$model"
check "inspect -m: the same" same "$T/out" "$T/i.json"

# ---- eval ----

awk -F'\t' 'NR == 1 || NR % 11 == 5' "$ROOT/training/vendor-ban.tsv" | head -n 200 >"$T/x.tsv"
works "eval --json" "$SLANT" eval --json -m "$model" "$T/x.tsv"
cp "$T/out" "$T/x.json"
check "eval: heads" holds '.[0].heads | keys == ["sentiment", "stance"]' "$T/x.json"
check "eval: keys" holds '.[0].heads[] | has("n") and has("accuracy") and has("macro_f1") and
    has("f_avg") and has("ece") and has("per_class") and has("confusion") and has("ci")' "$T/x.json"
check "eval: rows" holds '.[0].heads | all(.[]; .n == 199)' "$T/x.json"
check "eval: intervals hold their figures" holds '.[0].heads | all(.[]; . as $h |
    all("accuracy", "macro_f1", "f_avg", "ece"; . as $k | $h.ci[$k] | (length == 2) and
        0 <= .[0] and .[0] <= $h[$k] and $h[$k] <= .[1] and .[1] <= 1))' "$T/x.json"
check "eval: the confusion adds up to the rows" holds '.[0].heads | all(.[];
    ([.confusion[][]] | add) == .n and ([.per_class[].n] | add) == .n)' "$T/x.json"
check "eval: accuracy is the diagonal" holds '.[0].heads | all(.[];
    (([.confusion | to_entries[] | .value[.key]] | add) / .n - .accuracy | fabs) < 0.0001)' "$T/x.json"
check "eval: F1 is of precision and recall" holds '.[0].heads | all(.[].per_class[];
    .precision + .recall == 0 or
    (2 * .precision * .recall / (.precision + .recall) - .f1 | fabs) < 0.001)' "$T/x.json"
check "eval: macro-F1 and F_avg are means" holds '.[0].heads.stance |
    (([.per_class[].f1] | add / 3) - .macro_f1 | fabs) < 0.0002 and
    ((.per_class | (.favor.f1 + .against.f1) / 2) - .f_avg | fabs) < 0.0002' "$T/x.json"
awk -F'\t' 'NR > 1 { print $9 }' "$T/x.tsv" >"$T/x.txt"
works "eval: text" "$SLANT" eval -m "$model" "$T/x.tsv"
check "eval: text: figures with intervals" grep -q 'macro_f1 0\.[0-9]* \[0\.[0-9]*, 0\.[0-9]*\]' "$T/out"

jq -R -r 'split("\t") | @csv' "$T/x.tsv" >"$T/x.csv"
jq -R -s -c 'split("\n") | map(select(. != "") | split("\t")) | .[0] as $head | .[1:][] |
    [[$head, .] | transpose[] | {key: .[0], value: .[1]}] | from_entries' "$T/x.tsv" >"$T/x.jsonl"
awk -F'\t' -v OFS='\t' '{ print $9, $5, "more", $4, $7, $6, $2 }' "$T/x.tsv" |
    sed 's/$/\r/' >"$T/order.tsv"
for file in x.csv x.jsonl order.tsv; do
    works "eval: $file" "$SLANT" eval --json -m "$model" "$T/$file"
    check "eval: $file gives the figures of TSV" same "$T/out" "$T/x.json"
done
cp "$T/x.csv" "$T/x.dat"
works "eval: --format csv" "$SLANT" eval --json -m "$model" -f csv "$T/x.dat"
check "eval: --format csv: the same" same "$T/out" "$T/x.json"
"$SLANT" eval --json -m "$model" -f tsv - <"$T/x.tsv" >"$T/out"
check "eval: standard input: the same" same "$T/out" "$T/x.json"
head -n 100 "$T/x.tsv" >"$T/x1.tsv"
{
    head -n 1 "$T/x.tsv"
    tail -n +101 "$T/x.tsv"
} >"$T/x2.tsv"
works "eval: two files" "$SLANT" eval --json -m "$model" "$T/x1.tsv" "$T/x2.tsv"
check "eval: two files: the same as one" same "$T/out" "$T/x.json"
printf 'text\tstance\nQuorvex is out\tfavor\nNobody knows\t\nUsers object\tagainst\n' >"$T/part.tsv"
works "eval: an empty label is no label" "$SLANT" eval --json -m "$model" "$T/part.tsv"
check "eval: an empty label: two rows, one head" holds '.[0].heads | .stance.n == 2 and
    (has("sentiment") | not)' "$T/out"

works "eval --cv" "$SLANT" eval --cv 3 --solver dual --json "$T/tiny.tsv"
cp "$T/out" "$T/cv.json"
check "eval --cv: every row once" holds '.[0].heads | .stance.n == 259 and .sentiment.n == 259' "$T/cv.json"
check "eval --cv: intervals hold their figures" holds '.[0].heads | all(.[];
    .ci.macro_f1[0] <= .macro_f1 and .macro_f1 <= .ci.macro_f1[1])' "$T/cv.json"
for j in 1 2 8; do
    "$SLANT" eval --cv 3 --solver dual --json -j $j "$T/tiny.tsv" >"$T/out"
    check "eval --cv -j $j: the same bytes" same "$T/out" "$T/cv.json"
done
works "eval --quantify" "$SLANT" eval --cv 3 --solver dual --quantify --json "$T/tiny.tsv"
check "eval --quantify: three shifts of 300 collections" holds '.[0].quantify | .stance, .sentiment |
    (keys == ["any", "mild", "none"]) and all(.[]; .collections == 300)' "$T/out"
check "eval --quantify: correction helps where shares moved" holds '.[0].quantify.stance |
    .any.corrected < .any.count and .any.corrected < .any.mean' "$T/out"
check "eval --quantify: intervals cover" holds '.[0].quantify.stance |
    .none.coverage > 0.85 and .mild.coverage > 0.85' "$T/out"
jq -c 'del(.quantify)' "$T/out" >"$T/out.rest"
jq -c . "$T/cv.json" >"$T/cv.compact"
check "eval --quantify: other figures stay" same "$T/out.rest" "$T/cv.compact"
works "eval --quantify -m" "$SLANT" eval --quantify -m "$model" "$T/x.tsv"
check "eval --quantify: text" has 'as in the data' "$T/out"
awk 'BEGIN { print "text\tstance"
    for (i = 0; i < 12; i++) { print "They said yes " i "\tfavor"; print "We heard no " i "\tagainst" } }' >"$T/easy.tsv"
run "$SLANT" eval --cv 3 --solver dual --quantify "$T/easy.tsv"
check "eval --quantify: a count without an error is nothing to divide by" grep -q 'any shares *0.000 .* - .* %$' "$T/out"
check "eval --quantify: a count without an error: no null" lacks null "$T/out"
works "eval --leave-out target" \
    "$SLANT" eval --cv 3 --solver dual --leave-out target --json "$T/tiny.tsv"
check "eval --leave-out target: every row" holds '.[0].heads.stance.n == 259' "$T/out"
check "eval --leave-out target: groups are targets" holds \
    ".[0].heads.stance.groups == $(awk -F'\t' 'NR > 1 { print $7 == "" ? NR : $7 }' "$T/tiny.tsv" |
        sort -u | wc -l)" "$T/out"
works "eval --leave-out register" \
    "$SLANT" eval --cv 2 --solver dual --leave-out register --json "$T/tiny.tsv"
works "eval --bootstrap 50" "$SLANT" eval --json --bootstrap 50 -m "$model" "$T/x.tsv"
awk -F'\t' -v OFS='\t' 'NR > 1 { $4 = NR % 2 ? "vendor ban" : "port toll" } 1' "$T/tiny.tsv" >"$T/two.tsv"
works "eval: two subjects" "$SLANT" eval --cv 2 --solver dual --json "$T/two.tsv"
check "eval: two subjects: each and all" holds '.[0] | (.subjects.stance | keys) == ["port toll", "vendor ban"]
    and .heads.stance.n == 259' "$T/out"
check "eval: two subjects: rows add up" holds '.[0] | all(.subjects[]; ([.[].n] | add) == 259) and
    all(.subjects[][]; .ci.macro_f1[0] <= .macro_f1 and .macro_f1 <= .ci.macro_f1[1])' \
    "$T/out"
check "eval: one subject: none apart" holds '.[0].subjects == {}' "$T/cv.json"

# ---- hostile labels and subjects ----

awk 'BEGIN { printf "text\tstance\tsubject\n"; for (i = 0; i < 10; i++) {
    printf "good x%d\t\033[31myes\302\233\ts\033[1m\n", i
    printf "bad y%d\tno\302\200\342\200\256\t%s\n", i, i % 2 ? "t\007" : "u" } }' >"$T/h.tsv"
works "train: labels with control characters" \
    "$SLANT" train -q --solver dual -n "n${esc}[1m" -o "$T/h.slant" "$T/h.tsv"
printf 'good x1\n' >"$T/h.txt"
for c in "inspect $T/h.slant" "eval -m $T/h.slant $T/h.tsv" "eval --cv 2 $T/h.tsv" \
    "explain -f text -m $T/h.slant $T/h.txt" "report -m $T/h.slant $T/h.txt" \
    "report -f markdown -m $T/h.slant $T/h.txt" "score -f labels -l -m $T/h.slant $T/h.txt" \
    "score -f tsv -m $T/h.slant $T/h.txt"; do
    # shellcheck disable=SC2086 # words
    run "$SLANT" $c
    name=$(printf '%s' "$c" | sed "s|$T/||g")
    check "hostile labels: $name: works" [ "$code" -eq 0 ]
    check "hostile labels: $name: no control character" no_controls "$T/out"
done
run "$SLANT" inspect --json "$T/h.slant"
check "hostile labels: inspect --json is JSON" holds 'length == 1' "$T/out"
run "$SLANT" eval --json --cv 2 --solver dual "$T/h.tsv"
check "hostile labels: eval --json is JSON" holds 'length == 1' "$T/out"

# ---- a training is a function of data, seed and settings ----

train() {
    "$SLANT" train -q -n same "$@"
}
for solver in dual libsvm; do
    train --solver "$solver" -j 1 -o "$T/t1.slant" "$T/tiny.tsv"
    for j in 2 8; do
        train --solver "$solver" -j $j -o "$T/t2.slant" "$T/tiny.tsv"
        check "train: $solver, -j $j: the same bytes" same "$T/t1.slant" "$T/t2.slant"
    done
    env -i "$SLANT" train -q -n same --solver "$solver" -o "$T/t2.slant" "$T/tiny.tsv"
    check "train: $solver, an empty environment: the same bytes" same "$T/t1.slant" "$T/t2.slant"
    train --solver "$solver" --seed 1 -k 5 -o "$T/t2.slant" "$T/tiny.tsv"
    check "train: $solver, defaults spelled out: the same bytes" same "$T/t1.slant" "$T/t2.slant"
    train --solver "$solver" --seed 2 -o "$T/t2.slant" "$T/tiny.tsv"
    check "train: $solver, another seed: a model all the same" "$SLANT" inspect -o "$T/out" "$T/t2.slant"
    train --solver "$solver" -c 0.1 -o "$T/t2.slant" "$T/tiny.tsv"
    check "train: $solver, another cost: other bytes" differ "$T/t1.slant" "$T/t2.slant"
    train --solver "$solver" --unbalanced -o "$T/t2.slant" "$T/tiny.tsv"
    check "train: $solver, --unbalanced: other bytes" differ "$T/t1.slant" "$T/t2.slant"
done
train --solver dual -o "$T/t1.slant" "$T/tiny.tsv"
jq -R -r 'split("\t") | @csv' "$T/tiny.tsv" >"$T/tiny.csv"
jq -R -s -c 'split("\n") | map(select(. != "") | split("\t")) | .[0] as $head | .[1:][] |
    [[$head, .] | transpose[] | {key: .[0], value: .[1]}] | from_entries' "$T/tiny.tsv" >"$T/tiny.jsonl"
for file in tiny.csv tiny.jsonl; do
    train --solver dual -o "$T/t2.slant" "$T/$file"
    check "train: $file gives the bytes of TSV" same "$T/t1.slant" "$T/t2.slant"
done
train --solver dual --subject 'port toll' -o "$T/t2.slant" "$T/tiny.tsv"
"$SLANT" inspect --json "$T/t2.slant" >"$T/out"
check "train: --subject" holds '.[0].training.subject == "port toll"' "$T/out"
check "train: --name" holds '.[0].name == "same"' "$T/out"
"$SLANT" train --solver dual -o "$T/t2.slant" "$T/tiny.tsv" >"$T/out" 2>"$T/err"
check "train: says what it wrote, in one line" lines_are 1 "$T/err"
check "train: nothing on standard output" [ ! -s "$T/out" ]
check "no temporary file is left" no_temporary
