# The shipped models: small enough, and what training/ gives, byte for byte.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

for model in vendor-ban news-sentiment; do
    check "$model: at most 8 MB" [ "$(wc -c <"models/$model.slant")" -le 8000000 ]
    check "$model: inspect" "$SLANT" inspect -o "$T/inspect" "models/$model.slant"
done
# Behavioural probes, written without sight of the training text: a training that loses what they try shows here.
sh tests/probes.sh "$SLANT" >"$T/probes"
right=$(sed -n 's/^| all | \([0-9]*\) | 240 .*/\1/p' "$T/probes")
check "vendor-ban: ${right:-0} of 240 probes right, at least 170" [ "${right:-0}" -ge 170 ]
plain=$(sed -n 's/^| plain | \([0-9]*\) | 24 .*/\1/p' "$T/probes")
check "vendor-ban: ${plain:-0} of 24 plain ones, at least 21" [ "${plain:-0}" -ge 21 ]
if [ -n "${SANITIZER:-}" ]; then
    skip "models rebuilt" "slow under $SANITIZER"
    exit 0
fi
"$SLANT" train -q -j 1 -o "$T/news.slant" --name news-sentiment --solver dual --cost 0.05 --trials 1 \
    --lexicon training/lexicon.tsv training/news-sentiment.tsv
check "news-sentiment: rebuilt to the same bytes" same "$T/news.slant" models/news-sentiment.slant
