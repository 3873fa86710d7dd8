# The shipped models: small enough, and what training/ gives, byte for byte.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

for model in vendor-ban news-sentiment; do
    check "$model: at most 8 MB" [ "$(wc -c <"models/$model.slant")" -le 8000000 ]
    check "$model: inspect" "$SLANT" inspect -o "$T/inspect" "models/$model.slant"
done
if [ -n "${SANITIZER:-}" ]; then
    skip "models rebuilt" "slow under $SANITIZER"
    exit 0
fi
"$SLANT" train -q -j 1 -o "$T/news.slant" --name news-sentiment --solver dual --cost 0.05 --trials 1 \
    --lexicon training/lexicon.tsv training/news-sentiment.tsv
check "news-sentiment: rebuilt to the same bytes" same "$T/news.slant" models/news-sentiment.slant
