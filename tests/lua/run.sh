#!/bin/sh
# The runner's modules, tested with busted; prints TAP.
here=$(cd "$(dirname "$0")" && pwd)
build=${DECORUM_BUILD:-$here/../../build}
no_proxy='*' exec "$build/tests/lua" "$here/run.lua" "$here"
