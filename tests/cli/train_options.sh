#!/bin/sh
# What a training can be told: lexicon, vectors, settings, trials, weights, one stance or several.
# shellcheck disable=SC2016 # jq reads the dollars
. tests/cli/lib.sh
tiny_model
lexicon=$ROOT/training/lexicon.tsv
train() {
    "$SLANT" train -q -n same --solver dual --trials 1 "$@"
}
# Vectors of words that the rows hold: 6 numbers each, the same in every awk.
tail -n +2 "$T/tiny.tsv" | tr -c 'a-z\n' ' ' | tr ' ' '\n' | grep '^...' | sort | uniq -c |
    sort -k1,1nr -k2,2 | head -n 400 | awk '{ printf "%s", $2
        for (d = 1; d <= 6; d++) printf " %.4f", ((NR * 37 + d * 101) % 211) / 100 - 1
        print "" }' >"$T/v.txt"
gzip -c -n "$T/v.txt" >"$T/v.gz"
{ echo '400 6' && cat "$T/v.txt"; } >"$T/w2v.txt"
train -o "$T/plain.slant" "$T/tiny.tsv"

# told NAME FILTER OPTIONS...: trains, other bytes than without, and inspect --json fits the filter.
told() {
    told_name=$1
    told_filter=$2
    shift 2
    works "$told_name" train "$@" -o "$T/m.slant" "$T/tiny.tsv"
    check "$told_name: another model" differ "$T/plain.slant" "$T/m.slant"
    "$SLANT" inspect --json "$T/m.slant" >"$T/m.json"
    check "$told_name: inspect shows it" holds ".[0].training | $told_filter" "$T/m.json"
}

# ---- settings ----

told "--set scale.char=0.7" '.settings.scale.char == 0.7 and .settings.scale.word == 1' \
    --set scale.char=0.7
told "--set, three" '.settings.cost == 0.3 and .settings.rows.char == 5 and
    .settings.balanced == false' --set cost=0.3 --set rows.char=5 --set balanced=0
told "--set: the last one counts" '.settings.cost == 0.3' --set cost=0.1 --set cost=0.3
train --set cost=0.3 -o "$T/a.slant" "$T/tiny.tsv"
train --cost 0.3 -o "$T/b.slant" "$T/tiny.tsv"
check "--set cost is --cost" same "$T/a.slant" "$T/b.slant"
told "--set scale.near=0: no such feature" '.features | has("near") | not' --set scale.near=0
# every setting that inspect shows, by the name it shows
train --set scale.char=0.71 --set rows.listed=3 --set weight.power=2 --set scale.after=1.3 \
    -o "$T/a.slant" "$T/tiny.tsv"
"$SLANT" inspect --json "$T/a.slant" | jq -r '.training.settings |
    [paths(scalars) as $p | select($p != ["solver"] and $p != ["seed"]) |
    "--set \($p | join("."))=\(getpath($p) | if . == true then 1 elif . == false then 0 else . end)"] |
    join(" ")' >"$T/settings"
check "inspect shows 24 settings" [ "$(grep -o -e '--set' "$T/settings" | wc -l)" -eq 24 ]
# shellcheck disable=SC2046 # words
train $(cat "$T/settings") -o "$T/b.slant" "$T/tiny.tsv"
check "--set takes what inspect shows: the same bytes" same "$T/a.slant" "$T/b.slant"

# ---- lexicon and vectors ----

told "--lexicon" '.lexicon.entries > 3000 and (.lexicon.digest | length) == 16 and
    .features.polarity == 2 and .features["placed-polarity"] == 12 and .features.frame > 0' \
    --lexicon "$lexicon"
told "--vectors" '.vectors.words == 400 and .vectors.width == 6 and .features.vector == 400 and
    .features["vector-near"] == 400' --vectors "$T/v.txt"
cp "$T/m.slant" "$T/a.slant"
for v in v.gz w2v.txt; do
    train --vectors "$T/$v" -o "$T/b.slant" "$T/tiny.tsv"
    check "--vectors $v: the same bytes" same "$T/a.slant" "$T/b.slant"
done
for j in 1 2 7; do
    train --lexicon "$lexicon" --vectors "$T/v.gz" -j $j --trials 3 -o "$T/j$j.slant" "$T/tiny.tsv"
    check "--lexicon --vectors --trials 3 -j $j: the same bytes" same "$T/j1.slant" "$T/j$j.slant"
done
for trials in 1 3; do
    train --trials $trials -o "$T/m.slant" "$T/tiny.tsv"
    "$SLANT" inspect "$T/m.slant" >"$T/tried$trials"
done
check "--trials 3: inspect says that this flatters the figures" has 'chosen on the same rows' "$T/tried3"
check "--trials 1: it does not" lacks 'chosen on the same rows' "$T/tried1"
printf 'The minister never said that Quorvex is a very serious danger.\nFine.\n' >"$T/a.txt"
# the files are in the model: moved away, it scores all the same
cp "$lexicon" "$T/lex.csv.tsv"
cp "$T/v.txt" "$T/gone.txt"
train --lexicon "$T/lex.csv.tsv" --vectors "$T/gone.txt" -o "$T/a.slant" "$T/tiny.tsv"
rm "$T/lex.csv.tsv" "$T/gone.txt"
"$SLANT" inspect --json "$T/a.slant" >"$T/out"
check "inspect: entries of a lexicon, as they were written" holds ".[0].lexicon | [.entries, .positive, .negative,
    .negators, .of_a_class] == $(awk -F'\t' 'NR > 1 { n++; role[$2]++; c += $4 != "" && $4 != "-" }
    END { printf "[%d, %d, %d, %d, %d]", n, role["positive"], role["negative"], role["negator"], c }' "$lexicon")" "$T/out"
"$SLANT" inspect "$T/a.slant" | sed 's/^ */ /' | tr -d '\n' >"$T/out"
check "inspect: text: entries by role" grep -q "lexicon  *entries [0-9]*, positive [0-9]*, .* of a class " "$T/out"
works "score: a model with lexicon and vectors" "$SLANT" score -m "$T/a.slant" -t Quorvex "$T/a.txt"
check "score: two sentences" holds 'length == 2 and all(.[]; .stance.label | type == "string")' "$T/out"
works "explain: a model with lexicon and vectors" "$SLANT" explain --all -m "$T/a.slant" -t Quorvex \
    "$T/a.txt"
check "explain: adds up" holds 'all(.[] | .stance, .sentiment; .bias +
    ([.terms[].contribution] | add // 0) - .margin | fabs < 1e-9)' "$T/out"
check "explain: names polarity and vectors" holds '[.[0].stance.terms[].feature] |
    any(startswith("placed-polarity:")) and any(startswith("vector:")) and
    any(startswith("vector-near:")) and any(startswith("frame:"))' "$T/out"
check "explain: not the target's name" holds 'all(.[].stance.terms[].feature;
    ascii_downcase | contains("quorvex") | not)' "$T/out"
for format in tsv markdown csv json; do
    case $format in
    tsv) run "$SLANT" score -f tsv -m "$T/a.slant" "$T/a.txt" ;;
    *) run "$SLANT" report -f $format -m "$T/a.slant" -t Quorvex "$T/a.txt" ;;
    esac
    check "a model with lexicon and vectors: $format" [ "$code" -eq 0 ]
done

# ---- trials ----

told "--trials 3" '(.trials | length) == 3 and .trials[0].change == "" and
    all(.trials[]; .log_loss > 0)' --trials 3
"$SLANT" inspect --json "$T/plain.slant" >"$T/m.json"
check "--trials 1: none" holds '.[0].training.trials == []' "$T/m.json"

# ---- weights ----

awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "agreement" } NR > 1 { print $0, NR % 3 == 0 ? 0.4 : 1 }' \
    "$T/tiny.tsv" >"$T/agreement.tsv"
sed '1s/agreement/weight/' "$T/agreement.tsv" >"$T/weight.tsv"
works "--weight agreement" train --weight agreement -o "$T/a.slant" "$T/agreement.tsv"
check "--weight: another model" differ "$T/plain.slant" "$T/a.slant"
train -o "$T/b.slant" "$T/weight.tsv"
check "--weight: as a column of that name" same "$T/a.slant" "$T/b.slant"
train -o "$T/b.slant" "$T/agreement.tsv"
check "without --weight: other columns weigh nothing" same "$T/plain.slant" "$T/b.slant"
train --weight agreement --set weight.power=3 -o "$T/b.slant" "$T/agreement.tsv"
check "weight.power: another model" differ "$T/a.slant" "$T/b.slant"

# ---- one stance or several ----

awk 'BEGIN { OFS = "\t"; print "stance", "subject", "text"
    split("safe useful welcome sound cheap", good); split("dangerous useless hated weak costly", bad)
    for (i = 1; i <= 120; i++) {
        bridge = i % 2; up = int(i / 2) % 2; x = int(i / 4) % 5 + 1
        print up == bridge ? "favor" : "against", bridge ? "bridge" : "harbour",
            "Town " i * 91 " calls the plan of " i * 17 " " (up ? good[x] : bad[x]) " again"
    } }' >"$T/two.tsv"
works "two subjects" train -o "$T/two.slant" "$T/two.tsv"
"$SLANT" inspect --json "$T/two.slant" >"$T/m.json"
check "two subjects: a stance each" holds '[.[0].heads[].subject] == ["bridge", "harbour"]' "$T/m.json"
works "--pooled" train --pooled -o "$T/pooled.slant" "$T/two.tsv"
"$SLANT" inspect --json "$T/pooled.slant" >"$T/m.json"
check "--pooled: one" holds '(.[0].heads | length) == 1' "$T/m.json"
works "eval: each row by its subject's head" "$SLANT" eval --json -m "$T/two.slant" "$T/two.tsv"
check "eval: it learned them" holds '.[0].heads.stance.accuracy > 0.95' "$T/out"
works "eval: pooled" "$SLANT" eval --json --cv 4 --pooled "$T/two.tsv"
check "eval: pooled, the two speak against each other" holds '.[0].heads.stance.accuracy < 0.7' "$T/out"
works "eval: not pooled" "$SLANT" eval --json --cv 4 "$T/two.tsv"
check "eval: not pooled, they do not" holds '.[0].heads.stance.accuracy > 0.95' "$T/out"
sed 's/harbour/tunnel/' "$T/two.tsv" >"$T/other.tsv"
fails "eval: a subject that the model has no head for" 1 'other.tsv:[0-9]*: .*"tunnel"' \
    "$SLANT" eval -m "$T/two.slant" "$T/other.tsv"
echo 'The plan is safe.' >"$T/a.txt"
# no_key_twice FILE: the one JSON value of the file names nothing twice
no_key_twice() {
    [ -z "$(jq -c --stream 'select(length == 2) | .[0]' "$1" | sort | uniq -d)" ]
}
works "score: two subjects" "$SLANT" score -m "$T/two.slant" "$T/a.txt"
check "score: two subjects: both answers, no key twice" no_key_twice "$T/out"
check "score: two subjects: favor and against" sh -c \
    "grep -q '\"label\":\"favor\"' '$T/out' && grep -q '\"label\":\"against\"' '$T/out'"
works "explain: two subjects" "$SLANT" explain -m "$T/two.slant" "$T/a.txt"
check "explain: two subjects: no key twice" no_key_twice "$T/out"
works "explain -f text: two subjects" "$SLANT" explain -f text -m "$T/two.slant" "$T/a.txt"
check "explain -f text: names both subjects" sh -c "grep -q bridge '$T/out' && grep -q harbour '$T/out'"
works "inspect: two subjects" "$SLANT" inspect "$T/two.slant"
check "inspect: names both subjects" sh -c "grep -q bridge '$T/out' && grep -q harbour '$T/out'"
works "score -f tsv: two subjects" "$SLANT" score -f tsv -m "$T/two.slant" "$T/a.txt"
check "score -f tsv: two subjects: no column twice" sh -c \
    "[ -z \"\$(head -n 1 '$T/out' | tr '\t' '\n' | sort | uniq -d)\" ]"
run "$SLANT" report -f json -m "$T/two.slant" "$T/a.txt"
check "report -f json: two subjects: no key twice" no_key_twice "$T/out"

# ---- --leave-out ----

works "--leave-out" "$SLANT" train -q --solver dual --trials 1 --leave-out register --folds 3 \
    -o "$T/left.slant" "$T/tiny.tsv"
works "--leave-out: without" "$SLANT" train -q --solver dual --trials 1 --folds 3 --name left \
    -o "$T/whole.slant" "$T/tiny.tsv"
run "$SLANT" inspect --json "$T/left.slant"
check "--leave-out: kept in the model" holds \
    '.[0].training.cross_validation | .leave_out == "register" and .folds == 3' "$T/out"
works "--leave-out: margins" "$SLANT" score --lines -m "$T/left.slant" "$T/a.txt"
jq -c '.stance.margin' "$T/out" >"$T/left.margins"
run "$SLANT" score --lines -m "$T/whole.slant" "$T/a.txt"
jq -c '.stance.margin' "$T/out" >"$T/whole.margins"
check "--leave-out: the weights do not change" same "$T/left.margins" "$T/whole.margins"
check "--leave-out: the calibration does" differ "$T/left.slant" "$T/whole.slant"
run "$SLANT" eval --json -m "$T/left.slant" "$T/tiny.tsv"
check "--leave-out: eval knows the rows" holds '.[0].learned_from' "$T/out"
fails "--leave-out a column that is not there" 1 'no column is named moon' \
    "$SLANT" train --leave-out moon -o "$T/new.slant" "$T/tiny.tsv"

# ---- eval --cv takes them all ----

works "eval --cv" "$SLANT" eval --cv 3 --json --solver dual --trials 2 --lexicon "$lexicon" \
    --vectors "$T/v.gz" --weight agreement --set scale.char=0.8 --pooled "$T/agreement.tsv"
check "eval --cv: figures" holds '.[0].heads | has("stance") and has("sentiment")' "$T/out"
cp "$T/out" "$T/cv1"
"$SLANT" eval --cv 3 --json --solver dual --trials 2 --lexicon "$lexicon" -j 1 \
    --vectors "$T/v.txt" --weight agreement --set scale.char=0.8 --pooled "$T/agreement.tsv" >"$T/cv2"
check "eval --cv: -j 1 gives the same bytes" same "$T/cv1" "$T/cv2"

# ---- used wrongly ----

# refused NAME CODE PATTERN OPTIONS...: by train and eval --cv, and the model that was there stays.
refused() {
    refused_name=$1
    refused_code=$2
    refused_pattern=$3
    shift 3
    cp "$T/tiny.slant" "$T/kept.slant"
    cp "$T/tiny.slant" "$T/kept.copy"
    rm -f "$T/new.txt"
    fails "train: $refused_name" "$refused_code" "$refused_pattern" \
        "$SLANT" train --solver dual "$@" -o "$T/kept.slant" "$T/tiny.tsv"
    check "train: $refused_name: an existing model stays" same "$T/kept.slant" "$T/kept.copy"
    fails "eval --cv: $refused_name" "$refused_code" "$refused_pattern" \
        "$SLANT" eval --cv 2 --solver dual "$@" -o "$T/new.txt" "$T/tiny.tsv"
    check "eval --cv: $refused_name: no file" absent "$T/new.txt"
}
for v in 0 101 x -1 1.5 ''; do
    refused "--trials '$v'" 2 '--trials .*a number from 1 to 100' --trials "$v"
done
refused "--pooled=1" 2 '--pooled=1 takes no value' --pooled=1
refused "--set without =" 2 'setting "cost": expected NAME=NUMBER' --set cost
refused "--set unknown" 2 'setting "scale.words=1": unknown' --set scale.words=1
refused "--set out of range" 2 'setting "cost=0"' --set cost=0
refused "--set that do not go together" 2 'rows.word may not be above rows.bigram' --set rows.word=9
refused "--lexicon that is not there" 1 'nosuch.tsv: cannot open' --lexicon "$T/nosuch.tsv"
printf 'entry\trole\tstrength\ngood\tpositive\t1\nbad\tnegativ\t2\n' >"$T/bad.tsv"
refused "--lexicon with a bad line" 1 'bad.tsv:3: unknown role; expected positive' --lexicon "$T/bad.tsv"
refused "--lexicon that is none" 1 'tiny.tsv:1: no column is named entry' --lexicon "$T/tiny.tsv"
printf 'entry\trole\tstrength\n' >"$T/bad.tsv"
refused "--lexicon without entries" 1 'bad.tsv: .*no entr' --lexicon "$T/bad.tsv"
refused "--vectors that are not there" 1 'nosuch.txt: .*No such file' --vectors "$T/nosuch.txt"
printf 'the 1 2\nof 1\n' >"$T/bad.txt"
refused "--vectors with a short line" 1 'bad.txt:2: another number of values' --vectors "$T/bad.txt"
head -c 600 "$T/v.gz" >"$T/cut.gz"
refused "--vectors cut short" 1 'cut.gz' --vectors "$T/cut.gz"
: >"$T/bad.txt"
refused "--vectors without words" 1 'bad.txt: holds no word vectors' --vectors "$T/bad.txt"
mkdir "$T/vectors"
sed "s/\tfavor\t/\tFavor\t/; 40,\$s/\tFavor\t/\tfavor\t/" "$T/tiny.tsv" >"$T/twins.tsv"
fails "train: a label in two letter cases" 1 'letter case' "$SLANT" train -o "$T/twins.slant" "$T/twins.tsv"
refused "--vectors: a folder" 1 'vectors: expected a file: Is a directory' --vectors "$T/vectors"
refused "--weight that is not there" 1 'tiny.tsv:1: no column is named agreement' --weight agreement
refused "--weight of a column with a meaning" 2 'the column text has a meaning' --weight text
