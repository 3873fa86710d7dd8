#!/bin/sh
# Every command on bad input: one clear line, the right exit code, no partial file.
# 1: the data or the system; 2: the command line.
. tests/cli/lib.sh
tiny_model
model=$T/tiny.slant
printf 'The minister wants Quorvex out. The operators do not.\n' >"$T/good.txt"

# Runs the rest with a standard output that is closed, full or absent.
closed() {
    "$@" >&-
}
full() {
    "$@" >/dev/full
}
no_input() {
    "$@" <&-
}
# A file system without room: no file can grow beyond 2 KB.
cramped() {
    (
        trap '' XFSZ
        ulimit -f 4
        "$@"
    )
}

# ---- labelled data: train, eval with a model, eval --cv ----

# data_fails WHAT PATTERN FILE [PATTERN OF EVAL -M]
data_fails() {
    cp "$model" "$T/kept.slant"
    cp "$model" "$T/kept.copy"
    fails "train: $1" 1 "$2" "$SLANT" train -o "$T/kept.slant" "$3"
    check "train: $1: an existing model stays" same "$T/kept.slant" "$T/kept.copy"
    fails "train: $1, no model there" 1 "$2" "$SLANT" train -o "$T/new.slant" "$3"
    check "train: $1: no file" absent "$T/new.slant"
    fails "eval --cv: $1" 1 "$2" "$SLANT" eval --cv 2 -o "$T/new.txt" "$3"
    check "eval --cv: $1: no file" absent "$T/new.txt"
    if [ $# -gt 3 ]; then
        fails "eval -m: $1" 1 "$4" "$SLANT" eval -m "$model" -o "$T/new.txt" "$3"
        check "eval -m: $1: no file" absent "$T/new.txt"
    fi
}

D=$T/data.tsv
data_fails "missing file" 'nosuch.tsv: cannot open: No such file' "$T/nosuch.tsv" 'No such file'
mkdir "$T/folder.tsv"
data_fails "directory" 'folder.tsv: expected a file: Is a directory' "$T/folder.tsv" 'Is a directory'
: >"$D"
data_fails "empty file" 'data.tsv: empty;.* such as: text<TAB>stance' "$D" 'data.tsv: empty'
printf 'sentence\tstance\nQuorvex is out\tfavor\n' >"$D"
data_fails "header without text" 'data.tsv:1: no column is named text' "$D" 'no column is named text'
printf 'text\tstance\n' >"$D"
data_fails "header only" 'data.tsv: no rows' "$D" 'data.tsv\|no rows\|no label'
printf 'text\tother\nQuorvex is out\tfavor\n' >"$D"
data_fails "no label column" 'data.tsv: no labels to learn from' "$D" 'no labels that the model knows'
fails "train: no label column in two files" 1 'data.tsv and the others: no labels to learn from' \
    "$SLANT" train -o "$T/new.slant" "$D" "$D"
awk 'BEGIN { print "text\tstance"; for (i = 0; i < 12; i++) print "row " i "\tfavor" }' >"$D"
data_fails "one class only" 'every stance label is "favor"' "$D"
awk 'BEGIN { print "text\tstance"
    for (i = 0; i < 12; i++) { print "for it " i "\tfavor"; print "not for it " i "\tagainst" }
    print "they like it\tfavour" }' >"$D"
data_fails "misspelled label" 'data.tsv:26: .*"favour" has 1 row .*misspelled' "$D" \
    'data.tsv:26: unknown stance label "favour"; expected one of: favor, against, none'
printf 'text\tstance\ngood row\tfavor\nbad row\tfavor\tmore\n' >"$D"
data_fails "too many fields" 'data.tsv:3: expected 2 fields.*found 3' "$D" 'data.tsv:3: '
printf 'text\tstance\ngood row\tfavor\n\nbad row\n' >"$D"
data_fails "too few fields" 'data.tsv:4: expected 2 fields.*found 1' "$D" 'data.tsv:4: '
printf 'text\tstance\ttext\na\tfavor\tb\n' >"$D"
data_fails "a column twice" 'data.tsv:1: two columns are named text' "$D" 'two columns'
printf 'text\tstance\tweight\na\tfavor\tmuch\n' >"$D"
data_fails "weight" 'data.tsv:2: the weight' "$D" 'data.tsv:2: the weight'
printf 'text\tstance\tfrom\tto\nQuorvex\tfavor\t3\t99\n' >"$D"
data_fails "target behind the end" 'data.tsv:2: to lies behind' "$D" 'data.tsv:2: to lies'
printf 'text\tstance\tfrom\tto\nQuorvex\tfavor\tx\t3\n' >"$D"
data_fails "target's place" 'data.tsv:2: from and to' "$D" 'data.tsv:2: from and to'
head -c 60000 "$model" >"$T/junk.tsv"
data_fails "binary junk" 'junk.tsv' "$T/junk.tsv" 'junk.tsv'
awk 'BEGIN { print "text\tstance"; for (i = 0; i < 20; i++) print "row " i "\tl" i }' >"$D"
data_fails "17 labels" 'data.tsv:18: a 17th stance label' "$D" 'unknown stance label "l0"'
printf 'text,stance\n"an open quote,favor\n' >"$T/data.csv"
data_fails "CSV quote" 'data.csv:2: .*closing quote' "$T/data.csv" 'data.csv:2: '
printf 'text,stance\n"shut" too late,favor\n' >"$T/data.csv"
data_fails "CSV text behind a quote" 'data.csv:2: text behind' "$T/data.csv" 'data.csv:2: '
printf '{"text":"fine","stance":"favor"}\n{"text":"cut\n' >"$T/data.jsonl"
data_fails "invalid JSON line" 'data.jsonl:2: not a JSON object' "$T/data.jsonl" 'data.jsonl:2: '
printf '{"text":"fine","stance":"favor"}\n["a list"]\n' >"$T/data.jsonl"
data_fails "JSON, no object" 'data.jsonl:2: JSON, but not an object' "$T/data.jsonl" 'data.jsonl:2'
printf '{"stance":"favor"}\n' >"$T/data.jsonl"
data_fails "JSON without text" 'data.jsonl:1: no text' "$T/data.jsonl" 'data.jsonl:1: no text'
cp "$T/tiny.tsv" "$T/data.dat"
data_fails "unknown extension" 'data.dat: labelled data are TSV, CSV or JSON' "$T/data.dat" 'data.dat'
fails "eval --leave-out: no such column" 1 'no column is named nosuch' \
    "$SLANT" eval --cv 2 --leave-out nosuch "$T/tiny.tsv"
awk -F'\t' 'NR > 1 { print "{\"text\":\"row " NR "\",\"stance\":\"" $5 "\"}" }' "$T/tiny.tsv" \
    >"$T/rows.jsonl"
fails "eval --leave-out: no such key" 1 'nosuch' \
    "$SLANT" eval --cv 2 --leave-out nosuch "$T/rows.jsonl"

# ---- articles: score, report, explain ----

head -c 60000 "$model" >"$T/junk.txt"
printf '{"id":"readable","text":"Fine."}\n{"id":"b", oops\n{"id":"c"}\n{"id":"d","text":{"x":1}}\n"text"\n' \
    >"$T/bad.jsonl"
printf '\0\377\376{}\n\1\2\3' >"$T/junk.jsonl"
: >"$T/empty.txt"
printf '{"id":"a","text":["Two","paragraphs"]}\n' >"$T/list.jsonl"
: >"$T/empty.jsonl"
for c in score report explain; do
    fails "$c: missing file" 1 'nosuch.txt: cannot open: No such file' \
        "$SLANT" $c -m "$model" "$T/nosuch.txt"
    fails "$c: missing file, to a file" 1 'No such file' \
        "$SLANT" $c -m "$model" -o "$T/new.out" "$T/nosuch.txt"
    check "$c: missing file: no file" absent "$T/new.out"
    fails "$c: missing JSON Lines file" 1 'nosuch.jsonl: cannot open: No such file' \
        "$SLANT" $c -m "$model" "$T/nosuch.jsonl"
    fails "$c: directory" 1 'Is a directory; -r takes the articles' "$SLANT" $c -m "$model" "$T/folder.tsv/."
    fails "$c: directory --lines" 1 'Is a directory' "$SLANT" $c -l -m "$model" "$T/folder.tsv"
    fails "$c: table" 1 'a table is no article' "$SLANT" $c -m "$model" "$T/tiny.tsv"
    fails "$c: closed standard input" 1 'standard input' no_input "$SLANT" $c -m "$model"
    fails "$c: empty file" 0 'holds no sentence' "$SLANT" $c -m "$model" "$T/empty.txt"
    fails "$c: empty JSON Lines" 0 'holds no sentence' "$SLANT" $c -m "$model" "$T/empty.jsonl"
    fails "$c: empty --lines" 0 'holds no sentence' "$SLANT" $c -l -m "$model" "$T/empty.txt"
    fails "$c: empty standard input" 0 'holds no sentence' "$SLANT" $c -m "$model" -
    works "$c: empty file, quietly" "$SLANT" $c -q -m "$model" "$T/empty.txt"
    fails "$c: binary junk" 1 "no text, or not in UTF-8: [0-9]* odd bytes" "$SLANT" $c -m "$model" "$T/junk.txt"
    works "$c: binary junk --lines" "$SLANT" $c -l -m "$model" "$T/junk.txt"
    fails "$c: binary junk as JSON Lines" 1 '2 of 2 records .*junk.jsonl:1: ' \
        "$SLANT" $c -m "$model" "$T/junk.jsonl"
    fails "$c: invalid JSON lines" 1 '4 of 5 records could not be read; first: .*bad.jsonl:2: ' \
        "$SLANT" $c -m "$model" "$T/bad.jsonl"
    fails "$c: some records unread, to a file" 1 '4 of 5' \
        "$SLANT" $c -m "$model" -o "$T/some.out" "$T/bad.jsonl"
    check "$c: what could be read is there" has readable "$T/some.out"
    rm -f "$T/some.out"
    fails "$c: a list as text" 1 '"text" is an object or a list' \
        "$SLANT" $c -m "$model" "$T/list.jsonl"
    fails "$c: a blank target" 2 "slant $c: a target's spelling has no letter" \
        "$SLANT" $c -m "$model" --target ' ' "$T/good.txt"
done
printf 'not JSON\n{"doc":"x"}\n{"doc":"x","n":1,"from":0,"to":1,"text":"x","stance":{"p":{"a":7,"b":0}}}\n' \
    >"$T/bad.scored"
fails "report --scored: no such lines" 1 '3 of 3 records' "$SLANT" report --scored "$T/bad.scored"
check "report --scored: no such lines: each is named once" grep -q '^  [^ ]*bad.scored:1: not a line that' "$T/out"
printf '{"id":"a","text":"Quorvex is out."}\n' >"$T/unscored.jsonl"
fails "report --scored: articles" 1 'no "doc"; articles are read without --scored$' "$SLANT" report --scored "$T/unscored.jsonl"
"$SLANT" score -m "$model" -f tsv "$T/good.txt" >"$T/scored.tsv"
fails "report --scored: TSV" 1 "no JSON; --scored reads score's JSON Lines" "$SLANT" report --scored "$T/scored.tsv"
fails "report --scored: missing file" 1 'nosuch.jsonl: cannot open' \
    "$SLANT" report --scored "$T/nosuch.jsonl"
fails "report --scored: empty" 0 'holds no sentence' "$SLANT" report --scored "$T/empty.txt"
fails "quotes: empty" 0 'holds no sentence' "$SLANT" quotes "$T/empty.txt"
"$SLANT" score -m "$model" "$T/good.txt" >"$T/two.scored"
printf '%s\n' '{"doc":"y","n":1,"from":0,"to":1,"text":"y","stance":{"p":{"a":0.7,"b":0.3}}}' \
    >>"$T/two.scored"
fails "report --scored: two models' scores" 1 'other heads or labels' \
    "$SLANT" report --scored -o "$T/new.out" "$T/two.scored"
check "report --scored: two models: no file" absent "$T/new.out"

# ---- the model: eval, score, report, explain, inspect ----

# with_model MODEL COMMAND: the command, on data that are good
with_model() {
    case $2 in
    inspect) "$SLANT" inspect -o "$T/new.out" "$1" ;;
    eval) "$SLANT" eval -m "$1" -o "$T/new.out" "$T/tiny.tsv" ;;
    *) "$SLANT" "$2" -m "$1" -o "$T/new.out" "$T/good.txt" ;;
    esac
}

size=$(wc -c <"$model")
: >"$T/empty.slant"
printf 'a text file\n' >"$T/foreign.slant"
cp "$SLANT" "$T/program.slant"
head -c 7 "$model" >"$T/cut7.slant"
head -c 40 "$model" >"$T/cut40.slant"
head -c $((size / 2)) "$model" >"$T/half.slant"
head -c $((size - 1)) "$model" >"$T/short.slant"
cp "$model" "$T/long.slant"
printf 'x' >>"$T/long.slant"
mkdir "$T/folder.slant"
damaged="empty foreign program cut7 cut40 half short long folder nosuch"
for at in 0 9 70 1000 $((size / 3)) $((size / 2)) $((size - 1)); do
    cp "$model" "$T/flip$at.slant"
    printf '\252' | dd of="$T/flip$at.slant" bs=1 seek="$at" conv=notrunc 2>"$T/dd_err"
    if same "$model" "$T/flip$at.slant"; then
        printf '\125' | dd of="$T/flip$at.slant" bs=1 seek="$at" conv=notrunc 2>"$T/dd_err"
    fi
    damaged="$damaged flip$at"
done
for c in eval score report explain inspect; do
    for bad in $damaged; do
        fails "$c: model $bad" 1 "$bad.slant: " with_model "$T/$bad.slant" $c
        check "$c: model $bad: no file" absent "$T/new.out"
    done
    works "$c: the model itself" with_model "$model" $c
    rm -f "$T/new.out"
done
fails "score: --model /dev/null" 1 '/dev/null' "$SLANT" score -m /dev/null "$T/good.txt"

# ---- the output ----

# to_output WRAPPER COMMAND [-o FILE]
to_output() {
    wrapper=$1
    command=$2
    shift 2
    case $command in
    inspect) $wrapper "$SLANT" inspect "$@" "$model" ;;
    inspect-json) $wrapper "$SLANT" inspect --json "$@" "$model" ;;
    eval) $wrapper "$SLANT" eval -m "$model" "$@" "$T/tiny.tsv" ;;
    eval-cv) $wrapper "$SLANT" eval --cv 2 --json "$@" "$T/tiny.tsv" ;;
    train) $wrapper "$SLANT" train --solver dual -q "$@" "$T/tiny.tsv" ;;
    score-tsv) $wrapper "$SLANT" score -f tsv -m "$model" "$@" "$T/long.txt" ;;
    report-csv) $wrapper "$SLANT" report -f csv -m "$model" "$@" "$T/long.txt" ;;
    *) $wrapper "$SLANT" "$command" -m "$model" "$@" "$T/long.txt" ;;
    esac
}

awk 'BEGIN { for (i = 0; i < 400; i++) print "Minister " i " wants Quorvex out of the network." }' \
    >"$T/long.txt"
for c in eval eval-cv score score-tsv report report-csv explain inspect inspect-json; do
    fails "$c: closed standard output" 1 'standard output: cannot write' to_output closed $c
    fails "$c: full disk" 1 'standard output: cannot write: No space left' to_output full $c
done
# a closed standard error takes nothing else's place
printf '{"id":"a","text":"Quorvex is out."}\n{oops\n' >"$T/half.jsonl"
"$SLANT" score -m "$model" -o "$T/half.out" "$T/half.jsonl" 2>"$T/err"
"$SLANT" score -m "$model" -o "$T/mute.out" "$T/half.jsonl" 2>&-
check "score: closed standard error: exit code" [ $? -eq 1 ]
check "score: closed standard error: the same bytes" same "$T/mute.out" "$T/half.out"
"$SLANT" score -m "$model" "$T/half.jsonl" >"$T/mute.out" 2>&- <&-
check "score: closed standard error, standard output: the same bytes" same "$T/mute.out" "$T/half.out"
"$SLANT" score -m "$model" -o "$T/mute.out" "$T/half.jsonl" <&- >&- 2>&-
check "score: all three closed: the same bytes" same "$T/mute.out" "$T/half.out"
rm -f "$T/half.out" "$T/mute.out"
mkdir "$T/shut"
mkdir "$T/outfolder"
printf 'old\n' >"$T/old.out"
printf 'old\n' >"$T/old.copy"
for c in train eval eval-cv score score-tsv report explain inspect inspect-json; do
    fails "$c: -o /dev/full" 1 '/dev/full: cannot write: No space left' \
        to_output command $c -o /dev/full
    fails "$c: -o a directory" 1 'outfolder: .*Is a directory' \
        to_output command $c -o "$T/outfolder"
    fails "$c: -o into no folder" 1 'new.out: .*No such file' \
        to_output command $c -o "$T/nofolder/new.out"
    fails "$c: -o below a file" 1 'new.out: .*Not a directory' \
        to_output command $c -o "$T/good.txt/new.out"
    fails "$c: -o into a folder that takes nothing" 1 '/proc/new.out: ' \
        to_output command $c -o /proc/new.out
    fails "$c: -o \"\"" 1 'No such file\|empty\|name' to_output command $c -o ""
done
check "directories stay empty" rmdir "$T/outfolder"
for c in train score explain; do
    [ $c != train ] || cp "$model" "$T/old.out"
    cp "$T/old.out" "$T/old.copy"
    fails "$c: disk full in the middle" 1 'old.out: cannot write: File too large' \
        to_output cramped $c -o "$T/old.out"
    check "$c: disk full: the old file stays" same "$T/old.out" "$T/old.copy"
    fails "$c: disk full in the middle, new file" 1 'File too large' \
        to_output cramped $c -o "$T/new.out"
    check "$c: disk full: no file" absent "$T/new.out"
    printf 'old\n' >"$T/old.out"
done
ln -s "$T/nowhere" "$T/dangling"
for c in train score; do
    fails "$c: -o through a link to nothing" 1 'a link to what is not there' \
        to_output command $c -o "$T/dangling"
done
check "-o through a link to nothing: nothing is made" [ ! -e "$T/nowhere" ]
fails "train: an output that cannot be is told of before the data" 1 'no/such.slant: cannot be written: No such file' \
    "$SLANT" train -q -o "$T/no/such.slant" "$T/absent.tsv"
if [ "$(id -u)" -eq 0 ]; then
    skip "-o into a folder without write permission" "root may write anywhere"
else
    chmod a-w "$T/shut"
    for c in train score report explain inspect eval; do
        fails "$c: -o into a shut folder" 1 'Permission denied' \
            to_output command $c -o "$T/shut/new.out"
    done
fi
# a reader that leaves early
("$SLANT" score -m "$model" -o "$T/pipe.out" "$T/long.txt" && cat "$T/pipe.out" "$T/pipe.out") \
    >"$T/many.out"
awk 'BEGIN { for (i = 0; i < 4000; i++) print "Quorvex " i " is out." }' >"$T/many.txt"
(
    "$SLANT" score -l -m "$model" "$T/many.txt" 2>"$T/err"
    echo $? >"$T/code"
) | head -n 1 >"$T/first"
check "score: a reader that leaves early: exit code" [ "$(cat "$T/code")" = 1 ]
check "score: a reader that leaves early: no word" lines_are 0 "$T/err"
chmod 640 "$T/old.out"
works "score: onto an old file" "$SLANT" score -m "$model" -o "$T/old.out" "$T/good.txt"
check "score: the old file's mode is kept" [ "$(stat -c %a "$T/old.out")" = 640 ]
# -o LINK writes the file that LINK names
printf 'old\n' >"$T/real.out"
ln -s real.out "$T/link.out"
works "score: -o a symbolic link" "$SLANT" score -m "$model" -o "$T/link.out" "$T/good.txt"
check "score: the link stays a link" [ -L "$T/link.out" ]
check "score: the file behind the link is written" has Quorvex "$T/real.out"
mkfifo "$T/fifo"
cat "$T/fifo" >"$T/from_fifo" &
works "score: -o a pipe" "$SLANT" score -m "$model" -o "$T/fifo" "$T/good.txt"
wait
check "score: -o a pipe: it stays a pipe" [ -p "$T/fifo" ]
check "score: -o a pipe: all of it" lines_are 2 "$T/from_fifo"
cp "$T/good.txt" "$T/inplace.txt"
fails "score: -o onto its own input" 2 'names a file that is read' \
    "$SLANT" score -m "$model" -o "$T/inplace.txt" "$T/inplace.txt"
check "score: -o onto its own input: it stays" cmp -s "$T/good.txt" "$T/inplace.txt"
# replaces_input NAME FILE COMMAND...: refused, and the file stays.
replaces_input() {
    replaced_name=$1
    replaced=$2
    shift 2
    cp "$replaced" "$T/replaced.copy"
    fails "$replaced_name: refused" 2 'goes to a file that is read\|names a file that is read' "$@"
    check "$replaced_name: it stays" same "$replaced" "$T/replaced.copy"
}
# onto FILE COMMAND...: with FILE as standard input, and standard output behind it.
onto() {
    onto_file=$1
    shift
    "$@" <"$onto_file" >>"$onto_file"
}
behind() {
    behind_file=$1
    shift
    "$@" >>"$behind_file"
}
from() {
    from_file=$1
    shift
    "$@" <"$from_file"
}
mkdir "$T/infolder"
cp "$T/good.txt" "$T/infolder/"
ln -s good.txt "$T/infolder/link.txt"
ln "$T/inplace.txt" "$T/hard.txt"
printf '%s\n' "$T/inplace.txt" >"$T/inlist"
replaces_input "score: -o onto a file of -r" "$T/infolder/good.txt" \
    "$SLANT" score -m "$model" -r "$T/infolder" -o "$T/infolder/good.txt"
replaces_input "score: -o onto a link to its input" "$T/infolder/good.txt" \
    "$SLANT" score -m "$model" "$T/infolder/good.txt" -o "$T/infolder/link.txt"
replaces_input "score: -o onto another name of its input" "$T/inplace.txt" \
    "$SLANT" score -m "$model" "$T/inplace.txt" -o "$T/hard.txt"
replaces_input "score: -o onto a file of a list" "$T/inplace.txt" \
    "$SLANT" score -m "$model" --files-from "$T/inlist" -o "$T/inplace.txt"
replaces_input "score: -o onto the list" "$T/inlist" \
    "$SLANT" score -m "$model" --files-from "$T/inlist" -o "$T/inlist"
replaces_input "score: -o onto the model" "$model" "$SLANT" score -m "$model" "$T/good.txt" -o "$model"
replaces_input "eval: -o onto the data" "$T/tiny.tsv" \
    "$SLANT" eval -m "$model" -o "$T/tiny.tsv" "$T/tiny.tsv"
replaces_input "train: -o onto the data" "$T/tiny.tsv" "$SLANT" train -o "$T/tiny.tsv" "$T/tiny.tsv"
replaces_input "quotes: -o onto standard input" "$T/inplace.txt" \
    from "$T/inplace.txt" "$SLANT" quotes -o "$T/inplace.txt"
replaces_input "quotes: standard output onto standard input" "$T/inplace.txt" \
    onto "$T/inplace.txt" "$SLANT" quotes
replaces_input "quotes: standard output onto the input" "$T/inplace.txt" \
    behind "$T/inplace.txt" "$SLANT" quotes "$T/inplace.txt"
# a model replaces none but models
for kept in good.txt tiny.tsv some.sh cut7.slant; do
    [ -e "$T/$kept" ] || printf '#!/bin/sh\n' >"$T/$kept"
    cp "$T/$kept" "$T/kept.copy"
    fails "train: -o onto $kept" 2 "$kept is no model, and a model replaces none but models" \
        "$SLANT" train --solver dual -q -o "$T/$kept" "$T/rows.jsonl"
    check "train: -o onto $kept: it stays" same "$T/$kept" "$T/kept.copy"
done
for replaced in empty.slant flip1000.slant half.slant flip9.slant; do
    works "train: -o onto $replaced" "$SLANT" train --solver dual -q -o "$T/$replaced" "$T/tiny.tsv"
    works "train: -o onto $replaced: a model then" "$SLANT" inspect "$T/$replaced"
done
fails "score: two targets" 2 'given twice; add spellings with --alias' \
    "$SLANT" score -m "$model" -t A -t B "$T/good.txt"
fails "score: an empty target" 2 'target needs a name' "$SLANT" score -m "$model" -t '' "$T/good.txt"
works "score: with its books" "$SLANT" score -m "$model" --trailer -o "$T/books.jsonl" "$T/good.txt"
sed 1d "$T/books.jsonl" >"$T/lost.jsonl"
fails "report --scored: a line was lost" 1 'lines are missing' "$SLANT" report --scored "$T/lost.jsonl"
cat "$T/books.jsonl" "$T/books.jsonl" >"$T/twice.jsonl"
works "report --scored: two whole parts" "$SLANT" report --scored "$T/twice.jsonl"
head -c 2000 /dev/zero | tr '\0' '\215' >"$T/junk.html"
fails "report: a page of no text" 0 'holds no sentence' "$SLANT" report -m "$model" "$T/junk.html"
check "no temporary file is left" no_temporary

# ---- the command line ----

fails "--help to a closed output" 1 'standard output' closed "$SLANT" --help
fails "--help to a full disk" 1 'standard output' full "$SLANT" --help
fails "--version to a full disk" 1 'standard output' full "$SLANT" --version
fails "score --help to a full disk" 1 'standard output' full "$SLANT" score --help
run "$SLANT"
check "no command: code" [ "$code" -eq 2 ]
check "no command: nothing on standard output" [ ! -s "$T/out" ]
check "no command: usage" grep -q '^usage: ' "$T/err"
fails "unknown command" 2 'slant: "scroe" is no command; .*--help' "$SLANT" scroe
fails "unknown command with options" 2 '"scroe" is no command' "$SLANT" scroe -m x
fails "empty command" 2 'is no command' "$SLANT" ""
fails "help on an unknown command" 2 '"scroe" is no command' "$SLANT" help scroe
fails "option before the command" 2 'is no command' "$SLANT" -m "$model" score

for c in train eval score report explain inspect; do
    fails "$c: unknown option" 2 "slant $c: --bogus is no option.*slant $c --help" \
        "$SLANT" $c --bogus
    fails "$c: unknown short option" 2 "slant $c: -Z is no option" "$SLANT" $c -Z
    fails "$c: unknown short option among others" 2 "slant $c: -Z" "$SLANT" $c -Zh
    fails "$c: missing value" 2 "slant $c: -o needs a value" "$SLANT" $c -o
    fails "$c: missing value, long" 2 "slant $c: --output needs a value" "$SLANT" $c --output
    fails "$c: no option's name" 2 "slant $c: --= " "$SLANT" $c --=
done
for c in train eval score report explain; do
    for value in 0 -1 257 x 1x 1.5 '' 99999999999999999999; do
        fails "$c: -j '$value'" 2 "slant $c: --threads .*1 to 256" "$SLANT" $c -j "$value"
    done
    fails "$c: --format" 2 "slant $c: --format xml is unknown; expected " \
        "$SLANT" $c -o "$T/new.out" --format xml "$T/tiny.tsv"
    check "$c: --format: no file" absent "$T/new.out"
done
# value OPTION VALUE PATTERN COMMAND...
value() {
    value_option=$1
    value_given=$2
    value_pattern=$3
    shift 3
    fails "$1: $value_option '$value_given'" 2 "slant $1: $value_pattern" \
        "$SLANT" "$@" "$value_option" "$value_given"
}
for v in 1 101 x ''; do
    value --folds "$v" '--folds.*2 to 100' train
    value --cv "$v" '--cv.*2 to 100' eval
done
for v in 0 -1 x nan inf 1e9 '' 1x; do
    value --cost "$v" '--cost .*above 0' train
    value --cost "$v" '--cost .*above 0' eval
done
for v in -1 x 18446744073709551616; do
    value --seed "$v" '--seed .*whole number' train
    value --seed "$v" '--seed .*whole number' eval
    value --max-errors "$v" '--max-errors .*whole number' score
    value --max-errors "$v" '--max-errors .*whole number' report
    value --max-errors "$v" '--max-errors .*whole number' explain
    value --top "$v" '--top .*whole number' explain
    value --top "$v" '--top .*whole number' inspect
done
value --solver newton '--solver newton is unknown; expected auto, libsvm or dual' train \
    -o "$T/new.out" "$T/tiny.tsv"
value --solver newton '--solver newton is unknown' eval --cv 2 "$T/tiny.tsv"
value --bootstrap 9 '--bootstrap 9.*10 to' eval
value --evidence 1001 '--evidence .*0 to 1000' report
value --width 49 '--width 49.*50 to 1000' report
value --width 1001 '--width 1001' report
value --color maybe '--color maybe is unknown; expected auto, always or never' report
value --color maybe '--color maybe is unknown' explain
for c in score report explain; do
    value --input xml '--input xml is unknown; expected text, lines, jsonl or html' $c
    value --alias Quorvex '--alias .*--target' $c -m "$model"
    fails "$c: no model" 2 "slant $c: name a model" "$SLANT" $c "$T/good.txt"
    fails "$c: two models" 2 '--model is given twice' "$SLANT" $c -m "$model" -m "$model"
done
fails "train: no output" 2 'name the model to write' "$SLANT" train "$T/tiny.tsv"
fails "train: standard output" 2 'name the model to write' "$SLANT" train -o - "$T/tiny.tsv"
fails "train: no data" 2 'name the labelled data' "$SLANT" train -o "$T/new.slant"
fails "eval: no data" 2 'name the labelled data' "$SLANT" eval -m "$model"
fails "eval: neither model nor --cv" 2 'either a model' "$SLANT" eval "$T/tiny.tsv"
fails "eval: model and --cv" 2 'either a model' "$SLANT" eval -m "$model" --cv 2 "$T/tiny.tsv"
fails "eval: --leave-out with a model" 2 'either a model' \
    "$SLANT" eval -m "$model" --leave-out target "$T/tiny.tsv"
fails "score: labels without --lines" 2 'add --lines' \
    "$SLANT" score -m "$model" -f labels "$T/good.txt"
fails "score: trailer of a table" 2 '--trailer' "$SLANT" score -m "$model" -f tsv --trailer "$T/good.txt"
fails "explain: --text and files" 2 'either --text or files' \
    "$SLANT" explain -m "$model" --text x "$T/good.txt"
fails "report: --scored --lines" 2 '--scored' "$SLANT" report --scored -l "$T/two.scored"
fails "report: --scored --input" 2 '--scored' "$SLANT" report --scored -i jsonl "$T/two.scored"
fails "inspect: no model" 2 'name one model' "$SLANT" inspect
fails "inspect: two models" 2 'name one model' "$SLANT" inspect "$model" "$model"
works "options may follow files" "$SLANT" score "$T/good.txt" -m "$model"
cp "$T/good.txt" "$T/--output"
(cd "$T" && env -i "$SLANT" score -m "$model" -- --output) >"$T/dash.a"
"$SLANT" score -m "$model" "$T/good.txt" | jq -c '.doc = "--output"' >"$T/dash.b"
jq -c . "$T/dash.a" >"$T/dash.c"
check "a file named as an option is read behind --, without an environment" same "$T/dash.b" "$T/dash.c"
odd="$T/a\"b'<i>&,=1|c.txt"
cp "$T/good.txt" "$odd"
works "score: a name of quotes, brackets and bars" "$SLANT" score -m "$model" "$odd"
check "score: it comes back" holds "all(.doc | endswith(\"/a\\\"b'<i>&,=1|c.txt\"))" "$T/out"
works "report -f csv: a name of quotes" "$SLANT" report -f csv -m "$model" "$odd"
check "report -f csv: its quotes are doubled" has "/a\"\"b'<i>&,=1|c.txt\"," "$T/out"
works "report -f html: a name of quotes" "$SLANT" report -f html -m "$model" "$odd"
check "report -f html: no element of a name" lacks '<i>' "$T/out"
works "report --chart articles: a name of quotes" "$SLANT" report --chart articles -m "$model" "$odd" "$T/good.txt"
check "report --chart articles: no element of a name" lacks '<i>' "$T/out"
works "-- ends the options" "$SLANT" score -m "$model" -- "$T/good.txt"

# What is told back holds no control character and stays one line.
hostile=$(printf 'a\nb\033[31mc')
# told_back NAME CODE COMMAND...
told_back() {
    told_name=$1
    told_code=$2
    shift 2
    run "$@"
    check "$told_name: code" [ "$code" -eq "$told_code" ]
    check "$told_name: one line" lines_are 1 "$T/err"
    check "$told_name: no escape sequence" no_hostile_bytes "$T/err"
}
# What would be taken for another thing than it is.
for name in report.pdf Report.docx table.xlsx; do
    fails "report: -o $name" 2 "$name: no .* can be written here; .* text, json, csv" \
        "$SLANT" report -m "$model" -o "$T/$name" "$T/good.txt"
    check "report: -o $name: nothing written" [ ! -e "$T/$name" ]
done
fails "score: -o lines.csv" 2 'no csv can be written here; .* jsonl, tsv or labels' \
    "$SLANT" score -m "$model" -o "$T/lines.csv" "$T/good.txt"
for name in figures.csv figures.html figures.md; do
    fails "eval: -o $name" 2 "$name: no .* can be written here; name the file .txt or .json" \
        "$SLANT" eval -m "$T/tiny.slant" -o "$T/$name" "$T/tiny.tsv"
    fails "inspect: -o $name" 2 "$name: no .* can be written here; name the file .txt or .json" \
        "$SLANT" inspect -o "$T/$name" "$T/tiny.slant"
    check "eval, inspect: -o $name: nothing written" [ ! -e "$T/$name" ]
done
works "inspect: -o with --json" "$SLANT" inspect --json -o "$T/figures.csv" "$T/tiny.slant"
works "report: -o with --format" "$SLANT" report -m "$model" -f text -o "$T/report.pdf" "$T/good.txt"
run "$SLANT" score -m "$model" -t Nobody "$T/good.txt"
check "a target that nothing mentions: told, and scored" \
    [ "$code-$(wc -l <"$T/err")-$(grep -c 'no sentence mentions Nobody; check' "$T/err")" = 0-1-1 ]
check "a target that nothing mentions: every sentence" [ -s "$T/out" ]
works "the same, --quiet" "$SLANT" score -q -m "$model" -t Nobody "$T/good.txt"

told_back "hostile command" 2 "$SLANT" "$hostile"
told_back "hostile option" 2 "$SLANT" score "--$hostile"
told_back "hostile value" 2 "$SLANT" score -j "$hostile"
told_back "hostile choice" 2 "$SLANT" report -m "$model" --format "$hostile" "$T/good.txt"
told_back "hostile model name" 1 "$SLANT" inspect "$T/$hostile"
told_back "hostile data name" 1 "$SLANT" train -o "$T/new.slant" "$T/$hostile.tsv"
printf 'text\tstance\na\t\033[31mred\302\233\n' >"$D"
told_back "hostile label" 1 "$SLANT" eval -m "$model" "$D"
told_back "hostile file name" 1 "$SLANT" report -m "$model" "$T/$hostile"
check "hostile file name: the report is clean" no_hostile_bytes "$T/out"
told_back "C1 control in a file name" 1 "$SLANT" score -m "$model" "$T/$(printf 'x\302\2331m')"
cp "$T/tiny.slant" "$T/$hostile.slant"
run "$SLANT" train --solver dual -o "$T/$hostile.slant" "$T/tiny.tsv"
check "hostile output name: told in one line" lines_are 1 "$T/err"
check "hostile output name: no escape sequence" no_hostile_bytes "$T/err"
