#!/bin/sh
# Periodic jobs: reputations return to neutral, flags cost reputation.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db
sql() { shell chat.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
reputation() { sql "SELECT group_concat(reputation, ' ') FROM member_reputation"; }
day=86400
sql "UPDATE community SET created_at = 0;
  INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'), (3, 'cat'), (4, 'dan'), (5, 'eve');
  INSERT INTO reputation_change(member, at, after, moderator, reason)
    VALUES (1, 100, 10, 'mod', 'test'), (2, 100, 100, 'mod', 'test'), (3, 100, 69, 'mod', 'test')"

is "$("$decorum" job chat.db)" "decay         Reputations return to neutral: one step a period.
decisions     Decisions to do nothing go after decision_days: the facts and the policy give them again.
flags         Flags that were upheld, or all if flag_mode is immediate, cost reputation.
retention     Texts of messages go after text_days; scores stay. So do keyed hashes of erased members whose last ban is over.
tick          What is due with time: shadow bans begin, are lifted, take the USE bit at progress 1; claims of reviews lapse." "the jobs are listed"

# Decay
is "$("$decorum" job chat.db decay --now $((day - 1)))" "decay: 0 done, 0 skipped, 0 failed" "decay: nothing before a period is over"
is "$("$decorum" job chat.db decay --now $day)" "decay: 3 done, 2 skipped, 0 failed" "decay: members off neutral; those at neutral are skipped"
is "$(reputation)" "12 98 69 50 50" "decay: one step"
is "$(sql "SELECT count(*) FROM reputation_change WHERE member = 3")" 1 "decay: unchanged is done without a write"
is "$("$decorum" job chat.db decay --now $((day + 3600)))" "decay: 0 done, 0 skipped, 0 failed" "decay: once a period however often it runs"
is "$(reputation)" "12 98 69 50 50" "decay: and nothing changes"
"$decorum" job -q chat.db decay --now $((4 * day + 5))
is "$(reputation)" "$(sql "SELECT reputation_decay(12, 3) || ' ' || reputation_decay(98, 3) || ' 69 50 50'")" "decay: after three days' pause it catches up three"
is "$(sql "SELECT through_at FROM job_run ORDER BY id DESC LIMIT 1")" "$((4 * day)).0" "decay: up to the end of the last whole period"
"$decorum" job -q chat.db decay --now $((5 * day))
is "$(sql "SELECT success || ' ' || skipped || ' ' || failed || ' ' || (duration_s >= 0) || ' ' || errors FROM job_run ORDER BY id DESC LIMIT 1")" "3 2 0 1 []" \
  "decay: success, skipped, failed, duration are in job_run"
is "$("$decorum" job chat.db decay --now $day)" "decay: 0 done, 0 skipped, 0 failed" "decay: a clock that goes back does nothing"
sql "UPDATE setting SET value = 0.5 WHERE name = 'decay_rate'; UPDATE setting SET value = 0.5 WHERE name = 'decay_period_days'"
"$decorum" job -q chat.db decay --now $((5 * day + 43200))
is "$(sql "SELECT reputation FROM member_reputation WHERE member = 3")" 60 "decay: decay_rate and decay_period_days are read"

# A log of long ago, and somebody whose reputation was set today
"$decorum" init -q old.db
shell old.db "UPDATE community SET created_at = 1000 * $day; INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'), (3, 'cat');
  INSERT INTO reputation_change(member, at, after, reason)
    VALUES (1, 100, 100, 'test'), (2, 999.5 * $day, 100, 'test'), (3, 1000 * $day + 100, 100, 'test')"
"$decorum" job -q old.db decay --now $((1000 * day + 200))
is "$(shell old.db "SELECT group_concat(reputation, ' ') FROM member_reputation")" "69 98 100" "decay: the periods since a member's last change"
"$decorum" job -q old.db decay --now $((1002 * day))
is "$(shell old.db "SELECT group_concat(reputation, ' ') FROM member_reputation")" "69 $(shell old.db "SELECT reputation_decay(98, 1)") 98" "decay: and then like everybody"

# One member's failure
sql "CREATE TRIGGER broken BEFORE INSERT ON reputation_change WHEN NEW.member = 2 BEGIN SELECT RAISE(ABORT, 'disk of bob'); END"
"$decorum" job chat.db decay --now $((6 * day)) >out 2>err
is "$? $(cat out)" "1 decay: 2 done, 2 skipped, 1 failed" "decay: a failure stops nobody else, and is told by the status"
is "$(cat err)" "decorum: job: decay: member 2: disk of bob" "decay: with its cause"
is "$(sql "SELECT errors FROM job_run ORDER BY id DESC LIMIT 1")" '[{"member":2,"cause":"disk of bob"}]' "decay: which is kept"
sql "DROP TRIGGER broken"

# Flags
sql "INSERT INTO channel(platform, name) VALUES ('test', '#test');
  INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT value, 'test', value, 1, 4, 1000 FROM json_each('[1,2,3,4,5,6]');
  UPDATE setting SET value = 'immediate' WHERE name = 'flag_mode';
  INSERT INTO flag(message, reporter, at, type) VALUES (1, 1, 2000, 'SPAM'), (2, 1, 2001, 'SPAM'), (3, 1, 2002, 'spam')"
is "$("$decorum" job chat.db flags --now 3000)" "flags: 3 done, 0 skipped, 0 failed" "flags: each is processed"
is "$(sql "SELECT group_concat(penalty) FROM flag_outcome")" "4,6,9" "flags: the penalty grows with their number, of all types"
is "$(sql "SELECT group_concat(after) FROM (SELECT after FROM reputation_change WHERE member = 4 ORDER BY seq)")" "46,40,31" "flags: in the order received"
is "$(sql "SELECT group_concat(DISTINCT cause || ' ' || at) FROM reputation_change WHERE member = 4")" "flag 3000.0" "flags: the cause of a change"
is "$("$decorum" job chat.db flags --now 3001)" "flags: 0 done, 0 skipped, 0 failed" "flags: each once"
sql "INSERT INTO flag(message, reporter, at, type) VALUES (4, 2, 2003, 'DEATH')"
"$decorum" job -q chat.db flags --now 3002
is "$(sql "SELECT reputation FROM member_reputation WHERE member = 4")" 0 "flags: never below 0"
sql "INSERT INTO flag(message, reporter, at, type) VALUES (5, 1, 2004, 'SELF_HARM')"
"$decorum" job -q chat.db flags --now 3003
is "$(sql "SELECT penalty FROM flag_outcome JOIN flag ON flag.id = flag_outcome.flag WHERE type = 'SELF_HARM'")" 0 "flags: SELF_HARM costs nothing"

sql "UPDATE setting SET value = 'review' WHERE name = 'flag_mode';
  INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT value, 'test', value, 1, 5, 1000 FROM json_each('[11,12,13,14]');
  INSERT INTO flag(message, reporter, at, type) VALUES (11, 1, 2000, 'HATE'), (12, 1, 2001, 'HATE'), (13, 1, 2002, 'HATE')"
is "$("$decorum" job chat.db flags --now 3004)" "flags: 0 done, 0 skipped, 0 failed" "flags: none before its review"
sql "UPDATE review SET outcome = 'rejected', decided_by = 'mod', decided_at = 3005 WHERE message = 11;
  UPDATE review SET outcome = 'upheld', decided_by = 'mod', decided_at = 3005 WHERE message IN (12, 13)"
sql "CREATE TRIGGER broken BEFORE INSERT ON reputation_change WHEN NEW.flag = (SELECT id FROM flag WHERE message = 12)
  BEGIN SELECT RAISE(ABORT, 'cannot'); END"
"$decorum" job chat.db flags --now 3006 >out 2>err
is "$? $(cat out)" "1 flags: 1 done, 0 skipped, 1 failed" "flags: a failure stops no other"
is "$(sql "SELECT state || ' ' || coalesce(error, 'none') || ' ' || coalesce(penalty, 'none') FROM flag_state WHERE message IN (12, 13) ORDER BY message")" \
  "failed cannot none
processed none 48" "flags: and keeps its cause; a rejected flag does not count"
sql "DROP TRIGGER broken"
is "$("$decorum" job chat.db flags --now 3007)" "flags: 0 done, 0 skipped, 0 failed" "flags: one that failed is not tried again"
sql "UPDATE setting SET value = 0 WHERE name = 'penalty_growth';
  INSERT INTO flag(message, reporter, at, type) VALUES (14, 1, 2002, 'HATE');
  UPDATE review SET outcome = 'upheld', decided_by = 'mod', decided_at = 3007 WHERE message = 14"
"$decorum" job -q chat.db flags --now 3008
is "$(sql "SELECT penalty FROM flag_outcome ORDER BY flag DESC LIMIT 1")" 0 "flags: penalty_growth is read"

# A flag that was acted on at once and is then rejected
sql "UPDATE setting SET value = 'immediate' WHERE name = 'flag_mode'; UPDATE setting SET value = 0.5 WHERE name = 'penalty_growth';
  INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (21, 'test', '21', 1, 3, 1000);
  INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (3, 100, 60, 'mod', 'test');
  INSERT INTO flag(message, reporter, at, type) VALUES (21, 1, 2000, 'CHILD_SAFETY')"
"$decorum" job -q chat.db flags --now 3009
is "$(sql "SELECT reputation FROM member_reputation WHERE member = 3")" 20 "flags: CHILD_SAFETY at once"
sql "UPDATE review SET outcome = 'rejected', decided_by = 'mod', decided_at = 3010 WHERE message = 21"
is "$(sql "SELECT reputation FROM member_reputation WHERE member = 3")" 60 "flags: rejected later, it gives back what it took"
is "$("$decorum" report chat.db flags --format csv | tr -d '\r' | grep '^ann,')" "ann,9,5,3,0.6" \
  "the report of flags has each reporter's accuracy over the flags that were decided on"

# Of a reporter with more than 100 flags the newest 100 that were decided on count.
sql "INSERT INTO member(id, name) VALUES (6, 'fox'), (7, 'gnu');
  INSERT INTO message(platform, platform_id, channel, member, at)
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 121) SELECT 'gnu', i, 1, 7, 1000 + i FROM n;
  UPDATE setting SET value = 'review' WHERE name = 'flag_mode';
  INSERT INTO flag(message, reporter, at, type) SELECT id, 6, 5000 + id, 'OTHER' FROM message WHERE platform = 'gnu' ORDER BY id;
  UPDATE review SET outcome = iif(message IN (SELECT id FROM message WHERE platform = 'gnu' AND CAST(platform_id AS INTEGER) <= 25), 'rejected', 'upheld'),
    decided_by = 'mod', decided_at = 6000
    WHERE message IN (SELECT id FROM message WHERE platform = 'gnu' AND CAST(platform_id AS INTEGER) <= 120)"
is "$("$decorum" report chat.db flags --format csv | tr -d '\r' | grep '^fox,')" "fox,121,100,95,0.95" \
  "of a reporter with many flags the last 100 that were decided on"

# As many flags of one member as there may be in a campaign: each costs the same, whatever came before it.
"$decorum" init -q many.db --set flag_mode=immediate
sqlite3 many.db "INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO channel(platform, name) VALUES ('test', '#test');
  INSERT INTO message(id, platform, platform_id, channel, member, at)
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30000) SELECT i, 'test', i, 1, 1, 1000 FROM n;
  INSERT INTO flag(message, reporter, at, type) SELECT id, 2, 2000, 'OTHER' FROM message"
is "$(ulimit -t 5; "$decorum" job many.db flags --now 3000)" "flags: 30000 done, 0 skipped, 0 failed" "flags: thousands about one member"
is "$(shell many.db "SELECT penalty = flag_penalty('OTHER', 30000) FROM flag_outcome ORDER BY flag DESC LIMIT 1")" 1 "flags: each counts those before it"

# Decisions. Of seven days and more only what was done, what failed and what a person was asked about or named is kept.
"$decorum" init -q decided.db
sqlite3 decided.db "INSERT INTO member(id, name) VALUES (1, 'ann'); INSERT INTO channel(platform, name) VALUES ('test', '#test');
  INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (1, 'test', '1', 1, 1, 1000);
  INSERT INTO decision(id, seq, message, member, at, policy, action, review, mode, error) VALUES
    (1, 1, 1, 1, 1000, 'a@1', 'none', 0, 'observe', NULL), (2, 1, 1, 1, 1000, 'a@1', 'warn', 0, 'observe', NULL),
    (3, 1, 1, 1, 1000, 'a@1', NULL, NULL, 'observe', 'boom'), (4, 1, 1, 1, 1000, 'a@1', 'none', 1, 'observe', NULL),
    (5, 1, 1, 1, 1000, 'a@1', 'none', NULL, 'observe', NULL), (6, 1, 1, 1, 1000, 'a@1', 'none', 0, 'observe', NULL),
    (7, 1, 1, 1, 1001, 'a@1', 'none', 0, 'observe', NULL), (8, 1, 1, 1, 1000, 'a@1', 'none', 0, 'observe', NULL),
    (9, 1, 1, 1, 1000, 'a@1', 'none', 0, 'observe', NULL);
  INSERT INTO sanction(member, action, at, reason, decision) VALUES (1, 'warn', 1000, 'by hand', 6);
  INSERT INTO review(at, member, reason, decision) VALUES (1000, 1, 'by hand', 8);
  INSERT INTO decision(id, seq, message, member, at, policy, action, mode)
    WITH RECURSIVE n(i) AS (VALUES (1001) UNION ALL SELECT i + 1 FROM n WHERE i < 26000) SELECT i, 1, 1, 1, 999, 'a@1', 'none', 'enforce' FROM n"
is "$("$decorum" job decided.db decisions --now $((1000 + 7 * day)))" "decisions: 25000 done, 0 skipped, 0 failed" "decisions: to do nothing, of more than seven days"
is "$("$decorum" job decided.db decisions --now $((1001 + 7 * day)))" "decisions: 3 done, 0 skipped, 0 failed" "decisions: not of seven days"
is "$(sqlite3 decided.db "SELECT group_concat(id) FROM decision; SELECT success FROM job_run; PRAGMA foreign_key_check")" "2,3,4,6,7,8
25000
3" "decisions: what was done, failed, or is a person's stays; how many went is in job_run"
"$decorum" init -q decided.db --set decision_days=1
sqlite3 decided.db "CREATE TRIGGER broken BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'disk full'); END"
"$decorum" job decided.db decisions --now $((1002 + day)) >out 2>err
is "$? $(cat out err)" "1 decisions: 0 done, 0 skipped, 1 failed
decorum: job: decisions: disk full" "decisions: decision_days is read; a failure is told"

# Texts go after text_days, those that concern children stay; what was claimed and not decided on is free again.
"$decorum" init -q old_texts.db
sqlite3 old_texts.db "PRAGMA secure_delete = OFF; INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO channel(platform, name) VALUES ('test', '#test');
  INSERT INTO message(id, platform, platform_id, channel, member, at, edited_at)
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i, 'test', i, 1, 1, 1000, NULL FROM n;
  UPDATE message SET at = 1001 WHERE id = 7; UPDATE message SET edited_at = 2000, revision = 1 WHERE id = 8; INSERT INTO message_edit VALUES (8, 1, 2000);
  INSERT INTO message_text SELECT id, 'the text of ' || id FROM message;
  INSERT INTO flag(message, reporter, at, type) VALUES (9, 2, 1000, 'CHILD_SAFETY'), (10, 2, 1000, 'SPAM');
  UPDATE review SET claimed_by = 'ann', claimed_at = 1000 WHERE message = 10;
  INSERT INTO outbox(key, platform, call, text, due_at, state, ended_at, outcome) VALUES ('a', 'test', 'say', 'an old answer', 1, 'done', 999, 'so'), ('b', 'test', 'say', 'new', 1, 'done', 1000.5, NULL)"  >/dev/null
texts() { sqlite3 old_texts.db "SELECT group_concat(message) FROM message_text WHERE text IS NOT NULL; SELECT text FROM outbox" | tr '\n' ' '; }
is "$("$decorum" job old_texts.db retention --now $((1000 + 90 * day)))" "retention: 1 done, 0 skipped, 0 failed" "retention: of an answer, before a message is 90 days old"
is "$("$decorum" job old_texts.db retention --now $((1000 + 90 * day + 1)))" "retention: 2498 done, 0 skipped, 0 failed" "retention: texts of more than 90 days"
is "$(texts)" "7,8,9   " "retention: not of what is newer, was edited since, or concerns children"
is "$(grep -c 'the text of 1234' old_texts.db*)" "0" "retention: nor is a byte of them in the file"
is "$("$decorum" job old_texts.db retention --now $((1000 + 90 * day + 1)))" "retention: 0 done, 0 skipped, 0 failed" "retention: once"
"$decorum" init -q old_texts.db --set text_days=0
is "$("$decorum" job old_texts.db retention --now $((9999 * day)); texts)" "retention: 0 done, 0 skipped, 0 failed
7,8,9   " "retention: text_days 0 keeps them for ever"
"$decorum" init -q old_texts.db --set text_days=0.5
is "$("$decorum" job old_texts.db retention --now $((2000 + day / 2 + 1)); texts)" "retention: 2 done, 0 skipped, 0 failed
9   " "retention: text_days is read"
is "$(sqlite3 old_texts.db "SELECT count(*) FROM message; PRAGMA foreign_key_check")" 2500 "retention: messages stay"
is "$("$decorum" job old_texts.db tick --now $((1000 + 15 * 60 - 1))) $(sqlite3 old_texts.db "SELECT claimed_by FROM review WHERE message = 10")" "tick: 0 done, 0 skipped, 0 failed ann" "tick: a claim holds"
is "$("$decorum" job old_texts.db tick --now $((1000 + 15 * 60))) $(sqlite3 old_texts.db "SELECT claimed_by, claimed_at, claimed_until FROM review WHERE message = 10")" "tick: 1 done, 0 skipped, 0 failed ||" \
  "tick: until review_claim_minutes are over"

fails_with "decorum: job: there is no job 'decoy', only: decay, decisions, flags, retention, tick" "an unknown job" "$decorum" job chat.db decoy
for seconds in abc nan 9e999; do
  fails_with "decorum: --now must be Unix seconds, not '$seconds'*" "--now $seconds" "$decorum" job chat.db decay --now $seconds
done
fails_with "decorum: job: there is no database*" "no database" "$decorum" job none.db decay
finish
