#!/bin/sh
# The page's style and script as C strings, with the hashes that its Content-Security-Policy names:
# embed.sh FOLDER, on standard output.
set -eu
folder=$1

# Comment lines and indentation go; what is left is one string a line.
lean() {
    sed -e 's/^  *//' -e '/^\/\*.*\*\/$/d' "$@"
}

literal() {
    echo "const char $1[] = {"
    od -A n -v -t d1 | sed -e 's/^  *//' -e 's/  */, /g' -e 's/$/,/'
    echo '0};'
}

# "sha256-" and base64 of standard input's SHA-256.
hash_of() {
    octal=$(sha256sum | cut -c 1-64 | sed 's/../ 0x&/g' | xargs printf '\\%o')
    # shellcheck disable=SC2059 # the format is the bytes
    printf 'const char %s[] = "sha256-%s";\n' "$1" "$(printf "$octal" | base64)"
}

echo '/* Made by src/report/embed.sh; do not edit. */'
echo '#include "report/html.h"'
lean "$folder/chart.css" | literal sl_chart_css
lean "$folder/page.css" | literal sl_page_css
lean "$folder/page.js" | literal sl_page_js
lean "$folder/chart.css" "$folder/page.css" | hash_of sl_page_css_hash
lean "$folder/page.js" | hash_of sl_page_js_hash
