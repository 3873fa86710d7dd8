#!/bin/sh
# Every failure in turn, the small version; `make torture` goes through all.
. tests/cli/lib.sh
"$BUILD/fault/library" quick "$T" | grep -v '^#'
if [ -n "$SANITIZER" ]; then
    skip "each failure in each command" "a sanitizer has its own malloc; the library's loops ran"
else
    python3 tests/fault/command.py "$BUILD" quick | grep -v '^# loops'
fi
if [ "$SANITIZER" = tsan ]; then
    skip "signals" "its own handlers are in the way"
else
    python3 tests/fault/signals.py "$BUILD" quick | grep -v '^# loops'
fi
