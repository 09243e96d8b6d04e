#!/bin/sh
# A copy of a file in use: whole, with the file's permissions, there at once or not at all.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db --set mode=enforce
"$decorum" replay -q chat.db "$root/examples/lobby-2026-03-14.log" 2>/dev/null
chmod 640 chat.db
rows() {
  for table in $(sqlite3 "$1" "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema' ORDER BY name"); do
    echo "== $table"
    sqlite3 "$1" "SELECT * FROM $table ORDER BY 1, 2"
  done
}
rows chat.db >before

matches "$("$decorum" backup chat.db copy.db)" "copy.db: * bytes, read from end to end" "a copy"
rows copy.db | cmp -s - before
ok $? "has every row"
is "$(sqlite3 copy.db "PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode; PRAGMA integrity_check")" "1145389903
6
wal
ok" "says whose it is, and can go on in its place"
is "$(stat -c %a copy.db) $(ls -m copy.db* chat.db*)" "640 chat.db, copy.db" "has the file's permissions, and nothing is left beside it"
is "$("$decorum" report copy.db leaderboard | cksum)" "$("$decorum" report chat.db leaderboard | cksum)" "its virtual tables work"
is "$("$decorum" backup -q chat.db quiet.db)" "" "--quiet says nothing"

# What was deleted stays behind.
sqlite3 chat.db "PRAGMA secure_delete = OFF; CREATE TABLE gone (x); INSERT INTO gone VALUES ('a word that is gone'); DROP TABLE gone; PRAGMA wal_checkpoint"  >/dev/null
"$decorum" backup -q chat.db lean.db
is "$(grep -c 'a word that is gone' chat.db) $(grep -c 'a word that is gone' lean.db)" "1 0" "what was deleted is not copied"

# While somebody is in the middle of writing: the state before, and nobody waits.
cat >writing.sql <<END
BEGIN IMMEDIATE;
INSERT INTO note(member, author, text) VALUES (1, 'ann', 'not yet');
.shell "$decorum" backup -q chat.db during.db; echo \$? >status
COMMIT;
END
sqlite3 chat.db <writing.sql
is "$(cat status) $(sqlite3 during.db "SELECT count(*) FROM note WHERE text = 'not yet'") $(sqlite3 chat.db "SELECT count(*) FROM note WHERE text = 'not yet'")" "0 0 1" \
  "while somebody writes, it is as it was before"
# Writers that go on all the time: each copy is one moment, with as many texts as messages.
sqlite3 chat.db "CREATE TABLE pair (a, b)"
(i=0; while [ $i -lt 400 ] && [ ! -e enough ]; do i=$((i + 1)); echo "BEGIN; INSERT INTO pair VALUES ($i, NULL); UPDATE pair SET b = a WHERE b IS NULL; COMMIT;"; done | sqlite3 -cmd ".timeout 5000" chat.db) &
writer=$!
for i in 1 2 3 4 5; do
  "$decorum" backup -q chat.db "live$i.db" || echo failed
  sqlite3 "live$i.db" "SELECT count(*) FROM pair WHERE b IS NULL; PRAGMA integrity_check"
done >live
: >enough
wait $writer
is "$(sort -u live | tr '\n' ' ')" "0 ok " "copies while another goes on writing are each of one moment"

fails_with "decorum: backup: copy.db: is there already; name a new file" "a file that is there" "$decorum" backup chat.db copy.db
fails_with "decorum: backup: there is no database none.db; *" "no database" "$decorum" backup none.db new.db
fails_with "decorum: backup: no/new.db.part: No such file or directory" "no such folder" "$decorum" backup chat.db no/new.db
ln -s elsewhere.db link.db
fails_with "decorum: backup: link.db: is a symbolic link; *" "a link" "$decorum" backup chat.db link.db
: >empty.db
chmod 600 empty.db
is "$("$decorum" backup -q chat.db empty.db; echo $?) $(stat -c %a empty.db)" "0 600" "an empty file is filled, and keeps its permissions"

# Killed on the way, or without room: nothing has the name, and what was left is no hindrance.
sqlite3 chat.db "CREATE TABLE filler (x); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO filler SELECT hex(randomblob(200)) FROM n"
for moment in 01 02 03 04 06 08; do
  rm -f killed.db
  "$decorum" backup -q chat.db killed.db &
  sleep "0.$moment"
  kill -9 $! 2>/dev/null
  wait $!
  [ ! -e killed.db ] || [ "$(sqlite3 killed.db "PRAGMA integrity_check")" = ok ] || echo broken
done >killed 2>&1
is "$(grep -c broken killed)" 0 "killed at some moment, the copy is whole or is not there"
rm -f killed.db
is "$("$decorum" backup -q chat.db killed.db; echo $?) $(ls -m killed.db*)" "0 killed.db" "and the next one succeeds"
(trap '' XFSZ; ulimit -f 2000; "$decorum" backup chat.db full.db) >out 2>err
is "$? $(ls full.db* 2>/dev/null)" "2 " "no room: nothing is left"
matches "$(cat err)" "decorum: backup: full.db: *" "which is said"

# A file that is damaged is not copied as if it were whole.
cp lean.db bad.db
root_page=$(sqlite3 bad.db "SELECT rootpage FROM sqlite_schema WHERE name = 'assessment_member'")
printf 'XXXXXXXXXXXXXXXX' | dd of=bad.db bs=1 seek=$(((root_page - 1) * 4096 + 8)) conv=notrunc 2>/dev/null
"$decorum" backup bad.db copy_of_bad.db >out 2>err
is "$? $(ls copy_of_bad.db* 2>/dev/null)" "2 " "a damaged file: no copy"

cp lean.db closed.db
chmod 444 closed.db
if [ "$(id -u)" != 0 ]; then
  fails_with "decorum: backup: closed.db: is read-only; *" "a file that is read-only" "$decorum" backup closed.db new.db
fi
finish
