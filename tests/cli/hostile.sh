#!/bin/sh
# Hostile models, and a hostile engine around the command: the small versions of `make torture`.
. tests/cli/lib.sh
. tests/torture/small_model.sh
small_model "$T/small.slant"
"$BUILD/torture/models" quick "$T/small.slant" | grep -v '^# loops'
[ -z "$SANITIZER" ] || exit 0
python3 tests/torture/engine.py "$BUILD" quick | grep -v '^# loops'
