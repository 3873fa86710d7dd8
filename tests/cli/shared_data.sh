#!/bin/sh
# Real data, where they stand beside the checkout: they train as they are, and the model that ships
# is as good on real sentences as it says.
# shellcheck disable=SC2016
. tests/cli/lib.sh
data=../shared/data

if [ ! -d "$data" ]; then
    skip "real data" "no $data here"
    exit 0
fi
if [ -n "${SANITIZER:-}" ]; then
    skip "real data" "slow under $SANITIZER"
    exit 0
fi

works "train on semeval2016 as it is" "$SLANT" train -q -o "$T/semeval.slant" "$data"/semeval2016/*.tsv
works "its model" "$SLANT" inspect --json "$T/semeval.slant"
check "its model: stance, and every row" holds ".[0] | (.heads | keys | length == 5 and all(.[]; startswith(\"stance:\"))) and
    .training.rows == $(awk 'FNR > 1' "$data"/semeval2016/*.tsv | wc -l)" "$T/out"
works "train on newsmtsc as it is" \
    "$SLANT" train -q --solver dual -k 2 -o "$T/newsmtsc.slant" "$data/newsmtsc/train.tsv"
works "its model" "$SLANT" inspect --json "$T/newsmtsc.slant"
check "its model: sentiment, and every row" holds ".[0] | (.heads | keys) == [\"sentiment\"] and
    .training.rows == $(awk 'FNR > 1' "$data/newsmtsc/train.tsv" | wc -l)" "$T/out"
printf 'The minister wants Quorvex out.\n' >"$T/a.txt"
for m in semeval newsmtsc; do
    works "$m: score" "$SLANT" score -m "$T/$m.slant" -t Quorvex "$T/a.txt"
    check "$m: one record" holds 'length == 1' "$T/out"
done

if [ ! -f models/vendor-ban.slant ]; then
    skip "models/vendor-ban.slant on real sentences" "no such model"
elif [ ! -f "$data/vendorban/dev.tsv" ]; then
    skip "models/vendor-ban.slant on real sentences" "no $data/vendorban/dev.tsv"
else
    awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "confidence") c = i } NR == 1 || $c == 2' \
        "$data/vendorban/dev.tsv" >"$T/sure.tsv"
    works "eval on the sure sentences" \
        "$SLANT" eval --json -m models/vendor-ban.slant "$T/sure.tsv"
    check "the sure sentences: 361" holds '.[0].heads.stance.n == 361' "$T/out"
    check "the sure sentences: macro-F1 >= 0.57" holds '.[0].heads.stance.macro_f1 >= 0.57' "$T/out"
    check "the sure sentences: ECE <= 0.10" holds '.[0].heads.stance.ece <= 0.10' "$T/out"
    works "report on real articles" "$SLANT" report -f json -m models/vendor-ban.slant \
        "$data"/vendorban/articles/*.txt
    check "report on real articles: 33 verdicts" holds '.[0].articles | length == 33 and
        all(.[]; .verdict != null and .sentences > 0)' "$T/out"
fi
