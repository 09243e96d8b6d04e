#!/bin/sh
# python.sh: the rules of tests/sql/rules/ in Python's sqlite3 module. Prints TAP. It is Debian's Python
# that is asked: others may come without loadable extensions.
#
# DECORUM_BUILD and DECORUM_SHELL are those of shell.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
python=/usr/bin/python3
if [ ! -x "$python" ]; then
  echo "1..0 # SKIP there is no $python"
elif ! "$python" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null; then
  echo "1..0 # SKIP $python has no sqlite3 module that loads extensions"
else
  # What an interpreter keeps to its end is no leak of ours.
  ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" exec ${DECORUM_SHELL:-} "$python" -B "$here/rules.py"
fi
