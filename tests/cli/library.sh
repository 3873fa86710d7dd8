#!/bin/sh
# The library in a program that has names, a locale and signal handlers of its own, and its binary
# interface against the one on record.
. tests/cli/lib.sh
if [ -n "$SANITIZER" ] || nm "$BUILD/libslant.a" 2>/dev/null | grep -q __gcov; then
    skip "the library embedded" "the build is not what is shipped"
    exit 0
fi
CC=${CC:-cc}
"$SLANT" train -q --trials 1 --folds 2 --name tiny -o "$T/tiny.slant" tests/fuzz/tiny.tsv
printf 'Senator Olvik said 1,5 or 1.5 bans on Norvane were overdue.\n' >"$T/a.txt"
"$SLANT" score -m "$T/tiny.slant" "$T/a.txt" >"$T/expected"
dir=$(cd "$BUILD" && pwd)
locale=C
if locale_here de_DE; then
    locale=de_DE.UTF-8
fi
for how in shared static; do
    case $how in
    shared) link="-L$BUILD -lslant -Wl,-rpath,$dir" ;;
    static) link="$BUILD/libslant.a -lsvm -lstemmer -lutf8proc -ljansson -lxml2 -lz -lzstd -lm -lpthread" ;;
    esac
    # shellcheck disable=SC2086 # words
    run "$CC" -std=c11 -Wall -Wextra -Iinclude -o "$T/host" tests/embed/host.c $link
    check "embedded, $how: compiles" [ "$code" -eq 0 ]
    LOCPATH="$T/locales" LC_ALL=$locale LD_LIBRARY_PATH="$dir" \
        run "$T/host" "$T/tiny.slant" "$T/a.txt" tests/fuzz/tiny.tsv "$T" <&-
    check "embedded, $how: nothing of the host's changes ($(head -n 1 "$T/err"))" [ "$code" -eq 0 ]
    check "embedded, $how: the command's bytes, under $locale" same "$T/out" "$T/expected"
    check "embedded, $how: the command's model" same "$T/host.slant" "$T/tiny.slant"
done

if [ "$(uname -m)" != x86_64 ]; then
    skip "the binary interface" "the one on record is for x86-64"
elif command -v abidiff >/dev/null 2>&1; then
    if abidiff --headers-dir2 include tests/libslant.abi "$BUILD/libslant.so" >"$T/abi" 2>&1; then
        tap ok "the binary interface is the one on record"
    else
        tap 'not ok' "the binary interface has changed; if that is meant: raise the version, make abi"
        sed 's/^/# /' "$T/abi"
    fi
else
    skip "the binary interface" "abidiff (abigail-tools) is not installed"
fi
