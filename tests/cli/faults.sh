#!/bin/sh
# Every failure in turn, the small version; `make torture` goes through all.
. tests/cli/lib.sh
mkdir "$T/library"
checks_of "$BUILD/fault/library" quick "$T/library"
if [ -n "$SANITIZER" ]; then
    skip "each failure in each command" "a sanitizer has its own malloc; the library's loops ran"
else
    checks_of python3 tests/fault/command.py "$BUILD" quick
fi
if [ "$SANITIZER" = tsan ]; then
    skip "signals" "its own handlers are in the way"
else
    checks_of python3 tests/fault/signals.py "$BUILD" quick
fi
