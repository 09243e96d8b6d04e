#!/bin/sh
# luajit.sh: the extension in a host whose own Lua exports the functions of ours. Prints TAP.
#
# DECORUM_BUILD and DECORUM_SHELL are those of shell.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=$(CDPATH='' cd -- "${DECORUM_BUILD:-$here/../../build}" && pwd) || exit 1

# Every function of Lua's that the extension calls is looked at.
missing=$(nm -D --undefined-only "$build/decorum.so" | awk '$2 ~ /^luaL?_/ { sub(/@.*/, "", $2); print $2 }' | while read -r name; do
  grep -q -e "FUNCTION($name)" -e "lua_origin_find.*$name," "$here/../../ext/lua_origin.c" || echo "$name"
done)
if [ -n "$missing" ]; then
  printf '1..1\nnot ok 1 - all functions of Lua are looked at\n# ext/lua_origin.c lacks %s\n' "$(echo "$missing" | tr '\n' ' ')"
elif ! command -v luajit >/dev/null; then
  echo "1..0 # SKIP there is no luajit"
else
  # What an interpreter keeps to its end is no leak of ours.
  ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" exec ${DECORUM_SHELL:-} luajit "$here/luajit.lua" "$build/decorum.so"
fi
