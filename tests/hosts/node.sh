#!/bin/sh
# node.sh: the rules of tests/sql/rules/ in Node, with better-sqlite3. Prints TAP.
#
#     node.sh            run them; where better-sqlite3 is missing, one line that says why
#     node.sh install    fetch it with npm, unless it is there or could not be had before
#     node.sh again      fetch it, whatever came of it before
#
# DECORUM_NODE is where it is installed, build/node unless given; if that fails, the file `why` there says
# why. npm compiles it where nobody has done so for this machine: a minute, once. DECORUM_BUILD and
# DECORUM_SHELL are those of shell.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
package=better-sqlite3@11.10.0
node=${DECORUM_NODE:-${DECORUM_BUILD:-$here/../../build}/node}
mkdir -p "$node" || exit 1
node=$(CDPATH='' cd -- "$node" && pwd) || exit 1

works() {
  (cd "$node" && node -e 'new (require("better-sqlite3"))(":memory:")') >/dev/null 2>&1
}

# What is in the way of having it, if anything.
missing() {
  works && return
  for command in node npm; do
    command -v "$command" >/dev/null || { echo "$command is not installed"; return; }
  done
  if [ -f "$node/why" ]; then
    echo "npm could not install better-sqlite3: $(cat "$node/why")"
  else
    echo "better-sqlite3 is not installed"
  fi
}

# Everything that npm keeps stays in that folder.
install() {
  echo "installing $package for the tests in Node; this may take a minute" >&2
  echo '{ "private": true }' >"$node/package.json"
  (
    cd "$node" &&
      npm_config_cache=$node/cache npm_config_devdir=$node/headers timeout 600 \
        npm install --no-audit --no-fund --no-package-lock --fetch-retries=0 --fetch-timeout=20000 "$package"
  ) >"$node/log" 2>&1
  works || {
    reason=$(grep -E '^npm (error|ERR!)' "$node/log" | grep -v -E 'complete log|^npm (error|ERR!) *$' | head -n 1)
    echo "${reason:-see $node/log}" >"$node/why"
  }
}

case ${1:-run} in
  install)
    [ "$(missing)" != "better-sqlite3 is not installed" ] || install
    ;;
  again)
    rm -f "$node/why"
    install
    [ ! -f "$node/why" ] || { cat "$node/why" >&2; exit 1; }
    ;;
  *)
    reason=$(missing)
    if [ -n "$reason" ]; then
      echo "1..0 # SKIP $reason (make node-host tries again)"
    else
      # What an interpreter keeps to its end is no leak of ours.
      ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" exec ${DECORUM_SHELL:-} node "$here/rules.js" "$node"
    fi
    ;;
esac
