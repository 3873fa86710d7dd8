#!/bin/sh
# What slant train says is odd about its data, and which subject a report is about.
. tests/cli/lib.sh

tiny_model
# notes FILE: trains, and puts what it says into $T/notes.
notes() {
    "$SLANT" train --trials 1 --folds 3 -o "$T/notes.slant" "$1" >"$T/out" 2>"$T/notes"
}

cp "$T/tiny.tsv" "$T/good.tsv"
check "train: good data" notes "$T/good.tsv"
check "train: nothing said of them" test "$(wc -l <"$T/notes")" -eq 1
head -n 81 "$T/tiny.tsv" >"$T/few.tsv"
check "train: few rows" notes "$T/few.tsv"
check "train: few rows: told" has '80 labelled rows' "$T/notes"
check "train: -q says nothing" sh -c "test -z \"\$('$SLANT' train -q --trials 1 --folds 3 -o '$T/q.slant' '$T/few.tsv' 2>&1)\""
# columns: id, group, register, subject, stance, sentiment, target, holder, text
edit() { # PROGRAM: of awk, on the fields of good.tsv
    awk -F'\t' -v OFS='\t' "$1" "$T/good.tsv"
}
{ cat "$T/good.tsv"; edit 'NR == 2 {$5 = $5 == "favor" ? "against" : "favor"; print}'; } >"$T/two.tsv"
check "train: one text, two labels" notes "$T/two.tsv"
check "train: one text, two labels: told where" has "$T/two.tsv:2 and $T/two.tsv:$(wc -l <"$T/two.tsv")" "$T/notes"
sed '1s/stance/stanse/' "$T/good.tsv" >"$T/typo.tsv"
check "train: a misspelled column" notes "$T/typo.tsv"
check "train: a misspelled column: told" has '"stanse"' "$T/notes"
edit '$5 != "none"' >"$T/sides.tsv"
check "train: no background" notes "$T/sides.tsv"
check "train: no background: told" has 'no row has the stance label none' "$T/notes"
{
    cat "$T/good.tsv"
    edit 'NR == 2 {$5 = $6 = ""; $2 = "x1"; print} NR == 3 {$9 = ""; $2 = "x2"; print}'
    printf 'z\tx3\twire\tvendor ban\tnone\tneutral\t\t\tNot \377 text.\n'
} >"$T/odd.tsv"
check "train: odd rows" notes "$T/odd.tsv"
check "train: no label: told" has '1 of 262 rows have no label' "$T/notes"
check "train: no text: told" has "1 labelled row has no text; first: $T/odd.tsv:262" "$T/notes"
check "train: not UTF-8: told" grep -q "1 row holds bytes that are not UTF-8.*; first: $T/odd.tsv:263$" "$T/notes"
edit 'BEGIN {split("favor against none", label, " ")} NR > 1 {$5 = label[NR * 7919 % 101 % 3 + 1]} 1' >"$T/noise.tsv"
check "train: noise" notes "$T/noise.tsv"
check "train: noise: told" has 'hardly better than that of guessing' "$T/notes"
printf 'Der Minister will das Verbot nicht aufheben, sagte er am Montag vor der Presse in der Hauptstadt, und die Opposition widersprach ihm scharf. Caf\351.\n' >"$T/german.txt"
check "report: a model that guesses, another language" sh -c \
    "'$SLANT' report -q -m '$T/notes.slant' -o '$T/warned.json' '$T/german.txt' && '$SLANT' report -q -m '$T/notes.slant' '$T/german.txt' >'$T/warned.txt'"
check "report: warnings" holds '.[0].quality.warnings | contains(["guessing:stance", "words_unknown", "not_utf8"])' "$T/warned.json"
tr -s '\n ' ' ' <"$T/warned.txt" >"$T/warned"
check "report: nothing is promised of what cannot be read" grep -q \
    'stance: how many labels are right here cannot be told; in the model.s cross-validation [0-9]* % were, hardly better than guessing' "$T/warned"
for format in text markdown html; do
    "$SLANT" report -q -m "$T/notes.slant" -f $format "$T/german.txt" | tr -s '\n ' ' ' >"$T/warned"
    check "report -f $format: why words are unknown" grep -q \
        'any words are unknown to the model:[^ ]* it may have learned from few rows; or the articles are on another subject or not in English' "$T/warned"
done
works "inspect: JSON by the extension" "$SLANT" inspect -o "$T/inspect.json" "$T/notes.slant"
check "inspect: JSON by the extension: it is" holds '.[0].heads.stance' "$T/inspect.json"
sed '2s/vendor ban/Vendor Ban/' "$T/good.tsv" >"$T/case.tsv"
check "train: a subject in two spellings is refused" sh -c "! '$SLANT' train -o '$T/case.slant' '$T/case.tsv' 2>'$T/err'"
check "train: a subject in two spellings: told where" has 'letter case alone makes no other subject' "$T/err"

# two subjects: the report is about one of them, and says so
{
    cat "$T/good.tsv"
    edit 'NR > 1 {$2 = "r" $2; $4 = "rent cap"; $9 = $9 " So it stands."
        $5 = $5 == "favor" ? "against" : $5 == "against" ? "favor" : $5; print}'
} >"$T/subjects.tsv"
check "two subjects" notes "$T/subjects.tsv"
edit '$5 == "favor" {print $9}' | head -n 6 >"$T/favor.txt"
report() {
    "$SLANT" report -q -m "$T/notes.slant" "$@" "$T/favor.txt" >"$T/out" 2>"$T/err"
}
check "report: the first subject" report -f json
check "report: the first subject: named" holds '.[0].model | .subject == "vendor ban" and .other_subjects == ["rent cap"]' "$T/out"
check "report: the first subject: its verdict" holds '.[0].articles[0].verdict == "favor"' "$T/out"
check "report --subject" report -f json --subject 'Rent cap'
check "report --subject: named" holds '.[0].model | .subject == "rent cap" and .other_subjects == ["vendor ban"]' "$T/out"
check "report --subject: its verdict" holds '.[0].articles[0].verdict == "against"' "$T/out"
for format in text markdown html; do
    check "report -f $format: says which" report -f $format
    check "report -f $format: names the other" has 'rent cap' "$T/out"
done
check "report --subject: unknown" sh -c "! '$SLANT' report -m '$T/notes.slant' --subject bridge '$T/favor.txt' >'$T/out' 2>'$T/err'"
check "report --subject: unknown: what can be" has 'can be vendor ban or rent cap' "$T/err"
"$SLANT" score -q --trailer -m "$T/notes.slant" "$T/favor.txt" >"$T/scored.jsonl"
check "report --scored --subject" sh -c "'$SLANT' report -q --scored --subject 'rent cap' -f json '$T/scored.jsonl' >'$T/out'"
check "report --scored --subject: its verdict" holds '.[0].articles[0].verdict == "against"' "$T/out"
