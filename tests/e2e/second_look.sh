#!/bin/sh
# What comes after a message was decided on: a verdict, a model's assessment, an edit. Who decides again, when, and once.
. "$(dirname "$0")/tap.sh"
replay() { "$decorum" replay -q chat.db - 2>stderr; }
sql() { sqlite3 chat.db "PRAGMA foreign_keys = ON; $1"; }
says() { printf '{"id":"%s","channel":"c%s","member":"u%s","at":%s,"text":"%s"}\n' "$@"; }
edits() { printf '{"type":"edit","id":"%s","at":%s,"text":"%s"}\n' "$@"; }
# fresh POLICY...: a community with these policies alone, in which two words are worth what they say.
fresh() {
  rm -f chat.db*
  "$decorum" init -q chat.db --set mode=enforce --set brake_percent=0
  names=$(printf ", '%s'" "$@")
  shell chat.db "UPDATE policy SET active = 0; UPDATE policy SET active = 1 WHERE name IN (''$names) AND version = 1; DELETE FROM lexicon;
    INSERT INTO lexicon VALUES ('rude', 0.6, 'insult', 'person'), ('vile', 0.9, 'insult', 'person')"
}
# What a judge says of a message: verdict MESSAGE CONFIDENCE RULE SEVERITY; model MESSAGE TOXICITY OFF_TOPIC COHERENCE, of its present text.
verdict() {
  shell chat.db "INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
    SELECT id, member, at, 'model', 1, '$3', '$4', $2 FROM message WHERE id = $1"
}
model() {
  sql "INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, off_topic, topic, coherence)
    SELECT (SELECT seq FROM next_seq), message, max(revision) + 1, max(text_revision), member, at, 'model', $2, $3, 'cars', $4
    FROM assessment WHERE message = $1"
}
nothing() { "$decorum" replay -q chat.db /dev/null; }
# What was decided: message, policy, action, and its case; the same of second looks alone.
decided() {
  sql "SELECT decision.message || ' ' || substr(decision.policy, 1, instr(decision.policy, '@') - 1) || ' ' || decision.action
      || coalesce(' case ' || case_no, '') FROM decision LEFT JOIN sanction ON sanction.decision = decision.id
    WHERE ${1:-1} ORDER BY decision.id"
}
decided_again() { decided "decision.seq IN (SELECT seq FROM second_look)"; }
# The closed loop has the same rows, and the open loop the same decisions.
both_loops() {
  rm -f again.db*
  "$decorum" replay -q chat.db --into again.db
  for file in chat again; do
    for table in message assessment verdict second_look decision sanction notification review note mode_change log_entry; do
      echo "== $table"
      sqlite3 $file.db "SELECT * FROM $table ORDER BY 1, 2"
    done >$file.rows
  done
  ok "$(cmp -s chat.rows again.rows; echo $?)" "$1: the closed loop decides at the same places" "$(diff chat.rows again.rows | head -n 20)"
  is "$(for name in $(sql "SELECT DISTINCT policy FROM decision"); do
      shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = '$name', facts = member_facts);
        SELECT policy, old.message, old.action, new.action, old.trace, new.trace FROM decision AS old JOIN temp.candidate(old.member, old.at, old.seq) AS new
          USING (policy) WHERE (old.action, old.reason, old.rule, old.review, old.trace) IS NOT (new.action, new.reason, new.rule, new.review, new.trace)"
    done)" "" "$1: so does the open loop"
}

# Verdicts: by how sure they are and how severe. The rules on hate and on harassment are critical and high, spam is medium.
fresh verdict
for i in 1 2 3 4 5 6 7 8; do says $i 1 $i 1000 "one of eight"; done >log
sed -i 's/"c1","member":"u8"/"c2","member":"u8"/' log
replay <log
sql "INSERT INTO rule_exemption SELECT number, 'c2' FROM rule WHERE name = 'hate'"
verdict 1 39 hate critical
verdict 2 40 hate critical
verdict 3 59 hate critical
verdict 4 60 harassment low
verdict 5 84 hate critical
verdict 6 85 harassment critical
verdict 7 99 spam critical
verdict 8 99 hate critical
is "$(decided_again)" "" "nobody decides while nobody runs"
nothing
is "$(sql "SELECT message, action, points, severity, reason IS NOT NULL FROM decision WHERE seq IN (SELECT seq FROM second_look) ORDER BY id")" "1|none|0.0||0
2|none|1.0||1
3|none|1.0||1
4|flag|2.0|low|1
5|flag|2.0|critical|1
6|delete|3.0|high|1
7|flag|2.0|medium|1
8|none|||0" "a verdict is decided on: logged, flagged, deleted, as severe as its rule, not where the rule does not hold"
is "$(sql "SELECT action, message, policy FROM sanction")" "delete|6|verdict@1" "the message is deleted, and that is all"
is "$(sql "SELECT message, count(*) FROM review GROUP BY message")" "4|1
5|1
6|1
7|1
8|1" "who waits for a person does so once: the verdict itself has asked already"
nothing
is "$(sql "SELECT count(*) FROM decision; SELECT count(*) FROM second_look")" "16
8" "no verdict is decided on twice"
both_loops "verdicts"
"$decorum" replay -q chat.db --set verdict.review=40 --into softer.db
is "$(sqlite3 softer.db "SELECT group_concat(message || action) FROM decision WHERE action <> 'none' AND message < 4")" "2flag,3flag" \
  "a what-if tries another number at those places"

# A review that no verdict asks for: of somebody whose reputation is above review_threshold.
fresh verdict
says 1 1 1 1000 hello | replay
sql "INSERT INTO reputation_change(member, at, after, reason) VALUES (1, 1000, 90, 'test')"
verdict 1 60 hate high
nothing
is "$(sql "SELECT reason, verdict IS NULL FROM review")" "the rule on hate: high, 60 % sure|1" "the policy asks for a review where the verdict does not"

# Other messages, sanctions and switches come between a verdict and the look at it.
fresh ladder verdict spam
says 1 1 1 1000 "hello all of you" 2 1 2 1001 "rude" 3 1 1 1002 "another message" | replay
verdict 1 90 hate critical
sql "INSERT INTO sanction(member, action, at, reason, moderator) VALUES (1, 'warn', 1003, 'test', 'ann');
  INSERT INTO mode_change(at, policy, mode) VALUES (1004, 'verdict', 'observe')"
verdict 3 90 hate critical
says 4 1 3 1005 "rude" | replay
is "$(decided)" "1 ladder none
1 spam none
1 verdict none
2 ladder warn case 1
2 spam none
2 verdict none
3 ladder none
3 spam none
3 verdict none
1 verdict delete
3 verdict delete
4 ladder warn case 3
4 spam none
4 verdict none" "the message of the verdict is decided on, not the newest; by who hears of verdicts alone; before what is said next"
is "$(sql "SELECT message, mode FROM decision WHERE policy = 'verdict@1' AND action = 'delete'")" "1|observe
3|observe" "in the mode that is in force when it is decided"
both_loops "with other things between"
is "$(sql "SELECT count(*) FROM second_look WHERE seq > (SELECT max(seq) FROM mode_change)")" 2 "(they were looked at after the switch)"

# Two messages in one minute of a log: each verdict is about its own.
fresh verdict
printf '[10:00] <ann> first\n[10:00] <ann> second\n[10:00] <ann> third\n' | "$decorum" replay -q --date 2026-03-14 chat.db -
verdict 1 90 hate critical
nothing
is "$(decided | tail -n 1)" "1 verdict delete case 1" "of three messages of one minute it is the first"
both_loops "one minute"
verdict 1 95 hate critical
nothing
is "$(decided | tail -n 1) $(sql "SELECT count(*) FROM second_look")" "1 verdict delete case 1 2" "what is deleted already is not deleted again"
verdict 2 60 hate critical
nothing
verdict 2 90 hate critical
nothing
is "$(decided | tail -n 2)" "2 verdict flag
2 verdict delete case 2" "a surer verdict goes further"
both_loops "verdicts that follow verdicts"

# An edit: the verdict is about the text that was.
fresh verdict ladder
says 1 1 1 1000 hello | replay
verdict 1 90 hate critical
edits 1 1010 rude | replay
is "$(decided)" "1 ladder none
1 verdict none
1 verdict delete case 1
1 ladder warn case 2
1 verdict none" "a verdict that came before the edit is looked at before it, and says nothing of the new text"
verdict 1 95 hate critical
edits 1 1020 "hello again" | replay
is "$(sql "SELECT action, at, facts ->> 'verdict_confidence' FROM decision WHERE policy = 'verdict@1' AND action = 'delete' ORDER BY id")" "delete|1000.0|90
delete|1010.0|95" "one about the edit is as of the edit"
both_loops "an edit"
fresh verdict
says 1 1 1 1000 hello | replay
{ echo 'BEGIN;'; echo "INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence) VALUES (1, 1, 1000, 'model', 1, 'hate', 'high', 90);"
  echo "UPDATE message SET revision = 1, edited_at = 1010; INSERT INTO message_edit VALUES (1, 1, 1010);
    INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 1, 1, 1, 1, 1000, 'scorer', 0); COMMIT;"
} | shell chat.db
nothing
is "$(decided)" "1 verdict none" "a verdict about a text that is gone is none"

# A model's assessment: topic and coherence hear of what they go by.
fresh topic coherence ladder
for i in 1 2 3 4 5; do says $i 1 1 $((1000 + 601 * i)) "message $i"; done | replay
model 1 0 1 0.9
nothing
is "$(decided_again) $(sql "SELECT kind, message, at FROM notification")" "1 coherence none
1 topic notify topic|1|1601.0" "off topic is a reminder, when a model says so; ladder has heard nothing new"
model 2 0 0 NULL
model 3 0 NULL 0.2
model 4 0 NULL NULL
nothing
is "$(decided_again | tail -n +3)" "2 topic none
3 coherence notify" "each hears of its own"
is "$(sql "SELECT kind, message, details FROM notification ORDER BY seq DESC LIMIT 1")" \
  'coherence|3|{"baseline":0.855,"current":0.2,"drop":0.655,"flag":null}' "what was usual is that of before this message"
model 5 0 1 NULL
nothing
is "$(sql "SELECT count(*) FROM second_look; SELECT group_concat(message) FROM notification WHERE kind = 'topic'")" "5
1,5" "also where nothing is new it was looked at"
both_loops "a model's assessments"

# A model may find worse what the scorer did not; nobody is sanctioned twice for the same words.
fresh ladder spam
says 1 1 1 1000 hello 2 1 2 1000 rude 3 1 3 1000 hello 4 1 4 1000 vile | replay
model 1 0.7 NULL NULL
model 2 0.9 NULL NULL
model 3 0 NULL NULL
model 4 0.1 NULL NULL
nothing
is "$(decided "decision.action <> 'none'")" "2 ladder warn case 1
4 ladder warn case 2
1 ladder warn case 3" "a message that a model finds worse is decided on by who goes by that, unless it was sanctioned already"
both_loops "a model finds worse"
# What a person says is for the record, and what nobody scored is decided on when a model has.
fresh ladder
says 1 1 1 1000 hello | replay
sql "INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (2, 't', '2', 1, 1, 1001), (3, 't', '3', 1, 1, 1002);
  INSERT INTO assessment(seq, message, revision, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 1, 1, 1, 1000, 'scorer', 0.8;
  INSERT INTO assessment(seq, message, revision, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 1, 2, 1, 1000, 'person', 0.9;
  INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 2, 1, 1001, 'person', 0.9;
  INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 3, 1, 1002, 'model', 0.7"
nothing
is "$(decided)" "1 ladder none
3 ladder warn case 1" "a person's assessment is no reason to decide, a model's is"
both_loops "a person's assessment"

# Spam by an edit
fresh spam ladder
{
  says 1 1 1 1000 "look at this picture please" 2 1 2 1000 "rude, look"
  edits 1 1010 "www.a.example www.b.example www.c.example www.d.example http://e.example"
  edits 2 1011 "rude, look www.a.example"
  edits 1 1012 "www.a.example www.b.example www.c.example www.d.example"
  edits 1 1013 "www.a.example www.b.example www.c.example www.d.example http://e.example"
} | replay
is "$(decided | tail -n +3)" "2 ladder warn case 1
2 spam none
1 spam delete case 2
2 spam none" "more links than ever are decided on by who counts them, once"
both_loops "links in an edit"
fresh spam ladder
{
  for i in 1 2 3 4; do says $i 1 $i 1000 "a question of member $i to everybody"; done
  for i in 1 2 3 4; do edits $i 101$i "join the party at my place tonight"; done
  edits 4 1020 "join the party at my place tonight!!"
  edits 4 1021 "a question of member 4 to everybody"
  edits 4 1022 "something that nobody else has said"
  edits 4 1023 "join the party at my place tonight"
} | replay
is "$(decided | tail -n +9)" "2 spam none
3 spam none
4 spam delete case 1" "what becomes what others say is decided on, once"
both_loops "what an edit says"
is "$(sql "SELECT count(*) - count(DISTINCT message || ' ' || revision) FROM assessment; SELECT count(*) - count(DISTINCT policy || seq) FROM decision")" "0
0" "nothing is assessed or decided on twice"

finish
