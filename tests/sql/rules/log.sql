-- The log: one order without gaps, in which nothing is replaced, whatever is tried.
-- community
-- plan 39

INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob');
INSERT INTO channel(platform, name) VALUES ('test', '#test');
INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT value, 'test', value, 1, 1, 1000 + value FROM json_each('[1,2,3,4,5]');
CREATE TEMP VIEW log AS SELECT seq FROM assessment UNION ALL SELECT seq FROM verdict UNION ALL SELECT seq FROM sanction
  UNION ALL SELECT seq FROM reputation_change UNION ALL SELECT seq FROM flag UNION ALL SELECT seq FROM notification
  UNION ALL SELECT seq FROM immunity UNION ALL SELECT seq FROM mode_change UNION ALL SELECT seq FROM second_look;

INSERT INTO sanction(member, action, at, reason, event) VALUES (1, 'warn', 1000, 'test', 'test 1'), (1, 'mute', 1001, 'test', 'test 2');
INSERT INTO sanction(member, action, at, reason) SELECT member, action, at, reason FROM sanction;
INSERT INTO flag(message, reporter, at, type) VALUES (1, 2, 1002, 'SPAM'), (2, 2, 1003, 'SPAM');
INSERT INTO verdict(message, member, at, source, violation, rule, confidence) VALUES (1, 1, 1001, 'model', 1, 'test', 90), (2, 1, 1002, 'model', 1, 'test', 70);
INSERT INTO reputation_change(member, at, after, reason) VALUES (1, 1000, 60, 'test'), (1, 1000, 70, 'test');
INSERT INTO immunity(member, at, immune) VALUES (1, 1000, 1), (1, 1000, 0);
INSERT INTO notification(member, at, kind) VALUES (1, 1000, 'topic'), (1, 1000, 'topic');
INSERT INTO mode_change(at, mode) VALUES (1000, 'enforce'), (1000, 'observe');
INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 1, 1, 1001, 'scorer', 0.5;
INSERT INTO second_look(message, assessment) SELECT message, seq FROM assessment, (VALUES (1), (2));
SELECT 'log, one order of all tables, without gaps', count(DISTINCT seq) || ' ' || count(*) || ' ' || max(seq), '21 21 21' FROM log;
SELECT 'log, cases are numbered without gaps', group_concat(case_no), '1,2,3,4' FROM (SELECT case_no FROM sanction ORDER BY seq);
SELECT 'log, before is what the row before it left', group_concat(before || '>' || after), '50>35,35>30,30>60,60>70'
  FROM (SELECT before, after FROM reputation_change ORDER BY seq);
SELECT 'log, each entry is of its table', count(*), 20 FROM log_entry LEFT JOIN (SELECT seq, 'verdict' AS kind FROM verdict
    UNION ALL SELECT seq, 'sanction' FROM sanction UNION ALL SELECT seq, 'reputation_change' FROM reputation_change
    UNION ALL SELECT seq, 'flag' FROM flag UNION ALL SELECT seq, 'notification' FROM notification UNION ALL SELECT seq, 'immunity' FROM immunity
    UNION ALL SELECT seq, 'mode_change' FROM mode_change UNION ALL SELECT seq, 'second_look' FROM second_look
  ) AS row USING (seq) WHERE row.kind = log_entry.kind;
-- error log, an entry cannot leave a gap: log_entry.seq must be the next one: (SELECT seq FROM next_seq)
INSERT INTO log_entry(seq, kind) VALUES (9223372036854775807, 'sanction');
-- error log, nor take the place of another: log_entry.seq must be the next one: (SELECT seq FROM next_seq)
REPLACE INTO log_entry(seq, kind) VALUES (1, 'flag');
-- error log, nor go: the log is kept
DELETE FROM log_entry;
-- error log, a case is not replaced by its event: there is a case for that event already
INSERT OR REPLACE INTO sanction(member, action, at, reason, event) VALUES (2, 'ban', 1000, 'test', 'test 1');
-- error log, nor by the number of its row: sanctions are kept: a case cannot be replaced
REPLACE INTO sanction(_rowid_, member, action, reason) VALUES (2, 1, 'warn', 'test');
-- error log, nor changed by what an INSERT does on a conflict: there is a case for that event already
INSERT INTO sanction(member, action, reason, event) VALUES (1, 'warn', 'test', 'test 1') ON CONFLICT (event) DO UPDATE SET reason = 'other';
-- error log, nor moved: sanctions do not change: add a row that undoes the case instead
UPDATE OR REPLACE sanction SET id = 1 WHERE id = 2;
INSERT INTO decision(seq, message, member, at, policy, action, reason, mode) VALUES (1, 1, 1, 1001, 'test@1', 'mute', 'test', 'enforce');
BEGIN;
INSERT INTO sanction(member, action, at, reason, decision) VALUES (1, 'mute', 1001, 'test', 1);
-- error log, a decision is one case: that decision has a case already
INSERT INTO sanction(member, action, at, reason, decision) VALUES (1, 'mute', 1001, 'test', 1);
ROLLBACK;
-- error log, a flag is not replaced by the number of its row: flags are kept: one cannot be replaced
REPLACE INTO flag(id, message, reporter, type) VALUES (1, 3, 2, 'HATE');
-- error log, nor a verdict: verdicts are kept: one cannot be replaced
REPLACE INTO verdict(id, message, member, at, source, violation, confidence) VALUES (1, 1, 1, 1001, 'model', 0, 90);
-- error log, nor a notification: notifications are kept: one cannot be replaced
REPLACE INTO notification(id, member, kind) VALUES (1, 1, 'topic');
-- error log, nor a switch of immunity: switches of immunity are kept: one cannot be replaced
REPLACE INTO immunity(id, member, immune) VALUES (1, 1, 1);
-- error log, nor a second look: second looks are kept: one cannot be replaced
REPLACE INTO second_look(id, message, assessment) SELECT 1, message, seq FROM assessment;
-- error log, nor does one change: second looks do not change
UPDATE second_look SET message = 2;
-- error log, nor go: second looks are kept
DELETE FROM second_look;
-- error log, a second look is by an assessment of the message: second_look.assessment must be one of the message
INSERT INTO second_look(message, assessment) SELECT 2, seq FROM assessment;
-- error log, whose place is given: second_look.seq is given by the database: leave it out
INSERT INTO second_look(seq, message, assessment) SELECT 99, message, seq FROM assessment;
-- error log, no second look of number -1: CHECK constraint failed: id > 0
INSERT INTO second_look(id, message, assessment) SELECT -1, message, seq FROM assessment;
-- error log, no sanction of number -1: CHECK constraint failed: id > 0
INSERT INTO sanction(id, member, action, reason) VALUES (-1, 1, 'warn', 'test');
-- error log, no verdict of number -1: CHECK constraint failed: id > 0
INSERT INTO verdict(id, message, member, at, source, violation, confidence) VALUES (-1, 3, 1, 1003, 'model', 0, 90);
-- error log, no change of reputation of number -1: CHECK constraint failed: id > 0
INSERT INTO reputation_change(id, member, after, reason) VALUES (-1, 1, 60, 'test');
-- error log, no flag of number -1: CHECK constraint failed: id > 0
INSERT INTO flag(id, message, reporter, type) VALUES (-1, 3, 2, 'SPAM');
-- error log, no notification of number -1: CHECK constraint failed: id > 0
INSERT INTO notification(id, member, kind) VALUES (-1, 1, 'topic');
-- error log, no switch of immunity of number -1: CHECK constraint failed: id > 0
INSERT INTO immunity(id, member, immune) VALUES (-1, 1, 1);
-- error times are finite, of a sanction's end: CHECK constraint failed: abs(ends_at) < 2e12
INSERT INTO sanction(member, action, reason, ends_at) VALUES (1, 'mute', 'test', 9e999);
-- error times are finite, of a claim: CHECK constraint failed: abs(claimed_at) < 1e12
UPDATE review SET claimed_by = 'ann', claimed_at = 9e999 WHERE flag = 1;
-- error times are finite, of a community's beginning: CHECK constraint failed: abs(created_at) < 1e12
UPDATE community SET created_at = -9e999;
-- error times are finite, of an edit: CHECK constraint failed: abs(edited_at) < 1e12
UPDATE message SET edited_at = 9e999;
-- error times are finite, of what a job has dealt with: CHECK constraint failed: abs(through_at) < 1e12
INSERT INTO job_run(job, at, through_at) VALUES ('decay', 1, 1e15);
INSERT INTO sanction(member, action, at, reason, duration_s) VALUES (2, 'mute', 9e11, 'test', 1e11);
SELECT 'times are finite, the largest end', ends_at, 1e12 FROM sanction WHERE member = 2;
INSERT INTO sanction(id, member, action, at, reason) VALUES (9007199254740993, 1, 'warn', 1010, 'test');
INSERT INTO sanction(member, action, at, reason) VALUES (1, 'warn', 1011, 'test');
SELECT 'log, a large number of a row is one like others', group_concat(case_no || ' ' || (seq = 17 + case_no)), '6 1,7 1'
  FROM (SELECT case_no, seq FROM sanction WHERE member = 1 AND at >= 1010 ORDER BY seq);
PRAGMA foreign_keys = OFF;
-- error log, a notification is about a member, foreign keys or not: there is no such member
INSERT INTO notification(member, kind) VALUES (4711, 'topic');
PRAGMA recursive_triggers = ON;
-- error log, nothing is replaced where triggers fire triggers: there is a case for that event already
INSERT OR REPLACE INTO sanction(member, action, at, reason, event) VALUES (2, 'ban', 1000, 'test', 'test 1');
INSERT INTO sanction(member, action, scope, at, reason) VALUES (1, 'reset', 'all', 1012, 'test');
INSERT INTO sanction(action, undoes, at, reason) VALUES ('undo', 8, 1013, 'test'), ('undo', 1, 1013, 'test');
SELECT 'log, and numbered as ever', count(DISTINCT seq) || ' ' || count(*) || ' ' || max(seq), '27 27 27' FROM log;
SELECT 'log, refusals use up no number', (SELECT seq FROM next_seq) || ' ' || max(case_no), '28 10' FROM sanction;
