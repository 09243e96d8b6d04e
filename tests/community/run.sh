#!/bin/sh
# Rules of a community's file, in SQL: each file here runs in a new file made by decorum init.
#
# A row is a test: its name, what came out, what should have. A statement below `-- error NAME | MESSAGE`
# is one too: it must fail with that message. Any other error fails.
. "$(dirname "$0")/../e2e/tap.sh"

for script in "$here"/*.sql; do
  topic=$(basename "$script" .sql)
  "$decorum" init -q "$topic.db"
  {
    printf '%s\n' '.mode list' '.separator "\037"' '.nullvalue NULL'
    sed 's/^-- error \(.*\) | \(.*\)$/.print "error\\037\1\\037\2"/' "$script"
    echo '.print end'
  } >commands
  shell "$topic.db" <commands >output 2>&1
  awk -v topic="$topic" -v number="$number" -F '\037' '
    function result(passed, name, got, expected) {
      print (passed ? "ok " : "not ok ") ++number " - " topic ": " name
      if (!passed) print "# got: " got "\n# expected: " expected
    }
    awaited != "" {
      result(index($0, message) && /rror/, awaited, $0, "error: " message)
      awaited = ""
      if (/rror/) next
    }
    $1 == "error" { awaited = $2; message = $3; next }
    $0 == "end" { ended = 1; next }
    NF == 3 { result($2 == $3 "", $1, $2, $3); next }
    { result(0, "unexpected output", $0, "a row or an error that is told of before") }
    END {
      if (!ended) result(0, "runs to its end", "the shell stopped", "end")
      print number > "number"
    }' output
  number=$(cat number)
done
finish
