-- The views of a community's file, whether its schema is trusted or not.
-- community
-- plan 23

UPDATE policy SET active = 0 WHERE name = 'spam';

INSERT INTO channel(platform, name) VALUES ('test', '#test');
INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob');
BEGIN;
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (1, 'mute', 60, 1000, 'test');
SELECT 'open_sanction, before anybody has spoken', name || ' ' || action, 'ann mute' FROM open_sanction;
ROLLBACK;
INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (1, 'test', '1', 1, 1, 1000), (2, 'test', '2', 1, 2, 1001);
INSERT INTO message_text VALUES (1, 'you' || char(27) || 'idiot'), (2, 'hello');
INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES (1, 1, 1, 1000, 'scorer', 0.6);
INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES (2, 2, 2, 1001, 'scorer', 0);
INSERT INTO decision(seq, message, member, at, policy, action, reason, review, mode, trace, facts)
  SELECT seq, 1, 1, 1000, policy, action, reason, 1, 'enforce', trace, '{}' FROM escalation(1, 1000, 1);
INSERT INTO review(at, message, member, decision, reason) SELECT at, message, member, id, reason FROM decision;
INSERT INTO sanction(member, action, duration_s, at, reason, decision) VALUES (1, 'mute', 60, 1000, 'test', 1);
INSERT INTO flag(message, reporter, at, type) VALUES (1, 2, 1002, 'HARASSMENT');

SELECT 'assessment_current', group_concat(toxicity), '0.6,0.0' FROM assessment_current;
SELECT 'open_sanction', name || ' ' || action || ' ' || ends_at_utc, 'ann mute 1970-01-01 00:17:40' FROM open_sanction;
SELECT 'case_reason, as it was said first', reason, 'test' FROM case_reason;
INSERT INTO case_note(case_no, author, text) VALUES (1, 'ann', 'insults'), (1, 'bob', 'insults' || char(27));
SELECT 'case_reason, as it was said last; open_sanction shows it safely', case_reason.reason || ' ' || open_sanction.reason,
  'insults' || char(27) || ' insults␛' FROM case_reason JOIN open_sanction USING (case_no);
SELECT 'member_now', name || ' ' || drama || ' ' || reputation || ' ' || immune, 'ann 0.6 50 0' FROM member_now WHERE member = 1;
SELECT 'leaderboard', group_concat(name), 'ann' FROM leaderboard;
SELECT 'explain', explanation, 'heat +2: drama 0.60, this message 0.60' || char(10) || '2 points reach rung 1' FROM explain;
SELECT 'explain, its case', case_no, 1 FROM explain;
SELECT 'policy_history', name || ' ' || version || ' ' || active || ' ' || decisions, 'ladder 1 1 1' FROM policy_history WHERE name = 'ladder';
SELECT 'review_queue, the oldest first', group_concat(reason, '; '), 'drama 0.60, this message 0.60; flag HARASSMENT' FROM review_queue;
SELECT 'review_queue, texts are shown safely', text, 'you␛idiot' FROM review_queue WHERE flag IS NOT NULL;
SELECT 'flag_state', state || ' ' || points, 'waiting 50' FROM flag_state;
SELECT 'member_reputation', group_concat(reputation), '50,50' FROM member_reputation;
SELECT 'next_seq', seq, 5 FROM next_seq;
SELECT 'policy_mode', policy || ' ' || mode, 'ladder@1 observe' FROM policy_mode;
INSERT INTO sanction(member, action, duration_s, at, reason, policy) VALUES (2, 'mute', 60, 1010, 'test', 'ladder@1'),
  (2, 'timeout', 60, 1015, 'test', NULL), (2, 'warn', NULL, 1015, 'test', 'ladder@1'), (2, 'ban', NULL, 1060, 'test', 'ladder@1');
INSERT INTO message(id, platform, platform_id, channel, member, at)
  SELECT value, 'test', value, 1, 2, 1000 + value FROM json_each('[9,10,69,70,71]');
INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 9, 2, 1009, 'scorer', 0;
INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 10, 2, 1010, 'scorer', 0;
INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 69, 2, 1069, 'scorer', 0;
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1070, 'test' FROM sanction WHERE action = 'ban';
INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT (SELECT seq FROM next_seq), 70, 2, 1070, 'scorer', 0;
SELECT 'censored, from a policy''s mute until its end, each message once', group_concat(message || ' by case ' || case_no, ', '),
  '10 by case 2, 69 by case 2' FROM (SELECT * FROM censored ORDER BY message);
INSERT INTO flag(message, reporter, at, type) VALUES (9, 1, 1080, 'child_safety');
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence) VALUES (10, 2, 1010, 'model', 1, 'Minors', 'high', 90),
  (69, 2, 1069, 'model', 1, 'spam', 'high', 90), (70, 2, 1070, 'model', 0, 'minors', 'high', 90);
SELECT 'message_held, while a person has not looked', group_concat(message || ' ' || why, ', '), '9 a flag of CHILD_SAFETY, 10 a verdict of the rule minors'
  FROM message_held;
UPDATE review SET outcome = 'upheld', decided_by = 'ann' WHERE flag IS NOT NULL AND message = 9;
SELECT 'message_held, and has found that it is so', group_concat(message), '9,10' FROM message_held;
INSERT INTO verdict(message, member, at, source, violation, confidence) VALUES (10, 2, 1010, 'person', 0, 90);
SELECT 'message_held, not when a person has judged otherwise', group_concat(message), '9' FROM message_held;
INSERT INTO flag(message, reporter, at, type) VALUES (71, 1, 1080, 'CHILD_SAFETY');
SELECT 'message_held, a second flag', group_concat(message), '9,71' FROM message_held;
UPDATE review SET outcome = 'rejected', decided_by = 'ann' WHERE flag IS NOT NULL AND message = 71;
SELECT 'message_held, that is rejected', group_concat(message), '9' FROM message_held;
SELECT 'each view is here', group_concat(name, ' '),
  'assessment_current assessment_said case_reason censored decision_idle explain flag_state leaderboard member_now member_reputation message_held next_seq occasion open_sanction policy_decision policy_history '
    || 'policy_mode review_queue shadow_ban_status standing_ban'
  FROM (SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name);
