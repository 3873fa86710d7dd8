#!/bin/sh
# Dependencies between floors point one way. The table below says what each floor of src/ may include
# besides itself and slant.h; any other edge fails, and so does a floor that is not listed.
set -u
allowed() {
    case $1 in
    base) echo "" ;;
    text) echo "base" ;;
    quote) echo "text base" ;;
    gen) echo "quote" ;;
    input) echo "text base" ;;
    feat) echo "text base" ;;
    model) echo "feat base" ;;
    judge) echo "model feat text base" ;;
    report) echo "judge model input base" ;;
    run) echo "report judge model input quote text base" ;;
    train) echo "judge model feat input quote text base" ;;
    cli) echo "" ;;
    *) echo "?" ;;
    esac
}
bad=0
for file in src/*/*.c src/*/*.h; do
    floor=$(basename "$(dirname "$file")")
    list=" $(allowed "$floor") $floor "
    case $list in *"?"*)
        echo "not ok - $file: the floor $floor is not in tests/layers.sh"
        bad=1
        continue
        ;;
    esac
    for other in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
        case $list in
        *" $other "*) ;;
        *)
            echo "not ok - $file: $floor may not include $other"
            bad=1
            ;;
        esac
    done
done
# who may call which library
only() {
    for file in $(grep -l "#include <$1" src/*/*.c src/*/*.h); do
        case " $2 " in
        *" $file "*) ;;
        *)
            echo "not ok - $file: only $2 may include $1"
            bad=1
            ;;
        esac
    done
}
only libstemmer.h "src/feat/lexeme.c"
only libsvm/svm.h "src/train/solver_libsvm.c"
only jansson.h "src/input/json_load.h src/cli/memory.c"
only zlib.h "src/input/stream.c"
only zstd.h "src/input/stream.c"
only libxml/ "src/input/html_parts.h src/input/html_article.c"
only seccomp.h "src/cli/sandbox.c"
only getopt.h "src/cli/options.c"
if [ "$bad" -eq 0 ]; then
    echo "ok - layers"
fi
exit "$bad"
