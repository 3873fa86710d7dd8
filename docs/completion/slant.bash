# Completion of slant(1) for bash: commands, each command's options, their values; files otherwise.

_slant_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_slant_words() {
    mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
}

# The options of a command.
_slant_options() {
    case $1 in
    train) echo "--output --format --subject --name --solver --cost --folds --seed --unbalanced" \
        "--pooled --target-words --lexicon --vectors --weight --leave-out --trials --set --threads --quiet --help -o -f -s -n -c -k -j -q -h" ;;
    eval) echo "--model --cv --curve --leave-out --json --bootstrap --quantify --output --format --solver --cost" \
        "--seed --unbalanced --pooled --target-words --lexicon --vectors --weight --trials --set --threads --help -m -o -f -c -j -h" ;;
    score) echo "--model --output --format --input --recursive --files-from --null --lines --target" \
        "--alias --max-errors --trailer --no-holders --speakers --group --threads --sandbox --quiet --help -m -o -f -i -r -0 -l -t -a -j -q -h" ;;
    report) echo "--model --output --format --scored --input --recursive --files-from --null --lines" \
        "--target --alias --speakers" \
        "--table --chart --title --count-copies --period --compare --subject --evidence --width --color --max-errors --threads --sandbox --quiet --help" \
        "-m -o -f -i -r -0 -l -t -a -j -q -h" ;;
    quotes) echo "--output --format --input --recursive --files-from --null --lines --speakers" \
        "--max-errors --threads --sandbox --quiet --help -o -f -i -r -0 -l -j -q -h" ;;
    explain) echo "--model --output --format --text --input --recursive --files-from --null --lines --target --alias --top" \
        "--all --labels --color --max-errors --threads --sandbox --quiet --help" \
        "-m -o -f -i -r -0 -l -t -a -j -q -h" ;;
    inspect) echo "--model --output --json --top --help -m -o -h" ;;
    esac
}

_slant_formats() {
    case $1 in
    train | eval) echo "tsv csv jsonl" ;;
    score) echo "jsonl tsv labels" ;;
    report) echo "text json csv markdown html" ;;
    explain) echo "jsonl text" ;;
    quotes) echo "jsonl tsv" ;;
    esac
}

_slant() {
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]}
    local commands="train eval score report quotes explain inspect"
    local i
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _slant_words "$cur" "$commands help --help --version"
        return
    fi
    if [ "$command" = help ]; then
        if [ "$COMP_CWORD" -eq 2 ]; then
            _slant_words "$cur" "$commands"
        fi
        return
    fi
    for ((i = 2; i < COMP_CWORD; i++)); do
        if [ "${COMP_WORDS[i]}" = -- ]; then
            _slant_files "$cur"
            return
        fi
    done
    # --option=value comes as three words
    if [ "$cur" = "=" ]; then
        cur=
    elif [ "$prev" = "=" ]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $prev in
    -f | --format)
        _slant_words "$cur" "$(_slant_formats "$command")"
        return
        ;;
    -i | --input)
        _slant_words "$cur" "text lines jsonl html"
        return
        ;;
    --solver)
        _slant_words "$cur" "auto libsvm dual"
        return
        ;;
    --table)
        _slant_words "$cur" "articles sentences timeline sources speakers corpus-speakers groups"
        return
        ;;
    --chart)
        _slant_words "$cur" "shares articles timeline sources scatter speakers"
        return
        ;;
    --color)
        _slant_words "$cur" "auto always never"
        return
        ;;
    -m | --model | -o | --output | --lexicon | --vectors | --speakers)
        _slant_files "$cur"
        return
        ;;
    -s | --subject | -n | --name | -t | --target | -a | --alias | --text | --leave-out | \
        -c | --cost | -k | --folds | --seed | -j | --threads | --cv | --bootstrap | \
        --max-errors | --top | --evidence | --width | --weight | --trials | --set)
        return # a value that cannot be guessed
        ;;
    esac
    case $cur in
    -*) _slant_words "$cur" "$(_slant_options "$command")" ;;
    *) _slant_files "$cur" ;;
    esac
}

complete -F _slant slant
