#!/bin/sh
# A file of an older version brought up to date: every row, the schema of a new file, and nothing by halves.
. "$(dirname "$0")/tap.sh"

# The file as a program of its time made it.
old() { rm -f "$1" "$1"-*; sqlite3 "$1" <"$here/version_5.sql" >/dev/null; }
dump() { sqlite3 "$1" .dump "PRAGMA user_version" "PRAGMA application_id" | sort | cksum; } # the order of tables is no matter
old old.db
old chat.db
chmod 600 chat.db
before=$(dump chat.db)

for command in "report chat.db overview" "job chat.db decay" "replay chat.db /dev/null" "backup chat.db copy.db"; do
  fails_with "decorum: ${command%% *}: chat.db: the file has schema version 5, this program knows 6: bring it up to date with: decorum init chat.db" \
    "${command%% *} of an older file" "$decorum" $command
done
"$decorum" init chat.db >out 2>&1
is "$?
$(grep -v '^not active' out)" "0
schema version 6, was 5; as it was it is kept in chat.db.version-5.backup
chat.db is up to date" "init brings it up to date"
is "$(dump chat.db.version-5.backup) $(stat -c %a chat.db.version-5.backup)" "$before 600" "with a copy of it as it was, with its permissions"

# The schema
"$decorum" init -q fresh.db
is "$(sqlite3 chat.db "ATTACH 'fresh.db' AS fresh; PRAGMA user_version;
  SELECT 'not here:', type, name FROM (SELECT type, name, tbl_name, sql FROM fresh.sqlite_schema EXCEPT SELECT type, name, tbl_name, sql FROM sqlite_schema);
  SELECT 'here:', type, name FROM (SELECT type, name, tbl_name, sql FROM sqlite_schema EXCEPT SELECT type, name, tbl_name, sql FROM fresh.sqlite_schema)")" \
  "6
here:|index|our_index
here:|table|our_own
here:|trigger|our_trigger
here:|view|our_view" "the schema is that of a new file, to the letter, and what is the file's own"
is "$(sqlite3 chat.db "PRAGMA integrity_check; PRAGMA foreign_key_check")" ok "and it is whole"

# The rows: those of the old file in all of its columns, and no others but what every init adds.
compare() { # compare ONE OTHER: what of ONE's tables, in the columns of old.db, is not in OTHER
  for table in $(sqlite3 old.db "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT GLOB 'sqlite_*'"); do
    columns=$(sqlite3 old.db "SELECT group_concat('\"' || name || '\"') FROM pragma_table_xinfo('$table')")
    sqlite3 "$1" "ATTACH '$2' AS other; SELECT '$table', * FROM (SELECT $columns FROM main.$table EXCEPT SELECT $columns FROM other.$table)"
  done
}
is "$(for t in $(sqlite3 old.db "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT GLOB 'sqlite_*'"); do
    sqlite3 old.db "SELECT '$t is empty' WHERE NOT EXISTS (SELECT 1 FROM $t)"
  done)" "" "the old file has rows in each table"
is "$(compare old.db chat.db)" "" "every row is there, in all its columns"
cp chat.db new.db
sqlite3 new.db "DELETE FROM policy_version WHERE name IN ('assistant_abuse', 'coherence', 'reputation', 'topic', 'verdict')"
is "$(compare new.db old.db)" "setting|text_days|90" \
  "and no other but new settings, and policies that wait"
is "$(shell chat.db "SELECT name, version, active FROM policy WHERE name IN ('ladder', 'spam'); SELECT member, reason FROM shadow_ban; SELECT coherence FROM member_facts(2, 1773478812, 99)")" \
  "ladder|1|1
spam|1|0
2|floods the bot
0.7" "the virtual tables have theirs"
is "$(shell chat.db "INSERT INTO sanction(member, action, reason) VALUES (1, 'warn', 'test'); SELECT max(case_no), max(seq) FROM sanction; SELECT cases FROM our_view;
  INSERT INTO note(member, author, text) VALUES (1, 'ann', 'x'); SELECT count(*) FROM our_own" 2>&1)" "9|31
9
2" "cases and the log go on where they were, and the file's own trigger and view work"
is "$("$decorum" init chat.db; ls -m chat.db*)" "chat.db is up to date
chat.db, chat.db.version-5.backup" "once more: nothing to do"

# Ids of IRC are in small letters.
old irc.db
sqlite3 irc.db "INSERT INTO account VALUES ('irc', 'Ann[x]^\\', 1), ('irc', 'bob', 2), ('irc', 'BOB', 3), ('other', 'Cid', 3)"
"$decorum" init -q irc.db
is "$(sqlite3 irc.db "SELECT platform_id, member FROM account WHERE platform IN ('irc', 'other') ORDER BY 1")" 'BOB|3
Cid|3
ann{x}~||1
bob|2' "a nick becomes the id that the bot looks for, unless somebody has that"

# Nothing by halves.
untouched() { is "$(dump chat.db) $(ls -m chat.db*)" "$before chat.db" "$1"; }
old chat.db
rm -f chat.db.*
fails_with "decorum: init: chat.db: window_size must be *" "a setting of the same command that is refused" "$decorum" init chat.db --set window_size=0
untouched "nothing is done, and no copy left"
sqlite3 chat.db "PRAGMA ignore_check_constraints = ON; UPDATE message SET kind = 'shout' WHERE id = 2"
before_hand=$(dump chat.db)
fails_with "decorum: init: chat.db: CHECK constraint failed: *" "a row that a table refuses" "$decorum" init chat.db
is "$(dump chat.db) $(ls -m chat.db*)" "$before_hand chat.db" "nothing is done, and no copy left"
old chat.db
sqlite3 chat.db "CREATE TRIGGER theirs AFTER INSERT ON decision_timing BEGIN SELECT 1; END; PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET sql = replace(sql, 'decision_timing', 'no_table') WHERE name = 'theirs'" 2>/dev/null
"$decorum" init chat.db >out 2>err
is "$? $(wc -l <err | tr -d ' ') $(sqlite3 chat.db "PRAGMA user_version")" "2 1 5" "a trigger of the file's own that cannot be put back"

old chat.db
harm="PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || '; CREATE TABLE harm (x)' WHERE name IN ('our_trigger', 'our_view', 'our_index')"
sqlite3 chat.db "$harm"
"$decorum" init -q chat.db
sqlite3 chat.db "$harm"
"$decorum" erase -q chat.db --member id=3
is "$? $(sqlite3 chat.db "PRAGMA user_version; SELECT name FROM sqlite_schema WHERE name = 'harm'")" "0 6" "what a stranger put behind a trigger of the file is not run"
rm -f chat.db.*

# What lay wrong before stays so, and is no hindrance; decorum check tells of it.
old chat.db
sqlite3 chat.db "DELETE FROM account; INSERT INTO account VALUES ('test', 'nobody', 99)"
is "$("$decorum" init -q chat.db; echo $?) $(sqlite3 chat.db "PRAGMA foreign_key_check")" "0 account||member|0" "a row that led nowhere is brought over"

# A file without room; a file that another has locked.
old chat.db
rm -f chat.db.*
(trap '' XFSZ; ulimit -f 400; "$decorum" init chat.db) >out 2>err
is "$? $(wc -l <err | tr -d ' ')" "2 1" "no room for the copy"
untouched "nothing is done"
(trap '' XFSZ; ulimit -f $(($(stat -c %s chat.db) / 512 + 60)); "$decorum" init chat.db) >out 2>err
is "$? $(wc -l <err | tr -d ' ')" "2 1" "no room for the new tables"
untouched "nothing is done, and no copy left"
sqlite3 chat.db "BEGIN IMMEDIATE" ".shell \"$decorum\" init chat.db >out 2>err; echo \$? >>err"
is "$(cat out err)" "decorum: init: chat.db: database is locked
2" "locked by another"
untouched "nothing is done"

# Killed at any moment: the file is as it was, or done; and the next init ends it. With enough rows that it takes a while.
sqlite3 chat.db "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
  INSERT INTO message(platform, platform_id, channel, member, at) SELECT 'test', i, 1, 1, 1000 + i FROM n"
cp chat.db large.db
before=$(dump large.db)
for moment in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 18 20 22 25; do
  rm -f chat.db*
  cp large.db chat.db
  "$decorum" init -q chat.db &
  sleep "0.$moment"
  kill -9 $! 2>/dev/null
  wait $!
  killed=$?
  version=$(sqlite3 chat.db "PRAGMA user_version")
  [ "$version" = 6 ] || [ "$(dump chat.db)" = "$before" ] || echo "broken at 0.$moment, version $version"
  for copy in chat.db.version-5.backup*; do
    [ ! -e "$copy" ] || case $copy in *.part*) ;; *) [ "$(dump "$copy")" = "$before" ] || echo "a broken copy at 0.$moment" ;; esac
  done
  "$decorum" init -q chat.db || echo "no end after 0.$moment"
  is_there=$(sqlite3 chat.db "PRAGMA user_version; SELECT count(*) FROM message; PRAGMA integrity_check" | tr '\n' ' ')
  [ "$is_there" = "6 20005 ok " ] || echo "lost after 0.$moment: $is_there"
  echo "version $version, status $killed"
done >killed 2>errors
is "$(grep -c -v '^version' killed)" 0 "killed at twenty moments it is as it was, or done" "$(cat killed errors)"
ok "$(grep -q 'version 5, status 137' killed; echo $?)" "some of them before it was done"
finish
