#!/bin/sh
# Hostile models, a hostile engine around the command, and hostile text: the small versions of
# `make torture`.
. tests/cli/lib.sh
. tests/torture/small_model.sh
small_model "$T/small.slant"
"$BUILD/torture/models" quick "$T/small.slant" | grep -v '^# loops'
[ -z "$SANITIZER" ] || exit 0
python3 tests/torture/engine.py "$BUILD" quick | grep -v '^# loops'
python3 tests/torture/text.py "$BUILD" quick | grep -v '^#'
