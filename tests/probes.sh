#!/bin/sh
# Prints how many sentences of tests/probes/vendor-ban.tsv a model reads as labelled, by what each tries
# (behavioural testing, after CheckList: Ribeiro et al. 2020). The sentences were written by somebody who
# had read training/GUIDELINES.md and none of the training text. usage: tests/probes.sh SLANT [MODEL]
set -eu
probes=tests/probes/vendor-ban.tsv
echo "| it tries | right | of | favor for against, against for favor |"
echo "|---|---:|---:|---:|"
tail -n +2 "$probes" | cut -f 3 |
    "$1" score -q --no-holders --lines -m "${2:-models/vendor-ban.slant}" - | jq -r .stance.label |
    { echo label; cat; } | paste "$probes" - | awk -F '\t' '
        NR > 1 {
            if (!($1 in n)) order[++kinds] = $1
            n[$1]++; all++
            right[$1] += $2 == $4; good += $2 == $4
            turned = $2 != $4 && $2 != "none" && $4 != "none"
            opposite[$1] += turned; wrong += turned
        }
        END {
            for (k = 1; k <= kinds; k++)
                printf "| %s | %d | %d | %d |\n", order[k], right[order[k]], n[order[k]], opposite[order[k]]
            printf "| all | %d | %d | %d |\n", good, all, wrong
        }'
