#!/bin/sh
# Prints the figures that README.md states: cross-validated on training/ with the settings of the
# shipped models, by vendor, register and topic held out; and, where the evaluation data stand beside the
# checkout, the shipped models on real sentences, and cross-validation on public sets with settings
# chosen inside each fold. Rows with word vectors only where models/vectors.sh has fetched them.
# usage: tests/accuracy.sh BUILD [DATA]
set -eu
slant=$1/slant
data=${2:-../shared/data}
vectors=build/vectors.txt
lexicon="--lexicon training/lexicon.tsv"
given=
[ ! -s "$vectors" ] || given="--vectors $vectors"
rows=$(mktemp --suffix .tsv)
seeds=$(mktemp)
trap 'rm -f "$rows" "$seeds"' EXIT

# show TITLE ARGUMENTS...: one line of the table a head
show() {
    title=$1
    shift
    "$slant" eval --json "$@" | jq -r --arg title "$title" '
        def f: (. * 1000 | round / 1000 | tostring | if test("[.]") then . else . + "." end) + "000" | .[0:5];
        def ci(k): "\(.[k] | f) [\(.ci[k][0] | f), \(.ci[k][1] | f)]";
        .heads | to_entries[] | .key as $head | .value |
        "| \($title) | \($head) | \(.n) | \(ci("macro_f1")) | \(ci("f_avg")) | \(ci("ece")) | " +
        "\(if .words_only then .words_only.macro_f1 | f else "" end) | \(.majority.macro_f1 | f) |"'
}

# shares TITLE ARGUMENTS...: how well shares of collections are estimated, a line a head
shares() {
    title=$1
    shift
    "$slant" eval --quantify --json "$@" | jq -r --arg title "$title" '
        def f: (. * 1000 | round / 1000 | tostring | if test("[.]") then . else . + "." end) + "000" | .[0:5];
        def errors: "\(.count | f) / \(.mean | f) / \(.corrected | f)";
        def ratio: .corrected / .count * 100 | round / 100;
        def covered: "\(.coverage * 1000 | round / 10) %";
        .quantify | to_entries[] | select(.value) | .key as $head | .value |
        "| \($title), \($head) | \(.any | errors) | \(.any | ratio) | \(.any | covered) | " +
        "\(.none | errors) | \(.none | ratio) | \(.none | covered) | " +
        "\(.mild | ratio) | \(.mild | covered) |"'
}

echo "| measured on | head | n | macro-F1 | F_avg | ece | words only | majority |"
echo "|---|---|---:|---|---|---|---:|---:|"
# shellcheck disable=SC2086 # the lists of options are meant to be split
{
    ban="--solver dual --cost 0.2 --set ratio=1 --set place=0 --set scale.char=0.5 --trials 1 $lexicon $given training/vendor-ban.tsv"
    show "vendor-ban, 5 folds by article" --cv 5 $ban
    show "vendor-ban, 5 folds by vendor" --cv 5 --leave-out target $ban
    show "vendor-ban, folds by register" --cv 5 --leave-out register $ban
    news="--solver dual --cost 0.05 --trials 1 $lexicon training/news-sentiment.tsv"
    show "news-sentiment, 5 folds by article" --cv 5 $news
    show "news-sentiment, folds by topic" --cv 5 --leave-out topic $news
}

if [ ! -f "$data/vendorban/dev.tsv" ]; then
    echo
    sh tests/probes.sh "$slant"
    echo "SKIP real sentences: no $data here"
    exit 0
fi
awk -F'\t' 'NR == 1 || $7 == 2' "$data/vendorban/dev.tsv" >"$rows"
show "vendor-ban on real sentences, sure" -m models/vendor-ban.slant "$rows"
show "vendor-ban on real sentences, all" -m models/vendor-ban.slant "$data/vendorban/dev.tsv"
show "news-sentiment on NewsMTSC" -m models/news-sentiment.slant "$data/newsmtsc/train.tsv"
# public TITLE HEAD FIGURE OPTIONS...: its line; and, for the table below, FIGURE by three seeds
public() {
    title=$1
    figure=".heads.$2.$3"
    shift 3
    # shellcheck disable=SC2086
    show "$title" --cv 5 $lexicon "$@"
    for seed in 1 2 3; do
        # shellcheck disable=SC2086
        "$slant" eval --json --cv 5 --seed "$seed" --bootstrap 10 $lexicon "$@" | jq "$figure"
    done | jq -rs --arg title "$title" '[.[] * 1000 | round / 10] |
        "| \($title) | \(join(", ")) | \(add / 3 * 10 | round / 10) |"' >>"$seeds"
}
with_and_without() {
    title=$1
    shift
    public "$title" "$@"
    # shellcheck disable=SC2086
    [ -z "$given" ] || public "$title, with vectors" "$@" $given
}
with_and_without "SemEval-2016, pooled, 5 folds" stance f_avg --solver dual --trials 24 "$data"/semeval2016/*.tsv
with_and_without "GWSD, 5 folds" stance macro_f1 --trials 24 --weight agreement "$data/gwsd/train.tsv"
with_and_without "NewsMTSC, 5 folds" sentiment macro_f1 "$data/newsmtsc/train.tsv"
[ -n "$given" ] || echo "SKIP word vectors: no $vectors; models/vectors.sh fetches them"

echo
echo "| F_avg of SemEval, macro-F1 of the others | seeds 1, 2, 3 | mean |"
echo "|---|---|---:|"
cat "$seeds"

echo
sh tests/probes.sh "$slant"

echo
echo "| | any shares | ratio | covered | as in the data | ratio | covered | mild: ratio | covered |"
echo "|---|---|---:|---:|---|---:|---:|---:|---:|"
# shellcheck disable=SC2086 # the lists of options are meant to be split
{
    shares "vendor-ban" --cv 5 $ban
    shares "news-sentiment" --cv 5 $news
}
shares "GWSD" --cv 5 --trials 1 "$data/gwsd/train.tsv"
shares "NewsMTSC" --cv 5 --trials 1 "$data/newsmtsc/train.tsv"
shares "SemEval" --cv 5 --trials 1 --pooled "$data"/semeval2016/*.tsv
shares "vendor-ban's model on real sentences" -m models/vendor-ban.slant "$data/vendorban/dev.tsv"
shares "news-sentiment's model on NewsMTSC" -m models/news-sentiment.slant "$data/newsmtsc/train.tsv"
