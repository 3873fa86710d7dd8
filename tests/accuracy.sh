#!/bin/sh
# Prints the figures that README.md and models/*.md state: cross-validated on training/, by vendor held
# out, and, where the evaluation data stand beside the checkout, on real sentences.
set -eu
slant=$1/slant
data=${2:-../shared/data}
rows=$(mktemp --suffix .tsv)
trap 'rm -f "$rows"' EXIT

# show TITLE ARGUMENTS...: one line a head
show() {
    title=$1
    shift
    "$slant" eval --json "$@" | jq -r --arg title "$title" '
        def f: . * 1000 | round / 1000;
        def ci(k): "\(.[k] | f) [\(.ci[k][0] | f), \(.ci[k][1] | f)]";
        .heads | to_entries[] | .key as $head | .value |
        "\($title), \($head): n \(.n), macro_f1 \(ci("macro_f1")), f_avg \(ci("f_avg")), " +
        "accuracy \(ci("accuracy")), ece \(ci("ece")); majority macro_f1 \(.majority.macro_f1 | f)"'
}

show "vendor-ban, 5 folds by article" --cv 5 training/vendor-ban.tsv
show "vendor-ban, 5 folds by vendor" --cv 5 --leave-out target training/vendor-ban.tsv
show "vendor-ban, folds by register" --cv 5 --leave-out register training/vendor-ban.tsv
show "news-sentiment, 5 folds by article" --cv 5 training/news-sentiment.tsv
show "news-sentiment, folds by topic" --cv 5 --leave-out topic training/news-sentiment.tsv
if [ -f "$data/vendorban/dev.tsv" ]; then
    awk -F'\t' 'NR == 1 || $7 == 2' "$data/vendorban/dev.tsv" >"$rows"
    show "vendor-ban on real sentences, sure" -m models/vendor-ban.slant "$rows"
    show "vendor-ban on real sentences, all" -m models/vendor-ban.slant "$data/vendorban/dev.tsv"
    show "news-sentiment on NewsMTSC" -m models/news-sentiment.slant "$data/newsmtsc/train.tsv"
    show "SemEval-2016, pooled, 5 folds" --cv 5 "$data"/semeval2016/*.tsv
    show "NewsMTSC, 5 folds" --cv 5 "$data/newsmtsc/train.tsv"
    show "GWSD, 5 folds" --cv 5 "$data/gwsd/train.tsv"
else
    echo "SKIP real sentences: no $data here"
fi
