#!/bin/sh
# Prints what each ingredient of a model brings: cross-validated macro-F1 (for SemEval-2016 its F_avg) with
# everything, then without one thing at a time, as mean and range over three seeds. docs/choices.md
# holds the table. Word vectors only where models/vectors.sh has fetched them.
# usage: tests/ablation.sh BUILD [DATA]
set -eu
slant=$1/slant
data=${2:-../shared/data}
vectors=build/vectors.txt

# figure HEAD KEY ARGUMENTS...: mean [low, high] over the seeds
figure() {
    head=$1
    key=$2
    shift 2
    for seed in 1 2 3; do
        "$slant" eval --json --cv 5 --trials 1 --solver dual --seed "$seed" "$@"
    done | jq -rs --arg head "$head" --arg key "$key" '
        [.[].heads[$head][$key] * 1000 | round / 10] |
        "\(add / length * 10 | round / 10) [\(min), \(max)]"'
}

# without TITLE OPTIONS...: one line of the current set's table
without() {
    title=$1
    shift
    # shellcheck disable=SC2086 # the lists are meant to be split
    printf '| %s | %s | %s |\n' "$set" "$title" "$(figure $head "$@" $all $rows)"
}

# table SET HEAD KEY ROWS OPTIONS...
table() {
    set=$1
    head="$2 $3"
    rows=$4
    shift 4
    own="$*"
    lexicon="--lexicon training/lexicon.tsv"
    given=
    [ ! -s "$vectors" ] || given="--vectors $vectors"
    all="$own $lexicon $given"
    without "everything"
    without "without words (characters, vectors and lexicon alone)" --set scale.word=0
    without "without n-grams of words" --set rows.bigram=1000000 --set rows.trigram=1000000 \
        --set rows.listed=1000000
    without "without characters" --set scale.char=0
    without "without words under negation" --set scale.negated=0
    without "without outlines" --set scale.outline=0
    without "without balancing" --unbalanced
    without "without log-count ratios" --set ratio=0
    case $own in *--weight*) without "without the annotators' agreement" --set weight.power=0 ;; esac
    case $set in SemEval*) without "one head for all subjects" --pooled ;; esac
    case $set in
    NewsMTSC)
        without "without places about the target" --set place=0
        without "without windows" --set scale.near=0 --set scale.wide=0
        without "without bags before and after" --set scale.before=0 --set scale.after=0
        without "without frames" --set scale.frame=0
        without "without polarity by place" --set scale.placed-polarity=0
        [ -z "$given" ] || without "without vectors by place" --set scale.vector-near=0 \
            --set scale.vector-before=0 --set scale.vector-after=0
        ;;
    esac
    all="$own $given"
    without "without the lexicon"
    all="$own $lexicon"
    [ -z "$given" ] || without "without vectors"
    all="$own"
    [ -z "$given" ] || without "without lexicon and vectors"
}

echo "| set | | mean [range] |"
echo "|---|---|---|"
table "vendor-ban, stance" stance macro_f1 training/vendor-ban.tsv --cost 0.2 --set place=0
table "vendor-ban, sentiment" sentiment macro_f1 training/vendor-ban.tsv --cost 0.2 --set place=0
table "news-sentiment" sentiment macro_f1 training/news-sentiment.tsv
if [ -f "$data/gwsd/train.tsv" ]; then
    table SemEval-2016 stance f_avg "$(ls "$data"/semeval2016/*.tsv | tr '\n' ' ')"
    table GWSD stance macro_f1 "$data/gwsd/train.tsv" --cost 0.1 --weight agreement
    table NewsMTSC sentiment macro_f1 "$data/newsmtsc/train.tsv"
else
    echo "SKIP public sets: no $data here"
fi
