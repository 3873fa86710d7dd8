#!/bin/sh
# slant eval's baseline, learning curve and comparison of two models.
# shellcheck disable=SC2016 # jq and awk read the dollars
. tests/cli/lib.sh
tiny_model
works "eval: the rows of training" "$SLANT" eval -m "$T/tiny.slant" "$T/tiny.tsv"
check "eval: said to be" has 'the rows that the model learned from' "$T/out"
works "eval: the same as JSON" "$SLANT" eval --json -m "$T/tiny.slant" "$T/tiny.tsv"
check "eval: learned_from" holds '.[0].learned_from' "$T/out"
sed 2d "$T/tiny.tsv" >"$T/fewer.tsv"
works "eval: other rows" "$SLANT" eval --json -m "$T/tiny.slant" "$T/fewer.tsv"
check "eval: said of a part" holds '.[0] | .learned_from and .rows_learned_from == .heads.stance.n' "$T/out"
{ head -1 "$T/tiny.tsv"; sed -n '2,$s/$/ indeed/p' "$T/tiny.tsv"; } >"$T/others.tsv"
works "eval: none of the rows" "$SLANT" eval --json -m "$T/tiny.slant" "$T/others.tsv"
check "eval: not said of others" holds '.[0] | has("learned_from") or has("rows_learned_from") | not' "$T/out"
{ cat "$T/others.tsv"; sed -n 2,6p "$T/tiny.tsv"; } >"$T/some.tsv"
works "eval: some of the rows" "$SLANT" eval --json -m "$T/tiny.slant" "$T/some.tsv"
check "eval: counted" holds '.[0] | .rows_learned_from == 5 and (has("learned_from") | not)' "$T/out"
works "eval: some of the rows, two models" "$SLANT" eval -m "$T/tiny.slant" -m "$T/tiny.slant" "$T/some.tsv"
check "eval: two models: told of both" has 'rows have a text that B learned from' "$T/out"
awk -F'\t' -v OFS='\t' 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "group") g = i} NR > 1 {$g = "one"} NR < 9' \
    "$T/tiny.tsv" >"$T/group.tsv"
works "eval: one group" "$SLANT" eval --json -m "$T/tiny.slant" "$T/group.tsv"
check "eval: one group has no interval" holds '.[0].heads.stance | .groups == 1 and .ci == null' "$T/out"
works "eval: one group, two models" "$SLANT" eval --json -m "$T/tiny.slant" -m "$T/tiny.slant" "$T/group.tsv"
check "eval: one group has no p" holds '.[0].heads.stance.difference | .ci == null and .p == null' "$T/out"
"$SLANT" eval -m "$T/tiny.slant" --cost 3 "$T/tiny.tsv" >"$T/out" 2>"$T/usage"
code=$?
check "eval -m: no options of training" test "$code" -eq 2
model=$T/tiny.slant
cv() {
    "$SLANT" eval --cv 3 --solver dual --trials 1 "$@"
}

# ---- words only ----

works "eval --cv" "$SLANT" eval --cv 3 --solver dual --trials 1 --json "$T/tiny.tsv"
cp "$T/out" "$T/cv.json"
check "words only: keys" holds '.[0].heads | all(.[].words_only; has("accuracy") and has("macro_f1") and
    has("f_avg") and has("ece") and has("log_loss") and has("ci") and has("gain"))' "$T/cv.json"
check "words only: the gain is the difference" holds '.[0].heads | all(.[]; . as $h |
    all("accuracy", "macro_f1", "f_avg"; . as $k | $h.words_only.gain |
        ($h[$k] - $h.words_only[$k] - .[$k] | fabs) < 0.0002 and
        .ci[$k][0] <= .[$k] and .[$k] <= .ci[$k][1] and 0 < .p[$k] and .p[$k] <= 1))' "$T/cv.json"
# What only the order of two words tells is beyond single words, and only what a lexicon tells too.
awk 'BEGIN { srand(3); printf "text\tstance\n"; for (i = 0; i < 160; i++) {
    x = sprintf("q%dz", i * 37 % 101); y = i % 2 ? "alpha omega" : "omega alpha"
    printf "%s %s w%dv\t%s\n", x, y, i, i % 2 ? "favor" : "against" } }' >"$T/order.tsv"
cv --json "$T/order.tsv" >"$T/out"
check "words only: knows no order" holds '.[0].heads.stance |
    .macro_f1 > 0.95 and .words_only.macro_f1 < 0.65 and .words_only.gain.ci.macro_f1[0] > 0.2' "$T/out"
printf 'entry\trole\tstrength\n' >"$T/lexicon.tsv"
awk -F'\t' 'NR > 1 { n = split(tolower($9), w, /[^a-z]+/); for (i = 1; i <= n; i++)
    if (length(w[i]) > 4 && !seen[w[i]]++) print w[i] "\t" (length(w[i]) % 2 ? "positive" : "negative") "\t1" }' \
    "$T/tiny.tsv" >>"$T/lexicon.tsv"
works "words only: with a lexicon" \
    "$SLANT" eval --cv 3 --solver dual --trials 1 --lexicon "$T/lexicon.tsv" --json "$T/tiny.tsv"
jq -c '.heads[].words_only | del(.gain)' "$T/out" >"$T/with"
jq -c '.heads[].words_only | del(.gain)' "$T/cv.json" >"$T/without"
check "words only: no part of the lexicon" same "$T/with" "$T/without"
jq -c '.heads[] | .macro_f1' "$T/out" >"$T/with"
jq -c '.heads[] | .macro_f1' "$T/cv.json" >"$T/without"
check "words only: of which the model has its part" differ "$T/with" "$T/without"
cv --json -c 5 "$T/tiny.tsv" >"$T/out"
check "words only: with the cost asked for" differ "$T/out" "$T/cv.json"
check "words only: another figure" sh -c "jq .heads.stance.words_only.log_loss '$T/out' '$T/cv.json' |
    sort -u | wc -l | grep -q '^ *2$'"
awk 'BEGIN { print "stance\ttext"; for (i = 0; i < 24; i++) printf "%s\tWord%d and %d\n", i % 2 ? "favor" : "against", i, i }' >"$T/few.tsv"
works "words only: folds of one row" "$SLANT" eval --cv 24 --solver dual --trials 1 --json "$T/few.tsv"
check "words only: folds of one row: not computed" holds '.[0].heads.stance | has("words_only") | not' "$T/out"
works "words only: folds of one row: text" "$SLANT" eval --cv 24 --solver dual --trials 1 "$T/few.tsv"
check "words only: folds of one row: said so" grep -q 'words only: not computed: fewer than 5 rows a fold' "$T/out"
works "words only: folds of twelve rows" "$SLANT" eval --cv 2 --solver dual --trials 1 --json "$T/few.tsv"
check "words only: folds of twelve rows: computed" holds '.[0].heads.stance | has("words_only")' "$T/out"
works "words only: text" "$SLANT" eval --cv 3 --solver dual --trials 1 "$T/tiny.tsv"
check "words only: text: beside the majority" grep -q '^  words only: macro_f1 0\.[0-9]* \[' "$T/out"
works "words only: with settings chosen in each fold" \
    "$SLANT" eval --cv 3 --solver dual --trials 3 --json "$T/tiny.tsv"
check "words only: chosen settings: figures" holds '.[0].heads.stance.words_only.macro_f1 > 0' "$T/out"
"$SLANT" eval --json -m "$model" "$T/tiny.tsv" >"$T/out"
check "words only: none of a model" holds '.[0].heads | all(.[]; has("words_only") | not)' "$T/out"
check "curve: none unless asked" holds '.[0] | has("curve") | not' "$T/cv.json"

# ---- the learning curve ----

works "eval --curve" "$SLANT" eval --cv 3 --curve --solver dual --trials 1 --json "$T/tiny.tsv"
cp "$T/out" "$T/curve.json"
check "curve: the figures stay" holds '(.[0] | del(.curve)) == .[1]' "$T/curve.json" "$T/cv.json"
check "curve: heads" holds '.[0].curve | keys == ["sentiment", "stance"]' "$T/curve.json"
check "curve: sizes rise, two thirds of the rows last" holds '.[0].curve | all(.[]; .n == 259 and
    ([.points[].n] | . == (sort | unique) and (.[-1] - 259 * 2 / 3 | fabs) < 1) and
    .points[-1].draws == 1)' "$T/curve.json"
check "curve: parts of what was asked for" holds '.[0].curve.stance.points |
    length == 5 and .[0].draws == 8 and .[0].n >= 259 / 24 and .[0].n < 259 / 12 and
    (.[3].n - 259 / 3 | fabs) < 12' "$T/curve.json"
check "curve: the last point is the figure" holds '.[0] | . as $all | .curve | to_entries | all(.[];
    .value.points[-1].macro_f1 == $all.heads[.key].macro_f1 and
    .value.points[-1].f_avg == $all.heads[.key].f_avg)' "$T/curve.json"
check "curve: intervals" holds '.[0].curve | all(.[].points[]; . as $p | all("macro_f1", "f_avg"; . as $k |
    $p.ci[$k] | length == 2 and 0 <= .[0] and .[0] <= .[1] and .[1] <= 1))' "$T/curve.json"
check "curve: a forecast or a reason" holds '.[0].curve | all(.[].next; .labels == 200 and
    all(.macro_f1, .f_avg; if .gain == null then (.why | length) > 0
        else .gain > 0 and .ci[0] <= .ci[1] and .law.b > 0 and .law.r2 <= 1 end))' "$T/curve.json"
for j in 1 2 8; do
    cv --curve --json -j $j "$T/tiny.tsv" >"$T/out"
    check "curve: -j $j: the same bytes" same "$T/out" "$T/curve.json"
done
cv --curve --seed 2 --json "$T/tiny.tsv" >"$T/out"
check "curve: another seed, other folds" differ "$T/out" "$T/curve.json"
works "curve: text" "$SLANT" eval --cv 3 --curve --solver dual --trials 1 "$T/tiny.tsv"
check "curve: text: a table" grep -q '^stance: learning curve, of 259 labels$' "$T/out"
check "curve: text: what more labels bring" grep -q '^  the next 200 labels, macro_f1: ' "$T/out"
works "curve: alone means five folds" "$SLANT" eval --curve --solver dual --trials 1 --json "$T/tiny.tsv"
check "curve: four fifths" holds '.[0].curve.stance.points[-1].n - 259 * 4 / 5 | fabs < 1' "$T/out"
# a rare label is in every part
awk 'BEGIN { printf "text\tstance\n"; for (i = 0; i < 200; i++)
    printf "some w%dv words q%dz\t%s\n", i, i * 7 % 13, i % 33 == 5 ? "rare" : i % 2 ? "yes" : "no" }' \
    >"$T/rare.tsv"
works "curve: a rare label" "$SLANT" eval --cv 3 --curve --solver dual --trials 1 --json "$T/rare.tsv"
# labels dealt at random teach nothing: a forecast for one dealing in twenty, but not for this one
awk 'BEGIN { srand(8); printf "text\tstance\n"; for (i = 0; i < 300; i++)
    printf "some w%dv words q%dz\t%s\n", i, i * 7 % 13, rand() < 0.5 ? "yes" : "no" }' >"$T/chance.tsv"
works "curve: chance" "$SLANT" eval --cv 3 --curve --solver dual --trials 1 "$T/chance.tsv"
check "curve: chance: cannot tell" grep -q '^  the next 200 labels, macro_f1: cannot tell: ' "$T/out"
# groups stay whole: with two to learn from, no part but all has every label
awk 'BEGIN { printf "text\tstance\tgroup\n"; for (i = 0; i < 120; i++)
    printf "some w%dv words q%dz\t%s\tg%d\n", i, i * 7 % 13, i % 2 ? "yes" : "no", i % 4 }' >"$T/few.tsv"
works "curve: few groups" "$SLANT" eval --cv 2 --curve --solver dual --trials 1 --json "$T/few.tsv"
check "curve: few groups: too few sizes" holds '.[0].curve.stance | (.points | length) < 4 and
    .next.macro_f1.gain == null and (.next.macro_f1.why | test("too few sizes"))' "$T/out"
fails "curve: of a model" 2 'either a model' "$SLANT" eval --curve -m "$model" "$T/tiny.tsv"

# ---- two models ----

"$SLANT" train -q --trials 1 --solver dual -c 0.001 -o "$T/other.slant" "$T/tiny.tsv"
awk -F'\t' 'NR == 1 || NR % 11 == 5' "$ROOT/training/vendor-ban.tsv" | head -n 300 >"$T/x.tsv"
works "compare" "$SLANT" eval --json -m "$model" -m "$T/other.slant" "$T/x.tsv"
cp "$T/out" "$T/ab.json"
"$SLANT" eval --json -m "$model" "$T/x.tsv" >"$T/a.json"
"$SLANT" eval --json -m "$T/other.slant" "$T/x.tsv" >"$T/b.json"
check "compare: each has the figures it has alone" holds '.[0] as $a | .[1] as $b | .[2].heads | to_entries |
    length == 2 and all(.[]; .key as $h | .value as $v | all("accuracy", "macro_f1", "f_avg"; . as $k |
        $v.a[$k] == $a.heads[$h][$k] and $v.b[$k] == $b.heads[$h][$k] and
        ($v.b[$k] - $v.a[$k] - $v.difference[$k] | fabs) < 0.0002))' "$T/a.json" "$T/b.json" "$T/ab.json"
check "compare: they differ" holds '.[0].heads | all(.[].right; .only_a + .only_b > 0)' "$T/ab.json"
check "compare: every row is counted once" holds '.[0].heads | all(.[]; .n == 299 and
    ([.right[]] | add) == .n and ((.right.both + .right.only_a) / .n - .a.accuracy | fabs) < 0.0001 and
    ((.right.both + .right.only_b) / .n - .b.accuracy | fabs) < 0.0001)' "$T/ab.json"
check "compare: intervals and p-values" holds '.[0].heads | all(.[]; . as $h |
    0 < .mcnemar_p and .mcnemar_p <= 1 and all("accuracy", "macro_f1", "f_avg"; . as $k |
        $h.difference | .ci[$k][0] <= .[$k] and .[$k] <= .ci[$k][1] and .p[$k] > 0 and .p[$k] <= 1))' \
    "$T/ab.json"
works "compare: the other way round" "$SLANT" eval --json -m "$T/other.slant" -m "$model" "$T/x.tsv"
check "compare: signs turn, p-values stay" holds '.[0].heads as $ab | .[1].heads | to_entries | all(.[];
    $ab[.key] as $x | .value | .difference.macro_f1 == -$x.difference.macro_f1 and
    .right.only_a == $x.right.only_b and .mcnemar_p == $x.mcnemar_p and
    .difference.p.macro_f1 == $x.difference.p.macro_f1)' "$T/ab.json" "$T/out"
works "compare: a model with itself" "$SLANT" eval --json -m "$model" -m "$model" "$T/x.tsv"
check "compare: no difference" holds '.[0].heads | all(.[]; .difference.macro_f1 == 0 and
    .difference.ci.macro_f1 == [0, 0] and .difference.p.macro_f1 == 1 and .mcnemar_p == 1)' "$T/out"
works "compare: text" "$SLANT" eval -m "$model" -m "$T/other.slant" "$T/x.tsv"
check "compare: text: who is A" grep -q '^A: tiny (' "$T/out"
check "compare: text: McNemar" grep -q "McNemar's exact test p [<0]" "$T/out"
"$SLANT" eval --json -m "$model" -m "$T/other.slant" -f tsv - <"$T/x.tsv" >"$T/out"
check "compare: standard input" same "$T/out" "$T/ab.json"

awk -F'\t' -v OFS='\t' 'NR == 1 { print "text", "sentiment" } NR > 1 { print $9, $6 }' "$T/tiny.tsv" >"$T/one.tsv"
"$SLANT" train -q --trials 1 --solver dual -o "$T/one.slant" "$T/one.tsv"
works "compare: a head of one alone" "$SLANT" eval --json -m "$model" -m "$T/one.slant" "$T/x.tsv"
check "compare: only what both have" holds '.[0].heads | keys == ["sentiment"]' "$T/out"
works "compare: the same, first" "$SLANT" eval --json -m "$T/one.slant" -m "$model" "$T/x.tsv"
check "compare: the same, first: heads" holds '.[0].heads | keys == ["sentiment"]' "$T/out"
sed 's/\tfavor\t/\tyes\t/' "$T/tiny.tsv" >"$T/renamed.tsv"
"$SLANT" train -q --trials 1 --solver dual -o "$T/renamed.slant" "$T/renamed.tsv"
fails "compare: other labels" 1 'stance labels differ, favor, against, none against .*same labels' \
    "$SLANT" eval -m "$model" -m "$T/renamed.slant" "$T/x.tsv"
cut -f 1,2 "$T/rare.tsv" >"$T/stance.tsv"
"$SLANT" train -q --trials 1 --solver dual -o "$T/stance.slant" "$T/stance.tsv"
fails "compare: no head in common" 1 'no head in common: one judges sentiment, the other stance' \
    "$SLANT" eval -m "$T/one.slant" -m "$T/stance.slant" "$T/x.tsv"
awk -F'\t' -v OFS='\t' '{ print $9, $5 }' "$T/x.tsv" >"$T/no_common.tsv"
fails "compare: no labels of the common head" 1 'no labels' \
    "$SLANT" eval -m "$model" -m "$T/one.slant" -o "$T/new.txt" "$T/no_common.tsv"
check "compare: no file" absent "$T/new.txt"
fails "compare: three models" 2 'more than twice' "$SLANT" eval -m "$model" -m "$model" -m "$model" "$T/x.tsv"
fails "compare: a model that is none" 1 'x.tsv' "$SLANT" eval -m "$model" -m "$T/x.tsv" "$T/x.tsv"
fails "score: one model" 2 'given twice' "$SLANT" score -m "$model" -m "$model" "$T/x.tsv"

# ---- near-copies ----

awk 'BEGIN { print "text\tstance"
    for (i = 0; i < 24; i++) {
        n = int(i / 2)
        x = substr("bcdfghjklmnp", n + 1, 1)
        print "a" x " e" x " i" x " o" x " u" x " y" x " " substr("qrs", i % 2 + 1, 1) "\t" (n % 2 ? "favor" : "against")
    } }' >"$T/copies.tsv"
run "$SLANT" eval --cv 4 --solver dual "$T/copies.tsv"
check "near-copies: the folds' groups are not those counted below" \
    has 'near-copies joined 12 groups to others, for the folds alone; below each counts' "$T/out"
check "near-copies: those below are all" has 'stance: 24 rows in 24 groups' "$T/out"

# ---- each value left out ----

works "leave-out: each register in turn" \
    "$SLANT" eval --leave-out register --solver dual --trials 1 --json "$T/tiny.tsv"
registers=$(awk -F'\t' 'NR > 1 && !seen[$3]++' "$T/tiny.tsv" | wc -l)
check "leave-out: a fold each, but for those that near-copies join" holds \
    ".[0].cross_validation | .folds + .groups_joined_by_near_copies == $registers and .folds > 1" "$T/out"
check "leave-out: every row under its value" holds '.[0] | (.left_out | keys) == (.heads | keys) and
    all(.left_out[]; ([.[].n] | add) == 259)' "$T/out"
awk -F'\t' 'NR > 1 { n[$3]++ } END { for (r in n) print r "\t" n[r] }' "$T/tiny.tsv" | sort >"$T/counts"
jq -r '.left_out.stance | to_entries[] | "\(.key)\t\(.value.n)"' "$T/out" | sort >"$T/counted"
check "leave-out: rows of each" same "$T/counts" "$T/counted"
check "leave-out: most rows first" holds '.[0].left_out.stance | [.[].n] | . == (sort | reverse)' "$T/out"
check "leave-out: accuracies add up" holds '.[0] | . as $all | .left_out | to_entries | all(.[];
    (([.value[] | .accuracy * .n] | add) / 259 - $all.heads[.key].accuracy | fabs) < 0.0005)' "$T/out"
works "leave-out: text" "$SLANT" eval --leave-out register --solver dual --trials 1 "$T/tiny.tsv"
check "leave-out: text: each" grep -q '^stance: each register while it was left out$' "$T/out"
works "leave-out: with --cv" \
    "$SLANT" eval --cv 2 --leave-out register --solver dual --trials 1 --json "$T/tiny.tsv"
check "leave-out: with --cv: two folds" holds '.[0].cross_validation.folds == 2' "$T/out"
check "leave-out: with --cv: each value" holds ".[0].left_out.stance | length == $registers" "$T/out"
fails "leave-out: too many values" 1 'target has [0-9]* values.*--cv 5' \
    "$SLANT" eval --leave-out target --solver dual "$ROOT/training/vendor-ban.tsv"
awk -F'\t' -v OFS='\t' '{ $3 = NR == 1 ? "one" : "same" } 1' "$T/tiny.tsv" >"$T/same.tsv"
fails "leave-out: one value" 1 'one has one value' \
    "$SLANT" eval --leave-out one --solver dual "$T/same.tsv"
# rows without a value count together
awk -F'\t' -v OFS='\t' 'NR > 1 && NR % 3 == 0 { $3 = "" } 1' "$T/tiny.tsv" >"$T/gaps.tsv"
cv --leave-out register --json "$T/gaps.tsv" >"$T/out"
check "leave-out: rows without a value" holds '.[0].left_out.stance[""].n == 86' "$T/out"
