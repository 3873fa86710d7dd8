#!/bin/sh
# Measures slant beside its peers, on text made from training/ with a seeded generator, and prints
# each ratio beside its bar: medians of ROUNDS (7) interleaved runs, in CPU time. Peers come from
# Debian's packages (fasttext, liblinear-tools, python3-sklearn, valgrind); one that is missing is
# skipped. usage: tests/bench/run.sh BUILD [PART...]; parts: score fasttext sklearn articles
# holders instructions threads train growth start memory report (all)
set -eu
export LC_ALL=C.UTF-8
build=$1
shift
parts=${*:-score articles holders instructions threads start memory report train growth fasttext sklearn}
rounds=${ROUNDS:-7}
W=$build/bench
slant=$build/slant
training="training/vendor-ban.tsv training/news-sentiment.tsv"
mkdir -p "$W"
rm -f "$W"/*.runs

# ---- tools ----

# run NAME COMMAND...: one run's CPU, wall, memory, kept under NAME
run() {
    name=$1
    shift
    "$W/measure" "$@" >>"$W/$name.runs" 2>>"$W/errors" || { tail -3 "$W/errors" >&2; exit 1; }
}
# median NAME [COLUMN]
median() {
    awk -v c="${2:-1}" '{print $c}' "$W/$1.runs" | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'
}
calc() {
    awk "BEGIN {printf \"%.${2:-3}f\", $1}"
}
# bar TEXT VALUE ">="|"<=" MUST BEST
bar() {
    ok=$(awk "BEGIN {print ($2 $3 $4) ? \"reached\" : \"MISSED\"}")
    printf '| %-62s | %9s | %s %-6s | %-6s | %s |\n' "$1" "$2" "$3" "$4" "$5" "$ok"
}
skip() {
    printf '| %-62s | %9s | %-9s | %-6s | %s |\n' "$1" "-" "" "" "skipped: $2 is missing"
}
have() {
    command -v "$1" >/dev/null
}
text() { # KIND SIZE FILE
    [ -s "$3" ] || { "$W/generate" "$1" "$2" $training >"$3.part" && mv "$3.part" "$3"; }
}
model() { # 1,007,390 features
    text rows 50000 "$W/rows50k.tsv"
    [ "$W/million.slant" -nt "$slant" ] || "$W/fit" "$W/million.slant" "$W/rows50k.tsv" >"$W/fit.times"
}
labels() { # FILE [THREADS]
    set -- "$1" "${2:-1}"
    echo "$slant score -q -j $2 -m $W/million.slant --lines -f labels $1"
}

# ---- parts ----

part_score() {
    model
    for kind in growing repeated distinct; do
        text $kind 110000000 "$W/$kind.txt"
    done
    for i in $(seq "$rounds"); do
        for kind in growing repeated distinct; do
            run wc_$kind wc -w "$W/$kind.txt"
            run $kind $(labels "$W/$kind.txt")
        done
        run nothing $(labels /dev/null)
    done
    for kind in growing repeated distinct; do
        set -- $kind
        case $kind in
        growing) set -- "score, growing vocabulary, / wc -w, net" 0.45 0.7 ;;
        repeated) set -- "score, unseen sentences repeated, / wc -w, net" 0.75 1.05 ;;
        distinct) set -- "score, fully distinct dictionary text, / wc -w, net" 0.35 0.55 ;;
        esac
        bar "$1" "$(calc "$(median wc_$kind) / ($(median $kind) - $(median nothing))")" ">=" "$2" "$3"
    done
}

part_fasttext() {
    have fasttext || { skip "score / fasttext predict" fasttext; return; }
    model
    text growing 110000000 "$W/growing.txt"
    text rows 87000 "$W/rows.tsv"
    for dim in 10 100; do
        tail -n +2 "$W/rows.tsv" | awk -F'\t' '{print "__label__" $3 " " $5}' >"$W/fasttext.rows"
        [ -s "$W/ft$dim.bin" ] || fasttext supervised -input "$W/fasttext.rows" -output "$W/ft$dim" \
            -dim $dim -epoch 5 -thread 1 -wordNgrams 2 >/dev/null 2>&1
        for i in $(seq "$rounds"); do
            run fasttext$dim fasttext predict "$W/ft$dim.bin" "$W/growing.txt"
            run fasttext${dim}_nothing fasttext predict "$W/ft$dim.bin" /dev/null
            run beside$dim $(labels "$W/growing.txt")
            run beside${dim}_nothing $(labels /dev/null)
        done
        must=5 best=8
        [ $dim = 10 ] || must=12 best=19
        bar "score / fasttext predict dim $dim, net" "$(calc "($(median fasttext$dim) - \
            $(median fasttext${dim}_nothing)) / ($(median beside$dim) - $(median beside${dim}_nothing))" 1)" \
            ">=" $must $best
    done
}

part_sklearn() {
    python=python3 # the system's, where another one comes first and has no scikit-learn
    "$python" -c 'import sklearn' 2>/dev/null || python=/usr/bin/python3
    "$python" -c 'import sklearn' 2>/dev/null || { skip "score / scikit-learn" python3-sklearn; return; }
    model
    text growing 110000000 "$W/growing.txt"
    text rows 87000 "$W/rows.tsv"
    head -c 11000000 "$W/growing.txt" >"$W/growing11.txt" # at its 3 MB/s a tenth must do
    for kind in hashing tfidf; do
        [ -s "$W/$kind.pickle" ] || "$python" tests/bench/peers.py train $kind "$W/$kind.pickle" "$W/rows.tsv"
        for i in $(seq "$rounds"); do
            run $kind "$python" tests/bench/peers.py predict $kind "$W/$kind.pickle" "$W/growing11.txt"
            run ${kind}_nothing "$python" tests/bench/peers.py predict $kind "$W/$kind.pickle" /dev/null
            run by_$kind $(labels "$W/growing11.txt")
            run by_${kind}_nothing $(labels /dev/null)
        done
        must=12 best=20
        [ $kind = hashing ] || must=25 best=40
        bar "score / scikit-learn $kind + LinearSVC, net" "$(calc "($(median $kind) - \
            $(median ${kind}_nothing)) / ($(median by_$kind) - $(median by_${kind}_nothing))" 1)" \
            ">=" $must $best
    done
}

part_articles() {
    model
    text articles 110000000 "$W/articles.jsonl"
    for i in $(seq "$rounds"); do
        run wc_articles wc -w "$W/articles.jsonl"
        run articles "$slant" score -q -j 1 -m "$W/million.slant" -o "$W/scored.jsonl" "$W/articles.jsonl"
        run articles_plain "$slant" score -q -j 1 -m "$W/million.slant" --no-holders -o "$W/scored.jsonl" \
            "$W/articles.jsonl"
    done
    bar "articles: segmentation, offsets, who says it, JSON Lines, / wc -w" \
        "$(calc "$(median wc_articles) / $(median articles)")" ">=" 0.25 0.4
    bar "articles: the same without who says it (--no-holders), / wc -w" \
        "$(calc "$(median wc_articles) / $(median articles_plain)")" ">=" 0.25 0.4
    bar "articles: with who says it / without, to a file" \
        "$(calc "$(median articles) / $(median articles_plain)")" "<=" 2.0 1.5
}

# What attribution costs beside scoring, CPU time net of starting: on the articles of training/, each
# seen once, and on text whose words come again and again (the hard case: scoring it is cheap).
part_holders() {
    model
    text articles 110000000 "$W/articles.jsonl"
    head -n $(($(wc -l <"$W/articles.jsonl") / 4)) "$W/articles.jsonl" >"$W/quarter.jsonl"
    tail -q -n +2 $training | jq -R -c 'split("\t") | {id: .[1], text: .[-1]}' |
        jq -s -c 'reduce .[] as $r ({}; .[$r.id] += [$r.text]) | to_entries[] |
            {id: .key, text: (.value | join(" "))}' >"$W/once.jsonl"
    for i in $(seq $((3 * rounds))); do # a tenth of a second each
        for text in once.jsonl quarter.jsonl; do
            [ $text = once.jsonl ] || [ "$i" -le "$rounds" ] || continue
            run "holders_$text" "$slant" score -q -j 1 -m "$W/million.slant" "$W/$text"
            run "no_holders_$text" "$slant" score -q -j 1 -m "$W/million.slant" --no-holders "$W/$text"
        done
        run holders_nothing "$slant" score -q -j 1 -m "$W/million.slant" /dev/null
        [ "$i" -gt "$rounds" ] || run quotes "$slant" quotes -q -j 1 "$W/quarter.jsonl"
    done
    for text in once.jsonl quarter.jsonl; do
        set -- "articles with who says it / without"
        [ $text = once.jsonl ] || set -- "the same, words that come again and again"
        bar "$1, net" "$(calc "($(median "holders_$text") - $(median holders_nothing)) / \
            ($(median "no_holders_$text") - $(median holders_nothing))")" "<=" 2.0 1.5
    done
    bar "slant quotes, MB/s" "$(calc "$(wc -c <"$W/quarter.jsonl") / 1e6 / $(median quotes)" 1)" ">=" 36 -
}

# Instructions, net of those of starting with this model.
part_instructions() {
    have valgrind || { skip "instructions / wc -w's" valgrind; return; }
    model
    text growing 3000000 "$W/growing3.txt"
    count() {
        valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
            sed -n 's/.*Collected : *//p'
    }
    bar "instructions on 3 MB, growing vocabulary, / wc -w's, net" "$(calc "($(count $(labels "$W/growing3.txt")) - \
        $(count $(labels /dev/null))) / ($(count wc -w "$W/growing3.txt") - $(count wc -w /dev/null))")" "<=" 1.2 0.8
}

part_threads() {
    model
    text growing 110000000 "$W/growing.txt"
    lines=$(wc -l <"$W/growing.txt")
    head -n $((lines / 2)) "$W/growing.txt" >"$W/half1.txt"
    tail -n +$((lines / 2 + 1)) "$W/growing.txt" >"$W/half2.txt"
    for i in $(seq "$rounds"); do
        run two $(labels "$W/growing.txt" 2)
        run apart sh -c "$(labels "$W/half1.txt") >/dev/null & $(labels "$W/half2.txt"); wait"
        run one $(labels "$W/growing.txt")
    done
    bar "two threads: wall / two processes on the halves" "$(calc "$(median two 2) / $(median apart 2)")" "<=" 1.0 -
    bar "two threads: CPU / one thread" "$(calc "$(median two) / $(median one)")" "<=" 1.12 -
}

part_train() {
    have liblinear-train || { skip "train / liblinear" liblinear-tools; return; }
    text rows 87000 "$W/rows.tsv"
    [ -s "$W/vectors.stance" ] || "$W/fit" "$W/fit.slant" "$W/rows.tsv" "$W/vectors" >/dev/null
    for i in $(seq "$rounds"); do
        run fit "$W/fit" "$W/fit.slant" "$W/rows.tsv"
        for head in stance sentiment; do
            run liblinear_$head liblinear-train -q -s 1 -B 1 -c 0.05 "$W/vectors.$head" "$W/liblinear.model"
        done
    done
    bar "train: TSV to saved model, one fit, both heads, / liblinear" "$(calc "$(median fit) / \
        ($(median liblinear_stance) + $(median liblinear_sentiment))")" "<=" 0.6 0.35
}

part_growth() {
    text rows 87000 "$W/rows.tsv"
    head -n 8701 "$W/rows.tsv" >"$W/rows8k.tsv"
    for i in $(seq "$rounds"); do
        run train8k "$slant" train -q -j 1 --trials 1 -o "$W/grown.slant" "$W/rows8k.tsv"
    done
    for i in $(seq $(((rounds + 1) / 2))); do
        run train87k "$slant" train -q -j 1 --trials 1 -o "$W/grown.slant" "$W/rows.tsv"
    done
    bar "train: 87,000 rows / 8,700 rows, end to end" "$(calc "$(median train87k) / $(median train8k)" 1)" "<=" 20 11
    have fasttext || { skip "train 437,000 rows / fasttext" fasttext; return; }
    text rows 437000 "$W/rows437k.tsv"
    tail -n +2 "$W/rows437k.tsv" | awk -F'\t' '{print "__label__" $3 " " $5}' >"$W/fasttext.rows437k"
    for i in 1 2 3; do # minutes each
        run fit437k "$W/fit" "$W/grown.slant" "$W/rows437k.tsv"
        run fasttext437k fasttext supervised -input "$W/fasttext.rows437k" -output "$W/ft437k" -dim 10 \
            -epoch 5 -thread 1
    done
    bar "train: 437,000 rows, one fit, / fasttext dim 10, 5 epochs" \
        "$(calc "$(median fit437k) / $(median fasttext437k)")" "<=" 0.5 0.25
}

part_start() {
    model
    echo "The ban is a mistake." >"$W/one.txt"
    for i in $(seq $((3 * rounds))); do
        run first $(labels "$W/one.txt")
        run true true
    done
    bar "first label with a million features, wall ms over true" \
        "$(calc "($(median first 2) - $(median true 2)) * 1000" 1)" "<=" 8 3
}

part_memory() {
    model
    text growing 110000000 "$W/growing.txt"
    text new 20000000 "$W/new.txt"
    for file in growing new; do
        for threads in 1 2; do
            run memory_$file$threads $(labels "$W/$file.txt" $threads)
            bar "peak MB over the model, $file text, $threads threads" "$(calc "$(median memory_$file$threads 3) - \
                $(wc -c <"$W/million.slant") / 1048576" 1)" "<=" 64 -
        done
    done
}

part_report() {
    model
    text articles 110000000 "$W/articles.jsonl"
    [ -s "$W/scored100k.jsonl" ] || {
        "$slant" score -q -m "$W/million.slant" "$W/articles.jsonl" >"$W/scored.jsonl"
        # 100,000 articles of a few sentences: each article of the text in parts of five
        awk -F'"n":' '{split($2, n, ","); part = int((n[1] - 1) / 5); sub(/"doc":"[^"]*/, "&." part);
            print} ' "$W/scored.jsonl" | awk -F'"' '$4 != last {last = $4; if (++docs > 100000) exit} {print}' \
            >"$W/scored100k.jsonl"
    }
    for i in $(seq "$rounds"); do
        run wc_scored wc -w "$W/scored100k.jsonl"
        run report "$slant" report --scored -q -j 1 -f json -o "$W/report.json" "$W/scored100k.jsonl"
    done
    bar "report over 100,000 scored articles / wc -w" "$(calc "$(median wc_scored) / $(median report)")" ">=" 0.3 -
}

printf '| %-62s | %9s | %-9s | %-6s | |\n' "measured" "value" "must" "best"
printf '|---|---:|---|---|---|\n'
for part in $parts; do
    "part_$part"
done
