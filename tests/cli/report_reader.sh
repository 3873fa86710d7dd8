#!/bin/sh
# slant report: what a reader of the report is told, whatever the format.
# shellcheck disable=SC2016 # jq reads the dollars
. tests/cli/lib.sh

scored() {
    "$SLANT" report --scored "$@"
}

# sentence DOC N FAVOR AGAINST NONE TEXT: a scored line.
sentence() {
    printf '{"doc":"%s","n":%d,"from":%d,"to":%d,"text":"%s","stance":{"p":{"favor":%s,"against":%s,"none":%s}}}\n' \
        "$1" "$2" "$(($2 * 100))" "$(($2 * 100 + 90))" "$6" "$3" "$4" "$5"
}

# ---- evidence ----

{
    sentence a 1 0.41 0.30 0.29 "A doubtful one."
    sentence a 2 0.30 0.50 0.20 "A likely one."
    sentence a 3 0.45 0.35 0.20 "Another doubtful one."
} >"$T/unsure.jsonl"
scored -f json "$T/unsure.jsonl" >"$T/out"
check "evidence has 50 % or more" holds '.[0].articles[0].evidence | map([.side, .p]) == [["against", 0.5]]' "$T/out"
for format in text markdown; do
    scored -f $format "$T/unsure.jsonl" >"$T/out"
    check "evidence: $format: what is doubtful is none" lacks "doubtful" "$T/out"
    check "evidence: $format: what is likely is" has "A likely one." "$T/out"
done
scored -f html "$T/unsure.jsonl" >"$T/out"
check "evidence: html: what is doubtful is none" [ "$(grep -c '<blockquote' "$T/out")" -eq 1 ]
sed -n '1,2p' "$T/unsure.jsonl" |
    sed '2s/}}}$/}},"holder":{"name":"Lo","mention":null,"content":[],"stance":{"label":"favor","p":{"favor":0.6,"against":0.3,"none":0.1}}}}/' >"$T/other.jsonl"
scored -f html "$T/other.jsonl" >"$T/out"
check "evidence: html: not where its speaker's statement comes out otherwise" lacks '<blockquote' "$T/out"
scored -f markdown "$T/other.jsonl" >"$T/out"
check "markdown: a speaker's strongest statement has its label" has '| favor 60 %: A likely one. |' "$T/out"
{
    sentence a 1 0.9999 0.0001 0 "A sure one."
    sentence a 2 1 0 0 "A surer one."
} >"$T/sure.jsonl"
for format in text markdown; do
    scored -f $format "$T/sure.jsonl" >"$T/out"
    check "evidence: $format: what is not quite certain is told so" grep -q '>99 %.*A sure one' "$T/out"
    check "evidence: $format: what is, too" grep -q ' 100 %.*A surer one' "$T/out"
done

# ---- two labels, both of them sides ----

for n in 1 2 3 4; do
    printf '{"doc":"d%d","n":1,"from":0,"to":9,"date":"2031-0%d-02","source":"s%d","text":"One.","stance":{"p":{"yes":0.7,"no":0.3}}}\n' $n $n $n
done >"$T/two.jsonl"
for format in text markdown html; do
    scored -f $format "$T/two.jsonl" >"$T/out"
    check "two labels: $format: there is no other" [ "$(grep -c -w -E 'other (0|\||in)|>other<' "$T/out")" -eq 0 ]
    check "two labels: $format: no verdict is neutral" [ "$(grep -c -E 'neutral (0|[0-9])|</b>. neutral|>neutral</option' "$T/out")" -eq 0 ]
done
check "two labels: the picture says so" has '<title>no 30 %, yes 70 %</title>' "$T/out"
for chart in articles sources; do
    scored --chart $chart "$T/two.jsonl" >"$T/out"
    check "two labels: --chart $chart: half and half" has 'no to the left, yes to the right' "$T/out"
    check "two labels: --chart $chart: nothing in the middle" lacks 'class="o"' "$T/out"
done
sentence a 1 0.6 0.2 0.2 "One." >"$T/three.jsonl"
scored -f html "$T/three.jsonl" >"$T/out"
check "three labels: the third is in the middle" has 'against to the left, none in the middle, favor to the right' "$T/out"
check "three labels: an article may be neutral" has '>neutral</option>' "$T/out"
check "html: what verdicts follow from is what the rule says" has 'follow from probabilities: a side is named only where it has more sentences than the other with 90 % probability' "$T/out"

# ---- dates ----

for date in 2031-02-03T04:05:06Z "4 February 2031" "Wed, 05 Feb 2031 10:00:00 GMT" 03/04/2031 ""; do
    printf '{"doc":"%s","n":1,"from":0,"to":9,"date":"%s","text":"One.","stance":{"p":{"favor":0.7,"against":0.2,"none":0.1}}}\n' "d $date" "$date"
done >"$T/dates.jsonl"
scored -f json "$T/dates.jsonl" >"$T/out"
check "dates: as news data write them" holds '.[0] | .period == "day" and (.timeline | map(.from)) == ["2031-02-03", "2031-02-04", "2031-02-05"]' "$T/out"
check "dates: what cannot be read counts as none, and is counted" holds '.[0].quality | .undated == 2 and .unreadable_dates == 1' "$T/out"
for format in text html markdown; do
    scored -f $format "$T/dates.jsonl" >"$T/out"
    check "dates: $format: one that cannot be read is told" grep -q -E 'Dates that could not be read: 1|1 date that could not be read' "$T/out"
    scored -f $format "$T/three.jsonl" >"$T/out"
    check "dates: $format: none is not" lacks 'could not be read; write' "$T/out"
done

# ---- the timeline's names of periods ----

for day in 2031-01-05 2031-01-06 2031-01-07 2031-01-09 2031-03-01 2031-03-02 2031-06-29 2031-06-30; do
    printf '{"doc":"%s","n":1,"from":0,"to":9,"date":"%s","text":"One.","stance":{"p":{"favor":0.7,"against":0.2,"none":0.1}}}\n' $day $day
done >"$T/gaps.jsonl"
scored --period day --chart timeline "$T/gaps.jsonl" >"$T/out"
grep -o '<text class="m g" x="[0-9.]*" y="246">[0-9-]*' "$T/out" | sed 's/.*x="\([0-9.]*\)".*>/\1 /' >"$T/names"
check "timeline: names of days that lie close do not overlap" awk 'NR > 1 && $1 - last < 70 { bad = 1 } { last = $1 }
    END { exit bad || NR != 3 }' "$T/names"
check "timeline: no name sticks out" awk '$1 < 35 || $1 > 720 - 35 { bad = 1 } END { exit bad }' "$T/names"

# ---- transcripts ----

tiny_model
printf '%s\n\n' 'MODERATOR: The ban on Quorvex is a mistake.' 'Q: Is the ban a danger?' 'A: The ban is right.' \
    'REPORTER: Some say that the ban is baseless.' 'Ana Reis: The ban on Quorvex is baseless.' >"$T/transcript.txt"
"$SLANT" report -m "$T/tiny.slant" -f json "$T/transcript.txt" >"$T/out"
check "transcripts: whose turn it is, is no speaker" holds '.[0].corpus.speakers | map(.speaker) == ["Ana Reis"]' "$T/out"

# ---- lines that another model scored ----

"$SLANT" train -q --solver dual --trials 1 --cost 2 -o "$T/other.slant" "$T/tiny.tsv"
"$SLANT" score -m "$T/other.slant" --trailer "$T/transcript.txt" >"$T/other.scored"
fails "--scored -m: another model, as the trailer tells" 1 'scored with model other (.*), not with the one given, tiny' \
    "$SLANT" report --scored -m "$T/tiny.slant" "$T/other.scored"
works "--scored -m: the model that scored them" scored -m "$T/other.slant" "$T/other.scored"
check "--scored -m: the trailer tells that it is" lacks 'as given' "$T/out"
fails "--scored -m: other labels" 1 'other heads or labels than those of the model given' \
    "$SLANT" report --scored -m "$T/tiny.slant" "$T/two.jsonl"
sed '$d' "$T/other.scored" >"$T/untold.scored"
for format in text markdown html json; do
    scored -m "$T/other.slant" -f $format "$T/untold.scored" >"$T/out"
    check "--scored -m: $format: no trailer: the model is as given" grep -q 'as.given' "$T/out"
done

# ---- corrected shares of all articles and of parts ----

for format in text markdown html; do
    "$SLANT" report -m "$T/tiny.slant" -f $format training/samples/articles.jsonl | tr -s ' \n' ' ' >"$T/out"
    check "parts: $format: corrected by themselves" has 'those of all articles are not their mean' "$T/out"
    scored -f $format "$T/dates.jsonl" | tr -s ' \n' ' ' >"$T/out"
    check "parts: $format: nothing of it where shares are not corrected" lacks 'not their mean' "$T/out"
done

# ---- one article; the output's name ----

scored "$T/three.jsonl" >"$T/out"
check "one article: its shares stand once" [ "$(grep -c '^  stance ' "$T/out")" -eq 1 ]
check "one article: its verdict is not counted" lacks 'verdicts:' "$T/out"
scored "$T/two.jsonl" >"$T/out"
check "several articles: shares of all, too" [ "$(grep -c '^  stance ' "$T/out")" -eq 5 ]
for format in text.txt json.json csv.csv markdown.md html.html html.htm; do
    scored -f "${format%.*}" "$T/two.jsonl" >"$T/wanted"
    works "-o X.${format#*.}" scored -o "$T/x.${format#*.}" "$T/two.jsonl"
    check "-o X.${format#*.}: is ${format%.*}" same "$T/wanted" "$T/x.${format#*.}"
done
scored -f json -o "$T/x.html" "$T/two.jsonl"
check "-o X.html -f json: is json" holds 'length == 1' "$T/x.html"
"$SLANT" score -m "$T/tiny.slant" -f tsv "$T/transcript.txt" >"$T/wanted"
works "score -o X.tsv" "$SLANT" score -m "$T/tiny.slant" -o "$T/x.tsv" "$T/transcript.txt"
check "score -o X.tsv: is tsv" same "$T/wanted" "$T/x.tsv"

# ---- names that are longer than their column ----

for n in 1 2; do
    printf '{"doc":"%d","n":1,"from":0,"to":9,"source":"%d Département de la sécurité intérieure","text":"One %d.","stance":{"p":{"favor":0.7,"against":0.2,"none":0.1}},"holder":{"name":"%d Département de la sécurité intérieure","mention":null,"content":[],"stance":{"p":{"favor":0.7,"against":0.2,"none":0.1}}}}\n' $n $n $n $n
done >"$T/long.jsonl"
scored "$T/long.jsonl" >"$T/out"
check "long names: a source's is seen to be cut" has '  1 Département de l…  20 % ' "$T/out"
check "long names: a speaker's is seen to be cut" has '  1 Département de la sécurité …  1        0        0        favor' "$T/out"

# ---- comparisons ----

# two_sources FAVOR FAVOR: nine articles of each, with these probabilities.
two_sources() {
    for n in 1 2 3 4 5 6 7 8 9; do
        sentence left$n 1 "$1" 0.05 0.05 "One $n." | sed 's/^{/{"source":"left",/'
        sentence right$n 1 "$2" 0.05 0.05 "Two $n." | sed 's/^{/{"source":"right",/'
    done >"$T/sources.jsonl"
    scored --compare source "$T/sources.jsonl" >"$T/out"
}

two_sources 0.9 0.9
check "comparison: without a star none is explained" lacks '*' "$T/out"
two_sources 0.9 0.1
check "comparison: a star stands behind p" grep -q ' p 0.0[0-9]* \*  left' "$T/out"
check "comparison: a star is explained" has '  * p below 0.05' "$T/out"

# ---- long labels, and many ----

# labels NAME...: the long names' articles with these labels instead, the last the likeliest.
labels() {
    jq -c --args '($ARGS.positional | length) as $n
        | ($ARGS.positional | to_entries | map({(.value): (if .key == $n - 1 then 0.7 else 0.3 / ($n - 1) end)}) | add) as $p
        | .stance.p = $p | .holder.stance.p = $p' "$@" <"$T/long.jsonl" >"$T/labels.jsonl"
    scored "$T/labels.jsonl" >"$T/out"
}

labels none disapproving supportive
check "long labels: a speaker's columns hold them" has '  speakers                  none     disapproving supportive verdict' "$T/out"
labels none neutral "strongly oppose" "strongly support"
check "long labels: four of them, a speaker's name above" has '    none     neutral  strongly oppose strongly support verdict' "$T/out"
check "long labels: the statement is beside its own" has '    0        0        0               1                strongly support' "$T/out"
check "long labels: none is hidden" lacks 'more label' "$T/out"
labels none neutral "strongly oppose all of the bans" "strongly support all of the bans"
check "longer labels: cut, the sides have room before others" has '    strongly op…of the bans strongly su…of the bans verdict' "$T/out"
check "longer labels: what has no room is told" has '  2 more labels (-f json has all)' "$T/out"
check "longer labels: cut where they stay apart" has 'By source                   strongly o…he bans  strongly s…he bans  articles' "$T/out"
check "longer labels: no line of theirs is too long" [ "$(LC_ALL=C sed 's/…/./g; s/é/e/g' "$T/out" | LC_ALL=C grep -c '.\{81\}')" -eq 0 ]
check "longer labels: the bar is behind" grep -q 'strongly op…of the bans ##  *10 %' "$T/out"
for width in 50 64 68 72 76; do
    scored --width $width "$T/labels.jsonl" >"$T/out"
    check "longer labels: at $width columns, too, both sides are shown" grep -q '^    strongly o[^…]*….* strongly s[^…]*….* verdict' "$T/out"
    check "longer labels: at $width columns, too, speakers' lines are no longer" [ "$(sed -n '/^  speakers/,/^$/p' "$T/out" | LC_ALL=C sed 's/…/./g; s/é/e/g' | LC_ALL=C grep -c ".\{$((width + 1))\}")" -eq 0 ]
done
labels none neutral against favor
check "four short labels: all are shown" has '  speakers               none     neutral  against  favor    verdict' "$T/out"
labels one two three four five none against favor
check "eight short labels: no verdict, as there are no two sides" has '    one      two      three    four     five     none     verdict' "$T/out"
check "eight short labels: what has no room is told" has '  2 more labels (-f json has all)' "$T/out"
