#!/bin/sh
# Trains what this folder holds, from training/ and, for vendor-ban, word vectors (models/vectors.sh).
# The same bytes come out each time. Settings: docs/choices.md.
# usage: models/train.sh BUILD [FOLDER]
set -eu
slant=$1/slant
out=${2:-models}
vectors=build/vectors.txt
sh models/vectors.sh "$vectors"
"$slant" train -q -o "$out/vendor-ban.slant" --name vendor-ban --solver dual --cost 0.2 \
    --set ratio=1 --set place=0 --set scale.char=0.5 --set rows.trigram=4 --set rows.char=4 \
    --leave-out register --folds 5 --trials 1 \
    --lexicon training/lexicon.tsv --vectors "$vectors" \
    training/vendor-ban.tsv
"$slant" train -q -o "$out/news-sentiment.slant" --name news-sentiment --solver dual --cost 0.05 \
    --trials 1 --lexicon training/lexicon.tsv training/news-sentiment.tsv
