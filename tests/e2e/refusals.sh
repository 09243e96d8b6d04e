#!/bin/sh
# Bad input: one clear line on standard error, exit status 2, nothing changed.
. "$(dirname "$0")/tap.sh"
log=$root/examples/lobby-2026-03-14.log

fails_with "decorum: replay: there is no database none.db; make it with: decorum init none.db" "no database" \
  "$decorum" replay none.db "$log"
ok "$([ ! -e none.db ]; echo $?)" "and none was made"
fails_with "decorum: report: there is no database none.db; *" "a report of no database" "$decorum" report none.db overview
echo "not a database, but long enough to be read as the head of one, were it not for its words" >text.db
fails_with "decorum: replay: text.db: file is not a database" "a text as a database" "$decorum" replay text.db "$log"
fails_with "decorum: init: text.db: file is not a database" "init of a text" "$decorum" init text.db
matches "$(cat text.db)" "not a database, *" "and it is as it was"
sqlite3 foreign.db "CREATE TABLE mine (x)"
fails_with "decorum: init: foreign.db: the file is not a Decorum database" "another program's database" "$decorum" init foreign.db
is "$(sqlite3 foreign.db .schema)" "CREATE TABLE mine (x);" "and it is as it was"
: >empty.db
fails_with "decorum: report: empty.db: the file is empty; *" "an empty file" "$decorum" report empty.db overview
mkdir folder.db
fails_with "decorum: replay: there is no database folder.db; *" "a folder" "$decorum" replay folder.db "$log"

"$decorum" init -q chat.db
"$decorum" replay -q chat.db "$log" 2>/dev/null
contents chat.db >before
# another VERSION WAY_OUT: the file of another version of the schema, which nothing touches.
another() {
  cp chat.db another.db
  sqlite3 another.db "PRAGMA user_version = $1"
  for command in "init another.db" "replay another.db $log" "report another.db overview"; do
    fails_with "decorum: ${command%% *}: another.db: the file has schema version $1, this program knows 6: $2" "schema version $1, ${command%% *}" "$decorum" $command
  done
}
another 99 "use a newer decorum"
another 4 "make a new file and replay the logs into it"

fails_with "decorum: replay: none.log: No such file or directory" "no log" "$decorum" replay chat.db none.log
fails_with "decorum: replay: chat.log: the log's name has no date (YYYY-MM-DD); give it with --date" "a log without a date" \
  sh -c 'echo "[09:14] <ann> hi" >chat.log; exec "$0" replay chat.db chat.log' "$decorum"
fails_with "decorum: replay: --date must be YYYY-MM-DD, not '2026-02-30'" "no such day" \
  "$decorum" replay chat.db chat.log --date 2026-02-30
fails_with "decorum: replay: folder.db: is a folder" "a folder as a log" "$decorum" replay chat.db folder.db
fails_with "decorum: report: there is no report 'gossip', only: *" "no such report" "$decorum" report chat.db gossip
fails_with "decorum: report: there is no parameter membr here, only: member, now" "no such parameter" \
  "$decorum" report chat.db member membr=ann
fails_with "decorum: unknown command 'moderate'; *" "no such command" "$decorum" moderate
fails_with "decorum: unknown command 'reprot', did you mean 'report'?; *" "a mistyped command, in one line" "$decorum" reprot
fails_with "decorum: missing argument 'database'; *" "no database named" "$decorum" init

echo 'return policy { id = "harsh", needs = {}' >broken.lua
fails_with "decorum: init: broken.lua:2: '}' expected*" "a policy that does not compile" "$decorum" init chat.db --policy broken.lua
fails_with "decorum: init: broken.lua:2: '}' expected*" "the same with a new file" "$decorum" init new.db --policy broken.lua
ok "$([ ! -e new.db ]; echo $?)" "and no file was made"
cat >failing.lua <<'END'
return policy { id = "harsh", needs = { "drama" }, ladder = { { at = 1, action = "ban" } },
  tests = { { "bans all", { drama = 1 }, { action = "ban" } } } }
END
fails_with "decorum: init: failing.lua: *tests?1? 'bans all': expected action ban, got none" "a policy that fails its test" \
  "$decorum" init chat.db --policy failing.lua --set mode=enforce
is "$(sqlite3 chat.db "SELECT value FROM setting WHERE name = 'mode'; SELECT count(*) FROM policy_version")" "observe
7" "and nothing else of that command was done"
fails_with "decorum: init: none.lua: No such file or directory" "no such policy file" "$decorum" init chat.db --policy none.lua
fails_with "decorum: init: chat.db: mode must be observe or enforce, not 'maybe'" "a setting out of range" "$decorum" init chat.db --set mode=maybe
fails_with "decorum: init: chat.db: there is no setting 'mood', only: *mode*" "no such setting" "$decorum" init chat.db --set mood=good
fails_with "decorum: init: chat.db: --set takes NAME=VALUE, not 'mode'" "a setting without a value" "$decorum" init chat.db --set mode
fails_with "decorum: init: chat.db: there is no param 'wran' in policy ladder, did you mean 'warn'? it has mute, *, warned_discount" \
  "no such param" "$decorum" init chat.db --set ladder.wran=0.6
fails_with "decorum: init: chat.db: there is no policy 'leader', only: *ladder*" "no such policy" "$decorum" init chat.db --set leader.warn=1
fails_with "decorum: init: chat.db: a policy's param must be a finite number, not 'high'" "a param that is no number" \
  "$decorum" init chat.db --set ladder.warn=high

contents chat.db >after
ok "$(cmp -s before after; echo $?)" "nothing changed"
finish
