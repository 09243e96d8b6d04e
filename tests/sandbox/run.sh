#!/bin/sh
# run.sh: hostile policies, each in a process of its own. Prints TAP. What the files hold is said in the README.md here.
#
#     run.sh [FILE...]
#
# DECORUM_BUILD is the directory of tests/sandbox, build/ unless given.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=${DECORUM_BUILD:-$here/../../build}
[ $# -gt 0 ] || set -- "$here"/*/*.lua
exec "$build/tests/sandbox" "$@"
