#!/bin/sh
# A database that cannot be written: commands that only read do so and leave nothing beside it, the others say what to do.
. "$(dirname "$0")/tap.sh"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

# As somebody who may not write everywhere.
cat >as_user <<'END'
if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else exec "$@"; fi
END
chmod 755 "$work"
sh as_user test -x "$decorum" 2>/dev/null || skip_all "nobody but root can run $decorum"
user() { sh as_user "$decorum" "$@"; }

"$decorum" init -q chat.db --set mode=enforce
"$decorum" replay -q chat.db "$root/examples/lobby-2026-03-14.log" 2>/dev/null
mkdir closed own
cp chat.db closed && cp chat.db own
chmod 444 closed/chat.db own/chat.db
chmod 555 closed
chmod 777 own
"$decorum" report chat.db explain >report
"$decorum" diff chat.db chat.db >diff
"$decorum" replay -q chat.db --into what-if.db
contents what-if.db >what_if
is "$(ls chat.db* what-if.db*)" "chat.db
what-if.db" "reading leaves nothing beside a file that could be written"

for folder in closed own; do
  user report $folder/chat.db explain >got 2>&1
  is "$? $(cmp got report) $(ls -m $folder)" "0  chat.db" "report, $folder folder"
  user diff $folder/chat.db $folder/chat.db >got 2>&1
  is "$? $(cmp got diff) $(ls -m $folder)" "0  chat.db" "diff, $folder folder"
  user replay -q $folder/chat.db --into own/what-if.db 2>got
  is "$? $(cat got)" "0 " "replay --into, $folder folder"
  contents own/what-if.db | cmp - what_if >got
  rm own/what-if.db
  is "$(cat got) $(ls -m $folder)" " chat.db" "with every row, $folder folder"
  fails_with "decorum: job: $folder/chat.db: is read-only; make it writable, or take a copy" "job, $folder folder" user job $folder/chat.db decay
  fails_with "decorum: init: $folder/chat.db: is read-only; *" "init, $folder folder" user init $folder/chat.db
  fails_with "decorum: replay: $folder/chat.db: is read-only; *" "replay, $folder folder" user replay $folder/chat.db /dev/null
  ok "$(cmp -s chat.db $folder/chat.db && [ "$(ls $folder)" = chat.db ]; echo $?)" "it is as it was, $folder folder"
done
fails_with "decorum: init: closed/new.db: Permission denied" "a new database in such a folder" user init closed/new.db
fails_with "decorum: replay: closed/new.db.part: Permission denied" "a what-if in such a folder" user replay own/chat.db --into closed/new.db
chmod 755 closed && chmod 666 closed/chat.db && chmod 555 closed
fails_with "decorum: job: closed/chat.db: its folder is read-only, and SQLite must write there, too; *" "the folder alone" user job closed/chat.db decay
user report closed/chat.db explain >got 2>&1
is "$? $(cmp got report) $(ls -m closed)" "0  chat.db" "report, where the folder alone is read-only"

# What SQLite keeps beside the file is read where it is.
count="SELECT count(*) FROM note"
cat >attempt <<END
cp chat.db chat.db-wal ../left
chmod 444 *; chmod 555 .
sh ../as_user "$decorum" replay -q chat.db --into ../own/live.db
echo "\$? \$(ls -m)" >../status
chmod 755 .; chmod 644 *
END
mkdir live left
cp chat.db live
(cd live && sqlite3 chat.db "INSERT INTO note(member, author, text) VALUES (1, 'ann', 'just now')" ".shell sh ../attempt")
is "$(cat status; sqlite3 own/live.db "$count")" "0 chat.db, chat.db-shm, chat.db-wal
1" "while somebody writes it, what is new is seen"
chmod 444 left/*
chmod 555 left
fails_with "decorum: report: left/chat.db: what was written last is in left/chat.db-wal, which SQLite reads only where it may write into the folder; take a copy of both to another" \
  "what somebody has left who was killed" user report left/chat.db explain
rm -f own/chat.db*
cp left/chat.db left/chat.db-wal own
user replay -q own/chat.db --into own/left.db
is "$? $(sqlite3 own/left.db "$count")" "0 1" "a copy will do"
rm -f own/chat.db*
cp chat.db own
for ending in -wal -shm; do
  mkdir "closed$ending"
  cp chat.db "closed$ending"
  : >"closed$ending/chat.db$ending"
  chmod 555 "closed$ending"
  user report "closed$ending/chat.db" explain >got 2>&1
  is "$? $(cmp got report) $(ls -m "closed$ending")" "0  chat.db, chat.db$ending" "an empty $ending that was left over"
done
chmod 000 own/chat.db
fails_with "decorum: report: own/chat.db: unable to open database file: it must be readable, and so must own/chat.db-wal and own/chat.db-shm if they are there" \
  "a file that cannot be read" user report own/chat.db explain
finish
