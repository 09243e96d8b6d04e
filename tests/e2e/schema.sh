#!/bin/sh
# The schema alone, in a shell without the extension: numbering, undoing, what is kept.
. "$(dirname "$0")/tap.sh"
plain() { sqlite3 -batch chat.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
sqlite3 chat.db <"$root/sql/schema.sql"
secret=$(plain "SELECT value FROM setting WHERE name = 'secret'")
sqlite3 chat.db <"$root/sql/schema.sql"
is "$(plain "SELECT value FROM setting WHERE name = 'secret'")" "$secret" "applying it twice changes nothing"
is "$(plain "SELECT length(value) FROM setting WHERE name = 'secret'")" 32 "each community has a secret"
is "$(plain "PRAGMA application_id; PRAGMA user_version")" "1145389903
6" "the file says what it is"

plain "INSERT INTO member(name) VALUES ('ann'), ('bob');
  INSERT INTO channel(platform, name) VALUES ('irc', '#lobby');
  INSERT INTO message(platform, platform_id, channel, member, at) VALUES ('irc', '1', 1, 1, 100), ('irc', '2', 1, 1, 200)" >/dev/null
is "$(plain "INSERT INTO sanction(member, action, duration_s, reason, at) VALUES (1, 'mute', 60, 'insults', 100);
  SELECT case_no, seq, ends_at FROM sanction WHERE id = last_insert_rowid()")" "1|1|160.0" "a case is numbered and given its end"
is "$(plain "INSERT INTO assessment(seq, message, member, at, source, toxicity)
  VALUES ((SELECT seq FROM next_seq), 1, 1, 100, 'scorer', 0.5); SELECT seq FROM assessment")" 2 "assessments and sanctions share one order"
is "$(plain "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 1, 'mistaken');
  SELECT case_no, seq, member FROM sanction WHERE undoes = 1")" "2|3|1" "an undo is a case about the same member"

plain "INSERT INTO sanction(member, action, reason) VALUES (2, 'warn', 'insults')" >/dev/null

refused() { matches "$(plain "$1")" "*$2*" "$3"; }
refused "INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES (9, 2, 1, 200, 'scorer', 0)" \
  "assessment.seq must be the next one" "a gap in the log"
refused "INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 2, 1, 200, 'scorer', 1.5)" \
  "CHECK constraint failed" "a toxicity above 1"
refused "UPDATE assessment SET toxicity = 0" "assessments do not change" "a change of an assessment"
refused "DELETE FROM assessment" "assessments are kept" "the end of an assessment"
refused "UPDATE sanction SET reason = 'other'" "sanctions do not change" "a change of a case"
refused "DELETE FROM sanction WHERE case_no = 1" "sanctions are kept" "the end of a case"
refused "INSERT OR REPLACE INTO sanction(id, member, action, reason) VALUES (1, 1, 'warn', 'x')" "cannot be replaced" "REPLACE of a case"
refused "INSERT INTO sanction(case_no, member, action, reason) VALUES (7, 1, 'warn', 'x')" "given by the database" "a number of one's own"
refused "INSERT INTO sanction(member, action, reason) VALUES (1, 'warn', '  ')" "a sanction needs a reason" "no reason"
refused "INSERT INTO sanction(member, action, reason) VALUES (NULL, 'warn', 'x')" "a sanction needs a member" "no member"
refused "INSERT INTO sanction(member, action, reason) VALUES (99, 'warn', 'x')" "there is no such member" "an unknown member"
refused "INSERT INTO sanction(member, action, reason) VALUES (1, 'shout', 'x')" "CHECK constraint failed" "an unknown action"
refused "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 99, 'x')" "there is no such case" "undoing an unknown case"
refused "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 1, 'x')" "undone already" "undoing twice"
refused "INSERT INTO sanction(member, action, undoes, reason) VALUES (1, 'undo', 3, 'x')" "about another member" "undoing somebody else's"
refused "INSERT INTO sanction(member, action, duration_s, reason) VALUES (1, 'mute', 9e999, 'x')" "CHECK constraint failed" "a mute without end in sight"
refused "INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 2, 2, 200, 'scorer', 0)" \
  "must be the one who wrote" "an assessment of somebody else's message"
refused "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 2, 'x')" "an undo cannot be undone" "undoing an undo"
refused "INSERT INTO sanction(member, action, undoes, reason) VALUES (2, 'warn', 3, 'x')" "an undo names the case" "a warning that undoes"
refused "UPDATE setting SET value = 0 WHERE name = 'window_size'" "window_size must be an integer between 1 and 1000" "a setting out of range"
refused "INSERT INTO setting VALUES ('mood', 1)" "there is no such setting" "an unknown setting"
refused "DELETE FROM setting WHERE name = 'mode'" "a setting cannot be deleted" "a setting deleted"
is "$(plain "SELECT group_concat(case_no) FROM sanction")" "1,2,3" "refusals use up no number"

# The schema's list of sanctions follows the extension's list of actions.
plain "UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode'"
for action in $(shell :memory: "SELECT name FROM decorum_action WHERE sanctions OR name IN ('undo', 'reset')"); do
  case $action in
    undo) plain "INSERT INTO sanction(member, action, reason) VALUES (2, 'kick', 'x')" >/dev/null
      result=$(plain "INSERT INTO sanction(action, undoes, reason) SELECT 'undo', max(case_no), 'x' FROM sanction") ;;
    *) result=$(plain "INSERT INTO sanction(member, action, reason) VALUES (2, '$action', 'x')") ;;
  esac
  is "$result" "" "the schema knows $action"
done

# What each message needs is found by index look-ups alone.
"$decorum" init -q plan.db
# plan COLUMNS: how SQLite computes these of the facts.
plan() {
  shell plan.db ".parameter init" ".parameter set :member 1" ".parameter set :now 1" ".parameter set :seq 1" \
    "EXPLAIN QUERY PLAN SELECT $1 FROM (
$(cat "$root/sql/facts/member.sql"))"
}
# needs POLICY: the columns.
needs() { tr '\n' ' ' <"$root/lua/policies/$1.lua" | sed 's/.*  needs = {\([^}]*\)}.*/\1/; s/[" ]//g; s/^now,//; s/,now$//; s/,now,/,/'; }
live=$(plan "$(needs ladder)")
matches "$live" "*SEARCH assessment USING INDEX assessment_member*" "the facts are looked up by member"
is "$(printf '%s\n' "$live" | grep -E 'TEMP B-TREE|MATERIALIZE')" "" "of those that a policy needs nothing is sorted"
live=$(plan "$(needs spam)")
matches "$live" "*SEARCH assessment USING INDEX assessment_text*" "what says the same is looked up by what it says"
is "$(printf '%s\n' "$live" | grep -E 'TEMP B-TREE|MATERIALIZE|AUTOMATIC' | grep -c -v 'count(DISTINCT)')" 0 "nothing is sorted for it, but members are told apart"
is "$(plan '*' | grep -E 'SCAN [a-z_]+( |$)' | grep -vE 'SCAN (CONSTANT ROW|asked|since|sanctioned|timed|warned|strikes|owner|notified|same|done)( |$)')" "" \
  "no table is scanned for any of them"
is "$(plan '*' | grep 'TEMP B-TREE' | grep -vc DISTINCT)" 4 "and only lists of at most 20 are sorted"
# Nor does what is written make a table for each message.
for insert in "message(platform, platform_id, channel, member, at, kind) VALUES ('t', '1', 1, 1, 1, 'action')" \
  "assessment(seq, message, revision, text_revision, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 1, 0, 0, 1, 1, 'scorer', 0)" \
  "arrival(channel, at, newcomer, event) VALUES (1, 1, 1, 't 1')" \
  "decision(seq, message, member, at, policy, action) SELECT 1, 1, 1, 1, policy, action FROM escalation(1, 1, 1)"; do
  is "$(shell plan.db "EXPLAIN INSERT INTO $insert" | grep -E 'OpenEphemeral|OpenAutoindex|SorterOpen')" "" "no table for INSERT INTO ${insert%%(*}"
done
# A sanction neither, but for one that resets all, and for what is owed where a bot is connected: triggers that are left out.
insert=$(shell plan.db "EXPLAIN INSERT INTO sanction(member, action, reason) VALUES (1, 'warn', 'test')" |
  awk '/-- TRIGGER /{ aside = /resets_all|is_owed|is_told|immunity/ } !aside')
is "$(printf '%s\n' "$insert" | grep -c 'UPDATE sanction') $(printf '%s\n' "$insert" | grep -cE 'OpenEphemeral|OpenAutoindex|SorterOpen')" "1 0" \
  "nor for a sanction"
# Nor does the mode of a decision, or whether the brake holds it, need more than look-ups.
mode=$(sed -n '/^local IN_FORCE = \[\[/,/\]\]/p' "$root/lua/decorum/mode.lua" | sed '1d; s/\]\]//')
is "$(shell plan.db "EXPLAIN QUERY PLAN $mode" | grep mode_change | grep -vc 'SEARCH mode_change USING')" 0 \
  "the mode in force is looked up"

# steps COUNT: the steps of SQLite's machine that each fact takes, of a member with so many rows of each kind.
steps() {
  "$decorum" init -q "old$1.db"
  {
    cat <<END
INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO channel(platform, name) VALUES ('test', '#test');
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT i, 100000 + 60.0 * (i - $1) AS at FROM n;
INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT i, 'test', i, 1, 1, at FROM n;
INSERT INTO sanction(member, action, duration_s, at, reason) SELECT 1, iif(i % 2, 'warn', 'mute'), 60, at, 'test' FROM n, (VALUES (1), (2), (3));
INSERT INTO notification(member, kind, at) VALUES (1, 'topic_owner', 0);
INSERT INTO notification(member, kind, at) SELECT 1, 'topic', at FROM n;
INSERT INTO notification(member, kind, at, details) SELECT 1, 'coherence', at, '{"baseline":1,"current":1,"drop":1,"flag":1}' FROM n;
INSERT INTO reputation_change(member, at, after, reason) SELECT 1, at, 40 + i % 2, 'test' FROM n;
INSERT INTO immunity(member, at, immune) SELECT 1, at, i % 2 FROM n;
INSERT INTO flag(message, reporter, type, at) SELECT i, 2, 'OTHER', at FROM n;
INSERT INTO verdict(message, member, at, source, violation, confidence) SELECT i, 1, at, 'model', 0, 50 FROM n;
INSERT INTO arrival(channel, at, newcomer, event) SELECT 1, at, 1, i FROM n;
INSERT INTO sanction(member, action, duration_s, at, message, reason) SELECT 1, 'slowmode', 60, at, i, 'test' FROM n;
INSERT INTO review(member, message, at, reason) SELECT 1, i, at, 'test' FROM n;
UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = at WHERE message % 2;
INSERT INTO note(member, at, author, text) SELECT 1, at, 'ann', 'test' FROM n;
INSERT INTO profile(member, at, author, text) SELECT 1, at, 'ann', 'test' FROM n;
INSERT INTO assessment(seq, message, member, at, source, toxicity, coherence, text_key, links)
  SELECT i + seq - 1, i, 1, at, 'model', 0.4, 0.8, 7, 1 FROM n, next_seq;
.parameter init
.parameter set :member 1
.parameter set :now 100000
.parameter set :seq 999999
.stats vmstep
END
    for fact in $(shell plan.db "SELECT name FROM pragma_table_info('member_facts')"); do
      echo "SELECT '$fact' FROM ("
      cat "$root/sql/facts/member.sql"
      echo ") WHERE coalesce($fact, '') IS NOT 'x';"
    done
  } | shell "old$1.db"
}
steps 2000 >steps2000
steps 4000 >steps4000
is "$(grep -c VM-steps steps4000)" "$(shell plan.db "SELECT count(*) FROM pragma_table_info('member_facts')")" "the steps of each fact"
is "$(diff steps2000 steps4000)" "" "are as many however long the member has been here"
# The lines of SQL in the README for moderators run as they stand there.
"$decorum" init -q readme.db --set shadow_ban_mode=honest
sqlite3 readme.db "INSERT INTO member(id, name) VALUES (7, 'zed'), (9, 'ann'); INSERT INTO channel(platform, name) VALUES ('t', '#t');
  INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (4711, 't', '1', 1, 7, 1000);
  INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT seq, 4711, 7, 1000, 'scorer', 0.1 FROM next_seq;
  INSERT INTO review(id, at, member, reason) VALUES (3, 1000, 7, 'x')"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sqlite3 readme.db "INSERT INTO sanction(member, action, reason) VALUES (7, 'warn', 'x')"; done
sqlite3 readme.db "INSERT INTO sanction(member, action, duration_s, at, reason, policy) SELECT 9, 'mute', 60, unixepoch(column1), 'x', column2 FROM (VALUES
    ('2024-05-01 17:59:59', 'ladder@7'), ('2024-05-01 18:00', 'ladder@7'), ('2024-05-01 18:01', 'ladder@6'), ('2024-05-01 18:02', 'ladder@7'),
    ('2024-05-01 18:03', NULL), ('2024-05-01 18:04', 'ladder@7'));
  INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 16, 'x')"
sed -n '/^```sql/,/^```$/{/^```/!p}' "$root/sql/README.md" >readme.sql
is "$(grep -c ';' readme.sql) $(shell readme.db <readme.sql 2>&1 | grep -ci error)" "29 0" "the README's SQL runs"
is "$(sqlite3 readme.db "SELECT group_concat(undoes || ' by ' || case_no || ' of ' || member || ': ' || moderator, ', ') FROM sanction WHERE reason LIKE 'ladder@7%'")" \
  "14 by 22 of 9: ann, 18 by 23 of 9: ann" "what one version did since a time, and is not undone yet, is undone case by case"
is "$(sqlite3 readme.db "SELECT (SELECT outcome FROM review WHERE id = 3), (SELECT count(*) FROM sanction WHERE undoes = 12),
  (SELECT reputation FROM member_reputation WHERE member = 7), (SELECT name FROM alias),
  (SELECT group_concat(coalesce(policy, 'all') || ' ' || mode) FROM mode_change),
  (SELECT rule || ' ' || confidence || ' of ' || member FROM verdict), (SELECT max(revision) || ' ' || toxicity || ' ' || source FROM assessment)")" \
  "upheld|1|60|Änn|all enforce,ladder observe|harassment 90 of 7|1 0.9 model" "and does what it says"
finish
