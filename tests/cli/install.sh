#!/bin/sh
# What `make install` leaves: a library that a program finds through pkg-config, shared and static,
# with its soname and its own symbols only; the man pages and the completions.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

if [ -n "${SANITIZER:-}" ]; then
    skip "install" "a sanitizer's build is not installed"
    exit 0
fi

CC=${CC:-cc}
D=$T/dest
U=$D/usr
version=$("$SLANT" --version | sed 's/^slant //')
text="The court lifted the ban on Norvane. The minister wants Norvane excluded."

if nm "$BUILD/libslant.a" 2>/dev/null | grep -q __gcov; then
    skip "install" "a build that counts coverage is not installed"
    exit 0
fi

# Built first, with the usual prefix, and installed then with another one.
mkdir "$T/build"
cp -a "$BUILD/obj" "$BUILD/slant" "$BUILD"/libslant.* "$T/build"
run make -s BUILD="$T/build" DESTDIR="$D" PREFIX=/usr install
check "make install" [ "$code" -eq 0 ]
if [ "$code" -ne 0 ]; then
    sed 's/^/# /' "$T/err"
fi

check "program" [ "$("$U/bin/slant" --version)" = "slant $version" ]
check "header" same include/slant.h "$U/include/slant.h"
check "models" [ -s "$U/share/slant/models/vendor-ban.slant" ]
check "lexicon" same training/lexicon.tsv "$U/share/slant/lexicon.tsv"
for name in LICENSE formats.md example.c score.schema.json report.schema.json quotes.schema.json; do
    check "documentation $name" [ -s "$U/share/doc/slant/$name" ]
done
for name in slant slant-train slant-eval slant-score slant-report slant-explain slant-inspect; do
    check "man page $name" [ -s "$U/share/man/man1/$name.1" ]
done
check "completion for bash" [ -s "$U/share/bash-completion/completions/slant" ]
check "completion for zsh" [ -s "$U/share/zsh/site-functions/_slant" ]
check "slant.pc has the prefix of the installation" grep -qx 'prefix=/usr' "$U/lib/pkgconfig/slant.pc"

# shellcheck disable=SC2016 # pkg-config expands it
check "slant.pc follows the prefix" grep -qx 'libdir=${prefix}/lib' "$U/lib/pkgconfig/slant.pc"

# Elsewhere: libraries in a folder of their own, below one with a blank; and gone again.
E="$T/another place"
run make -s BUILD="$T/build" DESTDIR="$E" PREFIX=/usr LIBDIR=/usr/lib/multi install
check "make install, DESTDIR with a blank" [ "$code" -eq 0 ]
check "LIBDIR has the libraries" [ -s "$E/usr/lib/multi/libslant.so.$version" ]
check "LIBDIR has all that lib had" [ ! -e "$E/usr/lib/libslant.a" ]
# shellcheck disable=SC2016
check "slant.pc names LIBDIR" grep -qx 'libdir=${prefix}/lib/multi' "$E/usr/lib/multi/pkgconfig/slant.pc"
: >"$E/usr/share/slant/models/mine.slant"
run make -s BUILD="$T/build" DESTDIR="$E" PREFIX=/usr LIBDIR=/usr/lib/multi uninstall
check "make uninstall" [ "$code" -eq 0 ]
check "make uninstall leaves what is not its own, no more" \
    [ "$(cd "$E" && find . ! -type d)" = ./usr/share/slant/models/mine.slant ]
check "make uninstall takes its folders along" [ ! -e "$E/usr/share/doc/slant" ]
run make -n BUILD="$T/other" LDFLAGS=-Wl,-O1 "$T/other/libslant.so.$version"
check "LDFLAGS link the shared library" grep -q -- '-shared .*-Wl,-O1' "$T/out"

# links LIBRARY-FILE NAME: the symbolic link NAME leads to the file beside it.
links() {
    [ "$(readlink -f "$U/lib/$2")" = "$(readlink -f "$U/lib/$1")" ]
}
check "link of the soname" links "libslant.so.$version" libslant.so.0
check "link for the linker" links "libslant.so.$version" libslant.so

soname=$(readelf -d "$U/lib/libslant.so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
check "soname" [ "$soname" = libslant.so.0 ]
nm -D --defined-only "$U/lib/libslant.so" | awk 'NF == 3 && $2 != "A" { print $3 }' >"$T/symbols"
check "symbols are exported" [ "$(wc -l <"$T/symbols")" -ge 10 ]
check "slant_ symbols only" [ "$(grep -c -v '^slant_' "$T/symbols")" -eq 0 ]
sed -n 's/^SLANT_API.*[ *]\(slant_[a-z_]*\)(.*/\1/p' include/slant.h | sort -u >"$T/declared"
check "every function of slant.h is exported" [ -z "$(sort "$T/symbols" | comm -13 - "$T/declared")" ]

if ! command -v pkg-config >/dev/null 2>&1; then
    skip "pkg-config" "pkg-config is not installed"
    exit 0
fi
PKG_CONFIG_PATH=$U/lib/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$D
# else pkg-config drops -I/usr/include and -L/usr/lib before it adds the sysroot
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS

check "pkg-config knows the version" [ "$(pkg-config --modversion slant)" = "$version" ]

# build NAME FLAGS...: compiles docs/example.c to $T/NAME.
build() {
    build_name=$1
    shift
    # shellcheck disable=SC2046 # the flags are words
    run "$CC" -std=c11 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags slant) \
        -o "$T/$build_name" docs/example.c "$@"
    check "docs/example.c compiles, $build_name" [ "$code" -eq 0 ]
    if [ "$code" -ne 0 ]; then
        sed 's/^/# /' "$T/err"
    fi
}

tiny_model

# shellcheck disable=SC2046
build shared $(pkg-config --libs slant)
readelf -d "$T/shared" >"$T/needed" 2>&1
check "it needs the soname" grep -q 'NEEDED.*libslant\.so\.0' "$T/needed"
run env LD_LIBRARY_PATH="$U/lib" "$T/shared" "$T/tiny.slant" "$text" Norvane
cp "$T/out" "$T/shared.out"
check "it runs with the installed library" [ "$code" -eq 0 ]
check "a line for each sentence" [ "$(grep -c 'Norvane' "$T/shared.out")" -eq 2 ]
check "an explanation of the first" grep -q '^    [+-][0-9.]*  bias$' "$T/shared.out"

# the archive instead of -lslant, the libraries below it as they come
static=$(pkg-config --static --libs slant | sed "s|-lslant|$U/lib/libslant.a|")
# shellcheck disable=SC2086
build static $static
readelf -d "$T/static" >"$T/needed" 2>&1
check "it does not need the shared library" [ "$(grep -c -e libslant -e Error "$T/needed")" -eq 0 ]
run "$T/static" "$T/tiny.slant" "$text" Norvane
check "it runs by itself" [ "$code" -eq 0 ]
check "and says the same" same "$T/out" "$T/shared.out"

run env LD_LIBRARY_PATH="$U/lib" "$T/shared" "$T/nosuch.slant" "$text"
check "a missing model is told" [ "$code" -eq 1 ]
