#!/bin/sh
# Hostile models, a hostile engine around the command, and hostile text: the small versions of
# `make torture`.
. tests/cli/lib.sh
. tests/torture/small_model.sh
small_model "$T/small.slant"
checks_of "$BUILD/torture/models" quick "$T/small.slant"
[ -z "$SANITIZER" ] || exit 0
checks_of python3 tests/torture/engine.py "$BUILD" quick
checks_of python3 tests/torture/text.py "$BUILD" quick
