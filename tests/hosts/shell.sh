#!/bin/sh
# shell.sh: the rules of tests/sql/rules/ in the sqlite3 shell, in all four combinations of defensive and
# trusted_schema. Prints TAP. What the files hold is said in the README.md beside them.
#
# Each file becomes a script for the shell: rules are wrapped in rule.sql, which makes a line of TAP of
# each row; what must fail stands between two marks.
#
# DECORUM_BUILD is the directory of decorum.so, build/ unless given. DECORUM_SQLITE is the shell, sqlite3
# unless given, and DECORUM_SHELL a command to run it with, such as valgrind.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=$(CDPATH='' cd -- "${DECORUM_BUILD:-$here/../../build}" && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# A file of rules as a script.
to_script() {
  awk -v template="$here/rule.sql" '
    BEGIN {
      while ((getline line < template) > 0) {
        if (line == "%") behind = 1
        else if (behind) tail = tail line "\n"
        else head = head line "\n"
      }
      print ".parameter init"
    }
    function quoted(text) { gsub(/\047/, "\047\047", text); return "\047" text "\047" }
    # What stands behind "-- bind" as rows of the table from which the shell binds.
    function bind(list,    count, values, i, kind, value) {
      print "DELETE FROM temp.sqlite_parameters;"
      count = split(list, values, /, /)
      for (i = 1; i <= count; i++) {
        kind = values[i]
        sub(/ .*/, "", kind)
        value = substr(values[i], length(kind) + 2)
        if (kind == "text") { value = quoted(value); gsub(/\\0/, "\047 || char(0) || \047", value) }
        else if (kind == "blob") value = "x\047" value "\047"
        else if (kind == "null" || value == "NaN") value = "NULL"
        else if (value ~ /Infinity/) { sub(/Infinity/, "9e999", value) }
        else if (kind == "double") value = "CAST(\047" value "\047 AS REAL)"
        print "INSERT INTO temp.sqlite_parameters VALUES(\047?" i "\047, " value ");"
      }
    }
    function run() {
      if (failure != "") print "SELECT " quoted("error " failure) ";\n" statement "SELECT \047end\047;"
      else if (statement ~ /^(SELECT|VALUES|WITH)/) { sub(/;\n$/, "\n", statement); print head statement tail }
      else print statement
      statement = failure = ""
    }
    statement == "" && /^-- bind / { bind(substr($0, 9)); next }
    statement == "" && /^-- error / { failure = substr($0, 10); next }
    statement == "" && (/^--/ || /^ *$/) { next }
    { statement = statement $0 "\n" }
    /;$/ { run() }
    END { if (statement != "") print "a statement without an end" }'
}

# What the shell printed as numbered TAP; the numbers begin behind $1.
to_tap() {
  awk -v number="$1" '
    function report(ok, name) { print (ok ? "ok " : "not ok ") ++number " - " name }
    inside && $0 == "end" {
      name = expected
      sub(/: .*/, "", name)
      expected = substr(expected, length(name) + 3)
      report(got == expected, name)
      if (got != expected) print "# got      " got "\n# expected " expected
      inside = 0
      next
    }
    inside { if (got == "") { got = $0; sub(/^([A-Za-z]+ e|E)rror near line [0-9]+: /, "", got); sub(/ \([0-9]+\)$/, "", got) }; next }
    /^error / { inside = 1; expected = substr($0, 7); got = ""; next }
    /^ok - / { report(1, substr($0, 6)); next }
    /^not ok - / { report(0, substr($0, 10)); next }
    /^#/ { print; next }
    { report(0, "no rule, but: " $0) }
    END { if (inside) report(0, expected " (the shell ended)") }'
}

set -- "$here"/../sql/rules/*.sql
plan=$(cat "$@" | awk '/^-- plan [0-9]+$/ { plan += $3 } END { print plan }')
echo "1..$((plan * 4))"
number=0
for defensive in on off; do
  for trusted_schema in on off; do
    echo "# defensive $defensive, trusted_schema $trusted_schema"
    for rules in "$@"; do
      {
        printf '%s\n' ".load $build/decorum" '.output /dev/null' ".dbconfig defensive $defensive" \
          ".dbconfig trusted_schema $trusted_schema" '.output'
        to_script <"$rules"
      } >"$work/script"
      database=:memory:
      if grep -q '^-- community$' "$rules"; then
        database=$work/community.db
        rm -f "$database"*
        "$build/decorum" init -q "$database"
      fi
      ${DECORUM_SHELL:-} "${DECORUM_SQLITE:-sqlite3}" -batch -init /dev/null "$database" <"$work/script" >"$work/output" 2>&1
      status=$?
      [ "$status" -le 1 ] || echo "the shell ended with status $status in $rules" >>"$work/output"
      to_tap "$number" <"$work/output" | tee "$work/tap"
      number=$((number + $(grep -c -E '^(not )?ok ' "$work/tap")))
    done
  done
done
