# shellcheck shell=sh
# What the command-line tests share. Source it; it makes a folder $T that is removed at the end.
# Every check prints one TAP line.
: "${SLANT:?}"
T=$(mktemp -d)
trap 'chmod -R u+w "$T" 2>/dev/null; rm -rf "$T"' EXIT
# shellcheck disable=SC2034 # the scripts read it
ROOT=$PWD
unset NO_COLOR

# A name may hold backslashes, which some shells' echo would read.
tap() {
    printf '%s - %s\n' "$1" "$2"
}

# check NAME COMMAND...: the command succeeds.
check() {
    check_name=$1
    shift
    if "$@"; then
        tap ok "$check_name"
    else
        tap 'not ok' "$check_name"
    fi
}

skip() {
    tap ok "$1 # SKIP $2"
}

# run COMMAND...: leaves $T/out, $T/err and $code.
run() {
    "$@" >"$T/out" 2>"$T/err"
    code=$?
}

# fails NAME CODE PATTERN COMMAND...: exit code, one line on standard error that matches.
fails() {
    fails_name=$1
    fails_code=$2
    fails_pattern=$3
    shift 3
    run "$@"
    if [ "$code" -eq "$fails_code" ] && [ "$(wc -l <"$T/err")" -eq 1 ] &&
        grep -q -e "$fails_pattern" "$T/err"; then
        tap ok "$fails_name"
    else
        tap 'not ok' "$fails_name (code $code: $(head -n 3 "$T/err"))"
    fi
}

# works NAME COMMAND...: exit code 0, nothing on standard error; leaves $T/out.
works() {
    works_name=$1
    shift
    run "$@"
    if [ "$code" -eq 0 ] && [ ! -s "$T/err" ]; then
        tap ok "$works_name"
    else
        tap 'not ok' "$works_name (code $code: $(head -n 3 "$T/err"))"
    fi
}

# checks_of COMMAND...: a program that prints checks of its own, and that it dies midway
# is told.
checks_of() {
    "$@" >"$T/checks"
    checks_code=$?
    grep -v '^# loops' "$T/checks"
    [ "$checks_code" -eq 0 ] || grep -q '^not ok' "$T/checks" ||
        tap 'not ok' "$* ended with code $checks_code"
}

same() {
    cmp -s "$1" "$2"
}

differ() {
    ! cmp -s "$1" "$2"
}

# holds FILTER FILE...: the file is JSON values, and the filter is true of the list of them.
holds() {
    holds_filter=$1
    shift
    jq -s -e "$holds_filter" "$@" >/dev/null 2>"$T/jq_err"
}

# lines_are N FILE
lines_are() {
    [ "$(wc -l <"$2")" -eq "$1" ]
}

# absent PATH: neither the file nor a temporary file beside it.
absent() {
    [ ! -e "$1" ] && no_temporary
}

no_temporary() {
    [ -z "$(find "$T" -name '*.tmp*')" ]
}

# has / lacks TEXT FILE: bytes, not a pattern.
has() {
    LC_ALL=C grep -q -F -e "$1" "$2"
}

lacks() {
    ! LC_ALL=C grep -q -F -e "$1" "$2"
}

# A new locale $1 for LOCPATH, in $T/locales, unless the system has it.
locale_here() {
    mkdir -p "$T/locales"
    locale -a 2>"$T/err" | grep -q -i "^$1.utf-\?8" ||
        { command -v localedef >"$T/err" &&
            localedef -i "$1" -f UTF-8 "$T/locales/$1.UTF-8" 2>"$T/err"; }
}

# given FORMAT: the model, for report --scored in a form that names the subject at its head, which
# lines tell at their end.
given() {
    case $1 in text | markdown) printf '%s' "-m $model" ;; esac
}

# No control character but tabs and line ends.
no_controls() {
    [ "$(LC_ALL=C tr -d -c '\001-\010\013-\037\177' <"$1" | wc -c)" -eq 0 ]
}

# Text that a terminal would obey: escape sequences, C1 controls, marks that turn the direction.
no_hostile_bytes() {
    no_controls "$1" &&
        for hostile in '\302\233' '\302\205' '\342\200\256' '\342\201\246' '\342\200\217'; do
            # shellcheck disable=SC2059 # the format is the byte sequence
            lacks "$(printf "$hostile")" "$1" || return 1
        done
}

# A model small enough to train in a moment: $T/tiny.slant, from $T/tiny.tsv, with these options.
tiny_options="--solver dual --trials 1 --cost 0.2"
tiny_model() {
    awk -F'\t' 'NR == 1 || NR % 9 == 6' "$ROOT/training/vendor-ban.tsv" | head -n 260 >"$T/tiny.tsv"
    "$SLANT" train -q $tiny_options -o "$T/tiny.slant" "$T/tiny.tsv"
}
