# shellcheck shell=sh
# small_model PATH: a model of 25 KB with every kind of section, for damaging.
small_model() {
    "$SLANT" train -q --trials 1 --folds 2 --solver dual --lexicon tests/fuzz/tiny_lexicon.tsv \
        --vectors tests/fuzz/tiny_vectors.txt --set rows.word=4 --set rows.bigram=5 \
        --set rows.trigram=5 --set rows.listed=5 --set rows.char=12 -o "$1" tests/fuzz/tiny.tsv
}
