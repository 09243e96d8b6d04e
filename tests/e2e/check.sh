#!/bin/sh
# decorum check: nothing is found in a file that only the program wrote; each fault that a hand can make is, by its name.
. "$(dirname "$0")/tap.sh"

"$decorum" init -q sample.db --set mode=enforce
"$decorum" replay -q sample.db "$root/examples/lobby-2026-03-14.log" 2>/dev/null
is "$("$decorum" check sample.db; echo $?)" "sample.db: nothing found
0" "the sample is whole"

# A file with rows in each table, a bot's among them.
sqlite3 base.db <"$here/version_5.sql" >/dev/null
"$decorum" init -q base.db --policy "$root/examples/gentle.lua"
shell base.db "PRAGMA foreign_keys = ON;
  INSERT INTO connection(platform, moderators, since) VALUES ('jsonl', '#mods', 1773480000);
  INSERT INTO message(id, platform, platform_id, channel, member, at, live) VALUES (100, 'jsonl', 'l1', 1, 2, 1773490000, 1);
  INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT seq, 100, 2, 1773490000, 'scorer', 0.9 FROM next_seq;
  INSERT INTO decision(id, seq, message, member, at, policy, action, duration_s, reason, mode) SELECT 200, seq - 1, 100, 2, 1773490000, 'ladder@1', 'mute', 600, 'x', 'enforce' FROM next_seq;
  INSERT INTO decision(id, seq, message, member, at, policy, action, reason, mode) SELECT 201, seq - 1, 100, 2, 1773490000, 'spam@1', 'warn', 'x', 'enforce' FROM next_seq;
  INSERT INTO decision(id, seq, message, member, at, policy, action, reason, mode) SELECT 202, seq - 1, 100, 2, 1773490000, 'gentle@1', 'ban', 'x', 'enforce' FROM next_seq;
  INSERT INTO review(at, message, member, decision, reason) VALUES (1773490000, 100, 2, 202, 'x');
  INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message) SELECT member, action, duration_s, at, reason, policy, id, message FROM decision WHERE id = 200;
  INSERT INTO sanction(member, action, at, reason, moderator) VALUES (2, 'kick', 1773490010, 'x', 'ferrite');
  INSERT INTO sanction(action, undoes, at, reason, moderator) VALUES ('undo', 9, 1773490020, 'x', 'ferrite');
  INSERT INTO appeal(case_no, text) VALUES (1, 'why me');
  UPDATE outbox SET state = 'done', ended_at = 1773490030 WHERE id = 1;
  UPDATE outbox SET state = 'sending', leased_until = 1773490030 WHERE id = 2"
is "$("$decorum" check base.db; echo $?)" "base.db: nothing found
0" "a file with rows in each table is whole"

# finds LINE SQL: where nothing protects the rows, the SQL is run; then this line is among what is found.
sqlite3 base.db "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid" >triggers.sql
sqlite3 base.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'" >drop.sql
finds() {
  rm -f broken.db*
  cp base.db broken.db
  { echo "PRAGMA ignore_check_constraints = ON; BEGIN;"; cat drop.sql; printf '%s;\n' "$2"; cat triggers.sql; echo "COMMIT;"; } | sqlite3 -bail broken.db
  "$decorum" check broken.db >out 2>&1
  status=$?
  grep -qxF "$1" out && [ $status = 1 ]
  ok $? "found: $1" "status $status
$(cat out)"
}

finds "cases 11 to 20 are missing" "UPDATE sanction SET case_no = 21 WHERE case_no = 11"
finds "case 3 is missing" "DELETE FROM sanction WHERE case_no = 3"
finds "sanction 11 has no case number" "UPDATE sanction SET case_no = NULL WHERE case_no = 11"
finds "case 10 comes before case 11 in the log" "UPDATE sanction SET seq = 1000 WHERE case_no = 10; UPDATE sanction SET seq = 33 WHERE case_no = 11; UPDATE sanction SET seq = 34 WHERE case_no = 10"
finds "entries 35 to 98 of the log are missing" "INSERT INTO log_entry VALUES (99, 'sanction')"
finds "entry 2 of the log is there twice" "INSERT INTO log_entry VALUES (2, 'sanction')"
finds "entry 5 of the log is missing" "DELETE FROM assessment WHERE seq = 5"
finds "verdict 1 has no place in the log" "UPDATE verdict SET seq = NULL WHERE id = 1"
for kind in verdict sanction reputation_change flag notification immunity arrival mode_change second_look; do
  seq=$(sqlite3 base.db "SELECT min(seq) FROM $kind")
  finds "entry $seq of the log is a $kind that is not there" "DELETE FROM $kind WHERE seq = $seq"
done
finds "immunity 1: entry $(sqlite3 base.db "SELECT seq FROM immunity") of the log is not it" "UPDATE log_entry SET kind = 'flag' WHERE kind = 'immunity'"
finds "message 1 has revision 0, and its newest edit is 1" "UPDATE message SET revision = 0 WHERE id = 1"
finds "assessment 8 is of message 1, revision 1, which was never said" "DELETE FROM message_edit"
finds "assessment 2 is of message 1, which another member wrote" "UPDATE assessment SET member = 3 WHERE seq = 2"
finds "assessment 2 has a baseline without a coherence" "UPDATE assessment SET baseline_after = 0.5 WHERE seq = 2"
finds "verdict 1 is about message 2, which another member wrote" "UPDATE verdict SET member = 3 WHERE id = 1"
finds "flag 2 is about message 4, which another member wrote" "UPDATE flag SET member = 3 WHERE id = 2"
finds "case 1 is about message 2, which another member wrote" "UPDATE sanction SET member = 3 WHERE case_no = 1"
finds "decision 1 could see the log up to 50, which ends at 34" "UPDATE decision SET seq = 50 WHERE id = 1"
finds "decisions are by ladder@9, which is not there" "UPDATE decision SET policy = 'ladder@9' WHERE id = 1"
finds "2 versions of the policy ladder are live" "INSERT INTO policy_version(name, version, active, created_at, source) VALUES ('ladder', 2, 1, 0, '')"
finds "decision 200 was to be enforced, and is no case" "UPDATE sanction SET decision = NULL WHERE decision = 200"
finds "decision 201 is case 10, and another about message 100 was stronger" "UPDATE sanction SET decision = 201, policy = 'spam@1' WHERE case_no = 10"
finds "decision 200 is case 9, and the member was immune" "UPDATE immunity SET member = 2"
finds "decision 200 is 2 cases: 9, 10" "UPDATE sanction SET decision = 200 WHERE case_no = 10"
finds "case 9 is not what decision 200 says" "UPDATE sanction SET duration_s = 60 WHERE case_no = 9"
finds "case 10 is a kick by ladder@1 alone" "UPDATE sanction SET policy = 'ladder@1', moderator = NULL WHERE case_no = 10"
finds "decision 202 is to be looked at by a person, and is no review" "DELETE FROM review WHERE decision = 202"
finds "case 11 undoes case 7 of another member" "UPDATE sanction SET undoes = 7 WHERE case_no = 11"
finds "case 11 undoes case 6, itself an undo" "UPDATE sanction SET undoes = 6 WHERE case_no = 11"
finds "case 11 undoes case 77, which is not there" "UPDATE sanction SET undoes = 77 WHERE case_no = 11"
finds "sanction 11: undoes leads to no sanction" "UPDATE sanction SET undoes = 77 WHERE case_no = 11"
finds "case 9 has a duration and no end" "UPDATE sanction SET ends_at = NULL WHERE case_no = 9"
finds "case 9 ends before it begins" "UPDATE sanction SET ends_at = at - 1 WHERE case_no = 9"
finds "reputation_change 4 begins at 1, the one before it ended at 35" "UPDATE reputation_change SET before = 1 WHERE id = 4"
finds "review 2 is upheld, and not by whom or when" "UPDATE review SET decided_at = NULL WHERE id = 2"
finds "review 3 is claimed by nobody, or for ever" "UPDATE review SET claimed_by = 'ann' WHERE id = 3"
finds "the appeal of case 1 is no review" "DELETE FROM review WHERE appeal = 1"
finds "the appeal of case 1 was upheld, and the case is not undone" "UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 1 WHERE appeal = 1"
finds "case 9 owes jsonl a mute, which is not in the outbox" "DELETE FROM outbox WHERE case_no = 9 AND call = 'mute'"
finds "case 11 owes jsonl a unmute, which is not in the outbox" "DELETE FROM outbox WHERE case_no = 11"
finds "outbox 1 is done, without an end" "UPDATE outbox SET ended_at = NULL WHERE id = 1"
finds "outbox 2 is sending, without a lease" "UPDATE outbox SET leased_until = NULL WHERE id = 2"
finds "outbox 3 is pending, and has an end" "UPDATE outbox SET ended_at = 1 WHERE id = 3"
finds "case 8 is about shadow ban 9, which never began" "UPDATE shadow_ban_case SET ban = 9"
finds "account: member leads to no member" "UPDATE account SET member = 77 WHERE member = 3"
finds "CHECK constraint failed in sanction" "UPDATE sanction SET reason = ''"
finds "the setting window_size is missing: decorum init gives it its default" "DELETE FROM setting WHERE name = 'window_size'"
finds "the index review_open is not as this program makes it" "DROP INDEX review_open; CREATE INDEX review_open ON review (id)"

cp base.db broken.db
sqlite3 broken.db "DROP TRIGGER sanction_is_kept"
is "$("$decorum" check broken.db; echo $?)" "the trigger sanction_is_kept is missing: decorum init makes it anew
broken.db: 1 fault found
1" "what protects the rows is missed"
is "$("$decorum" init -q broken.db; "$decorum" check broken.db)" "broken.db: nothing found" "and comes back by init"
sqlite3 broken.db "UPDATE decision SET policy = char(27) || '@1' WHERE id = 202"
is "$("$decorum" check broken.db | grep ^decisions)" "decisions are by ␛@1, which is not there" "what stands in the file is shown safely"
is "$("$decorum" check -q broken.db; echo $?)" 1 "--quiet tells by its status"
is "$("$decorum" check -q base.db; echo $?)" 0 "nothing, nothing"

# Pages
cp base.db broken.db
page=$(sqlite3 broken.db "SELECT rootpage FROM sqlite_schema WHERE name = 'assessment_member'")
printf 'XXXXXXXXXXXXXXXX' | dd of=broken.db bs=1 seek=$(((page - 1) * 4096 + 8)) conv=notrunc 2>/dev/null
"$decorum" check broken.db >out 2>&1
is "$? $(grep -c 'assessment_member\|Tree\|page' out | sed 's/^[1-9].*/some/')" "1 some" "pages that are damaged"

chmod 444 base.db
before=$(cksum <base.db)
"$decorum" check -q base.db
is "$? $(cksum <base.db) $(ls -m base.db*)" "0 $before base.db, base.db.version-5.backup" "it only reads"
fails_with "decorum: check: there is no database none.db; *" "no database" "$decorum" check none.db
finish
