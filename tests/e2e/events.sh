#!/bin/sh
# What events do: nick changes, kicks, edits, names; policies that fail; hostile names.
. "$(dirname "$0")/tap.sh"
replay() { "$decorum" replay -q --date 2026-03-14 chat.db - 2>stderr; }
fresh() {
  rm -f chat.db*
  "$decorum" init -q chat.db --set mode=enforce "$@"
}

fresh
cat >log <<'END'
=== bob is now known as bob_away
[10:00] <bob_away> away now
=== bob_away is now known as bob
[10:01] <bob> back
=== fay is now known as fay
[10:02] <fay> hm
=== bob is now known as fay
[10:03] <fay> this is fay's own nick
=== eve is now known as mallory
=== mallory was kicked off #log by ann (flood)
=== mallory was kicked off #log by ann (flood)
[10:04] <mallory> somebody else by now
END
replay <log
is "$(sqlite3 chat.db "SELECT platform_id, member FROM account ORDER BY 1")" "bob|1
eve|3
fay|2
mallory|4" "who changes a nick stays the same member until they leave"
is "$(sqlite3 chat.db "SELECT count(*) FROM sanction WHERE action = 'kick'")" 2 "two kicks in a minute are two cases"
contents chat.db >before
replay <log
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "and once"
head -n 4 log >part
fresh
replay <part
replay <log
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "a replay that was cut off is finished by another"

fresh
cat >log <<'END'
{"id":"1","channel":"c","member":"u1","at":1000,"text":"you idiot moron"}
{"id":"2","channel":"c","member":"u2","name":"Ann","at":1000,"text":"hello"}
{"type":"edit","id":"1","at":1600,"text":"you idiot moron."}
{"type":"edit","id":"1","at":5,"text":"before it was said"}
{"type":"edit","id":"2","at":1010,"text":"you idiot moron, shut up"}
{"type":"message","id":"3","channel":"c","member":"u2","name":"Ann Renamed","at":1020,"text":"sorry"}
{"type":"message","id":"4","channel":"c","member":"u2","name":"","at":1030,"text":"really"}
END
"$decorum" replay -q chat.db - <log
is "$(sqlite3 chat.db "SELECT member, action, message FROM sanction")" "1|warn|1
2|warn|2" "nobody is sanctioned twice for the same words; an edit for the worse is decided on"
is "$(sqlite3 chat.db "SELECT revision, at FROM assessment WHERE message = 1")" "0|1000.0
1|1000.0" "an assessment has the message's time, edits from before it are none"
is "$(sqlite3 chat.db "SELECT name FROM member WHERE id = 2")" "Ann Renamed" "a member has the name that was shown last"
sqlite3 chat.db "INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  VALUES ((SELECT seq FROM next_seq), 3, 7, 2, 1020, 'person', 0.1)"
echo '{"type":"edit","id":"3","at":1040,"text":"sorry!"}' | "$decorum" replay -q chat.db -
is "$? $(sqlite3 chat.db "SELECT max(revision) FROM assessment WHERE message = 3")" "0 8" "an edit after a person's correction is the next revision"

# A policy that fails, one that lacks a fact, none at all.
cat >failing.lua <<'END'
return policy { id = "failing", needs = { "drama" }, decide = function(f) if f.drama == 0 then error("boom") end end,
  tests = { { "hot", { drama = 1 }, { action = "none" } } } }
END
fresh --policy failing.lua
echo '{"id":"1","channel":"c","member":"u1","at":1000,"text":"hello"}' | "$decorum" replay -q chat.db - 2>stderr
is "$? $(cat stderr)" "1 decorum: replay: 1 decision failed, the last with failing@1: failing.lua:1: boom" "a policy that fails is told of"
matches "$("$decorum" report chat.db overview)" "*decisions that failed*1*" "also in the overview"
is "$(sqlite3 chat.db "SELECT count(*) FROM message")" 1 "and stops nothing"
# Whatever a policy says: nobody is removed without a person, nobody immune is sanctioned, and no decision stops a replay.
cat >harsh.lua <<'END'
return policy { id = "harsh", needs = { "toxicity" }, decide = function(f)
  if f.toxicity == 0 then return { action = "warn", reason = "\t" } end
  if f.toxicity < 0.5 then return { action = "mute", reason = "x", duration_s = 1e12 } end
  if f.toxicity < 0.8 then return { action = "ban", reason = "insults" } end
  return { action = "mute", reason = "insults" }
end, tests = { { "bans", { toxicity = 0.6 }, { action = "ban" } } } }
END
fresh --policy harsh.lua
shell chat.db "UPDATE policy SET active = 0 WHERE name = 'ladder'; INSERT INTO member(id, name) VALUES (1, 'ann');
  INSERT INTO account VALUES ('jsonl', 'u1', 1); INSERT INTO immunity(member, at, immune) VALUES (1, 2000, 1)"
sqlite3 chat.db "DELETE FROM lexicon; INSERT INTO lexicon VALUES ('dingo', 0.9, 'insult', 'person'), ('quokka', 0.6, 'insult', 'person'),
  ('wombat', 0.3, 'insult', 'person')"
id=0
for said in "u1 dingo" "u2 quokka" "u2 hello" "u2 wombat" "u2 dingo"; do
  id=$((id + 1))
  echo "{\"id\":\"$id\",\"channel\":\"c\",\"member\":\"${said% *}\",\"at\":100$id,\"text\":\"${said#* }\"}"
done | "$decorum" replay -q chat.db - 2>stderr
is "$? $(cat stderr)" "1 decorum: replay: 2 decisions failed, the last with harsh@1: harsh.lua: the decision's duration_s must be seconds, at most 1e11, not 1000000000000.0" \
  "a reason of nothing and a mute of ten thousand years are a policy's failures"
is "$(sqlite3 chat.db "SELECT coalesce(action, error) FROM decision WHERE policy = 'harsh@1' ORDER BY id")" "mute
ban
harsh.lua: the decision to warn has no reason
harsh.lua: the decision's duration_s must be seconds, at most 1e11, not 1000000000000.0
mute" "each decision is kept"
is "$(sqlite3 chat.db "SELECT member, action, message FROM sanction")" "2|mute|5" "nobody is banned, and nobody immune is muted"
is "$(sqlite3 chat.db "SELECT member, reason FROM review WHERE outcome IS NULL")" "2|insults" "the ban waits for a person"

echo 'return policy { id = "odd", needs = { "mood" }, decide = function() end, tests = { { "t", {}, {} } } }' >odd.lua
fails_with "decorum: init: odd.lua: policy odd@1 cannot be active: it needs the fact 'mood', which member_facts does not have" \
  "a policy that needs what there is not" "$decorum" init chat.db --policy odd.lua
sed 's/mood/Toxicty/' odd.lua >typo.lua
fails_with "*it needs the fact 'Toxicty', which member_facts does not have, did you mean 'toxicity'?" "a slip of the pen" \
  "$decorum" init chat.db --policy typo.lua
is "$(sqlite3 chat.db "SELECT count(*) FROM policy_version WHERE name = 'odd'")" 0 "neither is kept"
shell chat.db "UPDATE policy SET active = 0"
echo '{"id":"2","channel":"c","member":"u1","at":1000,"text":"hello"}' | "$decorum" replay -q chat.db - 2>stderr
is "$? $(cat stderr)" "0 decorum: replay: no policy is active: messages are kept and scored, nothing is decided" "no policy is told of"

# What stands in a file or a log reaches neither SQL nor the terminal.
fresh
sqlite3 chat.db "INSERT INTO policy_version(name, version, active, created_at, source)
  SELECT 'x USING lua_policy(policy = ''ladder'', facts = member_facts); CREATE TABLE pwned(x); --', 1, 1, 0, source FROM policy_version WHERE name = 'ladder'"
echo '{"id":"1","channel":"c","member":"u1","at":1000,"text":"hello"}' | "$decorum" replay -q chat.db - 2>stderr
is "$(sqlite3 chat.db "SELECT count(*) FROM sqlite_schema WHERE name = 'pwned'")" 0 "a policy's name is no SQL"
fresh
printf '%s\n' '{"type":"\u001b]0;title\u0007","id":"1"}' "{\"a\":$(printf '\033')[31m}" \
  "{\"id\":\"1\",\"channel\":\"'; DROP TABLE member; --\",\"member\":\"\\\"'--\",\"at\":1,\"text\":\"x\"}" |
  "$decorum" replay -q chat.db - 2>stderr
is "$(tr -d -c '\033\007' <stderr | wc -c) $(wc -l <stderr)" "0 2" "reasons are shown, not sent"
is "$(sqlite3 chat.db "SELECT name FROM member ORDER BY id; SELECT name FROM channel")" "\"'--
'; DROP TABLE member; --" "quotation marks are names"

# Nobody is locked out while a replay waits for its input.
fresh
mkfifo pipe
"$decorum" replay -q chat.db - <pipe &
reader=$!
exec 9>pipe
echo '{"id":"1","channel":"c","member":"u1","at":1000,"text":"hello"}' >&9
tries=0
until [ "$(sqlite3 chat.db "SELECT count(*) FROM message")" = 1 ] || [ $tries -gt 3000 ]; do tries=$((tries + 1)); done
is "$(sqlite3 chat.db "INSERT INTO sanction(member, action, reason) VALUES (1, 'warn', 'by hand') RETURNING action" 2>&1)" warn \
  "a moderator writes while a replay waits; what it read is there already"
exec 9>&-
wait $reader
is "$?" 0 "and the replay ends as ever"

mkdir folder.db
fails_with "decorum: init: folder.db: is not a plain file" "init of a folder" "$decorum" init folder.db
ok "$([ -d folder.db ]; echo $?)" "which is left alone"
# A policy may ask for a review, whatever it decides.
cat >ask.lua <<'END'
return policy { id = "ask", needs = { "toxicity" }, decide = function(f)
  return { action = f.toxicity > 0.7 and "notify" or "none", review = f.toxicity > 0.5 and 1 or 0, reason = "looks bad" }
end, tests = { { "calm", {}, { action = "none" } } } }
END
fresh --policy ask.lua
printf '[10:0%d] <u%d> %s\n' 0 0 'hello' 1 1 'you idiot' 2 2 'you motherfucker' >log
replay <log
is "$(sqlite3 chat.db "SELECT review.message, action, review.reason FROM review JOIN decision ON decision.id = review.decision")" \
  "2|none|looks bad
3|notify|looks bad" "a policy may ask for a review"
is "$(shell chat.db "SELECT explain.message, action, explanation FROM explain JOIN review USING (decision)")" "2|none|by the policy's own decide: looks bad
3|notify|by the policy's own decide: looks bad" "which is explained, with the reason that decide() gave"
sqlite3 chat.db "UPDATE review SET outcome = 'rejected', decided_by = 'ann' WHERE message = 2"
is "$("$decorum" report chat.db decisions --format json | grep -o '"done":"review[^"]*"')" '"done":"review 2"
"done":"review 1, rejected"' "and stands among the decisions"

# A restart forgets no warning, and neither its boost nor its cooldown.
fresh
echo '{"id":"1","channel":"c","member":"u1","at":1000,"text":"you idiot"}' | "$decorum" replay -q chat.db -
echo '{"id":"2","channel":"c","member":"u1","at":1300,"text":"you idiot"}' | "$decorum" replay -q chat.db -
is "$(sqlite3 chat.db "SELECT action || ' ' || coalesce(trace ->> 'guard', '') FROM decision WHERE policy = 'ladder@1'")" "warn 
none cooldown" "no second warning within the cooldown, also after a restart"
is "$(shell chat.db "SELECT round(drama, 9) FROM member_facts(1, 1300, 99)")" "0.64" "a message after the warning has its boost"
echo '{"id":"3","channel":"c","member":"u1","at":1301,"text":"you idiot"}' | "$decorum" replay -q chat.db -
is "$(sqlite3 chat.db "SELECT action FROM sanction ORDER BY case_no")" "warn
mute" "and who was warned is muted"

# What is scored, and with which terms.
fresh
cat >log <<'END'
[10:00] <idiot> hello
[10:01] <ann> idiot: try again, you have it nearly
[10:02] <ann> @idiot, or ask later
[10:03] <ann> fool: try again, you have it nearly
[10:04] <bob> you idiot dingo, shut up
END
replay <log
toxicities() { sqlite3 chat.db "SELECT group_concat(toxicity > 0, '') FROM assessment"; }
is "$(toxicities)" 00011 "whose name stands before what is said is not called so; who is nobody is"
is "$(sqlite3 chat.db "SELECT categories FROM assessment WHERE message = 5")" '{"harassment":0.5,"insult":0.6}' \
  "an assessment tells the worst of each category"
is "$(sqlite3 chat.db "SELECT count(*) FROM assessment WHERE categories IS NOT NULL")" 2 "where there is any"
is "$(shell chat.db "SELECT count(*) > 400 AND (SELECT count(*) FROM lexicon) = count(*) FROM decorum_lexicon")" 1 "a community has the terms of the list"
sqlite3 chat.db "DELETE FROM lexicon; INSERT INTO lexicon VALUES ('dingo', 0.25, 'insult', 'person')"
sed 's/10:0/10:1/' log | "$decorum" replay -q --date 2026-03-14 chat.db -
is "$(toxicities)" 0001100001 "and can change them"
is "$(sqlite3 chat.db "SELECT toxicity FROM assessment WHERE message = 10")" 0.25 "and their weights"
"$decorum" init -q chat.db
is "$(sqlite3 chat.db "SELECT count(*) FROM lexicon")" 1 "for good"
# A replay that waits for input sees another connection's change of the terms.
"$decorum" replay -q --date 2026-03-14 --format irc chat.db - <pipe &
exec 3>pipe
printf '[10:20] <bob> quokka\n' >&3
tries=0
until [ "$(sqlite3 chat.db "SELECT count(*) FROM message")" = 11 ] || [ $((tries += 1)) -gt 200 ]; do sleep 0.05; done
sqlite3 chat.db ".timeout 5000" "INSERT INTO lexicon VALUES ('quokka', 0.125, 'insult', 'person')"
printf '[10:21] <bob> quokka\n' >&3
exec 3>&-
wait $!
is "$(sqlite3 chat.db "SELECT group_concat(toxicity) FROM (SELECT toxicity FROM assessment ORDER BY seq DESC LIMIT 2)")" "0.125,0.0" \
  "a change of the terms counts from the next message on"
sqlite3 chat.db "INSERT INTO lexicon VALUES ('díngo', 0.5, 'insult', 'person')"
fails_with "decorum: the table lexicon cannot be used: toxicity: lexicon_json?1?.term must be another one than lexicon_json?0?.term, not 'díngo'" \
  "two terms that read the same" "$decorum" replay -q --date 2026-03-15 chat.db log
# A mention aims what follows, whether somebody has the name or not.
fresh
printf '[10:00] <%s> %s\n' ann hello idiot hello bob '@ann: moron' bob '@nobody: moron' bob '@idiot: well' bob 'moron' >log
replay <log
is "$(sqlite3 chat.db "SELECT group_concat(toxicity) FROM assessment")" 0.0,0.0,0.6,0.6,0.0,0.3 "a mention of a member is one"

# Nicks of IRC are the same in whatever letters.
fresh
cat >log <<'END'
[10:00] <Idiot> hello
[10:01] <ann> idiot: try again, you have it nearly
[10:02] <ann> IDIOT, or ask later
[10:03] <IDIOT> and again
END
replay <log
is "$(toxicities) $(sqlite3 chat.db "SELECT group_concat(name, ' ') FROM (SELECT name FROM member ORDER BY id)")" "0000 IDIOT ann" "nor in other letters; whoever it is, is one member, called as last written"
fresh
echo '{"id":"1","channel":"c","member":"account:idiot","name":"idi","at":1000,"text":"hello"}
{"id":"2","channel":"c","member":"u2","at":1001,"text":"Idiot: try again, you have it nearly"}' | "$decorum" replay -q chat.db -
is "$(toxicities)" 00 "nor by an account's name"
finish
