#!/bin/sh
# decorum report: each report in each format, in a pipe and in the sqlite3 shell.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db --set mode=enforce
"$decorum" replay -q chat.db "$root/examples/lobby-2026-03-14.log" 2>/dev/null

is "$("$decorum" report chat.db | wc -l)" "$(ls "$root/sql/reports" | wc -l)" "without a name the reports are listed"
for file in "$root"/sql/reports/*.sql; do
  name=$(basename "$file" .sql)
  "$decorum" report chat.db "$name" >box 2>stderr
  is "$? $(cat stderr)" "0 " "$name runs"
  matches "$(head -1 "$file")" "-- [A-Z]*." "$name says in its first line what it answers"
  "$decorum" report chat.db "$name" --format json --out report.json
  is "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('report.json') AS TEXT))")" 1 "$name as JSON is JSON"
  "$decorum" report chat.db "$name" --format csv --out report.csv
  ok "$([ -s report.csv ]; echo $?)" "$name as CSV goes to a file"
  shell -init /dev/null chat.db ".read '$file'" >out 2>&1
  is "$? $(grep -c -i error out)" "0 0" "$name runs in the sqlite3 shell"
done

matches "$("$decorum" report chat.db leaderboard --format csv limit=1 | tr -d '\r')" "member,messages,*
ferrite,35,7,*" "the most heated comes first"
matches "$("$decorum" report chat.db decisions limit=1)" "*ferrite*mute*30 min*case 6*drama 0.68*" "a decision comes with its reason"
matches "$("$decorum" report chat.db overview)" "*messages*327*warnings*2*mutes*2*" "the overview counts"
matches "$("$decorum" report chat.db member member=ferrite)" "*irc: ferrite*Cases*ladder@1*" "a member's page"
sqlite3 chat.db "INSERT INTO case_note(case_no, author, text) SELECT max(case_no), 'ann', 'said anew' FROM sanction
  WHERE member = (SELECT id FROM member WHERE name = 'ferrite')"
matches "$("$decorum" report chat.db member member=ferrite)" "*Cases*said anew*" "with the newest reason of a case"
matches "$("$decorum" report chat.db member member=nobody)" "*(nothing)*" "somebody unknown has an empty one"
is "$(sqlite3 chat.db "SELECT count(*) FROM member WHERE name = 'nobody'")" 0 "and is not made a member"

"$decorum" report chat.db overview now=2026-03-14 --format csv >out
matches "$(cat out)" "*2026-03-14*messages,327,*" "a time may be given as a date"
"$decorum" report chat.db overview --out chat.db 2>err
matches "$? $(cat err)" "2 decorum: report: chat.db: is a database; *" "a report does not overwrite a database"
mkfifo pipe
timeout 20 cat pipe >out &
timeout 20 "$decorum" report chat.db overview --out pipe
status=$?
wait
is "$status $(grep -c "^Today" out) $([ -p pipe ]; echo $?)" "0 1 0" "a pipe is written to, and stays one"
mkdir folder
"$decorum" report chat.db overview --out folder 2>err
is "$? $(cat err)" "2 decorum: report: folder: is a folder" "a folder is none to write to"
ok "$("$decorum" report chat.db overview >/dev/full 2>/dev/null; [ $? = 2 ]; echo $?)" "a full disk is told of"
is "$(sed -n '/^Who is most heated/,/^│ solenoid/p' "$root/README.md")" \
  "$("$decorum" report chat.db leaderboard | sed -n '1,/^│ solenoid/p')" "the README shows what the leaderboard prints"

# Names and texts from a chat do not drive the terminal of who reads about them.
printf '{"id":"e","channel":"c","member":"\\u001b[31mred\\u202e","at":1773531999,"text":"you idiot \\u001b]0;title\\u0007"}\n' >escape.jsonl
"$decorum" replay -q chat.db escape.jsonl
# Everything that somebody could have written, and what a policy was given of it.
red="'x' || char(27) || '[31mred' || char(0x202E)"
shell chat.db "INSERT INTO note(member, at, author, text) SELECT member, 0, $red, $red FROM account WHERE platform_id LIKE '%red%';
  INSERT INTO profile(member, at, author, text) SELECT member, 0, $red, $red FROM note; INSERT INTO flag_type(name, points) VALUES ($red, 5);
  INSERT INTO flag(message, reporter, type, comment) SELECT message.id, 1, $red, $red FROM message JOIN note USING (member);
  INSERT INTO decision(seq, message, member, at, policy, action, reason, review, mode, trace, facts)
    SELECT 1, message.id, note.member, message.at, $red, 'mute', $red, 1, 'enforce',
      json_object('signals', json_array(json_object('name', $red, 'points', 1, 'words', $red)), 'points', 1, 'rung', 1), json_object($red, $red, 'notes', notes)
    FROM note JOIN message ON message.member = note.member, member_facts(note.member, message.at, 99999);
  INSERT INTO sanction(member, action, reason, policy, moderator, decision) SELECT member, 'mute', $red, $red, $red, (SELECT max(id) FROM decision) FROM note;
  INSERT INTO reputation_change(member, after, reason, moderator) SELECT member, 40, $red, $red FROM note;
  UPDATE review SET claimed_by = $red, claimed_at = 0 WHERE decision = (SELECT max(id) FROM decision)"
raw() { grep -c "$(printf '\033\|\342\200\256')"; }
is "$(sqlite3 chat.db "SELECT reason FROM sanction" | raw)" 1 "what is hostile is in the file as it was"
for report in explain flags "member member=$(sqlite3 chat.db "SELECT member FROM note")"; do
  is "$("$decorum" report chat.db $report | raw)" 0 "${report% *} shows all of it safely"
done
for view in open_sanction member_now leaderboard explain review_queue; do
  is "$(shell chat.db "SELECT $(shell chat.db "SELECT group_concat(name) FROM pragma_table_info('$view') WHERE name NOT IN ('policy', 'facts')") FROM $view" | raw)" 0 \
    "$view shows names and texts safely in the shell"
done
for report in leaderboard decisions; do
  "$decorum" report chat.db "$report" >out
  is "$(tr -d -c '\033\007' <out | wc -c)" 0 "$report shows control characters instead of sending them"
  matches "$(cat out)" "*␛?31mred‹U+202E›*" "$report names who it was all the same"
done

# As a page: well-formed, nothing from elsewhere, and what people wrote is text in it.
sqlite3 chat.db "INSERT INTO member(id, name) VALUES (99, '<script>alert(1)</script>')"
"$decorum" report chat.db member member=99 --format html --out page.html
matches "$(cat page.html)" '*Content-Security-Policy*default-src*&lt;script&gt;alert(1)*' "a page shows a name as text"
is "$(grep -ciE '<script|src=|https?://' page.html)" 1 "and loads nothing: the one address is the namespace of HTML"
if command -v xmllint >/dev/null; then
  is "$(xmllint --noout page.html 2>&1)" "" "and is well-formed"
else
  ok 0 "and is well-formed # SKIP xmllint is not there"
fi

is "$("$decorum" --version)" "decorum $(shell :memory: "SELECT decorum_version()")" "--version"
for command in "" init replay report job eval; do
  "$decorum" $command --help >help 2>stderr
  matches "$? $(head -1 help)" "0 Usage: decorum*" "decorum $command --help"
done

# heat = 0.4 mean + 0.2 peak + 0.4 min(1, 10 (warnings + 2 mutes + 0.5 off-topic reminders) / messages)
"$decorum" init -q heat.db
sqlite3 heat.db "INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO channel(platform, name) VALUES ('t', '#t');
  INSERT INTO message(platform, platform_id, channel, member, at)
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 104) SELECT 't', i, 1, 1 + (i > 100), 1000 + i FROM n;
  INSERT INTO sanction(member, action, at, reason) VALUES (1, 'warn', 1005, 'x'), (1, 'mute', 1006, 'x'), (1, 'warn', 1007, 'x'),
    (2, 'mute', 1102, 'x'), (2, 'timeout', 1103, 'x');
  INSERT INTO sanction(action, undoes, at, reason) VALUES ('undo', 3, 1008, 'x');
  INSERT INTO notification(member, at, kind) VALUES (1, 1009, 'topic')"
for i in $(seq 104); do
  echo "INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), id, member, at, 'scorer',
    iif(id = 100, 0.6, 0.1) FROM message WHERE id = $i;"
done | sqlite3 heat.db
is "$("$decorum" report heat.db leaderboard --format csv | tr -d '\r' | cut -d, -f 1,8 | tail -n +2)" "bob,0.46
ann,0.302" "the leaderboard's heat: 0.4 * 0.105 + 0.2 * 0.6 + 0.4 * 0.35, and at most 0.4 for sanctions"
finish
