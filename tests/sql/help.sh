#!/bin/sh
# help.sh: runs the example of each row of decorum_help in a new sqlite3 shell; it must print what the
# column `gives` says. Prints TAP. DECORUM_BUILD, DECORUM_SQLITE and DECORUM_SHELL are those of run.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=$(CDPATH='' cd -- "${DECORUM_BUILD:-$here/../../build}" && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1

# shell SQL: what the sqlite3 shell with the extension prints.
shell() {
  ${DECORUM_SHELL:-} "${DECORUM_SQLITE:-sqlite3}" -batch -init /dev/null -cmd ".load $build/decorum" :memory: "$1" 2>&1
}

names=$(shell "SELECT name FROM decorum_help")
echo "1..$(echo "$names" | wc -l)"
number=0
for name in $names; do
  number=$((number + 1))
  example=$(shell "SELECT example FROM decorum_help WHERE name = '$name'")
  gives=$(shell "SELECT gives FROM decorum_help WHERE name = '$name'")
  got=$(shell "$example")
  if [ "$got" = "$gives" ]; then
    echo "ok $number - $name"
  else
    echo "not ok $number - $name"
    printf '%s\n' "$example" "gives: $gives" "got:   $got" | sed 's/^/# /'
  fi
done
