#!/bin/sh
# slant quotes: one record out per attribution, spans that cut the bytes, the same bytes whatever
# surrounds it.
# shellcheck disable=SC2016,SC1112 # jq reads the dollars; the quotes are part of the text
. tests/cli/lib.sh

printf '\357\273\277“We will never build a back door,” said Lin Bao, the chairman of Norvane.\r\n\r\nOfficials said Norvane had denied the charge. “It is over,” Zoë Ångström added. “It’s done.\r\n\r\n“So we go.”\r\n\r\nFinland and Sweden have banned the gear.\r\n' >"$T/a.txt"
works "quotes: a text" "$SLANT" quotes "$T/a.txt"
cp "$T/out" "$T/a.jsonl"
check "quotes: four attributions" holds 'length == 4' "$T/a.jsonl"
check "quotes: speakers" holds 'map(.speaker) == ["Lin Bao", "Officials", "Zoë Ångström", "Finland"]' \
    "$T/a.jsonl"
check "quotes: joint speakers" holds '.[3].others == ["Sweden"]' "$T/a.jsonl"
check "quotes: kinds" holds 'map(.kind) == ["direct", "indirect", "direct", "indirect"]' "$T/a.jsonl"
check "quotes: the denial stands inside what officials said" holds \
    '.[1].inner | length == 1 and .[0].speaker == "Norvane" and .[0].cue.text == "had denied"' \
    "$T/a.jsonl"
check "quotes: a quotation goes on in the next paragraph" holds '.[2].content | length == 3' "$T/a.jsonl"
check "quotes: every key is known" holds 'all(.[]; (keys - ["file", "n", "source", "cue", "content",
    "kind", "act", "speaker", "others", "confidence", "inner"]) == [])' "$T/a.jsonl"
cut_all() {
    jq -r '(.source, .cue) | select(. != null) | [.from, .to, .text] | @tsv' "$T/a.jsonl" >"$T/spans"
    [ -s "$T/spans" ] || return 1
    while IFS="$(printf '\t')" read -r from to text; do
        [ "$(tail -c +$((from + 1)) "$T/a.txt" | head -c $((to - from)))" = "$text" ] || return 1
    done <"$T/spans"
}
check "quotes: offsets cut the bytes: BOM, CR LF, multibyte" cut_all
works "quotes: standard input" sh -c '"$0" quotes <"$1"' "$SLANT" "$T/a.txt"
jq -c 'del(.file)' "$T/out" >"$T/stdin"
jq -c 'del(.file)' "$T/a.jsonl" >"$T/file"
check "quotes: standard input is as the file" same "$T/stdin" "$T/file"

jq -R -s -c '{id: "a", text: .}' "$T/a.txt" >"$T/b.jsonl"
printf '{"id": "bad"\n{"id": "c", "text": "Ana Reis said no to the plan."}\n' >>"$T/b.jsonl"
run "$SLANT" quotes "$T/b.jsonl"
check "quotes: a bad record is told, the others are read" [ "$code" -eq 1 ]
check "quotes: records of JSON Lines" holds 'map(.file) | index("a") != null and index("c") != null' "$T/out"
check "quotes: the bad record has its line" holds 'any(.[]; .error != null and .line == 2)' "$T/out"
works "quotes: --max-errors" "$SLANT" quotes -q --max-errors 1 "$T/b.jsonl"

works "quotes: tsv" "$SLANT" quotes -f tsv "$T/a.txt"
check "quotes: tsv has eleven columns" awk -F'\t' 'NF != 11 { bad = 1 } END { exit bad }' "$T/out"
check "quotes: tsv: header, four, and one inside" lines_are 6 "$T/out"
printf 'Ana Reis said no to the plan.\n\nTom Baker said yes to the plan.\n' >"$T/l.txt"
works "quotes: --lines" "$SLANT" quotes --lines "$T/l.txt"
check "quotes: --lines: n is the line" holds 'map(.n) == [1, 3]' "$T/out"
printf 'Ana Reis said \033[31m\302\233red\tno\342\200\256 to the plan.\n' >"$T/c.txt"
works "quotes: hostile text, tsv" "$SLANT" quotes -f tsv "$T/c.txt"
check "quotes: tsv obeys nobody" no_hostile_bytes "$T/out"
fails "quotes: unknown format" 2 'jsonl or tsv' "$SLANT" quotes -f xml "$T/a.txt"
fails "quotes: no such file" 1 'nowhere' "$SLANT" quotes "$T/nowhere"
for i in 1 2 3 4 5 6 7 8 9; do cp "$T/a.txt" "$T/t$i.txt"; done
works "quotes: one thread" "$SLANT" quotes -j 1 "$T"/t*.txt
cp "$T/out" "$T/one"
works "quotes: eight threads" "$SLANT" quotes -j 8 "$T"/t*.txt
check "quotes: threads change no byte" same "$T/one" "$T/out"

# ---- folders and lists ----
mkdir -p "$T/folder/b"
cp "$T/a.txt" "$T/folder/z.txt"
cp "$T/l.txt" "$T/folder/b/y.txt"
printf 'x' >"$T/folder/picture.png"
works "quotes: -r" "$SLANT" quotes -q -r "$T/folder"
cp "$T/out" "$T/walked"
"$SLANT" quotes "$T/folder/b/y.txt" "$T/folder/z.txt" >"$T/named"
check "quotes: -r: the same bytes as named" same "$T/walked" "$T/named"
printf '%s\0%s\0' "$T/folder/b/y.txt" "$T/folder/z.txt" >"$T/list0"
works "quotes: --files-from -0" "$SLANT" quotes -0 --files-from "$T/list0"
check "quotes: --files-from: the same bytes as named" same "$T/out" "$T/named"
fails "quotes: -r: no folder named" 2 'name a folder' "$SLANT" quotes -r

# ---- real articles ----
shared=../shared
if [ ! -d "$shared/data/polnear/dev" ] || [ ! -f "$shared/tools/score-attribution.py" ]; then
    skip "quotes: real attributions" "no $shared/data/polnear here"
elif ! command -v python3 >"$T/err"; then
    skip "quotes: real attributions" "no python3 here"
else
    works "quotes: real articles" "$SLANT" quotes "$shared"/data/polnear/dev/*.txt
    cp "$T/out" "$T/dev.jsonl"
    works "quotes: measured" python3 "$shared/tools/score-attribution.py" "$shared/data/polnear/dev.tsv" \
        "$shared/data/polnear/dev" "$T/dev.jsonl" --json
    check "quotes: F1 >= 0.60 of all" holds '.[0].all.f1 >= 0.60' "$T/out"
    check "quotes: F1 >= 0.76 of quoted" holds '.[0].quoted.f1 >= 0.76' "$T/out"
    check "quotes: F1 >= 0.66 of named sources" holds '.[0].named.f1 >= 0.66' "$T/out"
    check "quotes: F1 >= 0.79 of content words" holds '.[0].content_words.f1 >= 0.79' "$T/out"
    check "quotes: F1 >= 0.68 of source words" holds '.[0].source_words.f1 >= 0.68' "$T/out"
fi

# names of speakers
printf '\357\273\277speaker\talias\r\nFelland\tOstry\r\nFelland\tthe  FELLAND government\r\nNorvane\tNorvane Technologies\r\n' >"$T/names.tsv"
printf 'Ostry said the ban stays. The Felland government said it would go on. Felland and Ostry back the ban. Norvane Technologies said the ban is wrong. Ostry and Mevia said they would wait.\n' >"$T/names.txt"
works "quotes: --speakers" "$SLANT" quotes --speakers "$T/names.tsv" "$T/names.txt"
check "quotes: speakers are listed under the names that are joined" holds \
    'map(.speaker) == ["Felland", "Felland", "Felland", "Norvane", "Felland"]' "$T/out"
check "quotes: a joined speaker is not another one's companion" holds 'map(.others) == [null, null, null, null, ["Mevia"]]' "$T/out"
check "quotes: the source keeps the article's words" holds '.[0].source.text == "Ostry"' "$T/out"
works "quotes: --speakers, tsv" "$SLANT" quotes -f tsv --speakers "$T/names.tsv" "$T/names.txt"
check "quotes: the same in the table" [ "$(cut -f 4,11 "$T/out" | tail -n +2 | tr '\t\n' '|;')" = \
    'Felland|;Felland|;Felland|;Norvane|;Felland|Mevia;' ]
jq -R -c 'select(length > 0) | split("\t") | {speaker: .[0], alias: .[1]}' >"$T/names.jsonl" <<'NAMES'
Felland	Ostry
Felland	Felland government
Norvane	Norvane Technologies
NAMES
cp "$T/out" "$T/by_tsv"
works "quotes: --speakers from JSON Lines" "$SLANT" quotes -f tsv --speakers "$T/names.jsonl" "$T/names.txt"
check "quotes: names of JSON Lines join alike" same "$T/out" "$T/by_tsv"
