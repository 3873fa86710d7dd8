#!/bin/sh
# --help, the man pages and the completion tell of the same options.
# shellcheck disable=SC2016
. tests/cli/lib.sh

# Long options in a text, one a line.
options_of() {
    grep -o -e '--[a-z][a-z-]*' "$1" | sort -u
}

# options_listed HELP: those in its list of options.
options_listed() {
    sed -n '/^options:/,/^$/p' "$1" | grep -o -e '^ *\(-.,\)\? *--[a-z][a-z-]*' |
        grep -o -e '--[a-z][a-z-]*' | sort -u
}

# all_in LIST FILE: each line of LIST is a line of FILE; tells the first that is not.
all_in() {
    [ -z "$(comm -23 "$1" "$2" | tee "$T/missing")" ] || {
        sed 's/^/# missing: /' "$T/missing"
        return 1
    }
}

works "--help" "$SLANT" --help
cp "$T/out" "$T/help"
works "-h" "$SLANT" -h
check "-h is --help" same "$T/out" "$T/help"
fails "--help=VALUE" 2 'score: --help=3 takes no value' "$SLANT" score --help=3
works "help" "$SLANT" help
check "help is --help" same "$T/out" "$T/help"
works "--version" "$SLANT" --version
check "--version: name and number" grep -q '^slant [0-9]*\.[0-9]*\.[0-9]*$' "$T/out"
sed -n 's/.*SLANT_VERSION "\(.*\)"/slant \1/p' include/slant.h >"$T/version"
check "--version: that of the header" same "$T/out" "$T/version"

for c in train eval score report quotes explain inspect; do
    check "--help names $c" grep -q "^  $c " "$T/help"
    works "$c --help" "$SLANT" $c --help
    cp "$T/out" "$T/$c.help"
    for part in "^slant $c: " "^usage: slant $c " '^options:' '^example:' '  -h, --help '; do
        check "$c --help: $part" grep -q -e "$part" "$T/$c.help"
    done
    sed -n '/^example:/,$p' "$T/$c.help" >"$T/example"
    check "$c --help: the example is of $c" grep -q "slant $c " "$T/example"
    check "$c --help: no line is wider than 100 columns" awk 'length($0) > 100 { bad = 1 }
        END { exit bad }' "$T/$c.help"
    works "$c -h" "$SLANT" $c -h
    check "$c -h is --help" same "$T/out" "$T/$c.help"
    works "help $c" "$SLANT" help $c
    check "help $c is $c --help" same "$T/out" "$T/$c.help"
    options_listed "$T/$c.help" >"$T/$c.options"
    check "$c --help: options" [ -s "$T/$c.options" ]
    # what is listed is taken
    while read -r option; do
        run "$SLANT" $c "$option" </dev/null
        check "$c takes $option" lacks 'is no option' "$T/err"
    done <"$T/$c.options"

    man=docs/man/slant-$c.1
    if [ -f "$man" ]; then
        # mdoc writes --name as "Fl -name"
        sed 's/Fl -\([a-z]\)/Fl --\1/g' "$man" >"$T/man"
        options_of "$T/man" >"$T/man.options"
        check "$man has every option" all_in "$T/$c.options" "$T/man.options"
        # the page may name what other commands take
        for other in train eval score report quotes explain inspect; do
            "$SLANT" $other --help
        done | options_of /dev/stdin >"$T/any.options"
        check "$man has no option that no command takes" all_in "$T/man.options" "$T/any.options"
        grep '^\.It Fl' "$T/man" | options_of /dev/stdin >"$T/entry.options"
        check "$man describes every option" all_in "$T/$c.options" "$T/entry.options"
        check "$man describes only options of $c" all_in "$T/entry.options" "$T/$c.options"
    else
        skip "$man" "not written"
    fi
done
# a word that is a macro's name takes what follows away
if command -v groff >"$T/out"; then
    for page in docs/man/*.1; do
        groff -mandoc -Tutf8 -P-c -P-b -P-u -ww "$page" >"$T/page" 2>"$T/err"
        check "$page: groff warns of nothing" [ ! -s "$T/err" ]
        # a command that is broken between lines does not run when it is copied
        check "$page: no line of an example is broken" \
            [ "$(sed -n '/EXAMPLES/,/SEE ALSO/p' "$T/page" | grep -c '^           ')" = "$(grep -c '^\.Dl' "$page")" ]
    done
else
    skip "man pages: groff warns of nothing" "no groff here"
fi
# mdoc takes " away and may print another sign for '; \(dq and \(aq stay
check "man pages: examples keep their quotes" [ "$(grep -c "^\.D[l1].*[\"']" docs/man/*.1 | grep -vc ':0$')" -eq 0 ]
if [ -f docs/man/slant.1 ]; then
    for c in train eval score report quotes explain inspect; do
        check "docs/man/slant.1 names $c" grep -q "$c" docs/man/slant.1
    done
else
    skip "docs/man/slant.1" "not written"
fi

# The options that the completion offers for a command.
offered() {
    bash -c '
        . docs/completion/slant.bash
        COMP_WORDS=(slant "$1" --)
        COMP_CWORD=2
        COMP_LINE="slant $1 --"
        COMP_POINT=${#COMP_LINE}
        f=$(complete -p slant | sed "s/.*-F \([^ ]*\).*/\1/")
        "$f" slant -- "$1"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$1" | sed 's/[ =]*$//' | grep -e '^--' | sort -u
}
completion=docs/completion/slant.bash
if [ ! -f "$completion" ]; then
    skip "$completion" "not written"
elif ! command -v bash >"$T/out"; then
    skip "$completion" "no bash here"
else
    for c in train eval score report quotes explain inspect; do
        offered $c >"$T/offered" 2>"$T/err"
        check "$completion offers what $c takes" all_in "$T/$c.options" "$T/offered"
        check "$completion offers nothing else for $c" all_in "$T/offered" "$T/$c.options"
    done
fi
if [ -f docs/completion/_slant ]; then
    options_of docs/completion/_slant | sort -u >"$T/zsh.options"
    cat "$T"/*.help "$T/help" | options_of /dev/stdin >"$T/any.options"
    for c in train eval score report quotes explain inspect; do
        check "docs/completion/_slant has the options of $c" all_in "$T/$c.options" "$T/zsh.options"
    done
    check "docs/completion/_slant has no other option" all_in "$T/zsh.options" "$T/any.options"
else
    skip "docs/completion/_slant" "not written"
fi
