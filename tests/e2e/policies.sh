#!/bin/sh
# The policies that ship: which are live, what each does with a log made for it, and that all of it can be asked for again.
. "$(dirname "$0")/tap.sh"

fresh() {
  rm -f chat.db*
  "$decorum" init -q chat.db --set mode=enforce
}
live() { shell chat.db "UPDATE policy SET active = (name = '$1' AND version = 1) WHERE active OR (name = '$1' AND version = 1)"; }
replay() { "$decorum" replay -q chat.db - 2>stderr; }
# said MEMBER AT TEXT, joined MEMBER AT: a line of a log.
said() {
  echo >>lines
  printf '{"id":"%s","channel":"c","member":"%s","at":%s,"text":"%s"}\n' "$(wc -l <lines)" "$1" "$2" "$3"
}
joined() { printf '{"type":"join","channel":"c","member":"%s","at":%s}\n' "$1" "$2"; }
# What POLICY decided to do: member, action, reason.
decided() {
  sqlite3 chat.db "SELECT name || ': ' || action || coalesce(' ' || CAST(duration_s AS INTEGER), '') || ', ' || reason
    FROM decision JOIN member ON member.id = decision.member WHERE policy = '$1@1' AND (action <> 'none' OR review) ORDER BY decision.id"
}

fresh
is "$(sqlite3 chat.db "SELECT group_concat(name) FROM (SELECT name FROM policy_version WHERE active ORDER BY name)")" "ladder,spam" \
  "a new community has the ladder and spam live"
is "$(sqlite3 chat.db "SELECT group_concat(name || version) FROM (SELECT * FROM policy_version WHERE NOT active ORDER BY name)")" \
  "assistant_abuse1,coherence1,reputation1,topic1,verdict1" "and the others waiting"
is "$(cd "$root/lua/policies" && for file in [a-z]*.lua; do
    shell "$work/chat.db" "CREATE VIRTUAL TABLE temp.trial USING lua_policy(policy = '${file%.lua}@1', facts = member_facts);
      SELECT policy || ' ' || coalesce(error, action) FROM temp.trial(1, 1, 1)"
  done)" "assistant_abuse@1 none
coherence@1 none
ladder@1 none
reputation@1 none
spam@1 none
topic@1 none
verdict@1 none" "each has the facts that it needs, and leaves a stranger alone"
is "$(cd "$root/lua/policies" && for file in [a-z]*.lua; do [ -r "${file%.lua}.md" ] || echo "$file"; done)" "" "each has a page of words"
"$decorum" init chat.db >told
is "$(cat told)" "chat.db is up to date" "which are live is not changed again"

# Spam: the same again, in one breath and slowly.
fresh
for second in 0 1 2 3 4 5 6; do said ann 1000$second "Cheap watches, only today!! (5$second)"; done | replay
is "$(decided spam)" "ann: delete, the same 5 times
ann: slowmode 600, the same 6 times, and not for the first time
ann: timeout 300, the same 7 times, and not for the first time" "who goes on is deleted, slowed down, kept from talking"
is "$(sqlite3 chat.db "SELECT action || ' ' || policy FROM sanction ORDER BY case_no")" "delete spam@1
slowmode spam@1
timeout spam@1" "each is a case"
said ann 10007 "Cheap watches, only today!!" | replay
is "$(sqlite3 chat.db "SELECT trace ->> 'guard' FROM decision WHERE policy = 'spam@1' ORDER BY id DESC LIMIT 1")" "muted" "who is kept from talking is not punished twice"
said ann 10400 "Cheap watches, only today!!" | replay
is "$(decided spam | tail -1)" "ann: timeout 900, the same 9 times, and not for the first time" "a second offence lasts longer"
fresh
for minute in 1 2 3 4 5 6 7 8 9; do said bob "$((10000 + 60 * minute))" "does anybody know how to print from here?"; done | replay
is "$(decided spam)" "" "a question that is asked again and again is no spam"
for second in 1 2 3 4 5 6 7 8 9; do said bob 1100$second "0x000$second: error in line $second of the file"; done | replay
is "$(decided spam)" "" "nor is a pasted error of nine lines"
fresh
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do said cid 10000 "$i"; done | replay
is "$(decided spam)" "cid: delete, 12 messages at once" "a newcomer's twelve messages at once are"

# Newcomers who say the same, links, a raid.
fresh
for who in d e f g; do said $who 10000 "join the party at my place tonight"; done | replay
is "$(decided spam)" "g: delete, the same as 3 others" "four newcomers who say the same"
said h 10001 "see www.a.example http://b.example https://c.example http://www.d.example" | replay
said i 10002 "see www.a.example http://b.example https://c.example http://www.d.example HTTP://e.example" | replay
is "$(decided spam | tail -1)" "i: delete, 5 links in a newcomer's message" "a newcomer's five links, not four"
fresh
said jim 9000 "hello" | replay
{
  for i in 1 2 3 4 5 6 7 8 9; do joined "bot$i" 10000; done
  said bot1 10001 "look at http://spam.example"
  joined bot10 10002
  said bot2 10003 "hi"
  said bot3 10004 "hi"
  said bot4 10005 "look at http://spam.example"
  said jim 10006 "look at http://spam.example"
  joined jim 10007
} >raid.jsonl
"$decorum" replay -q chat.db raid.jsonl
is "$(decided spam)" "bot2: slowmode 600, 10 newcomers came within a minute
bot4: timeout 300, 1 links in a newcomer's message, 10 newcomers came within a minute" "a raid slows the channel down once, and its links are silenced"
is "$(sqlite3 chat.db "SELECT count(*), sum(newcomer) FROM arrival")" "11|10" "who was here before is no newcomer"
contents chat.db >before
"$decorum" replay -q chat.db raid.jsonl
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "the same log again adds nothing"
is "$(sqlite3 chat.db "SELECT count(*) FROM arrival WHERE event LIKE '%bot%' OR event LIKE '%jim%'")" 0 "who came is not kept"
is "$(shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'spam', facts = member_facts);
  SELECT count(*) - sum(old.action IS new.action AND old.trace IS new.trace)
  FROM decision AS old, temp.candidate(old.member, old.at, old.seq) AS new WHERE old.policy = 'spam@1'")" 0 "each decision can be asked for again"
sqlite3 chat.db "UPDATE message_text SET text = NULL"
is "$(shell chat.db "SELECT links FROM decision AS old, member_facts(old.member, old.at, old.seq) WHERE policy = 'spam@1' AND action = 'timeout'")" 1 \
  "also when the texts are gone"

# What was done to a channel because of a raid is no offence of who came then; what the member does is.
{
  for second in 1 2 3 4 5; do said bot2 "1100$second" "Cheap watches, only today!!"; done
  said bot2 11006 "Cheap watches, only today!!"
} | replay
is "$(decided spam | tail -n +3)" "bot2: delete, the same 5 times
bot2: slowmode 600, the same 6 times, and not for the first time" "a raid's slowmode does not count against the newcomer"
is "$(shell chat.db "SELECT last_action FROM member JOIN member_facts(member.id, 10004, 999999) WHERE member.name = 'bot2'")" "" "for whom nothing had been done"

# When a network that fell apart comes together, those who come back are not new, though they never spoke.
fresh
cat >split-2026-03-14.log <<'END'
=== ann [~ann@host]  has joined #log
[10:00] <bob> hello
=== ann [~ann@host]  has quit [a.example b.example]
=== eve [~eve@host]  has quit [a.example b.example]
=== cid is now known as dan
=== bob [~bob@host]  has quit [a.example b.example]
[10:05] <fay> what was that?
=== ann [~ann@host]  has joined #log
=== eve [~eve@host]  has joined #log
=== dan [~cid@host]  has joined #log
=== bob [~bob@host]  has joined #log
=== gus [~gus@host]  has joined #log
END
"$decorum" replay -q chat.db split-2026-03-14.log
is "$(sqlite3 chat.db "SELECT group_concat(newcomer) FROM (SELECT newcomer FROM arrival ORDER BY seq)")" "1,0,0,0,0,1" "who was seen before is no newcomer"
printf '%s\n' '{"type":"join","channel":"c","member":"u1","at":1}' '{"type":"join","channel":"c","member":"u1","at":1.0}' \
  '{"type":"join","channel":"d","member":"u1","at":1}' '{"type":"join","id":"7","channel":"c","member":"u2","at":1}' \
  '{"type":"join","id":7,"channel":"c","member":"u2","at":1}' | replay
is "$(sqlite3 chat.db "SELECT count(*), count(DISTINCT event), sum(event = 'jsonl 7') FROM arrival WHERE event LIKE 'jsonl %'")" "4|4|1" \
  "joins without an id are told apart by their order, one with an id is told once"

# Reputation: who looks, and how soon.
fresh
live reputation
for who in kim leo max; do said $who 10000 "hello"; done | replay
sqlite3 chat.db "INSERT INTO reputation_change(member, at, after, reason) VALUES (1, 10001, 80, 'test'), (2, 10001, 20, 'test'), (3, 10001, 5, 'test')"
{
  for who in kim leo max; do said $who 10002 "see http://x.example"; done
  for who in kim leo max; do said $who 10003 "you idiot"; done
  said max 10004 "you idiot, see http://x.example"
} | replay
is "$(decided reputation)" "max: delete, a link at a reputation of 5
leo: flag, a message of 0.60 at a reputation of 20
max: flag, a message of 0.60 at a reputation of 5
max: delete, a message of 0.60 at a reputation of 5, a link at a reputation of 5" "the trusted are looked at less, the others more"
is "$(sqlite3 chat.db "SELECT group_concat(message) FROM review")" "8,9,10" "what is flagged waits for a person"
for i in 1 2 3; do said max "1001$i" "you idiot $i"; done | replay
is "$(sqlite3 chat.db "SELECT count(*) FROM review WHERE member = 3")" 3 "of one member no more than three"
is "$(sqlite3 chat.db "SELECT group_concat(DISTINCT action) FROM sanction")" "delete" "nobody is sanctioned for a reputation"
live spam
for second in 1 2 3 4 5; do said max "1010$second" "Cheap watches, only today!!"; done | replay
is "$(decided spam)" "max: delete, the same 5 times" "and what was deleted for it counts for nothing later"

# Verdicts, topics, coherence: what stored judgements lead to. Nobody asks a model yet: the rows are made by hand.
# asked MESSAGE POLICY: what the policy says of a message as things stand.
asked() { shell chat.db "SELECT new.action || ' ' || coalesce(new.rule, '') || ' ' || review || ' ' || coalesce(new.reason, '') FROM message
    JOIN (SELECT max(seq) AS last FROM (SELECT max(seq) AS seq FROM assessment UNION ALL SELECT max(seq) FROM log_entry)),
    temp.candidate(message.member, message.at, last) AS new WHERE message.id = $1" \
  -cmd "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = '$2@1', facts = member_facts)"; }
fresh
for who in nan oda pam; do said $who 10000 "hello"; done | replay
shell chat.db "INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence) VALUES
  (1, 1, 10000, 'model', 1, 'hate', 'critical', 90), (2, 2, 10000, 'model', 1, 'spam', 'critical', 90),
  (3, 3, 10000, 'model', 1, 'no such rule', 'critical', 90)"
is "$(for i in 1 2 3; do asked $i verdict; done)" "delete hate 0 the rule on hate: critical, 90 % sure
flag spam 0 the rule on spam: critical, 90 % sure
none  0 not a verdict by a rule of ours: no such rule, critical" "a verdict counts at most as severe as its rule, and only if there is one"
sqlite3 chat.db "INSERT INTO rule_exemption SELECT number, 'c' FROM rule WHERE name = 'hate'"
is "$(asked 1 verdict)" "none  0 " "and not where its rule does not hold"
# judged MEMBER AT OFF_TOPIC TOPIC COHERENCE: a message that a model has judged so; prints its number.
judged() {
  said "$1" "$2" "so be it" | replay
  shell chat.db "INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, off_topic, topic, coherence)
    SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0, $3, $4, $5 FROM assessment ORDER BY seq DESC LIMIT 1;
    SELECT max(id) FROM message"
}
fresh
message=$(judged quin 10000 1 "'cars'" 0.9)
is "$(asked "$message" topic)" "notify topic 0 off topic: cars" "off topic is a reminder"
sqlite3 chat.db "INSERT INTO notification(member, at, kind) VALUES (1, 10000, 'topic')"
is "$(asked "$(judged quin 10600 1 "'cars'" 0.9)" topic)" "none  0 " "not within the cooldown"
is "$(asked "$(judged quin 10601 1 "'cars'" 0.9)" topic)" "notify topic 0 off topic: cars" "and after it again"
sqlite3 chat.db "INSERT INTO notification(member, at, kind) VALUES (1, 10601, 'topic'), (1, 10602, 'topic')"
is "$(asked "$(judged quin 10603 0 NULL 0.9)" topic)" "notify topic_owner 0 off topic 3 times" "the owner hears of the third"
is "$(asked "$(judged quin 10604 0 NULL 0.2)" coherence)" "notify coherence 0 coherence 0.20, usually 0.87" "somebody makes less sense than usual"
is "$(asked "$(judged quin 10605 0 NULL 0.8)" coherence)" "none  0 " "and does again"

# Who goes on abusing whatever was tried is proposed to a person, and nothing is done by itself.
fresh
live assistant_abuse
said rex 10000 "hello" | replay
shell chat.db "INSERT INTO member(id, name) VALUES (11, 'a'), (12, 'b'), (13, 'c');
  INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (1, 'mute', 60, 10001, 'test'), (1, 'mute', 60, 10100, 'test');
  INSERT INTO reputation_change(member, at, after, reason) VALUES (1, 10200, 10, 'test');
  INSERT INTO flag(message, reporter, type, at) VALUES (1, 11, 'OTHER', 10200), (1, 12, 'OTHER', 10200);
  UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 10250"
said rex 10300 "you idiot" | replay
is "$(decided assistant_abuse)" "" "two flags are too few"
shell chat.db "INSERT INTO flag(message, reporter, type, at) VALUES (1, 13, 'OTHER', 10301);
  UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 10302 WHERE outcome IS NULL"
for second in 3 4; do said rex 1030$second "you idiot"; done | replay
is "$(decided assistant_abuse)" "rex: shadow_ban 1296000, hostile again (0.60) after 2 recent offences, 3 flags, a reputation of 10" "a shadow ban is proposed, once"
is "$(sqlite3 chat.db "SELECT count(*) FROM review WHERE decision IS NOT NULL AND outcome IS NULL; SELECT count(*) FROM sanction WHERE policy IS NOT NULL")" "1
0" "to a person, and nothing is done"

# While a replay runs, somebody makes another policy live. What was read before is decided by the old ones.
fresh
mkfifo pipe
"$decorum" replay -q chat.db - <pipe &
reader=$!
exec 9>pipe
said ann 1000 hello >&9
tries=0
until [ "$(sqlite3 chat.db "SELECT count(*) FROM message")" -gt 0 ] || [ $tries -gt 3000 ]; do tries=$((tries + 1)); done
cat >loud.lua <<'END'
return policy { id = "loud", needs = { "aliases", "toxicity" }, decide = function(f) return { action = "note", reason = "said " .. f.aliases } end,
  tests = { { "it notes", {}, { action = "note" } } } }
END
shell chat.db "INSERT INTO policy(source, active) VALUES (readfile('loud.lua'), 1); UPDATE policy SET active = 0 WHERE name = 'spam'"
said ann 1001 again >&9
exec 9>&-
wait $reader
is "$(sqlite3 chat.db "SELECT message || ' ' || group_concat(policy) FROM decision GROUP BY message")" "1 ladder@1,spam@1
2 ladder@1,loud@1" "a policy that is made live while a replay runs decides from the next lines on"
is "$(sqlite3 chat.db "SELECT facts FROM decision WHERE policy = 'loud@1'")" '{"aliases":"[]","toxicity":0.0}' "with facts that none needed before"

# What follows from one decision is nothing to another: all have the same facts.
fresh
for name in first second; do
  cat >$name.lua <<END
return policy { id = "$name", needs = { "reviews_waiting", "in_review" },
  decide = function(f) return { action = "flag", reason = f.reviews_waiting .. " waiting, " .. f.in_review } end,
  tests = { { "it flags", {}, { action = "flag" } } } }
END
  shell chat.db "INSERT INTO policy(source, active) VALUES (readfile('$name.lua'), 1)"
done
said ann 2000 hello | replay
is "$(sqlite3 chat.db "SELECT policy || ': ' || reason FROM decision WHERE action = 'flag'")" "first@1: 0 waiting, 0
second@1: 0 waiting, 0" "a review that one policy asks for is no fact for the next"


# A policy that was made live with a fact that there is none of is left out, and the others go on; so is one whose fact goes,
# or whose row somebody spoilt.
cat >odd.lua <<'END'
return policy { id = "odd", needs = { "moon" }, decide = function(f) return { action = f.moon and "warn" or "none" } end,
  tests = { { "t", {}, { action = "none" } } } }
END
fresh
shell chat.db "INSERT INTO policy(source, active) VALUES (replace(readfile('odd.lua'), 'moon', 'repeat_s'), 1)"
said ann 2001 hello | replay
is "$? $(cat stderr)" "1 decorum: replay: odd@1 is left out: it needs the fact 'repeat_s', which member_facts does not have, did you mean 'repeats'?
decorum: replay: 1 decision failed, the last with odd@1: it needs the fact 'repeat_s', which member_facts does not have, did you mean 'repeats'?" \
  "a policy that was made live with a fact that there is none of is told of, counted"
said ann 2002 "you idiot" | replay
is "$(sqlite3 chat.db "SELECT message, policy, action, mode, error LIKE '%''repeat_s''%' FROM decision WHERE action IS NOT 'none' ORDER BY id")" \
  "1|odd@1||enforce|1
2|ladder@1|warn|enforce|
2|odd@1||enforce|1" "each of its decisions is kept as an error, and the others decide"
is "$(sqlite3 chat.db "SELECT action, policy FROM sanction")" "warn|ladder@1" "and act"
"$decorum" replay -q chat.db --into what_if.db 2>stderr
is "$? $(head -n 1 stderr)" "1 decorum: replay: odd@1 is left out: it needs the fact 'repeat_s', which member_facts does not have, did you mean 'repeats'?" \
  "also in a what-if"
contents chat.db >before
contents what_if.db >after
ok "$(cmp -s before after; echo $?)" "which has the same rows" "$(diff before after)"
# The file's facts have a column of the community's own, and lose it while a replay runs.
fresh
own_facts() { shell chat.db "DROP TABLE member_facts; CREATE VIRTUAL TABLE member_facts USING facts('SELECT * $1 FROM ($(sed "s/'/''/g" "$root/sql/facts/member.sql"))')"; }
own_facts ", 1 AS moon"
"$decorum" replay -q chat.db - <pipe 2>stderr &
reader=$!
exec 9>pipe
shell chat.db "INSERT INTO policy(source, active) VALUES (readfile('odd.lua'), 1); UPDATE policy SET active = 0 WHERE name = 'ladder'"
said ann 2001 hello >&9
tries=0
until [ "$(sqlite3 chat.db "SELECT count(*) FROM message")" -gt 0 ] || [ $tries -gt 3000 ]; do tries=$((tries + 1)); done
own_facts ""
said ann 2002 hello >&9
exec 9>&-
wait $reader
is "$? $(sqlite3 chat.db "SELECT message, policy, coalesce(action, error) FROM decision ORDER BY id")" "1 1|odd@1|odd.lua: the decision to warn has no reason
1|spam@1|none
2|odd@1|it needs the fact 'moon', which member_facts does not have
2|spam@1|none" "a fact that goes while a replay runs leaves out who needs it"
for spoil in "needs = '[7'" "needs = '[{}]'" "needs = '[]'" "source = 'return'" "source = ''"; do
  fresh
  sqlite3 chat.db "UPDATE policy_version SET $spoil WHERE name = 'ladder'"
  said ann 3001 "hello" | replay
  is "$? $(sqlite3 chat.db "SELECT count(*), sum(action = 'none'), sum(error <> '') FROM decision") $(grep -c "is left out" stderr)" "1 2|1|1 1" \
    "one whose row was spoilt is left out: $spoil"
done
finish
