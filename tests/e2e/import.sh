#!/bin/sh
# decorum import: member states of another bot become the first rows of their log; once, and owed to nobody.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db
sqlite3 chat.db "INSERT INTO member(id, name) VALUES (1, 'bobby'); INSERT INTO account VALUES ('irc', 'bob', 1); INSERT INTO connection(platform, moderators) VALUES ('irc', '#mods')"
cat >states.jsonl <<'END'
{"platform":"irc","id":"ann","name":"Ann","offences":3,"last_offence":999000,"warned":true,"immune":true,"off_topic":2,"baseline":0.6,"notes":["helps beginners","was tired"],"aliases":["Ännie"]}
{"platform":"irc","id":"bob","name":"Bob","offences":1,"last_offence":1000,"warned":999000.5}

{"platform":"discord","id":123456789012345678,"immune":false,"warned":false,"notes":[],"offences":0}
{"platform":"irc","id":"cat","baseline":1.5}
{"platform":"irc","id":"cat","offences":1}
{"platform":"irc","id":"cat","ofences":1}
{"platform":"irc","notes":["x"]}
{"platform":"irc","id":"cat","notes":["x",""]}
{"platform":"irc","id":"cat","notes":{"a":"x"}}
{"platform":"irc","id":"cat","warned":1773478800000}
{"platform":"irc","id":"cat","off_topic":-1}
[1]
{"platform":"irc","id":"cat"
{"platform":"irc","id":"ann","offences":9,"last_offence":1}
END
"$decorum" import chat.db states.jsonl --now 1000000 >out 2>err
is "$?
$(cat out)" "1
states.jsonl:15: irc ann was imported already
3 members imported, 1 known already, 10 lines refused" "how many"
is "$(sed 's/^decorum: import: states.jsonl://' err)" "5: baseline must be between 0 and 1, not 1.5
6: last_offence is missing: when was the last of the offences?
7: there is no field \"ofences\", did you mean 'offences'?
8: id is missing
9: notes must be a list of texts, not a list or an object
10: notes must be a list of texts, not a list or an object
11: warned must be true, false or Unix seconds, not 1773478800000
12: off_topic must be an integer between 0 and 1000, not -1
13: must be an object
$(sed -n 's/^decorum: import: states.jsonl:\(14: .*\)/\1/p' err)" "each line with a mistake, and what is wrong"
is "$(sqlite3 chat.db "SELECT id, name FROM member ORDER BY id; SELECT platform, platform_id, member FROM account ORDER BY member; SELECT member, platform_id, baseline FROM opening")" "1|bobby
2|Ann
3|123456789012345678
irc|bob|1
irc|ann|2
discord|123456789012345678|3
2|ann|0.6
1|bob|
3|123456789012345678|" "members, those that were here keep their names; nothing of a line that was refused"
# What policies know of them then
known() { shell chat.db "SELECT offences, warned, off_topic, immune, coherence_baseline, json_array_length(notes), aliases FROM member_facts($1, $2, 999999)"; }
is "$(known 2 1000001)" '3|1|2|1|0.6|2|["Ännie"]' "offences, warning, strikes, immunity, baseline, notes, aliases are known"
is "$(known 1 1000001)" "0|1|0|0|0.85|0|[]" "an offence of long ago counts no more, a warning of a while ago does"
is "$(known 3 1000001)" "0|0|0|0|0.85|0|[]" "who has nothing has nothing"
is "$(sqlite3 chat.db "SELECT case_no, member, action, at, ends_at, moderator, reason FROM sanction")" "1|2|mute|999000.0|999000.0|import|known from another bot: offence 1 of 3
2|2|mute|999000.0|999000.0|import|known from another bot: offence 2 of 3
3|2|mute|999000.0|999000.0|import|known from another bot: offence 3 of 3
4|2|warn|1000000.0||import|known from another bot: warned
5|1|mute|1000.0|1000.0|import|known from another bot: offence 1 of 1
6|1|warn|999000.5||import|known from another bot: warned" "as cases"
is "$(sqlite3 chat.db "SELECT count(*) FROM outbox; SELECT count(*) FROM standing_ban WHERE ends_at > 1000000" 2>/dev/null | head -1)" 0 "nothing of it is owed to a platform"
is "$("$decorum" check chat.db)" "chat.db: nothing found" "the file is whole"

before=$(sqlite3 chat.db .dump | cksum)
sed -n '1,4p' states.jsonl | "$decorum" import -q chat.db - >out 2>&1
is "$? $(cat out) $(sqlite3 chat.db .dump | cksum)" "0  $before" "once more, from standard input: nothing"
fails_with "decorum: import: none.jsonl: No such file or directory" "no such file" "$decorum" import chat.db none.jsonl
fails_with "decorum: import: .: is a folder" "a folder" "$decorum" import chat.db .
fails_with "decorum: import: there is no database none.db; *" "no database" "$decorum" import none.db states.jsonl
# A line that the file refuses
sqlite3 chat.db "CREATE TRIGGER theirs BEFORE INSERT ON note WHEN NEW.text = 'bad' BEGIN SELECT RAISE(ABORT, 'no such notes here'); END"
printf '%s\n' '{"platform":"irc","id":"dan","offences":1,"last_offence":1,"notes":["good","bad"]}' '{"platform":"irc","id":"eve"}' '{"platform":"irc","id":"dan","notes":["good"]}' >more.jsonl
"$decorum" import -q chat.db more.jsonl >out 2>err
is "$? $(cat err) $(sqlite3 chat.db "SELECT group_concat(name), (SELECT max(case_no) FROM sanction) FROM (SELECT name FROM member ORDER BY id); SELECT member || ' ' || text FROM note WHERE id > 2")" "1 decorum: import: more.jsonl:1: no such notes here bobby,Ann,123456789012345678,eve,dan|6
5 good" "of a line that fails half-way nothing is done"
is "$("$decorum" check chat.db | grep -v theirs)" "chat.db: nothing found" "and no number is used up"
finish
