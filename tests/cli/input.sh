#!/bin/sh
# What commands read: web pages, packed files, folders, lists of files; and scores made apart.
# shellcheck disable=SC2016
. tests/cli/lib.sh
tiny_model
model=$T/tiny.slant

printf '%s\n' '<!doctype html><meta charset=utf-8><title>Quorvex | Post</title>' \
    '<meta property="og:site_name" content="Harbour Post"><meta name=date content="2031-04-05">' \
    '<nav><a href=/>Home page of the Harbour Post, with a long text</a></nav><article><h1>Quorvex barred</h1>' \
    '<p>Ministers will bar Quorvex from the network.</p><p>The firm rejected the ban.</p></article>' \
    '<footer><p>All rights reserved by the Harbour Post, of course.</p></footer>' >"$T/page.html"
printf 'Ministers will bar Quorvex from the network.\n\nThe firm rejected the ban.' >"$T/page.txt"
figures='[.n, .stance.p, .sentiment.p, .text]'

# ---- HTML ----

works "html: score" "$SLANT" score -m "$model" "$T/page.html"
cp "$T/out" "$T/page.jsonl"
check "html: title, date and source" holds '.[0] | .title == "Quorvex barred" and .date == "2031-04-05" and
    .source == "Harbour Post"' "$T/page.jsonl"
jq -c "$figures" "$T/page.jsonl" >"$T/a"
"$SLANT" score -m "$model" "$T/page.txt" | jq -c "$figures" >"$T/b"
check "html: scored as its text is" same "$T/a" "$T/b"
"$SLANT" score -m "$model" -i html - <"$T/page.html" | jq -c "$figures" >"$T/a"
check "html: standard input with -i html" same "$T/a" "$T/b"
"$SLANT" explain -m "$model" "$T/page.html" | jq -e '.stance.terms | length > 0' >"$T/a"
check "html: explain" [ "$(sort -u "$T/a")" = true ]
works "html: report" "$SLANT" report -f json -m "$model" "$T/page.html"
check "html: report has date and source" holds '.[0] | .timeline[0].articles == 1 and .sources[0].source == "Harbour Post"' "$T/out"
awk 'BEGIN { for (i = 0; i < 300; i++) printf "<div>"; print "x" }' >"$T/deep.html"
"$SLANT" score -m "$model" "$T/deep.html" "$T/page.html" >"$T/a" 2>"$T/err"
check "html: nested too deep: told, the others scored" holds '(.[0].error | test("256")) and length == 3' "$T/a"

awk 'BEGIN { printf "<p "; for (i = 0; i < 60000; i++) printf "q%x ", i; print ">x" }' >"$T/flood.html"
timeout 20 "$SLANT" score -m "$model" "$T/flood.html" "$T/page.html" >"$T/a" 2>"$T/err"
check "html: a flood of attributes: told at once, the others scored" \
    holds '(.[0].error | test("thousand attributes")) and length == 3' "$T/a"
awk 'BEGIN { printf "<p "; for (i = 0; i < 1000; i++) printf "q%x ", i; print ">Quorvex must go." }' >"$T/many.html"
works "html: a thousand attributes" "$SLANT" score -m "$model" "$T/many.html"
check "html: a thousand attributes: scored" holds '.[0].text == "Quorvex must go."' "$T/out"
{
    printf '<p>Quorvex\0must go.</p><p \0class=x\0>The firm\0 rejected it.</p><\0p>It is\0bad.</p>'
} >"$T/zeros.html"
works "html: zero bytes" "$SLANT" score -m "$model" "$T/zeros.html"
check "html: zero bytes end no page" holds 'map(.text) | join(" ") | test("must go.*rejected it.*bad")' "$T/out"

mkdir "$T/daily"
cp "$T/page.html" "$T/daily"
"$SLANT" report -m "$model" -r "$T/daily" -o "$T/daily/today.html"
fails "html: a page of slant report is no article" 1 'today.html: a page that slant report made, not an article' \
    "$SLANT" report -m "$model" -f json -r "$T/daily"
check "html: a page of slant report: named, the others reported" holds '.[0] | .corpus.articles == 1 and
    .quality.unread == 1 and (.errors[0].doc | test("today.html"))' "$T/out"
for command in "score -m $model" quotes; do
    # shellcheck disable=SC2086 # words
    fails "html: a page of slant report is no article: $command" 1 'made, not an article' \
        "$SLANT" $command -i html - <"$T/daily/today.html"
done

# ---- what is no UTF-8 ----

for to in UTF-16 UTF-16BE UTF-32; do
    { [ "$to" = UTF-16BE ] && printf '\376\377'; iconv -f UTF-8 -t "$to" "$T/page.txt"; } >"$T/wide.txt"
    fails "$to: refused" 1 'wide.txt: UTF-[13][62] text; expected UTF-8: convert it with iconv' \
        "$SLANT" score -m "$model" "$T/wide.txt"
    fails "$to: lines" 1 'expected UTF-8' "$SLANT" score -m "$model" -l "$T/wide.txt"
done
printf '{"text":"Quorvex is barred."}\n' | iconv -f UTF-8 -t UTF-16 >"$T/wide.jsonl"
fails "UTF-16: JSON Lines" 1 'UTF-16 text' "$SLANT" score -m "$model" "$T/wide.jsonl"
printf 'text\tstance\nQuorvex is barred.\tfavor\n' | iconv -f UTF-8 -t UTF-16 >"$T/wide.tsv"
fails "UTF-16: labelled data" 1 'wide.tsv: UTF-16 text' "$SLANT" eval -m "$model" "$T/wide.tsv"
iconv -f UTF-8 -t UTF-16 "$T/page.html" >"$T/wide.html"
"$SLANT" score -m "$model" "$T/wide.html" | jq -c "$figures" >"$T/a"
jq -c "$figures" "$T/page.jsonl" >"$T/b"
check "UTF-16: a page is converted" same "$T/a" "$T/b"
for to in UTF-16LE UTF-16BE; do
    iconv -f UTF-8 -t $to "$T/page.html" >"$T/wide.html"
    "$SLANT" score -m "$model" "$T/wide.html" | jq -c "$figures" >"$T/a"
    check "$to: a page without a mark is converted" same "$T/a" "$T/b"
done
fails "a program is no text" 1 'no text, or not in UTF-8' "$SLANT" score -m "$model" -i text "$SLANT"
"$SLANT" report -m "$model" -f json "$T/wide.txt" "$T/page.txt" >"$T/a" 2>"$T/err"
check "report: what is no text is counted and named" holds '.[0] | .quality.unread == 1 and
    .corpus.articles == 1 and (.errors[0].error | test("UTF-32"))' "$T/a"
printf 'Le caf\351 est ferm\351. Ministers will bar Quorvex from the network.\n' >"$T/latin.txt"
works "some odd bytes: read" "$SLANT" report -m "$model" -f json "$T/latin.txt"
check "some odd bytes: counted" holds '.[0].quality.invalid_utf8 == 2' "$T/out"

# ---- what slant itself wrote is no article ----

: >"$T/empty.txt"
"$SLANT" score -m "$model" --trailer "$T/page.txt" "$T/empty.txt" "$T/nosuch.txt" >"$T/own.jsonl" 2>"$T/err"
"$SLANT" explain -m "$model" "$T/page.txt" >>"$T/own.jsonl"
fails "scored lines are no articles: told" 1 '^slant report: 7 of 7 records .*own.jsonl:1: a line that slant wrote, not an article; slant report --scored reads' \
    "$SLANT" report -f json -m "$model" "$T/own.jsonl"
check "scored lines are no articles: sentences, an error, an empty article, the trailer, what explain wrote" holds '.[0] |
    .corpus.articles == 0 and (.errors | map(select(.error | test("slant report --scored"))) | length) == 7' "$T/out"
jq -c 'del(.stance, .sentiment, .holder) | select(.text)' "$T/own.jsonl" >"$T/flat.jsonl"
fails "scored lines without their heads" 1 '4 of 4 records .*slant report --scored' \
    "$SLANT" score -m "$model" "$T/flat.jsonl"
fails "scored lines: quotes" 1 '7 of 7 records .*slant report --scored' "$SLANT" quotes "$T/own.jsonl"
"$SLANT" quotes "$T/page.txt" "$T/nosuch.txt" >"$T/own.jsonl" 2>"$T/err"
fails "lines of quotes are no articles: told" 1 '3 of 3 records .*own.jsonl:1: a line that slant quotes wrote' \
    "$SLANT" report -f json -m "$model" "$T/own.jsonl"
# both readers of JSON: the plain one leaves what is nested to the other
for more in '' ',"more":{}' ',"more":[1],"stance":{"p":{"favor":1}}'; do
    printf '{%s%s}\n' '"text":"Quorvex must go.","doc":"a","n":1' "$more" \
        '"text":"Quorvex must go.","n":1,"from":0,"to":16' "$more" \
        '"text":"Quorvex must go.","file":"a","content":"b","error":"c"' "$more" \
        '"text":"Quorvex must go.","id":"a","doc":"a","n":1,"from":0,"to":16' "$more" \
        '"text":"Quorvex must go.","doc":"a","n":1,"from":"Lo","to":"Vey"' "$more" \
        '"text":"Quorvex must go.","doc":{},"n":[1],"from":{"name":"Lo"},"to":["Vey"]' "$more" >"$T/like.jsonl"
    works "records with some keys of slant's${more:+, and $more}" "$SLANT" score -m "$model" "$T/like.jsonl"
    check "records with some keys of slant's${more:+, and $more}: read" holds 'length == 6 and all(.[]; .text == "Quorvex must go.")' "$T/out"
    printf '{%s%s}\n' '"text":"Quorvex must go.","doc":"a","n":1,"from":0,"to":16' "$more" >"$T/like.jsonl"
    fails "records with all keys of slant's${more:+, and $more}" 1 'a line that slant wrote' "$SLANT" score -m "$model" "$T/like.jsonl"
done

# ---- prose that begins like JSON, JSON that is given as prose ----

printf '{"Quorvex"} must go, [the minister said].\nThe firm rejected the ban.\n' >"$T/braces.txt"
printf '[1] Quorvex must go.\n' >"$T/bracket.txt"
printf '{"id":"a","text":"Quorvex must go."}\n{"id":"b","text":"The firm rejected the ban."}\n' >"$T/rows.jsonl"
printf '{\n  "text": "Quorvex must go."\n}\n' >"$T/pretty"
printf '[{"text": "Quorvex must go."},\n{"text": "It may stay."}]\n' >"$T/list"
printf '[2031]\n' >"$T/year"
cp "$T/rows.jsonl" "$T/rows.json"
cp "$T/rows.jsonl" "$T/rows.txt"
{
    printf '\357\273\277\r\n  '
    cat "$T/rows.jsonl"
} >"$T/marked"
for prose in braces.txt bracket.txt rows.txt year; do
    works "$prose is prose" "$SLANT" score -m "$model" "$T/$prose"
    "$SLANT" score -m "$model" - <"$T/$prose" >"$T/a" 2>"$T/err"
    code=$?
    [ $prose = rows.txt ] || check "$prose: standard input too" [ $code = 0 ]
done
"$SLANT" score -m "$model" "$T/braces.txt" >"$T/a"
check "prose in braces: the text as it stands" holds '.[0].text | startswith("{\"Quorvex\"} must go")' "$T/a"
for json in pretty list; do
    for c in "score -m $model" "report -m $model" "explain -m $model" quotes; do
        # shellcheck disable=SC2086 # options
        fails "$c: $json is told to be JSON" 1 "$json: JSON, but no object a line.* --input text" \
            "$SLANT" $c "$T/$json"
        # shellcheck disable=SC2086 # options
        works "$c: $json: -i text takes it as it stands" "$SLANT" $c -i text "$T/$json"
    done
done
works "JSON Lines behind a byte order mark and a blank line" "$SLANT" score -m "$model" "$T/marked"
check "JSON Lines behind a byte order mark and a blank line: two articles" holds 'map(.doc) == ["a", "b"]' "$T/out"
printf '{"id":"x","text":"cut \n{"id":"b","text":"The firm rejected the ban."}\n' >"$T/damaged"
fails "JSON Lines whose first line is damaged" 1 'damaged:1: not a JSON object' "$SLANT" score -m "$model" "$T/damaged"
check "JSON Lines whose first line is damaged: the second is read" holds 'map(.doc) == ["x", "b"] and .[1].error == null' "$T/out"
fails "JSON on standard input that is no article" 1 'standard input: JSON, but no object a line' "$SLANT" score -m "$model" <"$T/list"

# ---- JSON Lines that nothing names so ----

for c in "score -m $model" "report -m $model" "explain -m $model" quotes; do
    # shellcheck disable=SC2086 # options
    works "$c: JSON Lines on standard input, -i jsonl" "$SLANT" $c -i jsonl <"$T/rows.jsonl"
    cp "$T/out" "$T/b"
    # shellcheck disable=SC2086 # options
    works "$c: JSON Lines on standard input" "$SLANT" $c <"$T/rows.jsonl"
    check "$c: JSON Lines on standard input: as with -i jsonl" same "$T/out" "$T/b"
    # shellcheck disable=SC2086 # options
    works "$c: JSON Lines of another name" "$SLANT" $c "$T/rows.json"
    check "$c: JSON Lines of another name: as with -i jsonl" same "$T/out" "$T/b"
done
works "JSON Lines: two articles" "$SLANT" score -m "$model" <"$T/rows.jsonl"
check "JSON Lines: two articles: by their names" holds 'map(.doc) == ["a", "b"]' "$T/out"
printf '%s\n' "$T/rows.json" >"$T/one"
"$SLANT" score -m "$model" --files-from "$T/one" >"$T/a"
check "JSON Lines: a list names them" same "$T/a" "$T/out"
works "JSON Lines: -i text takes them as they stand" "$SLANT" score -m "$model" -i text <"$T/rows.jsonl"
check "JSON Lines: -i text: one article" holds 'map(.doc) | unique == ["-"]' "$T/out"
works "JSON Lines: --lines takes each as a sentence" "$SLANT" score -m "$model" -l <"$T/rows.jsonl"
check "JSON Lines: --lines: two sentences" holds 'map(.text[:6]) == ["{\"id\":", "{\"id\":"]' "$T/out"
{
    jq -c -n '{id: "long", text: ("The firm rejected the ban. " * 60000)}'
    cat "$T/rows.jsonl"
} >"$T/long"
"$SLANT" score -m "$model" -i jsonl --no-holders -j 1 "$T/long" >"$T/b"
for threads in 1 2; do
    "$SLANT" score -m "$model" --no-holders -j $threads <"$T/long" >"$T/a"
    check "JSON Lines: a first line of 1.6 MB, $threads threads" same "$T/a" "$T/b"
done
# the first article is scored before the second is there
mkfifo "$T/slow"
: >"$T/a"
{
    head -n 1 "$T/rows.jsonl"
    n=0
    while ! grep -q '"a"' "$T/a" && [ $n -lt 100 ]; do
        sleep 0.1
        n=$((n + 1))
    done
    [ $n -lt 100 ] && tail -n 1 "$T/rows.jsonl"
} >"$T/slow" &
"$SLANT" score -m "$model" -j 1 <"$T/slow" >"$T/a"
wait
check "JSON Lines: each is scored when it comes" holds 'map(.doc) == ["a", "b"]' "$T/a"
gzip -n -c "$T/rows.json" >"$T/rows.json.gz"
works "JSON Lines, packed" "$SLANT" score -m "$model" "$T/rows.json.gz"
check "JSON Lines, packed: two articles" holds 'map(.doc) == ["a", "b"]' "$T/out"
gzip -n -c "$T/list" >"$T/list.gz"
fails "JSON, packed" 1 'list.gz: JSON, ' "$SLANT" score -m "$model" "$T/list.gz"
"$SLANT" score -m "$model" "$T/list" "$T/page.txt" >"$T/a" 2>"$T/err"
check "JSON among others: they are scored" holds '(.[0].error | test("JSON")) and length == 3' "$T/a"

# ---- packed ----

gzip -n -c "$T/page.txt" >"$T/page.txt.gz"
gzip -n -c "$T/page.html" >"$T/page.html.gz"
gzip -n -c training/samples/articles.jsonl >"$T/articles.jsonl.gz"
"$SLANT" score -m "$model" training/samples/articles.jsonl >"$T/b"
works "gzip" "$SLANT" score -m "$model" "$T/articles.jsonl.gz"
check "gzip: the same bytes as unpacked" same "$T/out" "$T/b"
"$SLANT" score -m "$model" -i jsonl <"$T/articles.jsonl.gz" >"$T/a"
check "gzip: standard input" same "$T/a" "$T/b"
head -n 3 training/samples/articles.jsonl | gzip -n >"$T/two.jsonl.gz"
tail -n +4 training/samples/articles.jsonl | gzip -n >>"$T/two.jsonl.gz"
"$SLANT" score -m "$model" "$T/two.jsonl.gz" >"$T/a"
check "gzip: two members are one file" same "$T/a" "$T/b"
"$SLANT" score -m "$model" "$T/page.html.gz" | jq -c "$figures" >"$T/a"
"$SLANT" score -m "$model" "$T/page.html" | jq -c "$figures" >"$T/c"
check "gzip: a page" same "$T/a" "$T/c"
head -c 800 "$T/articles.jsonl.gz" >"$T/cut.jsonl.gz"
"$SLANT" score -m "$model" "$T/cut.jsonl.gz" "$T/page.txt" >"$T/a" 2>"$T/err"
code=$?
check "gzip, cut off: exit code" [ $code -eq 1 ]
check "gzip, cut off: told, the others scored" holds '(map(select(.error)) | length) >= 1 and
    any(.[]; (.error // "") | test("damaged")) and .[-1].text == "The firm rejected the ban."' "$T/a"
head -c 300000000 /dev/zero | gzip -1 -n >"$T/bomb.jsonl.gz"
if [ -z "$SANITIZER" ]; then
    (ulimit -v 2000000 && "$SLANT" score -j 1 -m "$model" -l "$T/bomb.jsonl.gz") >"$T/a" 2>"$T/err"
    code=$?
    check "gzip, 300 MB of one line in 300 kB: ends within 2 GB" [ $code -le 1 ]
fi
gzip -n -c "$T/tiny.tsv" >"$T/tiny.tsv.gz"
works "gzip: labelled rows" "$SLANT" train -q --solver dual --name tiny -o "$T/packed.slant" "$T/tiny.tsv.gz"
"$SLANT" train -q --solver dual --name tiny -o "$T/plain.slant" "$T/tiny.tsv"
check "gzip: labelled rows: the same model" same "$T/packed.slant" "$T/plain.slant"

if command -v zstd >"$T/which"; then
    zstd -q -c training/samples/articles.jsonl >"$T/articles.jsonl.zst"
    works "zstd" "$SLANT" score -m "$model" "$T/articles.jsonl.zst"
    check "zstd: the same bytes as unpacked" same "$T/out" "$T/b"
    head -c 900 "$T/articles.jsonl.zst" >"$T/cut.jsonl.zst"
    "$SLANT" score -m "$model" "$T/cut.jsonl.zst" >"$T/a" 2>"$T/err"
    check "zstd, cut off: told" holds 'any(.[]; (.error // "") | test("Zstandard data are damaged"))' "$T/a"
else
    skip "zstd" "no zstd here"
fi

# ---- folders and lists ----

mkdir -p "$T/folder/b/c" "$T/folder/.hidden"
cp "$T/page.txt" "$T/folder/b/z.txt"
cp "$T/page.html.gz" "$T/folder/b/c/"
cp "$T/page.html" "$T/folder/a.html"
cp "$T/page.txt" "$T/folder/.hidden/no.txt"
printf 'x' >"$T/folder/picture.png"
ln -s .. "$T/folder/b/loop"
ln -s ../a.html "$T/folder/b/link.html"
works "-r" "$SLANT" score -q -r -m "$model" "$T/folder"
check "-r: articles by their extensions, in order of name, no folder twice" \
    [ "$(jq -r '.doc' "$T/out" | uniq | sed "s|$T/folder/||" | tr '\n' ' ')" = "a.html b/c/page.html.gz b/link.html b/z.txt " ]
ln -s nowhere.txt "$T/folder/lost.txt"
"$SLANT" score -r -m "$model" "$T/folder" >"$T/a" 2>"$T/err"
check "-r: tells what it passes over" [ "$(cat "$T/err")" = "slant score: $T/folder: 2 files passed over, such as lost.txt: other kinds, or links that lead nowhere" ]
rm "$T/folder/lost.txt"
works "-r: files beside folders" "$SLANT" score -r -m "$model" "$T/page.txt" "$T/folder/b"
check "-r: a file named is read whatever its extension" [ "$(jq -r .doc "$T/out" | head -n 1)" = "$T/page.txt" ]
mkdir "$T/bare"
mkdir "$T/loud"
printf '<p>The ban is good.' >"$T/loud/A.HTML"
printf 'The ban is bad.' | gzip >"$T/loud/B.Txt.GZ"
works "-r: extensions in large letters" "$SLANT" score -r -m "$model" "$T/loud"
check "-r: they are read as in small ones" \
    [ "$(jq -r .text "$T/out" | tr '\n' ' ')" = "The ban is good. The ban is bad. " ]
fails "-r: nothing in it" 1 'no article in the folder' "$SLANT" score -r -m "$model" "$T/bare"
fails "-r: no folder named" 2 'name a folder' "$SLANT" score -r -m "$model"
printf '%s\n\n%s\n' "$T/page.txt" "$T/folder/a.html" >"$T/list"
"$SLANT" score -m "$model" "$T/page.txt" "$T/folder/a.html" >"$T/b"
works "--files-from" "$SLANT" score -m "$model" --files-from "$T/list"
check "--files-from: the same bytes as named" same "$T/out" "$T/b"
"$SLANT" score -m "$model" --files-from - <"$T/list" >"$T/a"
check "--files-from -" same "$T/a" "$T/b"
odd="$T/odd
name.txt"
cp "$T/page.txt" "$odd"
printf '%s\0%s\0' "$odd" "$T/page.txt" >"$T/list0"
"$SLANT" score -m "$model" -0 --files-from "$T/list0" | jq -r .n | tr '\n' ' ' >"$T/a"
check "-0: names with line ends" [ "$(cat "$T/a")" = "1 2 1 2 " ]
fails "-0 alone" 2 'give that too' "$SLANT" score -m "$model" -0 "$T/page.txt"
sed 's/$/\r/' "$T/list" >"$T/list.windows"
"$SLANT" score -m "$model" --files-from "$T/list.windows" >"$T/a"
check "--files-from: lines that end in CR LF" same "$T/a" "$T/b"
fails "--files-from: no such list" 1 'cannot open' "$SLANT" score -m "$model" --files-from "$T/nolist"
: >"$T/empty"
fails "--files-from: nothing in it" 1 'names no file' "$SLANT" score -m "$model" --files-from "$T/empty"
fails "--files-from -: no - in it" 2 'cannot be one of them' sh -c "echo - | '$SLANT' score -m '$model' --files-from -"

# ---- scored apart, merged ----

cp training/samples/articles.jsonl "$T/all.jsonl"
jq -c '.id = "again-" + .id | .text = (.text | split(". ") | reverse | join(". "))' "$T/all.jsonl" >"$T/more.jsonl"
printf '{oops\n' >"$T/bad.jsonl"
for format in text json csv markdown; do
    "$SLANT" report -m "$model" -f $format --compare period --max-errors 9 "$T/all.jsonl" "$T/bad.jsonl" \
        "$T/page.html" "$T/more.jsonl" training/samples/*.txt >"$T/b" 2>"$T/err"
    i=0
    for part in "$T/all.jsonl $T/bad.jsonl" "$T/page.html" "$T/more.jsonl training/samples/*.txt"; do
        i=$((i + 1))
        # shellcheck disable=SC2086 # lists of files
        "$SLANT" score --trailer -m "$model" $part >"$T/part$i.jsonl" 2>"$T/err"
    done
    # shellcheck disable=SC2046 # options
    "$SLANT" report --scored -f $format $(given $format) --compare period --max-errors 9 "$T/part1.jsonl" "$T/part2.jsonl" \
        "$T/part3.jsonl" >"$T/a" 2>"$T/err"
    check "merged scores: $format: the same bytes as one run" same "$T/a" "$T/b"
    gzip -n -c "$T/part2.jsonl" >"$T/part2.jsonl.gz"
    # shellcheck disable=SC2046 # options
    cat "$T/part1.jsonl" "$T/part2.jsonl" "$T/part3.jsonl" |
        "$SLANT" report --scored -f $format $(given $format) --compare period --max-errors 9 >"$T/a" 2>"$T/err"
    check "merged scores: $format: in one stream" same "$T/a" "$T/b"
    # shellcheck disable=SC2046 # options
    "$SLANT" report --scored -f $format $(given $format) --compare period --max-errors 9 "$T/part1.jsonl" "$T/part2.jsonl.gz" \
        "$T/part3.jsonl" >"$T/a" 2>"$T/err"
    check "merged scores: $format: a part packed" same "$T/a" "$T/b"
done
"$SLANT" train -q --solver dual --cost 0.1 -o "$T/other.slant" "$T/tiny.tsv"
"$SLANT" score --trailer -m "$T/other.slant" "$T/page.txt" >"$T/other.jsonl"
fails "merged scores: of two models" 1 'one model' "$SLANT" report --scored "$T/part1.jsonl" "$T/other.jsonl"

# ---- progress ----

if command -v script >"$T/which" && script -q -e -c true /dev/null </dev/null >"$T/err" 2>&1; then
    i=0
    while [ $i -lt 400 ]; do
        cat "$T/all.jsonl"
        i=$((i + 1))
    done >"$T/long.jsonl"
    script -q -e -c "'$SLANT' report -f json -j 1 --count-copies -m '$model' -o '$T/a' '$T/long.jsonl'" /dev/null </dev/null >"$T/tty" 2>"$T/err"
    check "progress on a terminal: rate and time left, or done at once" \
        sh -c "grep -q 'MB/s, .* s left' '$T/tty' || [ ! -s '$T/tty' ]"
    "$SLANT" report -f json -m "$model" -o "$T/a" "$T/long.jsonl" 2>"$T/err"
    check "no progress elsewhere" [ ! -s "$T/err" ]
else
    skip "progress" "no script(1) here"
fi

# ---- a web page that nothing names so ----

printf '\n<!DOCTYPE html><html><body><p hidden>Ban it.</p><p>The ban is good.</p></body></html>' >"$T/page.aspx"
{ printf '\357\273\277' && cat "$T/page.aspx"; } >"$T/marked.aspx"
{ printf '<?xml version="1.0"?>\n' && cat "$T/page.aspx"; } >"$T/strict.aspx"
{ printf '<?xml version="1.0"?>\n<!-- saved -->\n <!-- <html> -- > -->' && cat "$T/page.aspx"; } >"$T/noted.aspx"
gzip -n -c "$T/page.aspx" >"$T/packed.aspx.gz"
for page in page.aspx marked.aspx strict.aspx noted.aspx packed.aspx.gz; do
    "$SLANT" score -m "$model" -i html "$T/$page" | jq -c "$figures" >"$T/b"
    works "html: $page" "$SLANT" score -m "$model" "$T/$page"
    jq -c "$figures" "$T/out" >"$T/a"
    check "html: $page: as with -i html" same "$T/a" "$T/b"
    check "html: $page: its text alone" holds 'map(.text) == ["The ban is good."]' "$T/out"
    "$SLANT" score -m "$model" - <"$T/$page" | jq -c "$figures" >"$T/a"
    check "html: $page: on standard input" same "$T/a" "$T/b"
done
works "html: -i text takes it as it stands" "$SLANT" score -m "$model" -i text "$T/page.aspx"
check "html: -i text takes it as it stands: tags" holds 'map(.text) | join(" ") | test("<!DOCTYPE html>")' "$T/out"
cp "$T/page.aspx" "$T/page_of.txt"
works "html: .txt is text" "$SLANT" score -m "$model" "$T/page_of.txt"
check "html: .txt is text: tags" holds 'map(.text) | join(" ") | test("<!DOCTYPE html>")' "$T/out"
printf 'The ban is <html> good.' >"$T/no_page"
works "html: a tag amid text makes no page" "$SLANT" score -m "$model" "$T/no_page"
check "html: a tag amid text makes no page: the text" holds 'map(.text) == ["The ban is <html> good."]' "$T/out"
