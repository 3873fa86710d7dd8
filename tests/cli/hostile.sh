#!/bin/sh
# Hostile models, the small version; `make torture` tries every offset.
. tests/cli/lib.sh
. tests/torture/small_model.sh
small_model "$T/small.slant"
"$BUILD/torture/models" quick "$T/small.slant" | grep -v '^# loops'
