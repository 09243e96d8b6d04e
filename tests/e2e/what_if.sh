#!/bin/sh
# decorum replay --into: the same policy gives the same rows; another is told from it; the file itself never changes.
. "$(dirname "$0")/tap.sh"

# every_row DATABASE: all that a file holds, but for how long decisions took.
every_row() {
  for table in $(sqlite3 "$1" "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')
      AND name NOT GLOB 'sqlite_*' AND name <> 'decision_timing' ORDER BY name"); do
    echo "== $table"
    case $table in # the numbers of notes, which have no place in the log, are as they come
      note) sqlite3 "$1" "SELECT at, member, author, text, decision, cleared_at, cleared_by FROM note ORDER BY 1, 2, 3, 4" ;;
      *) sqlite3 "$1" "SELECT * FROM $table ORDER BY 1, 2" ;;
    esac
  done
}

# same_rows A B WHAT
same_rows() {
  every_row "$1" >one
  every_row "$2" >other
  ok "$(cmp -s one other; echo $?)" "$3" "$(diff one other | head -n 20)"
}

# A chat of 2,000 members, ten of whom talk at a time; most lose their temper. A half begins at message `from`.
cat >chat.awk <<'END'
function chance(n) { # a number below n
  seed = (seed * 16807) % 2147483647
  return int(seed / 2147483647 * n)
}
function said(member,    heat) {
  heat = (member % 10 < 8 ? 40 : 0) + chance(100)
  return heat < 80 ? calm[1 + chance(4)] : heat < 105 ? odd[1 + chance(6)] : bad[1 + chance(4)]
}
function letter() {
  return substr("bcdfghjklmnpqrtvwxz", 1 + chance(19), 1)
}
function word() { # without a vowel, so that it is none; with it few texts say the same, and not all is spam
  return letter() letter() letter() letter()
}
BEGIN {
  split("has anybody tried it?|works here|thanks!|in the next release", calm, "|")
  split("damn thing|shut up|shut up|stupid|idiot|what a stupid idea", odd, "|")
  split("you idiot|you motherfucker|you moron, shut up|shut up, you stupid idiot", bad, "|")
  seed = 4711 + from
  for (i = from; i < from + 8000; i++) {
    member = 10 * (int(i / 60) * 37 % 200) + (i % 60 < 10 ? i % 60 : chance(10))
    at = 1700000000 + 7 * i
    printf "{\"id\":\"%d\",\"channel\":\"c\",\"member\":\"u%d\",\"at\":%d,\"text\":\"%s %s\"}\n", i, member, at, word(), said(member)
    if (i % 11 == 0) { # an edit, and soon another, of one of the last or of an hour ago
      edited = i - (i > 999 && i % 2 ? 500 : 0) - chance(i < 40 ? i + 1 : 40)
      printf "{\"type\":\"edit\",\"id\":\"%d\",\"at\":%d.5,\"text\":\"%s\"}\n", edited, at + 1, said(chance(10))
      printf "{\"type\":\"edit\",\"id\":\"%d\",\"at\":%d,\"text\":\"%s, %s\"}\n", edited, at + 3, bad[1 + chance(4)], said(chance(10))
    }
    if (i % 331 == 0)
      printf "{\"type\":\"kick\",\"id\":\"k%d\",\"channel\":\"c\",\"member\":\"u%d\",\"by\":\"u1\",\"reason\":\"flood\",\"at\":%d}\n", i, member, at + 4
  }
}
END
awk -v from=0 -f chat.awk >first.jsonl
awk -v from=8000 -f chat.awk >second.jsonl

# Does what is no sanction, and knows all sorts of things.
cat >desk.lua <<'END'
return policy {
  id = "desk",
  needs = { "toxicity", "drama", "reputation", "flags", "immune", "verdict", "off_topic", "owner_due", "coherence", "coherence_baseline",
    "coherence_drop", "coherence_flag", "coherence_alert_allowed", "notes", "muted", "offences", "reviews_waiting", "in_review", "now" },
  decide = function(f)
    local words = "reputation " .. f.reputation .. ", flags " .. f.flags .. ", strikes " .. f.off_topic .. ", waiting " .. f.reviews_waiting
      .. ", " .. f.notes
    if f.in_review == 1 then return { action = "note", reason = "waits already, " .. words } end
    if f.reputation < 40 and f.toxicity > 0.7 then return { action = "ban", reason = words } end
    if f.toxicity == 0.5 then return { action = "notify", rule = f.owner_due == 1 and "topic_owner" or "topic", reason = words } end
    if f.toxicity > 0.27 and f.toxicity < 0.33 then return { action = "note", reason = words } end
    if f.toxicity > 0.2 and f.toxicity < 0.27 and f.reviews_waiting < 2 then return { action = "flag", reason = words } end
    if f.toxicity == 0.6 and f.muted == 1 then return { action = "notify", reason = words } end
    if f.toxicity == 0.75 then return { action = "none", review = 1, reason = words } end
    if f.toxicity > 0 and f.toxicity < 0.1 then return { action = "notify", rule = "coherence", reason = words } end
    return { action = "none" }
  end,
  tests = { { "calm", { reputation = 50, flags = 0, off_topic = 0, reviews_waiting = 0, notes = "[]" }, { action = "none" } } },
}
END

# What people do, after the first half.
cat >people.sql <<'END'
PRAGMA foreign_keys = ON;
INSERT INTO sanction(action, undoes, at, moderator, reason)
  SELECT 'undo', case_no, 1700056000 + case_no, 'ann', 'mistaken' FROM sanction WHERE case_no % 5 = 0 AND action <> 'undo';
INSERT INTO sanction(action, undoes, at, reason)
  SELECT 'undo', case_no, 1700056000 + case_no, 'mistaken' FROM sanction WHERE policy IS NULL AND action = 'kick' AND case_no % 2 = 1 AND case_no % 5 > 0;
INSERT INTO immunity(member, at, immune, moderator) SELECT id, 1700055999, 1, 'bob' FROM member WHERE id % 31 = 0;
INSERT INTO sanction(member, action, scope, at, moderator, reason)
  SELECT id, 'reset', CASE id % 3 WHEN 1 THEN 'topic' WHEN 2 THEN 'all' END, 1700056000, 'ann', 'a new start' FROM member WHERE id % 31 = 0;
INSERT INTO sanction(member, action, duration_s, at, moderator, reason, decision, message)
  SELECT member, 'ban', 86400, 1700056010, 'bob', 'confirmed', decision, message FROM review WHERE id % 7 = 0
    AND decision IN (SELECT id FROM decision WHERE action = 'flag');
INSERT INTO immunity(member, at, immune, moderator) SELECT id, 1700056020, 1, 'ann' FROM member WHERE id % 17 = 0;
INSERT INTO immunity(member, at, immune, moderator) SELECT id, 1700056030, 0, 'ann' FROM member WHERE id % 34 = 0;
INSERT INTO flag(message, reporter, at, type) SELECT id, 1, 1700056040, iif(id % 2, 'SPAM', 'CHILD_SAFETY') FROM message WHERE id % 101 = 0;
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence, sampled_p)
  SELECT id, member, at, 'model', id % 2, iif(id % 2, 'insults', NULL), 'high', 50 + id % 50, 0.5 FROM message WHERE id % 13 = 0;
INSERT INTO verdict(message, member, at, source, violation, rule, confidence)
  SELECT id, member, at, 'person', 0, NULL, 100 FROM message WHERE id % 26 = 0;
INSERT INTO reputation_change(member, at, after, moderator, reason, sanction)
  SELECT member, 1700056050, 20, 'ann', 'see the case', max(case_no) FROM sanction WHERE member % 19 = 0 GROUP BY member;
UPDATE review SET claimed_by = 'ann', claimed_at = 1700056060 WHERE id % 4 = 0 AND outcome IS NULL;
UPDATE review SET outcome = iif(id % 2, 'upheld', 'rejected'), decided_by = 'ann', decided_at = 1700056061 WHERE id % 3 = 0 AND outcome IS NULL;
INSERT INTO review(at, member, message, reason, claimed_by) VALUES (1700056062, 7, NULL, 'often late', 'bob'), (1700000000, 8, 80, 'long ago', NULL),
  (1700056062, 9, NULL, 'complaints', NULL), (1900000000, 10, NULL, 'some day', NULL);
UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 1700056063 WHERE reason = 'complaints';
INSERT INTO flag(message, reporter, at, type) SELECT id, 2, 1700056064, 'OTHER' FROM message WHERE id % 997 = 0;
INSERT INTO review(at, member, reason) SELECT 1700056065, id, 'seen by a person' FROM member WHERE id % 21 = 0;
INSERT INTO note(member, at, author, text) SELECT id, 1700056070, 'ann', 'is often tired' FROM member WHERE id % 3 = 0;
UPDATE note SET cleared_at = 1700056075, cleared_by = 'bob' WHERE decision % 3 = 0 AND cleared_at IS NULL;
INSERT INTO profile(member, at, author, text) SELECT id, 1700056070, 'ann', 'gardener' FROM member WHERE id % 5 = 0;
INSERT INTO alias(member, at, name, folded) SELECT id, 1700056070, 'gnu', 'gnu' FROM member WHERE id % 500 = 0;
INSERT INTO notification(member, at, kind) SELECT id, 1700056080, 'topic' FROM member WHERE id % 11 = 0;
UPDATE setting SET value = 'observe' WHERE name = 'mode';
INSERT INTO mode_change(policy, at, mode, moderator) VALUES ('desk', 1700056090, 'observe', 'ann'), ('desk@1', 1700056091, 'enforce', 'ann'),
  ('ladder', 1700056093, 'enforce', 'ann');
END
awk 'BEGIN { for (i = 1; i <= 300; i++) printf "INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, coherence, coherence_flag) SELECT (SELECT seq FROM next_seq), message, revision + 1, text_revision, member, at, %s, %s, %s, %s FROM assessment WHERE message = %d ORDER BY revision DESC LIMIT 1;\n", \
  i % 3 ? "\047model\047" : "\047person\047", i % 5 == 0 ? "NULL" : i % 4 ? "toxicity / 2" : "min(1, toxicity + 0.2)", i % 7 ? i / 300 : "NULL", i % 2 ? "\047drunk\047" : "NULL", i * 25 }' >>people.sql

# And in the end, some of it with the time of then.
cat >after.sql <<'END'
UPDATE review SET outcome = iif(id % 3, 'rejected', 'upheld'), decided_by = 'bob', decided_at = 1700200000 WHERE id % 5 = 1 AND outcome IS NULL;
UPDATE review SET outcome = 'upheld', decided_by = 'ann' WHERE id % 5 = 2 AND outcome IS NULL;
INSERT INTO review(at, member, reason) VALUES (1700200001, 11, 'in the end'), (1700000000, 12, 'what was long ago');
END

# live DATABASE [OPTION...]: a community's life.
live() {
  database=$1
  shift
  "$decorum" init -q "$database" --set mode=enforce --policy desk.lua "$@"
  "$decorum" replay -q "$database" first.jsonl 2>told
  shell "$database" <people.sql || return
  "$decorum" job -q "$database" decay --now 1700056100
  "$decorum" job -q "$database" flags --now 1700056100
  "$decorum" replay -q "$database" second.jsonl 2>>told
  status=$?
  shell "$database" <after.sql || return
  return $status
}

live chat.db --set brake_percent=0
is "$? $(cat told)" "0 " "a chat is replayed, people doing things in between"
is "$(sqlite3 chat.db "SELECT count(*) FROM message; SELECT count(*) FROM member;
  SELECT sum(action = 'warn') > 1000 AND sum(action = 'mute') > 1000 FROM sanction WHERE policy = 'ladder@1';
  SELECT group_concat(kind) FROM (SELECT DISTINCT kind FROM notification ORDER BY 1);
  SELECT min(n) > 3 FROM (SELECT count(*) AS n FROM review WHERE outcome IS NULL UNION ALL SELECT count(*) FROM review WHERE outcome IS NOT NULL
    UNION ALL SELECT count(*) FROM review WHERE decision IS NOT NULL AND decided_at < 1700060000 UNION ALL SELECT count(*) FROM review WHERE decided_at > 1700100000
    UNION ALL SELECT count(*) FROM review WHERE coalesce(flag, verdict, decision) IS NULL
    UNION ALL SELECT count(*) FROM decision WHERE facts ->> 'in_review' UNION ALL SELECT count(DISTINCT facts ->> 'reviews_waiting') FROM decision
    UNION ALL SELECT count(*) FROM note WHERE decision IS NOT NULL UNION ALL SELECT count(*) FROM reputation_change
    UNION ALL SELECT count(*) FROM sanction WHERE undoes IN (SELECT case_no FROM sanction WHERE policy IS NOT NULL)
    UNION ALL SELECT count(*) FROM sanction WHERE undoes IN (SELECT case_no FROM sanction WHERE policy IS NULL)
    UNION ALL SELECT count(*) FROM sanction WHERE policy IS NULL AND decision IS NOT NULL
    UNION ALL SELECT count(*) FROM (SELECT 1 FROM message_edit GROUP BY message HAVING count(*) > 2)
    UNION ALL SELECT count(*) FROM immunity WHERE reason LIKE 'case%' UNION ALL SELECT count(*) FROM note WHERE cleared_by LIKE 'case%' AND decision
    UNION ALL SELECT count(*) FROM (SELECT 1 FROM decision WHERE action = 'warn' GROUP BY message HAVING count(*) > 1));
  SELECT group_concat(mode) FROM (SELECT DISTINCT policy, mode FROM decision ORDER BY policy, mode)")" "16000
2000
1
coherence,moderators,topic,topic_owner
1
enforce,enforce,enforce,observe" "it has thousands of sanctions, and some of everything"
is "$(sqlite3 chat.db "PRAGMA integrity_check; PRAGMA foreign_key_check")" ok "the file is sound"

"$decorum" replay chat.db --into same.db >counts 2>told
is "$? $(cat told)" "0 " "the closed loop of the same policies"
same_rows chat.db same.db "gives each row again, whatever table it is in"
is "$(sqlite3 same.db "PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA journal_mode")" "ok
wal" "in a file that is sound"
is "$(sqlite3 same.db "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name)")" \
  "$(sqlite3 chat.db "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name)")" "with all its triggers"
is "$(shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'ladder@1', facts = member_facts);
  SELECT count(*) > 16000, (SELECT count(*) FROM decision WHERE policy = 'ladder@1') - sum((old.action, old.duration_s, old.severity, old.points, old.rule, old.reason, old.review, old.trace, old.error)
    IS (new.action, new.duration_s, new.severity, new.points, new.rule, new.reason, new.review, new.trace, new.error)), count(*) - count(old.id)
  FROM (SELECT message, member, at, seq FROM occasion
      UNION ALL SELECT message, member, at, seq FROM decision WHERE policy = 'ladder@1' AND seq IN (SELECT seq FROM second_look)) AS said JOIN temp.candidate(said.member, said.at, said.seq) AS new
    LEFT JOIN decision AS old ON old.message = said.message AND old.seq = said.seq AND old.policy = 'ladder@1'")" "1|0|0" \
  "and the open loop, of all that policies were asked about, edits and second looks too, gives each decision again in all columns"

# With the brake
live brake.db
is "$?" 1 "the brake is something that needs attention"
matches "$(cat told)" "decorum: replay: ladder@1 fell to observe (--set mode=enforce ends that): it sanctioned [3-9] of [0-9]* active members within 10 minutes (last case [0-9]*)
decorum: replay: ladder@1 fell to observe (--set mode=enforce ends that): it sanctioned [3-9] of *" "it is told, and again after a person let the policy go on"
"$decorum" replay -q brake.db --into same_brake.db 2>told_again
is "$?" 1 "also when it is the closed loop's"
is "$(cat told_again)" "$(cat told)" "which tells the same"
same_rows brake.db same_brake.db "and has the same rows, those of the brake too"

# Another policy, by hand. Messages 2 and 4 are worth a mute of ten minutes, 1 and 6 a warning.
cat >roo.lua <<'END'
return policy { id = "roo", needs = { "toxicity" }, decide = function(f)
  if f.toxicity >= 0.8 then return { action = "mute", duration_s = 600, reason = "bad" } end
  return { action = f.toxicity >= 0.5 and "warn" or "none", reason = "not so good" }
end, tests = { { "calm", {}, { action = "none" } } } }
END
sed 's/action = "mute", duration_s = 600/action = "warn"/; s/f.toxicity >= 0.5 and "warn" or "none"/"none"/' roo.lua >mild.lua
sed 's/f.toxicity >= 0.5 and "warn" or "none"/"none"/' roo.lua >mute.lua
"$decorum" init -q roo.db --set mode=enforce --set brake_percent=0 --policy roo.lua
shell roo.db "UPDATE policy SET active = 0 WHERE name IN ('ladder', 'spam'); DELETE FROM lexicon;
  INSERT INTO lexicon VALUES ('dingo', 0.9, 'insult', 'person'), ('quokka', 0.6, 'insult', 'person')"
says() { printf '{"id":"%s","channel":"c","member":"u%s","at":%s,"text":"%s"}\n' "$@"; }
{
  says 1 1 1000 quokka 2 2 1010 dingo 3 2 1100 hello 4 3 1200 dingo
  echo '{"type":"kick","id":"k","channel":"c","member":"u4","by":"u1","at":1250}'
} | "$decorum" replay -q roo.db -
sqlite3 roo.db "INSERT INTO sanction(action, undoes, at, reason) VALUES ('undo', 2, 1300, 'mistaken'), ('undo', 4, 1301, 'mistaken'), ('undo', 1, 1302, 'mistaken')"
says 5 2 1400 hello 6 3 1500 quokka 7 3 1900 hello | "$decorum" replay -q roo.db -
cases() { sqlite3 "$1" "SELECT case_no, action, policy, message, undoes FROM sanction ORDER BY seq"; }
is "$(cases roo.db)" "1|warn|roo@1|1|
2|mute|roo@1|2|
3|mute|roo@1|4|
4|kick|||
5|undo|||2
6|undo|||4
7|undo|||1
8|warn|roo@1|6|" "what happened"
censored() { sqlite3 "$1" "SELECT message, member, case_no, at FROM censored ORDER BY 1"; }
is "$(censored roo.db)" "3|2|2|1100.0
6|3|3|1500.0" "censored is what the muted say, until the mute ends or is undone"

"$decorum" replay roo.db --policy mild.lua --into mild.db >counts
is "$? $(cat counts)" "0 policy roo@2, active
settings: brake_percent 0, mode enforce, the others as they come
roo@2, enforce: 2 warn, 5 none
mild.db: 7 messages, 0 of them censored
2 undos left out: what was undone did not happen" "a policy that mutes nobody"
is "$(cases mild.db)" "1|warn|roo@2|2|
2|warn|roo@2|4|
3|kick|||
4|undo|||3" "an undo goes with the kick, under its new number, and not with a warning that was a mute"
is "$(sqlite3 mild.db "SELECT name, version, active FROM policy_version WHERE name IN ('ladder', 'roo') ORDER BY 1, 2")" "ladder|1|0
roo|1|0
roo|2|1" "the new version stands beside the old one"
is "$("$decorum" replay roo.db --policy mute.lua --into mute.db | tail -2; cases mute.db; censored mute.db)" "mute.db: 7 messages, 2 of them censored
1 undo left out: what was undone did not happen
1|mute|roo@2|2|
2|mute|roo@2|4|
3|kick|||
4|undo|||1
5|undo|||3
3|2|1|1100.0
6|3|2|1500.0" "the undo of a mute that is one again goes with it"
sed 's/"roo"/"wallaby"/' mute.lua >wallaby.lua
is "$("$decorum" replay roo.db --policy wallaby.lua --without roo --into wallaby.db; cases wallaby.db)" "policy roo@1, left out
policy wallaby@1, active
settings: brake_percent 0, mode enforce, the others as they come
wallaby@1, enforce: 2 mute, 5 none
wallaby.db: 7 messages, 3 of them censored
2 undos left out: what was undone did not happen
1|mute|wallaby@1|2|
2|mute|wallaby@1|4|
3|kick|||
4|undo|||3" "another policy in the place of the one it was copied from"
"$decorum" replay -q roo.db --policy mute.lua --without roo --into mute2.db
is "$(cases mute2.db; censored mute2.db)" "$(cases mute.db; censored mute.db)" "a new version takes the place of the old one anyway"
"$decorum" replay -q roo.db --policy roo.lua --into roo1.db
same_rows roo.db roo1.db "a source that is a version already is that version"
"$decorum" replay -q mild.db --into mild2.db
same_rows mild.db mild2.db "what is made so is a community like others"
is "$("$decorum" replay -q roo.db --set mode=observe --into observe.db; cases observe.db; sqlite3 observe.db "SELECT DISTINCT mode FROM decision;
  SELECT count(*) FROM mode_change")" "1|kick|||
2|undo|||1
observe
0" "with another mode: the community's own switches do not count"
is "$("$decorum" replay -q observe.db --set mode=enforce --policy mute.lua --into enforce.db; cases enforce.db | head -n 2)" "1|mute|roo@2|2|
2|mute|roo@2|4|" "so what was observed is tried with enforce"
"$decorum" init -q held.db --policy roo.lua
shell held.db "UPDATE policy SET active = 0 WHERE name IN ('ladder', 'spam'); INSERT INTO mode_change(policy, mode) VALUES ('roo', 'observe'), ('roo@1', 'observe');
  DELETE FROM lexicon; INSERT INTO lexicon VALUES ('quokka', 0.6, 'insult', 'person')"
says 1 1 1000 quokka | "$decorum" replay -q held.db -
sqlite3 held.db "INSERT INTO mode_change(policy, mode) VALUES ('roo@1', 'enforce')"
says 2 2 1001 quokka | "$decorum" replay -q held.db -
for mode in enforce observe; do
  "$decorum" replay -q held.db --set mode=$mode --into held_$mode.db
  is "$(sqlite3 held_$mode.db "SELECT message, mode FROM decision; SELECT count(*) FROM mode_change WHERE policy IS NOT NULL")" "1|$mode
2|$mode
0" "--set mode=$mode is in force for all, whatever was said of one policy"
done

# Somebody starts anew: what the other policy noted is cleared with the rest.
sed 's/"none"/"note"/' roo.lua >noting.lua
"$decorum" init -q anew.db --set mode=enforce --policy roo.lua
says 1 1 1000 hello | "$decorum" replay -q anew.db -
sqlite3 anew.db "INSERT INTO sanction(member, action, scope, at, reason) VALUES (1, 'reset', 'all', 1001, 'a new start');
  INSERT INTO note(member, at, author, text) VALUES (1, 1002, 'ann', 'is friendly now')"
says 2 1 1003 hello | "$decorum" replay -q anew.db -
"$decorum" replay -q anew.db --policy noting.lua --into noted.db
is "$(sqlite3 noted.db "SELECT at, author, cleared_at, cleared_by FROM note ORDER BY at")" "1000.0|roo@2|1001.0|case 1
1002.0|ann||
1003.0|roo@2||" "a reset of all clears what the new policy noted before it, and nothing that came later"
# An edited message was sanctioned twice, and both were undone; the other policy sanctions it once.
sed 's/action = "mute", duration_s = 600/action = "warn"/' roo.lua >warn.lua
"$decorum" init -q twice.db --set mode=enforce --policy warn.lua
shell twice.db "UPDATE policy SET active = 0 WHERE name IN ('ladder', 'spam'); DELETE FROM lexicon;
  INSERT INTO lexicon VALUES ('dingo', 0.9, 'insult', 'person'), ('quokka', 0.6, 'insult', 'person')"
{ says 1 1 1000 quokka; echo '{"type":"edit","id":"1","at":1010,"text":"dingo"}'; } | "$decorum" replay -q twice.db -
sqlite3 twice.db "INSERT INTO sanction(action, undoes, at, reason) VALUES ('undo', 1, 1020, 'test'), ('undo', 2, 1021, 'test')"
is "$("$decorum" replay twice.db --policy mild.lua --into once.db | tail -n 1; cases twice.db; echo; cases once.db)" "1 undo left out: what was undone did not happen
1|warn|roo@1|1|
2|warn|roo@1|1|
3|undo|||1
4|undo|||2

1|warn|roo@2|1|
2|undo|||1" "a case is undone once"

# A person names, in a case, decisions to do nothing and one that failed: of the message as it is, and of the edited one's first look.
cat >idle.lua <<'END'
return policy { id = "idle", needs = { "toxicity" }, decide = function(f)
  return { action = f.toxicity > 0 and "none" or error "calm", review = f.toxicity > 0.25, reason = "see" }
end, tests = { { "calm", {}, { error = "calm" } } } }
END
"$decorum" init -q idle.db --set mode=enforce --policy idle.lua
shell idle.db "UPDATE policy SET active = 0 WHERE name = 'spam'; DELETE FROM lexicon;
  INSERT INTO lexicon VALUES ('wombat', 0.2, 'insult', 'person'), ('emu', 0.3, 'insult', 'person')"
{ says 1 1 1000 hello 2 1 1001 wombat 3 2 1002 hello 4 3 1003 wombat; echo '{"type":"edit","id":"2","at":1010,"text":"emu"}'; } |
  "$decorum" replay -q idle.db - 2>told
for at in 1001 1010; do
  sqlite3 idle.db "INSERT INTO sanction(member, action, at, reason, decision, message) SELECT member, 'warn', 1020, 'by hand', id, message FROM decision
    WHERE message IN (2, 3) AND at IN ($at, 1002) AND NOT EXISTS (SELECT 1 FROM sanction WHERE decision = decision.id)"
done
is "$(sqlite3 idle.db "SELECT decision.message, decision.at, decision.action, review FROM sanction JOIN decision ON decision.id = sanction.decision
  WHERE decision.policy = 'idle@1' ORDER BY decision.id")" "2|1001.0|none|0
3|1002.0||
2|1010.0|none|1" "they are named"
"$decorum" replay -q idle.db --into idle_again.db 2>told
same_rows idle.db idle_again.db "a case goes on naming the decision that it named, also one to do nothing"

# Who waits for a review is known at each message, with another policy, too. Messages 2 to 4 are worse than 1.
cat >asking.lua <<'END'
return policy { id = "roo", needs = { "toxicity", "reviews_waiting" }, params = { from = 0.5 }, decide = function(f, d, p)
  return { action = f.toxicity >= p.from and "flag" or "none", reason = "waiting " .. f.reviews_waiting }
end, tests = { { "calm", { reviews_waiting = 0 }, { action = "none" } } } }
END
"$decorum" init -q asking.db --policy asking.lua
shell asking.db "UPDATE policy SET active = 0 WHERE name IN ('ladder', 'spam'); DELETE FROM lexicon;
  INSERT INTO lexicon VALUES ('dingo', 0.9, 'insult', 'person'), ('quokka', 0.6, 'insult', 'person')"
says 1 1 1000 quokka 2 1 1100 dingo | "$decorum" replay -q asking.db -
sqlite3 asking.db "UPDATE review SET outcome = 'rejected', decided_by = 'ann', decided_at = 1200 WHERE message = 1"
says 3 1 1300 dingo | "$decorum" replay -q asking.db -
sqlite3 asking.db "INSERT INTO review(at, member, reason) VALUES (1350, 1, 'by hand'); UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 1600 WHERE message = 3"
says 4 1 1400 dingo 5 1 1700 dingo | "$decorum" replay -q asking.db -
asked() { sqlite3 "$1" "SELECT message, reason, outcome, decided_at FROM review ORDER BY id"; }
is "$(asked asking.db)" "1|waiting 0|rejected|1200.0
2|waiting 1||
3|waiting 1|upheld|1600.0
|by hand||
4|waiting 3||
5|waiting 3||" "who asked for reviews, and when they were decided"
"$decorum" replay -q asking.db --into asked.db
same_rows asking.db asked.db "the same policy asks for the same"
is "$("$decorum" replay asking.db --set roo.from=0.8 --into worse.db | tail -n 1; asked worse.db)" "1 review left out: what was reviewed was not decided
2|waiting 0||
3|waiting 1|upheld|1600.0
|by hand||
4|waiting 3||
5|waiting 3||" "one that asks for fewer knows of those alone, up to when they were decided"
is "$(sed 's/>= p.from and "flag" or/> 2 and "flag" or/' asking.lua >never.lua; "$decorum" replay asking.db --policy never.lua --into never.db | tail -n 1; asked never.db)" \
  "2 reviews left out: what was reviewed was not decided
|by hand||" "one that asks for none has those by hand"
# The message was asked about twice, and both were decided; the other policy asks once, at the edit.
{ says 6 2 2000 quokka; echo '{"type":"edit","id":"6","at":2100,"text":"dingo"}'; } | "$decorum" replay -q asking.db -
sqlite3 asking.db "UPDATE review SET outcome = iif(at = 2000, 'rejected', 'upheld'), decided_by = 'ann', decided_at = at + 500 WHERE message = 6"
"$decorum" replay -q asking.db --into twice_asked.db
same_rows asking.db twice_asked.db "of two reviews of a message each has its own outcome"
is "$("$decorum" replay asking.db --set roo.from=0.8 --into edit.db | tail -n 1; sqlite3 edit.db "SELECT at, outcome FROM review WHERE message = 6")" \
  "2 reviews left out: what was reviewed was not decided
2100.0|upheld" "one of one of them has that of the nearest"

# The file itself
sqlite3 roo.db "INSERT INTO note(member, author, text) VALUES (1, 'ann', 'in the log that SQLite keeps beside the file')" \
  ".shell cp roo.db kept.db; cp roo.db-wal kept.db-wal"
cp kept.db was.db && cp kept.db-wal was.db-wal
"$decorum" replay -q kept.db --policy mild.lua --into from_kept.db
ok "$([ -s was.db-wal ] && cmp -s kept.db was.db && cmp -s kept.db-wal was.db-wal; echo $?)" "no byte of the file changes, nor of what SQLite keeps beside it"
is "$(sqlite3 from_kept.db "SELECT count(*) FROM note")" 1 "which is read"
cp roo.db 'a%b?c#d.db'
"$decorum" replay -q 'a%b?c#d.db' --into 'file:e?f.db'
ok "$([ -f 'file:e?f.db' ]; echo $?)" "any name is a name"

# The new file has its name when it is whole; until then it is a part.
is_part() { [ "$(od -An -c -j68 -N4 "$1.part" 2>/dev/null | tr -d ' ')" = DECP ] && [ ! -e "$1.part-journal" ]; }
"$decorum" replay -q chat.db --into killed.db &
tries=0
until is_part killed.db || [ $tries -gt 3000 ]; do tries=$((tries + 1)); done
sqlite3 killed.db.part "BEGIN EXCLUSIVE" 2>locked
kill -9 $!
wait $! 2>/dev/null
matches "$(cat locked)" "*database is locked*" "a part is locked"
is "$(ls killed.db*)" "killed.db.part" "killed half-way, it has no name"
fails_with "decorum: report: killed.db.part: the file is not a Decorum database" "what is left is nobody's" "$decorum" report killed.db.part overview
"$decorum" replay -q chat.db --into killed.db
is "$? $(ls killed.db*)" "0 killed.db" "and is made anew the next time"
same_rows chat.db killed.db "with every row"

# Two who make the same
sqlite3 busy.db.part "PRAGMA application_id = 1145389904; BEGIN EXCLUSIVE" \
  ".shell $decorum replay -q roo.db --into busy.db >stdout 2>stderr; echo \$? >status; cp busy.db.part untouched" COMMIT >/dev/null
is "$(cat status stdout stderr)" "2
decorum: replay: busy.db.part: is in use, somebody else is making busy.db; wait, or name another file" "while somebody makes the file, another is refused"
ok "$(cmp -s busy.db.part untouched && [ -s untouched ]; echo $?)" "and leaves it alone"
"$decorum" replay -q roo.db --into busy.db
is "$? $(ls busy.db*)" "0 busy.db" "whose part is left over makes it"
"$decorum" replay -q chat.db --into both.db 2>one &
"$decorum" replay -q chat.db --into both.db 2>other
status=$?
wait $!
is "$(echo "$? $status" | tr ' ' '\n' | sort | tr '\n' ' ')$(cat one other | grep -c 'is in use, somebody\|is there already') $(ls both.db*)" "0 2 1 both.db" \
  "of two at the same time one makes it, the other is told"
same_rows chat.db both.db "and it is whole"

# What is in the way stays as it is.
ln -s nothing link.db
fails_with "decorum: replay: link.db: is a symbolic link; name the new file itself" "a link to nothing" "$decorum" replay roo.db --into link.db
: >nobody.db && ln -s nobody.db link2.db
fails_with "decorum: replay: link2.db: is a symbolic link; *" "a link to an empty file" "$decorum" replay roo.db --into link2.db
ln -s roo.db link3.db
fails_with "decorum: replay: link3.db: is there already*" "a link to a database" "$decorum" replay roo.db --into link3.db
is "$(readlink link.db link2.db link3.db; ls -d nothing nobody.db* link* 2>/dev/null)" "nothing
nobody.db
roo.db
link.db
link2.db
link3.db
nobody.db" "the links are still there, and nothing else"
echo mine >text.db.part
cp mild.db whole.db.part
mkdir folder.db.part
ln -s nobody.db links.db.part
for name in text whole folder links; do
  fails_with "decorum: replay: $name.db.part: is there already, and is not what was left of making a file; move it away, or name another file" \
    "another file of the part's name, $name" "$decorum" replay roo.db --into $name.db
done
fails_with "decorum: replay: whole.db.part: is there already*" "the file itself as a part" "$decorum" replay whole.db.part --into whole.db
ok "$(cmp -s mild.db whole.db.part && [ "$(cat text.db.part)" = mine ] && [ -d folder.db.part ] && [ -L links.db.part ] && [ ! -s nobody.db ]; echo $?)" \
  "they are as they were"
: >orphan.db-wal
fails_with "decorum: replay: orphan.db-wal: is there without its database, *; move it away" "what another database has left" "$decorum" replay roo.db --into orphan.db
fails_with "decorum: replay: none/new.db.part: No such file or directory" "no such folder" "$decorum" replay roo.db --into none/new.db
mkdir folder
for name in folder/ ''; do
  fails_with "decorum: replay: '$name' is not the name of a file" "no name: '$name'" "$decorum" replay roo.db --into "$name"
done
is "$(ls -A folder; ls -d .part 2>/dev/null)" "" "where nothing is made"
: >private.db && chmod 600 private.db
"$decorum" replay -q roo.db --into private.db
is "$? $(stat -c %a private.db)" "0 600" "an empty file is replaced by one with its permissions"

# What cannot be
fails_with "decorum: replay: mild.db: is there already; name a new file" "a file that is there" "$decorum" replay roo.db --into mild.db
fails_with "decorum: replay: folder: is there already*" "a folder" "$decorum" replay roo.db --into folder
fails_with "decorum: replay: roo.db: is there already*" "the file itself" "$decorum" replay roo.db --into roo.db
fails_with "decorum: replay: there is no database none.db*" "no file" "$decorum" replay none.db --into new.db
fails_with "decorum: replay: --into decides anew about what is in the file, and reads no log: first.jsonl" "a log beside --into" \
  "$decorum" replay roo.db first.jsonl --into new.db
for option in "--policy mild.lua" "--without roo" "--set mode=observe"; do
  fails_with "decorum: replay: --policy, --without and --set try a change in a new file*" "${option% *} and no --into" "$decorum" replay roo.db first.jsonl $option
done
fails_with "decorum: replay: --without: no policy 'rooo' is live, did you mean 'roo'? live are: roo" "to leave out a mistyped policy" \
  "$decorum" replay -q roo.db --without rooo --into new.db
fails_with "decorum: replay: --without: no policy 'ladder' is live; live are: roo" "to leave out one that is not live" \
  "$decorum" replay -q roo.db --without ladder --into new.db
fails_with "decorum: replay: --without: no policy 'roo' is live; live are: none" "to leave out one twice" \
  "$decorum" replay -q roo.db --without roo --without roo --into new.db
fails_with "decorum: replay: name a log to read*" "nothing to read" "$decorum" replay roo.db
echo 'return policy {' >broken.lua
fails_with "decorum: replay: broken.lua:*" "a policy that is none" "$decorum" replay -q roo.db --policy broken.lua --into new.db
fails_with "decorum: replay: new.db: there is no setting 'mood'*" "no such setting" "$decorum" replay -q roo.db --set mood=good --into new.db
ok "$(ls new.db* >/dev/null 2>&1; [ $? -ne 0 ]; echo $?)" "then no file is left"
: >empty.db
fails_with "decorum: replay: empty.db: there is no setting 'mood'*" "no such setting, in an empty file" "$decorum" replay -q roo.db --set mood=good --into empty.db
is "$(ls empty.db*; wc -c <empty.db)" "empty.db
0" "which stays empty"
"$decorum" replay -q roo.db --into empty.db
same_rows roo.db empty.db "and can be used"
finish
