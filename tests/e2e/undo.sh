#!/bin/sh
# decorum undo: by number, by policy, by member; all or none.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q new.db
sqlite3 new.db "INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob');
  INSERT INTO sanction(member, action, duration_s, at, reason, policy, moderator) SELECT column1, column2, 60, unixepoch(column3), 'insults', column4, column5 FROM (VALUES
    (1, 'mute', '2024-05-01 17:59:59', 'ladder@7', NULL), (1, 'mute', '2024-05-01 18:00', 'ladder@7', NULL), (2, 'mute', '2024-05-01 18:01', 'ladder@6', NULL),
    (2, 'warn', '2024-05-01 18:02', 'ladder@7', NULL), (1, 'kick', '2024-05-01 18:03', NULL, 'mod'), (2, 'mute', '2024-05-01 19:00', 'ladder@7', NULL),
    (2, 'mute', '2024-05-01 19:01', 'lad', NULL), (2, 'reset', '2024-05-01 19:02', NULL, 'mod'));
  INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 6, 'x')"
fresh() { rm -f chat.db; cp new.db chat.db; }
undone() { sqlite3 chat.db "SELECT group_concat(undoes) FROM (SELECT undoes FROM sanction WHERE reason = 'too strict' ORDER BY undoes)"; }

fresh
is "$("$decorum" undo chat.db 2 5 --reason "too strict" --by ann)" "case 10 undoes case 2: mute of ann by ladder@7, 2024-05-01 18:00:00: insults
case 11 undoes case 5: kick of ann by mod, 2024-05-01 18:03:00: insults
2 cases undone" "by number"
is "$(sqlite3 chat.db "SELECT undoes, member, moderator, reason FROM sanction WHERE case_no > 9")" "2|1|ann|too strict
5|1|ann|too strict" "each is a case"
fails_with "decorum: undo: case 5: that case is undone already" "one that is undone" "$decorum" undo chat.db 1 5 --reason "too strict"
fails_with "decorum: undo: case 99: there is no such case to undo" "one that is not there" "$decorum" undo chat.db 1 99 --reason "too strict"
fails_with "decorum: undo: case 9: an undo cannot be undone: *" "an undo" "$decorum" undo chat.db 1 9 --reason "too strict"
is "$(undone)" "2,5" "all or none"

for try in "--policy ladder@7 --since 2024-05-01T18:00|2,4" "--policy ladder@7|1,2,4" "--policy ladder|1,2,3,4" "--policy l*|" "--policy ladder --until 1714586400|1" \
  "--policy ladder --since 1714586460 --until 2024-05-01T18:02|3" "--member bob --since 2024-05-01|3,4,7" "--member id=1 --since 2024-05-01T18:00|2,5" "--policy ladder --member bob|3,4"; do
  fresh
  set -f
  "$decorum" undo -q chat.db --reason "too strict" ${try%%|*} >out 2>&1
  is "$? $(cat out)$(undone)" "0 ${try#*|}" "${try%%|*}"
  set +f
done
fresh
is "$("$decorum" undo chat.db --policy ladder@7 --reason "too strict" --dry-run | tail -2) $(undone)" "would undo case 4: warn of bob by ladder@7, 2024-05-01 18:02:00: insults
3 cases would be undone " "a dry run"
is "$("$decorum" undo chat.db --policy other --reason "too strict")" "0 cases undone" "nothing to undo"

# What a bot is to do follows.
sqlite3 chat.db "INSERT INTO account VALUES ('irc', 'ann', 1); INSERT INTO connection(platform) VALUES ('irc')"
"$decorum" undo -q chat.db 2 --reason "too strict"
is "$(sqlite3 chat.db "SELECT group_concat(call) FROM (SELECT call FROM outbox ORDER BY id)")" "unmute,dm" "it is owed to the platform"

for wrong in "|say which: *" "3 --policy ladder|either numbers*" "--member bob|--member needs --since: *" "three|a case is a number, not 'three'" \
  "--policy ladder --since yesterday|--since must be Unix seconds or a date such as *, not 'yesterday'" "--policy ladder --until 2024-02-30|--until must be *" \
  "--member nobody --since 0|there is no member 'nobody': *"; do
  fails_with "decorum: undo: ${wrong#*|}" "undo ${wrong%%|*}" "$decorum" undo chat.db --reason "too strict" ${wrong%%|*}
done
fails_with "decorum: undo: --reason must say why" "a blank reason" "$decorum" undo chat.db 1 --reason " "
fails_with "decorum: missing option '--reason'*" "no reason" "$decorum" undo chat.db 1
finish
