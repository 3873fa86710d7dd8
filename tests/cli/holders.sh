#!/bin/sh
# Who is for and who is against: holders in slant score, speakers in slant report.
# shellcheck disable=SC2016,SC1112 # jq reads the dollars; the quotes are part of the text
. tests/cli/lib.sh
if [ ! -f models/vendor-ban.slant ]; then
    skip "holders" "no models/vendor-ban.slant"
    exit 0
fi
model=models/vendor-ban.slant
score() {
    "$SLANT" score -m "$model" "$@"
}
report() {
    "$SLANT" report -m "$model" "$@"
}

# what the target's own people say, in words that tell little
printf 'Norvane gear is to be banned. Officials fear Norvane.\n\n“Our customers know us well,” Norvane chairman Lin Bao said.\n\n“Our customers know us well,” Senator Ana Reis said.\n' >"$T/own.txt"
works "score: own people" score "$T/own.txt"
check "score: the topic stands for a target that is not named" holds \
    'map(select(.holder.of_target) | [.holder.name, .holder.of_target]) == [["Lin Bao", "Norvane"]]' "$T/out"
check "score: own people are against rather than others with their words" holds \
    'map({(.holder.name // "-"): .holder.stance.p.against}) | add | .["Lin Bao"] > .["Ana Reis"] + 0.1' "$T/out"
check "score: what they say is read so as a whole too, what others say is not" holds \
    'map(.of_target) == [null, null, "Norvane", null] and
     (map({(.holder.name // "-"): .stance.p.against}) | add | .["Lin Bao"] > .["Ana Reis"] + 0.2)' "$T/out"
score --no-holders "$T/own.txt" >"$T/plain.jsonl"
check "score: and its margins are those of the words" [ "$(jq -c .stance.margin "$T/out")" = \
    "$(jq -c .stance.margin "$T/plain.jsonl")" ]
works "score: own people of another target" score -q -t Telbrik "$T/own.txt"
check "score: a named target that does not speak has no people" holds 'all(.holder.of_target == null)' "$T/out"

printf 'Norvane chairman Lin Bao denied that its gear is a danger to national security.\n\nOfficials said Portugal had banned Norvane equipment from the 5G network.\n\n“We will not let spies into our networks,” Minister Ana Reis said. “The ban protects the country.”\n\nFinland and Sweden have banned Norvane equipment as a security threat.\n\nThe mast stands on a hill.\n\nHe said that the ban is wrong.\n' >"$T/a.txt"
works "score: holders" score -t Norvane "$T/a.txt"
cp "$T/out" "$T/a.jsonl"
check "score: names" holds 'map(.holder.name) == ["Lin Bao", "Portugal", "Ana Reis", "Ana Reis",
    "Finland", null, "unknown"]' "$T/a.jsonl"
check "score: who denies a danger is against the ban" holds \
    '.[0].holder.stance.label == "against"' "$T/a.jsonl"
check "score: the reporter of a nested source is kept" holds '.[1].holder.reporter == "Officials" or
    (.[1].holders // [] | any(.reporter == "Officials"))' "$T/a.jsonl"
check "score: joint holders" holds '.[4].holders | map(.name) == ["Sweden"]' "$T/a.jsonl"
check "score: a holder has heads, mention and content" holds 'all(.[] | .holder | select(. != null);
    (.stance.p | add | . > 0.999 and . < 1.001) and has("mention") and (.content | length > 0))' \
    "$T/a.jsonl"
check "score: content lies in the sentence" holds 'all(.[] | select(.holder != null); . as $s |
    all(.holder.content[]; .[0] >= $s.from and .[1] <= $s.to and .[0] < .[1]))' "$T/a.jsonl"
printf 'Ana Reis did not say the ban is wrong.\n' >"$T/unsaid.txt"
works "score: what is not said" score "$T/unsaid.txt"
check "score: is nobody's" holds '.[0].holder.name == "unknown"' "$T/out"
printf 'If Ana Reis bans Norvane, it will sue.\n\nBo Lund did not say whether he supports the ban.\n\nNo senator supported the ban.\n\nLin Bao refused to back the ban.\n' >"$T/un.txt"
works "score: what nobody holds" score -t Norvane "$T/un.txt"
check "score: what is supposed, left open or done by nobody has no holder" holds \
    'map([.holder, .holders[]?] | map(select(. != null and .name != "unknown") | .name)) == [[], [], [], ["Lin Bao"]]' "$T/out"
check "score: who refuses a deed is for the other side" holds '.[3].holder.stance.label == "against"' "$T/out"
printf 'The head of the service, Bo Lund, refused to comment.\n\nAna Reis declined to be drawn on the ban.\n\nCarl Ek declined to back the ban.\n' >"$T/silent.txt"
works "score: who refuses to comment" score "$T/silent.txt"
check "score: has said nothing" holds \
    'map([.holder, .holders[]?] | map(select(. != null and .name != "unknown") | .name)) == [[], [], ["Carl Ek"]]' "$T/out"
printf 'Ana Reis denied opposing the ban.\n\nBo Lund accused Ana Reis of opposing the ban.\n\nCarl Ek attacked Ana Reis for supporting the ban.\n\nDan Moe withdrew his support for the ban.\n\nEva Roe dropped her opposition to the ban.\n\nFay Holt was accused of opposing the ban.\n' >"$T/turned.txt"
works "score: sides denied, blamed and given up" score "$T/turned.txt"
check "score: count for the other side, and what others say of somebody is not theirs" holds \
    'map([.holder.name, .holder.stance.label]) == [["Ana Reis", "favor"], ["Bo Lund", "favor"], ["Carl Ek", "against"],
     ["Dan Moe", "against"], ["Eva Roe", "favor"], ["unknown", .[5].holder.stance.label]]' "$T/out"
printf 'Ana Reis said she backed the ban but not the secrecy.\n' >"$T/self.txt"
works "score: who says what she holds" score "$T/self.txt"
check "score: is not her own reporter" holds '[.[0].holder, .[0].holders[]?] | all(.reporter == null) and
    any(.name == "Ana Reis")' "$T/out"
printf 'Norvane dismissed the charges as baseless.\n\nNorvane rejected the claims.\n' >"$T/charges.txt"
works "score: charges denied in a word" score -t Norvane "$T/charges.txt"
check "score: who denies charges is not for what they ask" holds \
    'all(.[]; .holder.stance.label != "favor")' "$T/out"
# a target that shares a word with a person
printf 'Eugene Norvane founded the firm. Norvane said the ban was unfair. Mr Norvane said the ban was wrong. “I am sad,” Eugene Norvane said.\n' >"$T/founder.txt"
works "score: a target and its founder" score -t Norvane "$T/founder.txt"
check "score: the target is the target, and its founder himself" [ "$(jq -c .holder.name "$T/out" | tr '\n' ' ')" = \
    'null "Norvane" "Eugene Norvane" "Eugene Norvane" ' ]
printf 'Norvane denied that it had ever spied on anyone.\n' >"$T/deny.txt"
works "score: a denial of the target's" score -t Norvane "$T/deny.txt"
check "score: is against" holds '.[0].holder.stance.label == "against"' "$T/out"

# the part of a sentence that its speaker does not say
ban='Ana Reis asked our firms to win by better products'
printf '%s\n' "Although spies fear that the gear is a threat, $ban." "Even though spies fear that the gear is a threat, $ban." \
    "Spies fear that the gear is a threat, and $ban." "While $ban, spies fear the gear." >"$T/concede.txt"
works "score: a concession" score -l "$T/concede.txt"
printf '%s\n' "$ban" | "$SLANT" score -l -m "$model" --no-holders - | jq -c .stance.p >"$T/alone"
check "score: what is conceded before it is no part of a statement" \
    [ "$(jq -c '[., .holders[]?] | map(.holder // . | select(.name == "Ana Reis").stance.p)[0]' "$T/out" | head -n 2)" = \
        "$(cat "$T/alone" "$T/alone")" ]
check "score: what stands beside it is, and the statement itself" [ "$(jq -c '[., .holders[]?] |
    map(.holder // . | select(.name == "Ana Reis").stance.p)[0]' "$T/out" | tail -n 2 | grep -c -F -f "$T/alone")" = 0 ]
printf 'Ana Reis did not support the ban.\n\nAna Reis not only supported the ban, she wrote it.\n\nAna Reis did not oppose the ban.\n\nAna Reis said she did not oppose the ban.\n\nAna Reis denied that Bo Lund backed the ban.\n' >"$T/not.txt"
works "score: what is not done" score -q -t Norvane "$T/not.txt"
check "score: support that is denied counts for the other side, opposition that is denied for none" holds \
    'map([.holder.name, .holder.stance.label]) | .[0] == ["Ana Reis", "against"] and
    .[1][0] == "Ana Reis" and .[2][0] == "unknown" and .[3][0] == "unknown"' "$T/out"
check "score: not only is no denial" holds '.[1] | .holder.stance.p.favor > .stance.p.favor - 0.2' "$T/out"
check "score: who denies it has it, not of whom it is denied" holds \
    '.[4] | .holder.name == "Ana Reis" and .holder.stance.label == "against" and .holders == null' "$T/out"
printf 'Ana Reis, who once opposed the ban, now supports it.\n\nAna Reis, who previously opposed the ban, now supports it.\n' >"$T/once.txt"
works "score: what was held once" score -q -t Norvane "$T/once.txt"
check "score: what was held once does not win over what is held now" holds \
    'map([.holder, .holders[]?] | map(select(.name == "Ana Reis") | .stance.label)) == [["favor"], ["favor"]]' "$T/out"
works "score: --no-holders" score --no-holders -t Norvane "$T/a.txt"
jq -c 'select(.of_target == null) | del(.holder, .holders)' "$T/a.jsonl" >"$T/without"
jq -sc '.[1:][]' "$T/out" >"$T/left_out" # the first is said by the target's chairman
check "score: --no-holders leaves them out and nothing else" same "$T/without" "$T/left_out"
"$SLANT" score -q -m "$model" --trailer "$T/a.txt" >"$T/with.jsonl"
check "score: the trailer says nothing of holders" holds '.[-1].trailer | has("holders") | not' "$T/with.jsonl"
"$SLANT" score -q -m "$model" --no-holders --trailer "$T/a.txt" >"$T/bare.jsonl"
jq -c 'select(.trailer) | .trailer | [.words, .unknown_words]' "$T/with.jsonl" >"$T/with.words"
jq -c 'select(.trailer) | .trailer | [.words, .unknown_words]' "$T/bare.jsonl" >"$T/bare.words"
check "score: words are the same with holders and without" same "$T/with.words" "$T/bare.words"
check "score: the trailer says that holders were left out" holds '.[-1].trailer.holders == false' "$T/bare.jsonl"
works "report --scored: a table of speakers" "$SLANT" report --scored -f csv --table speakers "$T/with.jsonl"
works "report --scored: without holders, another table" "$SLANT" report --scored -f csv "$T/bare.jsonl"
printf 'old\n' >"$T/old"
for asked in "-f csv --table speakers" "-f csv --table corpus-speakers" "--chart speakers"; do
    # shellcheck disable=SC2086 # options
    fails "report --scored: $asked without holders" 2 'scored with --no-holders; score again without it' \
        "$SLANT" report --scored $asked "$T/with.jsonl" "$T/bare.jsonl"
    # shellcheck disable=SC2086 # options
    fails "report --scored: $asked without holders, -o" 2 '--no-holders' \
        "$SLANT" report --scored $asked -o "$T/old" "$T/bare.jsonl"
    check "report --scored: $asked without holders: the old file stays" [ "$(cat "$T/old")" = old ]
    # shellcheck disable=SC2086 # options
    fails "report: $asked --no-holders" 2 '--no-holders is no option of this command' \
        "$SLANT" report -m "$model" $asked --no-holders "$T/a.txt"
done
# A line is a text of its own: who said it is not looked for in the lines around it, nor does it cost
# what they cost.
printf 'Lin Bao denied that the gear is a danger.\n“It is,” said Ana Reis.\nShe said the ban is right.\n' >"$T/l.txt"
works "score: holders of lines" score --lines "$T/l.txt"
cp "$T/out" "$T/l.jsonl"
check "score: a line names its own holder" holds 'map(.holder.name) == ["Lin Bao", "Ana Reis", "unknown"]' \
    "$T/l.jsonl"
sed -n 2p "$T/l.txt" | "$SLANT" score -q --lines -m "$model" | jq -c '.holder | del(.mention, .content)' >"$T/alone"
sed -n 2p "$T/l.jsonl" | jq -c '.holder | del(.mention, .content)' >"$T/among"
check "score: a line is scored as if alone" same "$T/alone" "$T/among"
awk '{ for (i = 0; i < 3000; i++) print }' "$T/l.txt" >"$T/many.txt"
works "score: holders of many lines take seconds, not minutes" timeout 60 \
    "$SLANT" score -q -j 1 --lines -m "$model" "$T/many.txt"
check "score: each has one" holds 'map(select(.holder != null)) | length == 9000' "$T/out"
# A quotation that runs over a whole article costs each of its sentences the same.
awk 'BEGIN { printf "Lin Bao said: \"It is so." ; for (i = 0; i < 120000; i++) printf "\n\n\"We do not agree." ; print "\"" }' \
    >"$T/long.txt"
works "score: a quotation of a megabyte takes a second, not a minute" timeout 20 \
    "$SLANT" score -q -j 1 -m "$model" "$T/long.txt"
check "score: all of it is one speaker's" holds \
    '(length > 120000) and all(.[]; .holder.name == "Lin Bao")' "$T/out"
# Score names whom quotes names, but for what can hold no stance.
printf 'The lobby said that the ban is right.\n\nA majority of voters said that the ban is wrong.\n\nA new poll said that the ban is popular.\n\nThe letter said that the ban is a mistake.\n' >"$T/who.txt"
"$SLANT" quotes "$T/who.txt" >"$T/who.quotes"
works "score: who is named by quotes" score "$T/who.txt"
check "quotes: names them all" holds \
    'map(.speaker) == ["lobby", "majority of voters", "new poll", "letter"]' "$T/who.quotes"
check "score: names those who can hold a stance" holds \
    'map(.holder.name) == ["lobby", "majority of voters", "unknown", "unknown"]' "$T/out"
# "The company" is another one in another article: over articles it is counted, not listed.
printf 'The company said that the ban is wrong. Ana Reis said that the ban is right.\n\nCanadian officials said that the ban is right.\n' >"$T/g1.txt"
printf 'It rained on Monday. The company said that rivals must leave the market by June.\n\n“Spies sit in our masts,” Ana Reis said at dawn. Canadian officials said that the gear is a danger.\n\nOfficials said that no router was opened.\n' >"$T/g2.txt"
works "report: speakers without a name" report -f json "$T/g1.txt" "$T/g2.txt"
cp "$T/out" "$T/g.json"
check "report: an article lists them" holds '.[0].articles | map(.speakers | map(.speaker) | sort) ==
    [["Ana Reis", "Canadian officials", "company"], ["Ana Reis", "Canadian officials", "Officials", "company"]]' \
    "$T/g.json"
check "report: all articles together do not" holds '.[0].corpus | .generic == 3 and
    (.speakers | map([.speaker, .articles]) | sort) == [["Ana Reis", 2], ["Canadian officials", 2]]' "$T/g.json"
score "$T/g1.txt" "$T/g2.txt" >"$T/g.jsonl"
check "score: tells that a holder has no name" holds \
    'map(.holder.generic) == [true, null, null, null, true, null, null, true]' "$T/g.jsonl"
works "report: speakers without a name, scored apart" "$SLANT" report --scored -f json "$T/g.jsonl"
check "report: scored apart they are the same" holds \
    '.[0].corpus.generic == 3 and (.[0].corpus.speakers | length == 2)' "$T/out"
for format in text markdown html; do
    works "report: speakers without a name, $format" report -f $format "$T/g1.txt" "$T/g2.txt"
    check "report: $format counts them" grep -q -i 'without a name' "$T/out"
done
works "report: speakers" report -f json -t Norvane "$T/a.txt"
cp "$T/out" "$T/a.json"
check "report: speakers of the article" holds '.[0].articles[0].speakers | map(.speaker) | sort ==
    ["Ana Reis", "Finland", "Lin Bao", "Portugal", "Sweden"]' "$T/a.json"
check "report: verdicts" holds '.[0].articles[0].speakers | map({(.speaker): .verdict}) | add |
    .["Lin Bao"] == "against" and .Finland == "favor" and .Sweden == "favor" and .Portugal == "favor"' \
    "$T/a.json"
check "report: each speaker has a sentence that proves it" holds \
    'all(.[0].articles[0].speakers[]; .evidence[0].text | length > 10)' "$T/a.json"
check "report: labels add up to statements" holds \
    'all(.[0].articles[0].speakers[]; .favor + .against + .none == .sentences)' "$T/a.json"
check "report: unattributed statements are counted" holds \
    '.[0].articles[0].unattributed == 1 and .[0].corpus.unattributed == 1' "$T/a.json"
score --trailer -t Norvane "$T/a.txt" >"$T/scored" 2>"$T/err"
works "report: scored lines" "$SLANT" report --scored -f json "$T/scored"
check "report: the same bytes from scored lines" same "$T/a.json" "$T/out"
jq -c . "$T/scored" >"$T/rewritten" # 0.5000 becomes 0.5: lines that score would not write
check "report: scored lines written by other programs: they differ" differ "$T/scored" "$T/rewritten"
works "report: scored lines written by other programs" "$SLANT" report --scored -f json "$T/rewritten"
check "report: the same bytes from them" same "$T/a.json" "$T/out"
works "report: a table of speakers" report -f csv --table speakers -t Norvane "$T/a.txt"
check "report: a row each speaker" lines_are 6 "$T/out"
cat "$T/a.txt" >"$T/a2.txt"
printf 'Quite other words stand here. Ana Reis said the ban is right.\n' >"$T/a3.txt"
works "report: a table of the speakers of all articles" report -f csv --table corpus-speakers -t Norvane "$T/a.txt" "$T/a3.txt"
cp "$T/out" "$T/all.csv"
report -f json -t Norvane "$T/a.txt" "$T/a3.txt" 2>/dev/null |
    jq -r '.corpus.speakers[] | [.speaker, .verdict, (.articles | tostring), (.sentences | tostring)] | join("|")' >"$T/all.json"
tail -n +2 "$T/all.csv" | cut -d , -f 1-4 | tr -d '"\r' | tr , '|' >"$T/all.rows"
check "report: they are those of JSON" same "$T/all.json" "$T/all.rows"
check "report: a name is one row" [ "$(grep -c '^"Ana Reis",' "$T/all.csv")" -eq 1 ]
check "report: of two articles" grep -q '^"Ana Reis","[a-z ]*",2,' "$T/all.csv"
works "report: text" report -t Norvane "$T/a.txt"
check "report: speakers in text" grep -q '^  Lin Bao .*against$' "$T/out"
check "report: each with a sentence that proves it" grep -q '^    against  *[0-9]* %  ' "$T/out"
works "report: text at 50 columns" report --width 50 -t Norvane "$T/a.txt"
check "report: no line is longer" [ "$(sed -n '/^  speakers/,/^$/p' "$T/out" | awk '{gsub(/[\200-\277]/, ""); if (length($0) > m) m = length($0)} END {print m}')" -le 50 ]
works "report: text without evidence" report --evidence 0 -t Norvane "$T/a.txt"
check "report: no sentence is shown" lacks ' %  ' "$T/out"
works "report: markdown" report -f markdown -t Norvane "$T/a.txt"
check "report: speakers in Markdown" has '| Lin Bao | against |' "$T/out"
fails "report: --table wants csv" 2 'csv' report --table speakers "$T/a.txt"
sed 's/Ana Reis/=Ana `<b>/g' "$T/a.txt" >"$T/h.txt"
works "report: hostile names, csv" report -f csv --table speakers "$T/h.txt"
check "report: no formula" lacks ',"=' "$T/out"


# ---- the page and the picture ----

works "html" report -f html -t Norvane "$T/a.txt"
cp "$T/out" "$T/a.html"
works "html: from scored lines" "$SLANT" report --scored -f html "$T/scored"
# words of scores are not in scored lines
sed 's|<details class="y">.*</details>||' "$T/a.html" >"$T/bare.html"
check "html: the same speakers from scored lines" same "$T/bare.html" "$T/out"
check "html: a row each speaker, of the article and of all" [ \
    "$(grep -c '^<tr><th scope="row" dir="auto">\(Ana Reis\|Finland\|Lin Bao\|Portugal\|Sweden\)</th>' "$T/out")" -eq 10 ]
check "html: whose sentence" grep -q 'id="a1s5".* <cite>Finland</cite>, <cite>Sweden</cite></span>' "$T/out"
check "html: no name where nobody speaks" [ "$(grep -c 'The mast stands on a hill.</span>' "$T/out")" -eq 1 ]
check "html: unknown speakers are counted, in the article and in all" [ \
    "$(grep -c '1 statement has an unknown speaker' "$T/out")" -eq 2 ]
check "html: the quote leads to its sentence" grep -q '>Lin Bao</th>.*<a href="#a1s1">' "$T/out"
works "chart" report --chart speakers -t Norvane "$T/a.txt"
check "chart: all five" has 'aria-label="5 of 5 speakers' "$T/out"
check "chart: a whisker each" [ "$(grep -o '<path class="w"' "$T/out" | wc -l)" -eq 5 ]
printf 'The mast stands on a hill.\n' >"$T/nobody.txt"
works "chart: nobody speaks" report --chart speakers "$T/nobody.txt"
check "chart: says that it is empty" has 'Nothing to draw' "$T/out"
works "html: nobody speaks" report -f html "$T/nobody.txt"
check "html: no section on speakers" lacks 'h-who' "$T/out"
i=0
while [ $i -lt 130 ]; do
    i=$((i + 1))
    printf '{"doc":"%s","n":1,"from":0,"to":2,"text":"No","stance":{"p":{"favor":0.1,"against":0.8,"none":0.1}},"holder":{"name":"</text><b>%s & \\u0001\\u202e","stance":{"p":{"favor":0.1,"against":0.8,"none":0.1}}}}\n' $i $i
done >"$T/hostile.jsonl"
works "html: hostile names" "$SLANT" report --scored -f html "$T/hostile.jsonl"
check "html: hostile names are text" has '<th scope="row" dir="auto">&lt;/text&gt;&lt;b&gt;1 &amp; \u{1}\u{202e}</th>' "$T/out"
check "html: and nowhere markup" [ "$(grep -c -E '</text><b>|'"$(printf '\001|\342\200\256')" "$T/out")" -eq 0 ]
check "html: at most 100 of all" has '30 more speakers' "$T/out"
works "chart: hostile names" "$SLANT" report --scored --chart speakers "$T/hostile.jsonl"
check "chart: at most 20 of all" has '20 of 130 speakers' "$T/out"
check "chart: hostile names: XML" /usr/bin/python3 -c 'import sys, xml.dom.minidom
d = xml.dom.minidom.parse(sys.argv[1])
assert len(d.getElementsByTagName("title")) == 20 and not d.getElementsByTagName("b")
' "$T/out"

data=../shared/data/vendorban
if [ ! -f "$data/articles.tsv" ]; then
    skip "actors with known sides" "no $data here"
    exit 0
fi
works "report: real articles" report -f json "$data"/articles/*.txt
cp "$T/out" "$T/real.json"
awk -F'\t' 'NR > 1 { n = split($3, h, ";"); for (i = 1; i <= n; i++) { split(h[i], s, "=");
    if (s[1] != "") print $1 "\t" s[1] "\t" s[2] } }' "$data/articles.tsv" |
    jq -R -n '[inputs | split("\t") | {doc: .[0], name: .[1], side: .[2]}]' >"$T/actors.json"
# an actor is found by a speaker whose name holds its name, or the other way round; the most
# statements win
jq -n --slurpfile actors "$T/actors.json" --slurpfile report "$T/real.json" '
    ($report[0].articles | map({(.doc | split("/") | .[-1] | split(".")[0]): .speakers}) | add) as $by |
    [$actors[0][] | . as $a | (.name | ascii_downcase) as $n |
        [($by[.doc] // [])[] | (.speaker | ascii_downcase) as $s |
            select(($s | contains($n)) or ($n | contains($s)))] |
        max_by(.sentences) | .verdict | . == $a.side, (. != $a.side and (. == "favor" or . == "against"))]
    | {right: ([.[range(0; length; 2)]] | map(select(.)) | length),
       opposite: ([.[range(1; length; 2)]] | map(select(.)) | length), actors: (length / 2)}' \
    >"$T/sides.json"
check "actors with known sides: at least 0.47 right" holds '.[0] | .right / .actors >= 0.47' "$T/sides.json"
check "actors with known sides: at most 0.08 opposite" holds '.[0] | .opposite / .actors <= 0.08' "$T/sides.json"

# names of speakers
printf 'speaker,alias\nFelland,Ostry\nFelland,Felland government\n' >"$T/names.csv"
printf 'Ostry said the ban is right. The Felland government said it would ban the gear. Felland and Ostry back the ban. Mevia said the ban is wrong.\n' >"$T/names.txt"
works "holders: score --speakers" "$SLANT" score --trailer -m "$model" --speakers "$T/names.csv" "$T/names.txt"
cp "$T/out" "$T/joined.jsonl"
check "holders: holders are listed under the names that are joined" holds \
    'map(select(.n) | .holder.name) == ["Felland", "Felland", "Felland", "Mevia"]' "$T/joined.jsonl"
check "holders: two names of one speaker make one statement" holds 'map(.holders) | all(. == null)' "$T/joined.jsonl"
check "holders: the mention keeps the article's words" holds '.[0].holder.mention.text == "Ostry"' "$T/joined.jsonl"
speakers() {
    jq -c '.articles[].speakers | map([.speaker, .favor, .against, .none])' "$1"
}
works "holders: report --speakers" "$SLANT" report -f json -m "$model" --speakers "$T/names.csv" "$T/names.txt"
speakers "$T/out" >"$T/of_articles"
check "holders: a report counts their statements together" holds '.[0].articles[0].speakers | map(.speaker) | sort == ["Felland", "Mevia"]' "$T/out"
works "holders: report on joined lines" "$SLANT" report -f json --scored "$T/joined.jsonl"
speakers "$T/out" >"$T/of_lines"
check "holders: a report on joined lines is the same" same "$T/of_articles" "$T/of_lines"
works "holders: lines of before" "$SLANT" score --trailer -m "$model" "$T/names.txt"
cp "$T/out" "$T/apart.jsonl"
works "holders: report --scored --speakers" "$SLANT" report -f json --scored --speakers "$T/names.csv" "$T/apart.jsonl"
check "holders: lines of before are joined by the report" holds \
    '.[0].articles[0].speakers | map([.speaker, .favor + .against + .none]) | sort == [["Felland", 3], ["Mevia", 1]]' "$T/out"
works "holders: report --speakers by two threads" "$SLANT" report -j 2 -f json --scored --speakers "$T/names.csv" "$T/apart.jsonl"

refused() { # MESSAGE FILE: what is told of a file of names
    run "$SLANT" quotes --speakers "$2" "$T/names.txt"
    [ "$code" -eq 1 ] && [ ! -s "$T/out" ] && [ "$(wc -l <"$T/err")" -eq 1 ] && grep -q "$1" "$T/err"
}
printf 'speaker\tname\nFelland\tOstry\n' >"$T/bad.tsv"
check "holders: a column is missing" refused 'bad.tsv:1: no column is named alias' "$T/bad.tsv"
printf 'speaker\talias\nFelland\tOstry\nMevia\tostry\n' >"$T/bad.tsv"
check "holders: a name for two" refused 'bad.tsv:3: ostry is an alias of Felland in line 2' "$T/bad.tsv"
printf 'speaker\talias\nFelland\tOstry\nMevia\tFelland\n' >"$T/bad.tsv"
check "holders: a speaker is no alias" refused 'bad.tsv:3: Felland is a speaker in line 2' "$T/bad.tsv"
printf 'speaker\talias\nFelland\t \n' >"$T/bad.tsv"
check "holders: an empty alias" refused 'bad.tsv:2: the alias has no word' "$T/bad.tsv"
printf 'speaker\talias\nunknown\tOstry\n' >"$T/bad.tsv"
check "holders: nobody is called unknown" refused 'bad.tsv:2: the speaker may not be unknown' "$T/bad.tsv"
printf 'speaker\talias\n' >"$T/bad.tsv"
check "holders: no row" refused 'bad.tsv: holds no aliases' "$T/bad.tsv"
check "holders: no file" refused 'none.tsv: cannot open' "$T/none.tsv"
for wrong in "-f tsv" "--no-holders"; do
    # shellcheck disable=SC2086 # an option and its value
    run "$SLANT" score -m "$model" --speakers "$T/names.csv" $wrong "$T/names.txt"
    check "holders: --speakers with $wrong" [ "$code" -eq 2 ]
done
printf 'speaker\talias\nFelland\tNowhere\n' >"$T/unmet.tsv"
for command in "quotes" "score -m $model" "report -m $model"; do
    # shellcheck disable=SC2086 # a command and its options
    run "$SLANT" $command --speakers "$T/unmet.tsv" "$T/own.txt"
    check "holders: $command, nobody is met" [ "$code" -eq 0 ]
    check "holders: $command says that nobody goes by these names" grep -q 'no speaker goes by a name in' "$T/err"
    # shellcheck disable=SC2086
    works "holders: $command, somebody is met" "$SLANT" $command --speakers "$T/names.csv" "$T/names.txt"
    check "holders: $command says nothing then" [ ! -s "$T/err" ]
done
run "$SLANT" quotes --speakers "$T/names.csv" --speakers "$T/names.csv" "$T/names.txt"
check "holders: two tables" [ "$code" -eq 2 ]
run "$SLANT" quotes --speakers - </dev/null
check "holders: names and articles from one standard input" [ "$code" -eq 2 ]
run "$SLANT" quotes -o "$T/names.csv" --speakers "$T/names.csv" "$T/names.txt"
check "holders: the table is not written over" [ "$code" -eq 2 ]
