#!/bin/sh
# run.sh: the extension as its user sees it, in the sqlite3 shell.
#
#     run.sh [TOPIC...]
#
# Each TOPIC.sql (all of them unless some are named) runs in a new database, in all four combinations
# of defensive and trusted_schema; what the shell prints must be what stands in TOPIC.expected. Prints
# TAP. Where an error stood in the input is left out, since it would change with every line above it,
# and shells differ in what they call it.
#
# DECORUM_BUILD is the directory of decorum.so, build/ unless given. DECORUM_SQLITE is the shell, sqlite3
# unless given, and DECORUM_SHELL a command to run it with, such as valgrind. DECORUM_VARIANT says that the
# shell is not that of Debian: if it is newest, then TOPIC.newest.expected comes first where there is one,
# and the codes behind errors, as in "database is locked (5)", do not count, since not every shell has them.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=$(CDPATH='' cd -- "${DECORUM_BUILD:-$here/../../build}" && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# run_topic FILE DEFENSIVE TRUSTED_SCHEMA: prints what the shell does. The script runs in a directory
# of its own, with decorum.so in it, so that it can .load ./decorum into a second database.
run_topic() {
  mkdir "$work/run" && cd "$work/run" && ln -s "$build/decorum.so" . || return
  {
    printf '%s\n' '.load ./decorum' '.output /dev/null' ".dbconfig defensive $2" \
      ".dbconfig trusted_schema $3" 'PRAGMA synchronous = OFF;' '.output'
    cat "$1"
  } >script
  ${DECORUM_SHELL:-} "${DECORUM_SQLITE:-sqlite3}" -batch -init /dev/null community.db <script >output 2>&1
  status=$?
  sed 's/^Runtime error near/Error near/; s/^Parse error near/Error near/; s/^Error near line [0-9]*:/Error:/' output
  [ "$status" -le 1 ] || echo "the shell ended with status $status"
  cd "$here" && rm -rf "$work/run"
}

# comparable FILE: prints what of it counts.
comparable() {
  if [ -n "${DECORUM_VARIANT:-}" ]; then
    sed '/^Error: /s/ ([0-9]*)$//' "$1"
  else
    cat "$1"
  fi
}

if [ $# = 0 ]; then
  for script in "$here"/*.sql; do
    set -- "$@" "$(basename "$script" .sql)"
  done
fi

number=0
echo "1..$(($# * 4))"
for topic in "$@"; do
  expected=$here/$topic.${DECORUM_VARIANT:-}.expected
  [ -f "$expected" ] || expected=$here/$topic.expected
  comparable "$expected" >"$work/expected"
  for defensive in on off; do
    for trusted_schema in on off; do
      number=$((number + 1))
      name="$topic, defensive $defensive, trusted_schema $trusted_schema"
      run_topic "$here/$topic.sql" "$defensive" "$trusted_schema" >"$work/printed"
      comparable "$work/printed" >"$work/actual"
      if diff -u "$work/expected" "$work/actual" >"$work/difference" 2>&1; then
        echo "ok $number - $name"
      else
        echo "not ok $number - $name"
        sed '/^--- /d; /^+++ /d; s/^/# /' "$work/difference"
      fi
    done
  done
done
