#!/bin/sh
# decorum shell: the sqlite3 shell with the extension in it, and nothing of the user's own settings.
. "$(dirname "$0")/tap.sh"
[ -z "${DECORUM_SHELL:-}" ] || skip_all "sqlite3 cannot load an extension with sanitizers in it"
"$decorum" init -q "a chat's.db"
sqlite3 "a chat's.db" "INSERT INTO member(id, name) VALUES (1, 'ann')"
mkdir home
echo ".mode csv
.shell touch harm" >home/.sqliterc
HOME=$work/home
export HOME

is "$("$decorum" shell "a chat's.db" "SELECT name, drama IS NOT NULL AS calm FROM member_now" 2>&1)" "┌──────┬──────┐
│ name │ calm │
├──────┼──────┤
│ ann  │ 1    │
└──────┴──────┘" "a box, and the extension's functions"
is "$(printf '%s\n' "SELECT decorum_version() <> '' AS x, fold('ÄNN') AS y, :limit AS z;" ".exit 7" | "$decorum" shell "a chat's.db"; echo "$? $(ls harm 2>/dev/null)")" "┌───┬─────┬────┐
│ x │  y  │ z  │
├───┼─────┼────┤
│ 1 │ ann │ 20 │
└───┴─────┴────┘
7 " "in a pipe, with parameters and the shell's own status; ~/.sqliterc is not read"
matches "$("$decorum" shell "a chat's.db" "INSERT INTO note(member, author, text) VALUES (99, 'ann', 'x')" 2>&1)" "*FOREIGN KEY constraint failed*" "rows must lead somewhere"
is "$("$decorum" shell "a chat's.db" "INSERT INTO member(name) VALUES ('bob')" "SELECT count(*) AS n FROM member" | sed -n 4p)" "│ 2 │" "statements one after another"
is "$("$decorum" shell "a chat's.db" <"$root/sql/reports/leaderboard.sql" >out 2>&1; echo $?)" 0 "a report runs as it is"

# Installed somewhere else
make -s -C "$root" BUILD="$build" DESTDIR="$work/to" PREFIX=/opt install >/dev/null
is "$("$work/to/opt/bin/decorum" shell "a chat's.db" "SELECT count(*) AS n FROM decorum_help WHERE name = 'fold'" 2>&1 | sed -n 4p)" "│ 1 │" "installed elsewhere"
rm "$work/to/opt/lib/decorum.so"
fails_with "decorum: shell: decorum.so is neither beside the program in *" "without the extension" "$work/to/opt/bin/decorum" shell "a chat's.db"

mkdir bin
for tool in sh env; do ln -s "$(command -v $tool)" "bin/$tool"; done
fails_with "decorum: shell: sqlite3, the shell, is not installed; on Debian: apt-get install sqlite3" "without sqlite3" env PATH="$work/bin" "$decorum" shell "a chat's.db"
fails_with "decorum: shell: there is no database none.db; *" "no database" "$decorum" shell none.db
finish
