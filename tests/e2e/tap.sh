# What the end-to-end tests share: TAP, a temporary folder, the program. Sourced by each of them.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${DECORUM_BUILD:-$root/build}
decorum=$build/decorum
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
number=0

# ok STATUS WHAT [MORE]: a test that passes if STATUS is 0; MORE is shown if it fails.
ok() {
  number=$((number + 1))
  if [ "$1" = 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    [ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
  fi
}

# is GOT EXPECTED WHAT
is() {
  if [ "$1" = "$2" ]; then ok 0 "$3"; else ok 1 "$3" "got:
$1
expected:
$2"; fi
}

# matches GOT PATTERN WHAT: PATTERN is a shell pattern.
matches() {
  case $1 in
    $2) ok 0 "$3" ;;
    *) ok 1 "$3" "got:
$1
expected something like:
$2" ;;
  esac
}

finish() { echo "1..$number"; }

skip_all() {
  echo "1..0 # SKIP $1"
  exit 0
}

# The sqlite3 shell with the extension. DECORUM_SHELL may put a command before it.
shell() {
  ${DECORUM_SHELL:-} sqlite3 -batch -cmd ".load $build/decorum" "$@"
}

# What a database holds, but for the secret and for times that depend on when it was made.
contents() {
  for table in channel member account message message_text assessment decision sanction arrival; do
    echo "== $table"
    sqlite3 "$1" "SELECT * FROM $table ORDER BY 1, 2"
  done
}

# fails_with PATTERN WHAT COMMAND...: exit status 2, one line on standard error that matches, none on
# standard output.
fails_with() {
  pattern=$1 what=$2
  shift 2
  "$@" >stdout 2>stderr
  status=$?
  is "$status $(wc -l <stderr | tr -d ' ') $(wc -l <stdout | tr -d ' ')" "2 1 0" "$what: status 2 and one line"
  matches "$(cat stderr)" "$pattern" "$what: the line says it"
}
