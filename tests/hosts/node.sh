#!/bin/sh
# node.sh: the rules of tests/sql/rules/ in Node, with better-sqlite3. Prints TAP.
#
#     node.sh            run them; where better-sqlite3 is missing, one line that says why
#     node.sh install    fetch it with npm, unless it is there or could not be had before
#     node.sh again      fetch it, whatever came of it before
#
# DECORUM_NODE is where it is installed, build/node unless given; npm.sh tells the rest. npm compiles it where nobody has
# done so for this machine: a minute, once. DECORUM_BUILD and DECORUM_SHELL are those of shell.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
package=better-sqlite3@11.10.0
folder=${DECORUM_NODE:-${DECORUM_BUILD:-$here/../../build}/node}
host=better-sqlite3
target=node-host
commands="node npm"
. "$here/npm.sh"

works() {
  (cd "$folder" && node -e 'new (require("better-sqlite3"))(":memory:")') >/dev/null 2>&1
}

fetch() {
  echo '{ "private": true }' >"$folder/package.json"
  cd "$folder" &&
    npm_config_cache=$folder/cache npm_config_devdir=$folder/headers timeout 600 \
      npm install --no-audit --no-fund --no-package-lock --fetch-retries=0 --fetch-timeout=20000 "$package"
}

run_tests() {
  # What an interpreter keeps to its end is no leak of ours.
  ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" exec ${DECORUM_SHELL:-} node "$here/rules.js" "$folder"
}

npm_host "${1:-run}"
