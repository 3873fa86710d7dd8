#!/bin/sh
# The main job, once: train on training/, show how good the model is, report on the sample articles.
set -eu
slant=$1/slant
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "== training a model on training/vendor-ban.tsv"
"$slant" train -q -o "$folder/vendor-ban.slant" --set place=0 --trials 6 \
    --lexicon training/lexicon.tsv training/vendor-ban.tsv
echo
echo "== what it learned, and its cross-validated figures"
"$slant" inspect --top 10 "$folder/vendor-ban.slant"
echo
echo "== sentences of one sample article, scored (the first three)"
"$slant" score -m "$folder/vendor-ban.slant" --target Norvane --alias "Norvane Telecom" \
    training/samples/wire_5g_ban.txt >"$folder/scores.jsonl"
head -n 3 "$folder/scores.jsonl"
echo
echo "== the report on all sample articles (invented, like everything in training/)"
"$slant" report -m "$folder/vendor-ban.slant" --evidence 2 \
    training/samples/*.txt training/samples/articles.jsonl

echo
echo "That was a model trained just now, without word vectors. models/vendor-ban.slant has them; its cross-validated"
echo "figures are lower, as they are of kinds of text that it had not learned from. Next:"
echo "  build/slant report -m models/vendor-ban.slant -f html -o report.html training/samples/*.txt"
echo "  build/slant report --help"
