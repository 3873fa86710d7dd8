#!/bin/sh
# Trains what this folder holds, from training/ alone. The same bytes come out each time.
# usage: models/train.sh BUILD [FOLDER]
set -eu
slant=$1/slant
out=${2:-models}
"$slant" train -q -o "$out/vendor-ban.slant" --name vendor-ban training/vendor-ban.tsv
"$slant" train -q -o "$out/news-sentiment.slant" --name news-sentiment training/news-sentiment.tsv
