#!/bin/sh
# Who may act, and what is done: the mode as of a message, the brake, what is no sanction, how long it took.
. "$(dirname "$0")/tap.sh"
says() { printf '{"id":"%s","channel":"c","member":"u%s","at":%s,"text":"%s"}\n' "$@"; }

# Words that are worth what they are called, and a policy that does as the worth says.
words="('mild', 0.3), ('rude', 0.6), ('vile', 0.9)"
cat >roo.lua <<'END'
return policy { id = "roo", needs = { "toxicity" }, decide = function(f)
  if f.toxicity >= 0.9 then return { action = "mute", duration_s = 600, reason = "vile" } end
  return { action = f.toxicity >= 0.5 and "warn" or "none", reason = "rude" }
end, tests = { { "calm", {}, { action = "none" } } } }
END
# fresh [OPTION...]: a community with that policy alone.
fresh() {
  rm -f chat.db*
  "$decorum" init -q chat.db --policy roo.lua "$@"
  shell chat.db "UPDATE policy SET active = 0 WHERE name IN ('ladder', 'spam'); DELETE FROM lexicon;
    INSERT INTO lexicon SELECT column1, column2, 'insult', 'person' FROM (VALUES $words)"
}
replay() { "$decorum" replay -q chat.db - 2>stderr; }
sql() { sqlite3 chat.db "PRAGMA foreign_keys = ON; $1"; }

# The mode
fresh
says 1 1 1000 rude | replay
sql "UPDATE setting SET value = 'enforce' WHERE name = 'mode'"
says 2 2 1001 rude | replay
sql "INSERT INTO mode_change(policy, mode) VALUES ('roo@1', 'observe')"
says 3 3 1002 rude 4 3 1003 hello | replay
sql "INSERT INTO mode_change(policy, mode) VALUES ('roo', 'enforce')"
says 5 4 1004 rude | replay
sql "INSERT INTO mode_change(mode) VALUES ('observe')"
says 6 5 1005 rude | replay
sql "INSERT INTO mode_change(mode) VALUES ('enforce')"
says 7 6 1006 rude | replay
sql "INSERT INTO mode_change(policy, mode) VALUES ('roo', 'observe'); INSERT INTO mode_change(mode) VALUES ('enforce')"
says 8 7 1007 rude | replay
is "$(sql "SELECT message, action, mode FROM decision ORDER BY id")" "1|warn|observe
2|warn|enforce
3|warn|observe
4|none|observe
5|warn|enforce
6|warn|observe
7|warn|enforce
8|warn|observe" "a decision has the mode that was in force"
is "$(sql "SELECT group_concat(message) FROM sanction")" "2,5,7" "and only what was to be enforced was done"
# The view and the decisions know one rule: 300 switches at random, and after each both are asked.
mode=$(sed -n '/^local IN_FORCE = \[\[/,/\]\]/p' "$root/lua/decorum/mode.lua" | sed "1d; s/\]\]//; s/?1/'roo'/g; s/?2/'roo@1'/g; s/?3/9e9/g" | tr '\n' ' ')
awk -v mode="$mode" 'BEGIN { srand(7); for (i = 1; i <= 300; i++) {
  who = int(rand() * 4); does = rand() < 0.5 ? "observe" : "enforce"; split("NULL,\047roo\047,\047roo@1\047,\047roo@1\047", whom, ",")
  print "INSERT INTO mode_change(policy, mode, cause, reason) VALUES (" whom[who + 1] ", " (who == 3 ? "\047observe\047, \047brake\047" : "\047" does "\047, \047hand\047") ", \047test\047);"
  print "SELECT (SELECT mode FROM policy_mode), (" mode ");" } }' >switches.sql
is "$(shell chat.db <switches.sql | sort | uniq -c | awk '{ print $2, ($1 > 50) }')" "enforce|enforce 1
observe|observe 1" "policy_mode tells what decisions go by"
sed 's/action = f/mode = "observe", action = f/' roo.lua >timid.lua
sed 's/id = /version_note = "another", id = /' roo.lua >another.lua
fresh --set mode=enforce --policy timid.lua
says 1 1 1000 rude | replay
"$decorum" init -q chat.db --set mode=observe --policy another.lua
says 2 1 1001 rude | replay
"$decorum" init -q chat.db --set mode=enforce
says 3 1 1002 rude | replay
is "$(sql "SELECT policy, mode FROM decision ORDER BY id")" "roo@2|observe
roo@3|observe
roo@3|enforce" "a script may say observe; without, it is what people said"
sed 's/id = /mode = "enforce", id = /' roo.lua >bold.lua
fails_with "decorum: init: bold.lua: mode must be 'observe' or left out (people say enforce, by the setting mode or in mode_change), not 'enforce'" \
  "a script that would enforce" "$decorum" init chat.db --policy bold.lua
sed 's/action = f/mode = "enforce", action = f/' roo.lua >bold.lua
matches "$("$decorum" init chat.db --policy bold.lua 2>&1)" "decorum: init: bold.lua: tests?1? 'calm' failed: the decision's mode must be 'observe' or left out*" "nor may a decision"

fell="decorum: replay: roo@1 fell to observe (--set mode=enforce ends that)"

# The brake: 60 members speak, and 3 of 60 are not more than 5 %, 4 are.
crowd() { awk -v from="$1" -v at="$2" 'BEGIN { for (i = 1; i <= 60; i++) printf "{\"id\":\"%d-%d\",\"channel\":\"c\",\"member\":\"u%d\",\"at\":%d,\"text\":\"hello\"}\n", from, i, i, at }'; }
fresh --set mode=enforce
{ crowd 0 1000; crowd 1 10000; says 1 1 10001 rude 2 2 10002 rude 3 2 10003 rude 4 3 10004 rude; } | replay
is "$? $(cat stderr)" "0 " "the brake: 3 of 60, one of them twice, may be sanctioned"
says 5 4 10005 vile 6 5 10006 rude | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 4 of 60 active members within 10 minutes (last case 4)" \
  "the brake: the fourth is too much, which is told"
is "$(sql "SELECT count(*) FROM sanction; SELECT message IN (SELECT id FROM message WHERE platform_id = '5'), mode FROM decision WHERE action = 'mute';
  SELECT policy, at, mode, cause, moderator, reason FROM mode_change ORDER BY seq DESC LIMIT 1")" "4
1|observe
roo@1|10005.0|observe|brake||it sanctioned 4 of 60 active members within 10 minutes (last case 4)" "the brake: its decision is kept, and the version observes"
is "$(shell chat.db "SELECT mode, why FROM policy_mode")" "observe|the brake: it sanctioned 4 of 60 active members within 10 minutes (last case 4)" "the brake: policy_mode tells why"
sql "INSERT INTO mode_change(policy, mode, moderator) VALUES ('roo', 'enforce', 'ann')"
says 7 6 10007 rude 8 7 10008 rude 9 8 10009 rude | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 7" "the brake: a person ends it, and then it counts anew"
says 10 9 10010 rude | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 4 of 60 active members within 10 minutes (last case 7)" "the brake: up to the next time"
says 11 10 10011 rude | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 7" "the brake: and it holds"
"$decorum" init -q chat.db --set mode=enforce
says 12 11 10012 rude 13 12 10013 rude 14 13 10014 rude | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 10" "the brake: what it told of ends it too, and then it counts anew"
says 15 14 10015 rude | replay
"$decorum" init -q chat.db --policy another.lua
says 16 15 10016 rude | replay
is "$? $(sql "SELECT policy FROM sanction ORDER BY seq DESC LIMIT 1")" "0 roo@2" "the brake: another version is not held"

# Both ends of its window, and who counts as active
fresh --set mode=enforce --set brake_minutes=1
{ crowd 0 1000; crowd 1 10000; says 1 1 10000 rude 2 2 10001 rude 3 3 10010 rude; crowd 2 10060; says 4 4 10060 rude; } | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 4" "the brake: a sanction of brake_minutes ago is none of them"
says 5 5 10060 rude | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 4 of 60 active members within 1 minute (last case 4)" "the brake: one of less is"
fresh --set mode=enforce --set brake_minutes=1
{ crowd 0 1000; crowd 1 10000; says 1 1 10059 rude 2 2 10060 rude 3 3 10060 rude; } | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 3 of 3 active members within 1 minute (last case 2)" \
  "the brake: who spoke before is not active"
fresh --set mode=enforce
{ crowd 0 100; says 1 1 1000 rude 2 2 1001 rude; } | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 2" "the brake: two members are too few for it"
fresh --set mode=enforce --set brake_members=1
{ crowd 0 100; says 1 1 1000 rude; } | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 1 of 1 active members within 10 minutes" "the brake: unless brake_members says so"
fresh --set mode=enforce --set brake_percent=0
{ crowd 0 100; says 1 1 1000 rude 2 2 1001 rude 3 3 1002 rude 4 4 1003 rude; } | replay
is "$? $(sql "SELECT count(*) FROM sanction")" "0 4" "the brake: 0 % is no brake"
fresh --set mode=enforce --set brake_members=1
crowd 0 100 | replay
shell chat.db "INSERT INTO immunity(member, at, immune) VALUES (1, 0, 1)"
says 1 1 1000 rude | replay
is "$? $(sql "SELECT count(*) FROM mode_change WHERE cause = 'brake'")" "0 0" "the brake: who is immune is not sanctioned, and not counted"
fresh --set mode=enforce
{ says 1 1 400 hello 2 2 401 hello 3 3 402 hello 4 4 403 hello; crowd 1 1000; says 5 1 1000 rude 6 2 1000 rude 7 11 1001 rude 8 12 1002 rude 9 13 1003 rude; } | replay
is "$? $(cat stderr)" "0 " "the brake: who was first heard within brake_minutes is not counted, so that a raid can be held back"
says 10 14 1003 rude 11 3 1003 rude 12 4 1004 rude | replay
is "$? $(cat stderr)" "1 $fell: it sanctioned 3 of 4 active members within 10 minutes (last case 6)" "the brake: neither as sanctioned nor as active"
# Where the strongest is held, the next is done.
sed 's/"roo"/"wallaby"/; s/"mute", duration_s = 600/"warn"/' roo.lua >wallaby.lua
fresh --set mode=enforce --policy wallaby.lua
says 1 1 100 hello 2 2 100 hello 3 3 100 hello | replay
sql "INSERT INTO sanction(member, action, at, reason, policy) VALUES (2, 'warn', 999, 'test', 'roo@1'), (3, 'warn', 999, 'test', 'roo@1')"
says 4 1 1000 vile | replay
is "$? $(sql "SELECT action, policy FROM sanction ORDER BY seq DESC LIMIT 1; SELECT policy, action, mode FROM decision WHERE action <> 'none' ORDER BY id")" "1 warn|wallaby@1
roo@1|mute|observe
wallaby@1|warn|enforce" "the brake: it holds one policy, not the others"

# Found by index alone, whatever the log's length
plan() { shell chat.db "EXPLAIN QUERY PLAN $1"; }
query() { sed -n "s/^local $1 = \"\(.*\)\"$/\1/p" "$root/lua/decorum/brake.lua"; }
is "$(plan "$(query SANCTIONED)" | tail -n 1)" "\`--SEARCH sanction USING COVERING INDEX sanction_policy (policy=? AND at>? AND at<?)" \
  "the sanctions of a version are looked up by its time"
is "$(plan "$(query HEARD)" | tail -n 1)" "\`--SEARCH assessment USING COVERING INDEX assessment_member (member=? AND at<?)" "and whether somebody was here before"
is "$(plan "$(query SPOKE)" | tail -n 1)" "\`--SEARCH assessment USING COVERING INDEX assessment_at (at>? AND at<?)" "and who spoke then, without sorting"

# What is no sanction
cat >desk.lua <<'END'
return policy { id = "desk", needs = { "toxicity", "coherence", "coherence_baseline", "coherence_drop", "coherence_flag" }, decide = function(f)
  local t = f.toxicity
  if t == 0.0625 then return { action = "notify", rule = "topic", reason = "off topic" } end
  if t == 0.125 then return { action = "notify", rule = "coherence" } end
  if t == 0.1875 then return { action = "notify", rule = "else", reason = "look" } end
  if t == 0.25 then return { action = "note", reason = "was rude" } end
  if t == 0.3125 then return { action = "note" } end
  if t == 0.375 then return { action = "flag", reason = "please look" } end
  if t == 0.4375 then return { action = "none", review = 1 } end
  if t == 0.5 then return { action = "notify", rule = "topic_owner" } end
  return { action = t == 0.5625 and "kick" or "none", reason = "out" }
end, tests = { { "calm", {}, { action = "none" } } } }
END
words="('a', 0.0625), ('b', 0.125), ('c', 0.1875), ('d', 0.25), ('e', 0.3125), ('f', 0.375), ('g', 0.4375), ('h', 0.5), ('i', 0.5625)"
fresh --policy desk.lua --set mode=enforce
sql "INSERT INTO mode_change(policy, mode) VALUES ('roo', 'observe')"
lines=$(says 1 1 1001 a 2 1 1002 b 3 1 1003 c 4 1 1004 d 5 1 1005 e 6 1 1006 f 7 1 1007 g 8 1 1008 h 9 1 1009 i 10 1 1010 hello)
printf '%s\n' "$lines" | replay
is "$? $(sql "SELECT message, member, at, kind, decision, details FROM notification ORDER BY seq")" '0 1|1|1001.0|topic|1|
2|1|1002.0|coherence|3|{"baseline":0.85,"current":null,"drop":null,"flag":null}
3|1|1003.0|moderators|5|
8|1|1008.0|topic_owner|15|' "notify tells, with the decision's time; what is no kind of its own goes to the moderators"
is "$(sql "SELECT member, at, author, text, decision FROM note ORDER BY id")" '1|1004.0|desk@1|was rude|7
1|1005.0|desk@1|desk@1|9' "note writes one in the policy's name"
is "$(sql "SELECT message, reason, decision FROM review ORDER BY id")" '6|please look|11
7|desk@1|13
9|out|17' "flag, review and what removes a member ask a person"
is "$(sql "SELECT count(*) FROM sanction")" 0 "and nobody is sanctioned"
fresh --policy desk.lua
printf '%s\n' "$lines" | replay
is "$(sql "SELECT count(*) FROM notification; SELECT count(*) FROM note; SELECT group_concat(message) FROM review")" "0
0
6,7" "observing, it asks for reviews alone"

# How long it took
is "$(sql "SELECT group_concat(message) FROM (SELECT DISTINCT message FROM decision JOIN decision_timing ON decision = id ORDER BY message)")" "1,2,3,4,5,6,7,8,9" \
  "decisions that are kept have their timing"
is "$(sql "SELECT min(duration_s >= 0 AND duration_s < 60 AND at BETWEEN unixepoch() - 3600 AND unixepoch() + 1) FROM decision_timing")" 1 "in seconds, and at the real time"

# A policy that needs more facts than a function of SQLite takes arguments: 130, among them NULLs and texts that look like JSON.
awk 'BEGIN { printf "return policy { id = \"wide\", needs = { "; for (i = 1; i <= 130; i++) printf "\"f%d\", ", i
  print "}, decide = function() return { action = \"warn\", reason = \"wide\" } end, tests = { { \"t\", {}, { action = \"warn\" } } } }" }' >wide.lua
fresh
shell chat.db "$(awk 'BEGIN { printf "DROP TABLE escalation; DROP TABLE member_facts; CREATE VIRTUAL TABLE member_facts USING facts(\047SELECT 0.0 AS toxicity, :member + :now + :seq AS sum"
  for (i = 1; i <= 130; i++) printf ", %s AS f%d", i % 60 == 0 ? "NULL" : i % 60 == 1 ? "\047\047{\"}}\047\047" : i % 2 ? i : i / 4.0, i; print "\047)" }')"
shell chat.db "INSERT INTO policy(source) VALUES (readfile('wide.lua')); UPDATE policy SET active = name = 'wide'"
says 1 1 1000 hello | replay
is "$? $(sql "SELECT count(*), sum(type = 'null'), sum(value = '{\"}}') FROM decision, json_each(facts);
  SELECT facts ->> 'f1', facts ->> 'f2', facts ->> 'f60' IS NULL, facts ->> 'f61', facts ->> 'f130', (SELECT group_concat(key) = (SELECT group_concat('f' || value)
    FROM (WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n WHERE value < 130) SELECT value FROM n)) FROM json_each(facts)) FROM decision")" \
  '0 130|2|3
{"}}|0.5|1|{"}}|32.5|1' "a policy may need any number of facts"
finish
