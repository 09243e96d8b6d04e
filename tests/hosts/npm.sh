# What node.sh and newest.sh share: a host of the tests that npm brings, if it can. Sourced by them.
#
# They set
#     folder      where it is installed, and npm keeps what it needs meanwhile
#     host        what it is called
#     target      the make target that tries again
#     commands    what must be there to install it
# and define works (is it there?), fetch (install it into the folder) and run_tests.

mkdir -p "$folder" || exit 1
folder=$(CDPATH='' cd -- "$folder" && pwd) || exit 1

# What is in the way of having it, if anything.
missing() {
  works && return
  for command in $commands; do
    command -v "$command" >/dev/null || { echo "$command is not installed"; return; }
  done
  if [ -f "$folder/why" ]; then
    echo "$host could not be had: $(cat "$folder/why")"
  else
    echo "$host is not installed"
  fi
}

# If that fails, the file `why` says why.
install() {
  echo "fetching $host for the tests; this may take a minute" >&2
  (fetch) >"$folder/log" 2>&1
  works || {
    reason=$(grep -E '^npm (error|ERR!)|error:' "$folder/log" | grep -v -E 'complete log|^npm (error|ERR!) *$' | head -n 1)
    echo "${reason:-see $folder/log}" >"$folder/why"
  }
}

# npm_host ACTION: run, install or again, as the heads of those files tell.
npm_host() {
  case $1 in
    install)
      [ "$(missing)" != "$host is not installed" ] || install
      ;;
    again)
      rm -f "$folder/why"
      install
      [ ! -f "$folder/why" ] || { cat "$folder/why" >&2; exit 1; }
      ;;
    *)
      reason=$(missing)
      if [ -n "$reason" ]; then
        echo "1..0 # SKIP $reason (make $target tries again)"
      else
        run_tests
      fi
      ;;
  esac
}
