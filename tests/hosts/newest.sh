#!/bin/sh
# newest.sh: all that tests/sql/ has, in a sqlite3 shell of the newest SQLite: the topics, the examples of
# decorum_help and the rules. Prints TAP.
#
#     newest.sh            run them; where there is no such shell, one line that says why
#     newest.sh install    fetch it with npm and compile it, unless it is there or could not be had before
#     newest.sh again      fetch and compile it, whatever came of it before
#
# npm has the newest SQLite as source: its library in one package, its shell, of a version before, in
# another. They are compiled into one program, which takes some 15 seconds, once. decorum.so is the one that
# was built with the headers of Debian's SQLite, as it is for whoever installs it.
#
# DECORUM_NEWEST is where it is installed, build/newest unless given; npm.sh tells the rest. DECORUM_BUILD and
# DECORUM_SHELL are those of shell.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1

version=3.54.1
library=better-sqlite3@13.2.0 # sqlite3.c of that version
shell=sqlite3@6.0.1           # shell.c, of 3.52.0

folder=${DECORUM_NEWEST:-${DECORUM_BUILD:-$here/../../build}/newest}
host="SQLite $version"
target=newest-host
commands="npm cc"
. "$here/npm.sh"

works() {
  [ "$("$folder/sqlite3" -batch -init /dev/null :memory: 'SELECT sqlite_version()' 2>/dev/null)" = $version ]
}

# Gets both packages into the current directory, and unpacks what is needed of them.
unpack() {
  npm_config_cache=$folder/cache timeout 300 \
    npm pack --fetch-retries=0 --fetch-timeout=20000 "$library" "$shell" &&
    tar -xzf better-sqlite3-*.tgz --strip-components=3 package/deps/sqlite3 &&
    tar -xzf sqlite3-*.tgz --strip-components=2 package/deps &&
    tar -xzf sqlite-autoconf-*.tar.gz --strip-components=1 --wildcards '*/shell.c'
}

# Compiles it with what the tests use and a bare SQLite has not: functions, and tables that facts must refuse.
compile() {
  cc -O1 -w -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS3_TOKENIZER \
    -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_STMTVTAB -o sqlite3 shell.c sqlite3.c -lm
}

fetch() {
  rm -rf "$folder/source" && mkdir "$folder/source" || return
  (cd "$folder/source" && unpack && compile && mv sqlite3 "$folder/")
  rm -rf "$folder/source" "$folder/cache"
}

each() {
  for tests in ../sql/run.sh ../sql/help.sh shell.sh; do
    DECORUM_SQLITE=$folder/sqlite3 DECORUM_VARIANT=newest "$here/$tests" ||
      echo "not ok 0 - $tests ended with status $?"
  done
}

# The TAP of several programs as that of one.
join() {
  awk -v host="$host" '
    /^1\.\./ { plan += substr($0, 4); next }
    { result = $0 ~ /^not ok / ? "not ok" : "ok" }
    sub(/^(not )?ok [0-9]+ - /, "") { $0 = result " " ++number " - " host ": " $0 }
    { print }
    END { print "1.." plan }'
}

run_tests() {
  each | join
}

npm_host "${1:-run}"
