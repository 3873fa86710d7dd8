#!/bin/sh
# The library in a program that has names, a locale and signal handlers of its own, and its binary
# interface against the one on record.
. tests/cli/lib.sh
if [ -n "$SANITIZER" ] || nm "$BUILD/libslant.a" 2>/dev/null | grep -q __gcov; then
    skip "the library embedded" "the build is not what is shipped"
    exit 0
fi
CC=${CC:-cc}
"$SLANT" train -q --trials 4 --folds 2 --name tiny -o "$T/tiny.slant" tests/fuzz/tiny.tsv
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

# What would print, end the process, draw from its random numbers, or follow or change its locale, signals or
# environment is not called at all. snprintf and strtod are, for numbers, and tests/unit/test_base.c sets locales.
if command -v nm >/dev/null 2>&1; then
    nm -D --undefined-only "$BUILD/libslant.so" | awk '{ sub(/@.*/, "", $2); print $2 }' >"$T/calls"
    check "the library's calls are listed" grep -q -x malloc "$T/calls"
    grep -E -x -e '(__)?(f|v|vf)?printf(_chk)?|f?puts|f?putc(har)?|fwrite|perror|_?exit|_Exit|abort|atexit' \
        -e 's?rand(om)?|[dl]rand48|str(n?casecmp|coll|xfrm|ftime)|wcs.*|mbs?r?towcs?|is(w)?(alnum|alpha|upper|lower|space|punct)' \
        -e '__ctype_.*|to(w)?(lower|upper)|setlocale|uselocale|newlocale|localeconv|nl_langinfo' \
        -e 'signal|sig(action|procmask|nal)|pthread_sigmask|raise|kill|alarm|(secure_)?getenv|setenv|putenv|localtime(_r)?|mktime|tzset' \
        -e 'v?fork|system|popen|exec.*|umask|chdir' "$T/calls" >"$T/forbidden"
    check "the library calls nothing of the host's ($(tr '\n' ' ' <"$T/forbidden"))" [ ! -s "$T/forbidden" ]
else
    skip "what the library calls" "nm (binutils) is not installed"
fi

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
