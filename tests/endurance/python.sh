# python.sh FILE ARGUMENT...: runs one of these tests in Debian's Python, or skips it where that loads no extensions.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
python=/usr/bin/python3
file=$1
shift
if ! "$python" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null; then
  echo "1..0 # SKIP $python has no sqlite3 module that loads extensions"
else
  # What an interpreter keeps to its end is no leak of ours.
  ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" exec ${DECORUM_SHELL:-} "$python" -B "$here/$file" "$@"
fi
