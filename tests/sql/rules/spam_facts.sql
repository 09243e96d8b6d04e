-- What sql/facts/member.sql knows of spam, of cases, of rules and of reviews, rule by rule. Each rule has members of its own, so
-- that none disturbs another. Times are small numbers.
-- community
-- plan 115

CREATE TEMP VIEW said AS SELECT 0 AS member, 0.0 AS at, 0 AS channel, 0 AS text_key, 0 AS links;
CREATE TEMP TRIGGER said_something INSTEAD OF INSERT ON said BEGIN INSERT INTO message(platform, platform_id, channel, member, at)
    VALUES ('test', (SELECT count(*) FROM message), coalesce(NEW.channel, 1), NEW.member, NEW.at); INSERT INTO assessment(seq, message,
      member, at, source, toxicity, text_key, links)
    VALUES ((SELECT seq FROM next_seq), (SELECT max(id) FROM message), NEW.member, NEW.at, 'scorer', 0, NEW.text_key, NEW.links); END;
INSERT INTO channel(platform, name) VALUES ('test', '#test'), ('test', '#other');
INSERT INTO member(id, name)
  WITH RECURSIVE n(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < 299)
  SELECT id, 'member ' || id FROM n;

-- Bursts
SELECT 'burst, none of who said nothing', recent_messages, 0 FROM member_facts(1, 1000, 999999);
INSERT INTO said(member, at) VALUES (1, 1000), (1, 1001), (1, 1010);
SELECT 'burst, this message is counted', recent_messages, 1 FROM member_facts(1, 1000, (SELECT min(seq) FROM assessment WHERE member = 1));
SELECT 'burst, a message 10 s ago is not', recent_messages, 2 FROM member_facts(1, 1010, 999999);
SELECT 'burst, nor one of later', recent_messages, 2 FROM member_facts(1, 1009.9, 999999);
SELECT 'burst, one a little younger than 10 s is', recent_messages, 2 FROM member_facts(1, 1010.9, 999999);
SELECT 'burst, as of an earlier seq', recent_messages, 1 FROM member_facts(1, 1010, (SELECT min(seq) + 1 FROM assessment WHERE member = 1));
UPDATE setting SET value = 11 WHERE name = 'burst_window_s';
SELECT 'burst_window_s is read', recent_messages, 3 FROM member_facts(1, 1010, 999999);
UPDATE setting SET value = 10 WHERE name = 'burst_window_s';
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), max(message), 1, 1, 1, 1010, 'scorer', 0 FROM assessment WHERE member = 1;
SELECT 'burst, an edit is no other message', recent_messages, 2 FROM member_facts(1, 1010, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (1, 'reset', 1010, 'test');
SELECT 'burst, none from before a reset', recent_messages, 0 FROM member_facts(1, 1010, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1010, 'test' FROM sanction WHERE member = 1 AND action = 'reset';
SELECT 'burst, unless the reset is undone', recent_messages, 2 FROM member_facts(1, 1010, 999999);
INSERT INTO said(member, at) WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 150) SELECT 2, 1000 FROM n;
SELECT 'burst, more than 100 are not told apart', recent_messages, 100 FROM member_facts(2, 1000, 999999);

-- The same again
INSERT INTO said(member, at, text_key) VALUES (3, 1000, NULL);
SELECT 'repeats, of a text too short to tell', repeats || ' ' || repeats_by_others, '0 0' FROM member_facts(3, 1000, 999999);
INSERT INTO said(member, at, text_key) VALUES (4, 1000, 41), (4, 1300, 41), (4, 1400, 42), (4, 1600, 41);
SELECT 'repeats, said once', repeats, 1 FROM member_facts(4, 1000, (SELECT min(seq) FROM assessment WHERE member = 4));
SELECT 'repeats, a second time', repeats, 2 FROM member_facts(4, 1300, (SELECT min(seq) + 1 FROM assessment WHERE member = 4));
SELECT 'repeats, another text', repeats, 1 FROM member_facts(4, 1400, (SELECT min(seq) + 2 FROM assessment WHERE member = 4));
SELECT 'repeats, 10 minutes ago is too long', repeats, 2 FROM member_facts(4, 1600, 999999);
SELECT 'repeats, a little less is not', repeats, 2 FROM member_facts(4, 1599, (SELECT min(seq) + 1 FROM assessment WHERE member = 4));
UPDATE setting SET value = 10.5 WHERE name = 'repeat_window_minutes';
SELECT 'repeat_window_minutes is read', repeats, 3 FROM member_facts(4, 1600, 999999);
UPDATE setting SET value = 10 WHERE name = 'repeat_window_minutes';
INSERT INTO said(member, at, channel, text_key) VALUES (4, 1601, 2, 41);
SELECT 'repeats, in any channel', repeats, 3 FROM member_facts(4, 1601, 999999);
SELECT 'repeats, as of an earlier seq', repeats, 2 FROM member_facts(4, 1601, (SELECT max(seq) - 1 FROM assessment WHERE member = 4));
INSERT INTO sanction(member, action, at, reason) VALUES (4, 'reset', 1601, 'test');
INSERT INTO said(member, at, text_key) VALUES (4, 1602, 41);
SELECT 'repeats, none from before a reset', repeats, 1 FROM member_facts(4, 1602, 999999);
INSERT INTO said(member, at, text_key) VALUES (6, 1000, 61), (6, 1001, 62);
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, text_key)
  SELECT (SELECT seq FROM next_seq), max(message), 1, 1, 6, 1001, 'scorer', 0, 61 FROM assessment WHERE member = 6;
SELECT 'repeats, an edit says what it says now', repeats, 2 FROM member_facts(6, 1001, 999999);
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), max(message), 2, 1, 6, 1001, 'model', 0 FROM assessment WHERE member = 6;
SELECT 'repeats, also for a model''s answer about the same text', repeats, 2
  FROM member_facts(6, 1001, (SELECT max(seq) FROM assessment WHERE member = 6));
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, text_key)
  SELECT (SELECT seq FROM next_seq), max(message), 3, 3, 6, 1001, 'scorer', 0, 61 FROM assessment WHERE member = 6;
INSERT INTO said(member, at, text_key) VALUES (6, 1002, 61);
SELECT 'repeats, a message counts once however often it was edited to say so', repeats, 3 FROM member_facts(6, 1002, 999999);

INSERT INTO said(member, at, text_key) VALUES (7, 1000, 71);
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, text_key)
  SELECT (SELECT seq FROM next_seq), message, 1, 1, 7, 1000, 'scorer', 0, 72 FROM assessment WHERE member = 7;
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, text_key)
  SELECT (SELECT seq FROM next_seq), message, 2, 2, 7, 1000, 'scorer', 0, 71 FROM assessment WHERE member = 7 LIMIT 1;
SELECT 'repeats, to take an edit back repeats nothing', repeats, 1 FROM member_facts(7, 1000, 999999);

INSERT INTO said(member, at, text_key) VALUES (10, 1000, 100), (11, 1001, 100), (12, 1002, 100), (12, 1003, 100), (13, 1600, 100);
SELECT 'others, the first is the first', repeats_by_others, 0 FROM member_facts(10, 1000, (SELECT seq FROM assessment WHERE member = 10));
SELECT 'others, the second is not', repeats_by_others || ' ' || repeats, '1 1' FROM member_facts(11, 1001, (SELECT seq FROM assessment WHERE member = 11));
SELECT 'others, counts members, not messages', repeats_by_others, 2 FROM member_facts(13, 1600, 999999);
SELECT 'others, not oneself', repeats_by_others || ' ' || repeats, '2 2' FROM member_facts(12, 1003, (SELECT max(seq) FROM assessment WHERE member = 12));
SELECT 'others, 10 minutes ago is too long', repeats_by_others, 1 FROM member_facts(13, 1601, 999999);
INSERT INTO said(member, at, channel, text_key) VALUES (14, 1602, 2, 100);
SELECT 'others, in this channel alone', repeats_by_others, 0 FROM member_facts(14, 1602, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (13, 'reset', 1600, 'test'), (12, 'reset', 1600, 'test');
INSERT INTO said(member, at, text_key) VALUES (15, 1601, 100);
SELECT 'others, a reset of theirs changes nothing', repeats_by_others, 2 FROM member_facts(15, 1601, 999999);
INSERT INTO said(member, at, text_key) SELECT id, 2000, 200 FROM member WHERE id BETWEEN 100 AND 249;
SELECT 'others, of the newest 100 messages that say so', repeats_by_others, 99 FROM member_facts(249, 2000, 999999);

-- Links
SELECT 'links, none of who said nothing', links, 0 FROM member_facts(20, 1000, 999999);
INSERT INTO said(member, at, links) VALUES (20, 1000, 3), (20, 1001, NULL);
SELECT 'links, of this message', links, 3 FROM member_facts(20, 1000, (SELECT min(seq) FROM assessment WHERE member = 20));
SELECT 'links, where nothing is known of them', links, 0 FROM member_facts(20, 1001, 999999);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), min(message), 1, 20, 1000, 'model', 0 FROM assessment WHERE member = 20;
SELECT 'links, also for a model''s answer about the same text', links, 3 FROM member_facts(20, 1001, (SELECT max(seq) FROM assessment));
-- error links, are not below 0: CHECK constraint failed: links >= 0
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, links)
  SELECT (SELECT seq FROM next_seq), min(message), 2, 20, 1000, 'model', 0, -1 FROM assessment WHERE member = 20;

-- Newcomers
SELECT 'age, 0 of who said nothing', member_age_s || ' ' || member_messages, '0.0 0' FROM member_facts(21, 1000, 999999);
INSERT INTO said(member, at) VALUES (21, 1000), (21, 1500), (21, 2000);
SELECT 'age, 0 with the first message', member_age_s || ' ' || member_messages, '0.0 0'
  FROM member_facts(21, 1000, (SELECT min(seq) FROM assessment WHERE member = 21));
SELECT 'age, since the first', member_age_s || ' ' || member_messages, '1000.0 2' FROM member_facts(21, 2000, 999999);
SELECT 'age, messages of later are none', member_messages, 1 FROM member_facts(21, 1999, 999999);
SELECT 'age, as of an earlier seq', member_messages, 0 FROM member_facts(21, 2000, (SELECT min(seq) FROM assessment WHERE member = 21));
INSERT INTO sanction(member, action, at, reason) VALUES (21, 'reset', 2000, 'test');
SELECT 'age, a reset makes nobody a newcomer', member_age_s || ' ' || member_messages, '1000.0 2' FROM member_facts(21, 2000, 999999);
SELECT 'age, up to 100 messages before', member_messages, 100 FROM member_facts(2, 1000, 999999);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), max(message), 1, 21, 2000, 'model', 0 FROM assessment WHERE member = 21;
SELECT 'age, another judgement is no other message', member_messages, 2 FROM member_facts(21, 2000, 999999);

-- Arrivals
INSERT INTO arrival(channel, at, newcomer, event) VALUES (1, 5000, 1, 'a'), (1, 5001, 0, 'b'), (2, 5002, 1, 'c'), (1, 5003, 1, 'd');
INSERT INTO said(member, at) VALUES (22, 5059.9), (22, 5060);
SELECT 'arrivals, of newcomers into this channel', arrivals, 2 FROM member_facts(22, 5059.9, (SELECT min(seq) FROM assessment WHERE member = 22));
SELECT 'arrivals, a minute ago is too long', arrivals, 1 FROM member_facts(22, 5060, 999999);
SELECT 'arrivals, none of later', arrivals, 0 FROM member_facts(4, 4999, 999999);
SELECT 'arrivals, as of an earlier seq', arrivals, 0 FROM member_facts(4, 5010, (SELECT min(seq) - 1 FROM arrival));
SELECT 'arrivals, of who said nothing, in no channel', arrivals, 0 FROM member_facts(99, 5010, 999999);
INSERT INTO arrival(channel, at, newcomer, event)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 150) SELECT 1, 5060, 1, 'e' || i FROM n;
SELECT 'arrivals, more than 100 are not told apart', arrivals, 100 FROM member_facts(22, 5060, 999999);
SELECT 'arrivals, are entries of the log', count(*), 154 FROM log_entry JOIN arrival USING (seq) WHERE kind = 'arrival';
-- error arrivals, once an event: arrivals are kept: one cannot be replaced
INSERT INTO arrival(channel, at, newcomer, event) VALUES (1, 5000, 1, 'a');
-- error arrivals, none is replaced: arrivals are kept: one cannot be replaced
REPLACE INTO arrival(id, channel, at, newcomer, event) VALUES (1, 1, 5000, 1, 'z');
-- error arrivals, do not change: arrivals do not change
UPDATE arrival SET newcomer = 0;
-- error arrivals, are kept: arrivals are kept
DELETE FROM arrival;
-- error arrivals, seq is given: arrival.seq is given by the database: leave it out
INSERT INTO arrival(seq, channel, at, newcomer, event) VALUES (1, 1, 5000, 1, 'z');
-- error arrivals, a channel that there is: there is no such channel
INSERT INTO arrival(channel, at, newcomer, event) VALUES (77, 5000, 1, 'z');

-- The last action
SELECT 'last action, none', last_action IS NULL AND last_action_at IS NULL, 1 FROM member_facts(30, 1000, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (30, 'mute', 1000, 'test'), (30, 'delete', 1100, 'test');
SELECT 'last action, the newest', last_action || ' ' || last_action_at, 'delete 1100.0' FROM member_facts(30, 1100, 999999);
SELECT 'last action, as of an earlier seq', last_action, 'mute' FROM member_facts(30, 1100, (SELECT max(seq) - 1 FROM sanction WHERE member = 30));
SELECT 'last action, as of an earlier time', last_action, 'mute' FROM member_facts(30, 1099, 999999);
SELECT 'last action, as far back as offence_reset_minutes', last_action, 'delete' FROM member_facts(30, 8300, 999999);
SELECT 'last action, no further', last_action IS NULL AND last_action_at IS NULL, 1 FROM member_facts(30, 8300.5, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1200, 'test' FROM sanction WHERE member = 30 AND action = 'delete';
SELECT 'last action, none that was undone', last_action, 'mute' FROM member_facts(30, 1200, 999999);
INSERT INTO sanction(member, action, scope, at, reason) VALUES (30, 'reset', 'topic', 1201, 'test');
SELECT 'last action, a reset of the topic is none', last_action, 'mute' FROM member_facts(30, 1201, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (30, 'reset', 1202, 'test');
SELECT 'last action, none from before a reset', last_action IS NULL, 1 FROM member_facts(30, 1202, 999999);
INSERT INTO said(member, at) VALUES (34, 1000);
INSERT INTO decision(id, seq, message, member, at, policy, action, severity) SELECT 340 + value, seq, message, 34, 1000, 'test@1', 'slowmode',
    iif(value = 2, 'none', NULL) FROM json_each('[1,2]'), assessment WHERE member = 34;
INSERT INTO sanction(policy, member, action, at, reason, decision) VALUES ('test@1', 34, 'slowmode', 1001, 'test', 342);
SELECT 'last action, none of severity none', last_action IS NULL AND last_action_at IS NULL, 1 FROM member_facts(34, 1001, 999999);
INSERT INTO sanction(policy, member, action, at, reason, decision) VALUES ('test@1', 34, 'delete', 1002, 'test', 341);
SELECT 'last action, of another severity', last_action || ' ' || last_action_at, 'delete 1002.0' FROM member_facts(34, 1002, 999999);
INSERT INTO decision(id, seq, message, member, at, policy, action, severity) SELECT 343, seq, message, 34, 1000, 'test@1', 'delete', 'none'
  FROM assessment WHERE member = 34;
INSERT INTO sanction(policy, member, action, at, reason, decision) VALUES ('test@1', 34, 'delete', 1003, 'test', 343);
SELECT 'last action, the one before one that does not count', last_action || ' ' || last_action_at, 'delete 1002.0' FROM member_facts(34, 1003, 999999);
INSERT INTO decision(id, seq, message, member, at, policy, action, severity) SELECT 344, seq, message, 34, 1000, 'test@1', 'delete', 'none'
  FROM assessment WHERE member = 34;
INSERT INTO sanction(member, action, at, reason, decision) VALUES (34, 'kick', 1004, 'test', 344);
SELECT 'last action, a person''s whatever its decision', last_action || ' ' || last_action_at, 'kick 1004.0' FROM member_facts(34, 1004, 999999);

-- Slowmode
INSERT INTO said(member, at, channel) VALUES (31, 9000, 1), (32, 9000, 2), (33, 9001, 1);
INSERT INTO sanction(member, action, duration_s, at, message, reason) SELECT 31, 'slowmode', 60, 9000, message, 'test' FROM assessment WHERE member = 31;
SELECT 'slowed, whoever it was because of', slowed, 1 FROM member_facts(33, 9001, 999999);
SELECT 'slowed, not another channel', slowed, 0 FROM member_facts(32, 9001, 999999);
SELECT 'slowed, up to its end', slowed, 1 FROM member_facts(33, 9059.9, 999999);
SELECT 'slowed, not at it', slowed, 0 FROM member_facts(33, 9060, 999999);
SELECT 'slowed, not before it was in the log', slowed, 0 FROM member_facts(33, 9001, (SELECT max(seq) - 1 FROM sanction WHERE member = 31));
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 9001, 'test' FROM sanction WHERE member = 31;
SELECT 'slowed, not once undone', slowed, 0 FROM member_facts(33, 9001, 999999);
INSERT INTO sanction(member, action, at, message, reason) SELECT 31, 'slowmode', 9002, message, 'test' FROM assessment WHERE member = 31;
SELECT 'slowed, without an end', slowed, 1 FROM member_facts(33, 20000, 999999);
SELECT 'slowed, not before it was given', slowed, 0 FROM member_facts(33, 9001.9, 999999);
INSERT INTO sanction(member, action, duration_s, at, message, reason)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 150) SELECT 32, 'slowmode', 60, 9100, message, 'test' FROM n, assessment WHERE member = 32;
SELECT 'slowed, however many slowmodes came since, and elsewhere', slowed, 1 FROM member_facts(33, 9101, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', max(case_no), 30000, 'test' FROM sanction WHERE member = 31 AND action = 'slowmode';

-- Rules
SELECT 'rules, those that ship', group_concat(name, ', '), 'threats, harassment, hate, privacy, spam, minors, self-harm promotion'
  FROM (SELECT name FROM main.rule ORDER BY number);
SELECT 'rules, each says what it is about', count(*), 7 FROM main.rule WHERE length(description) > 20 AND length(criteria) > 20;
-- error rules, a severity is one of four: CHECK constraint failed: a rule's severity is low, medium, high or critical
INSERT INTO rule(name, severity, description) VALUES ('spoilers', 'dreadful', 'x');
-- error rules, one of a name, in any letter case: UNIQUE constraint failed: rule.name
INSERT INTO rule(name, severity, description) VALUES ('Hate', 'low', 'x');
INSERT INTO rule(name, severity, description) VALUES ('spoilers', 'low', 'Tells how a new film ends.');
INSERT INTO said(member, at, channel) VALUES (40, 1000, 1), (41, 1000, 2);
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
  SELECT message, member, 1000, 'model', 1, 'Spoilers', 'high', 80 FROM assessment WHERE member IN (40, 41);
SELECT 'rules, a verdict''s rule has its own severity', rule_severity || ' ' || verdict_severity || ' ' || verdict_violation, 'low high 1'
  FROM member_facts(40, 1000, 999999);
SELECT 'rules, and holds in every channel', rule_exempt, 0 FROM member_facts(41, 1000, 999999);
INSERT INTO rule_exemption SELECT number, '#other' FROM rule WHERE name = 'spoilers';
SELECT 'rules, but in those that are exempt', rule_exempt, 1 FROM member_facts(41, 1000, 999999);
SELECT 'rules, and there alone', rule_exempt, 0 FROM member_facts(40, 1000, 999999);
PRAGMA foreign_keys = ON;
DELETE FROM rule WHERE name = 'spoilers';
SELECT 'rules, one that there is not', rule_severity IS NULL AND rule_exempt = 0 AND verdict_rule = 'Spoilers', 1 FROM member_facts(41, 1000, 999999);
SELECT 'rules, an exemption goes with its rule', count(*), 0 FROM rule_exemption;

-- A second look is at its message, and at its newest text
INSERT INTO said(member, at, links) VALUES (45, 1000, 1), (45, 1000, 2);
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
  SELECT min(message), 45, 1000, 'model', 1, 'hate', 'high', 81 FROM assessment WHERE member = 45;
SELECT 'second look, without it the newest message is seen', links || ' ' || (verdict IS NULL), '2 1' FROM member_facts(45, 1000, (SELECT max(seq) FROM log_entry));
INSERT INTO second_look(message, assessment) SELECT message, seq FROM assessment WHERE member = 45 ORDER BY seq LIMIT 1;
SELECT 'second look, at its message', links || ' ' || verdict_confidence, '1 81' FROM member_facts(45, 1000, (SELECT max(seq) FROM second_look));
SELECT 'second look, as of it and no later', links, 2 FROM member_facts(45, 1000, (SELECT max(seq) + 1 FROM second_look));
SELECT 'second look, of nobody else', links, 0 FROM member_facts(46, 1000, (SELECT max(seq) FROM second_look));
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), min(message), 1, 0, 45, 1000, 'model', 0 FROM assessment WHERE member = 45;
SELECT 'verdict, of the same text judged again', verdict_confidence, 81 FROM member_facts(45, 1000, (SELECT max(seq) FROM assessment));
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), min(message), 2, 2, 45, 1000, 'scorer', 0 FROM assessment WHERE member = 45;
SELECT 'verdict, none of a text that is no longer', verdict_confidence, NULL FROM member_facts(45, 1000, (SELECT max(seq) FROM assessment));
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
  SELECT min(message), 45, 1000, 'model', 1, 'hate', 'high', 82 FROM assessment WHERE member = 45;
INSERT INTO second_look(message, assessment) SELECT message, max(seq) FROM assessment WHERE member = 45 GROUP BY message ORDER BY message LIMIT 1;
SELECT 'verdict, one that came after the edit', verdict_confidence, 82 FROM member_facts(45, 1000, (SELECT max(seq) FROM second_look));
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, coherence)
  SELECT (SELECT seq FROM next_seq), min(message), 3, 45, 1000, 'model', 0, 0.5 FROM assessment WHERE member = 45;
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, coherence)
  SELECT (SELECT seq FROM next_seq), max(message), 1, 45, 1000, 'model', 0, 0.9 FROM assessment WHERE member = 45;
INSERT INTO second_look(message, assessment) SELECT message, seq FROM assessment WHERE member = 45 AND coherence = 0.5;
SELECT 'second look, coherence is compared with what was usual before', coherence || ' ' || coherence_baseline, '0.5 0.85'
  FROM member_facts(45, 1000, (SELECT max(seq) FROM second_look));

-- Reviews that wait
SELECT 'reviews, none', reviews_waiting || ' ' || in_review, '0 0' FROM member_facts(50, 1000, 999999);
INSERT INTO said(member, at) VALUES (50, 1000), (50, 1001);
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
  SELECT min(message), 50, 1000, 'model', 1, 'hate', 'high', 80 FROM assessment WHERE member = 50;
SELECT 'reviews, of another message of the member''s', reviews_waiting || ' ' || in_review, '1 0' FROM member_facts(50, 1001, 999999);
SELECT 'reviews, of this message', reviews_waiting || ' ' || in_review, '1 1' FROM member_facts(50, 1000.5, 999999);
SELECT 'reviews, not as of before the verdict', reviews_waiting, 0 FROM member_facts(50, 1001, (SELECT max(seq) FROM assessment WHERE member = 50));
INSERT INTO decision(seq, message, member, at, policy, action, review)
  SELECT max(seq), max(message), 50, 1001, 'test@1', 'flag', 1 FROM assessment WHERE member = 50;
INSERT INTO review(at, message, member, decision, reason) SELECT at, message, member, id, 'test' FROM decision WHERE member = 50;
SELECT 'reviews, a decision does not see its own', reviews_waiting, 0 FROM member_facts(50, 1001, (SELECT max(seq) FROM assessment WHERE member = 50));
SELECT 'reviews, later ones do', reviews_waiting || ' ' || in_review, '2 1' FROM member_facts(50, 1002, 999999);
UPDATE review SET outcome = 'rejected', decided_by = 'ann', decided_at = 1003 WHERE member = 50 AND decision IS NOT NULL;
SELECT 'reviews, until it is decided', reviews_waiting, 2 FROM member_facts(50, 1002.9, 999999);
SELECT 'reviews, also at that very time: a message of then may have come before', reviews_waiting || ' ' || in_review, '2 1'
  FROM member_facts(50, 1003, 999999);
SELECT 'reviews, and no longer', reviews_waiting || ' ' || in_review, '1 0' FROM member_facts(50, 1003.001, 999999);
SELECT 'reviews, of nobody else', reviews_waiting, 0 FROM member_facts(51, 1003.001, 999999);
INSERT INTO said(member, at) VALUES (52, 1000), (52, 1001), (53, 1000);
INSERT INTO review(at, message, member, reason) SELECT at, message, 52, 'test' FROM assessment WHERE member = 52 AND at = 1000;
INSERT INTO review(at, message, member, reason)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 150) SELECT 5000 + i, message, 52, 'test' FROM n, assessment WHERE member = 52 AND at = 1001;
SELECT 'reviews, not one by hand of that very time', reviews_waiting, 0 FROM member_facts(52, 1000, 999999);
SELECT 'reviews, as of then, however many came later', reviews_waiting || ' ' || in_review, '1 1' FROM member_facts(52, 1000.5, 999999);
SELECT 'reviews, more than 100 are not told apart', reviews_waiting, 100 FROM member_facts(52, 6000, 999999);
SELECT 'reviews, but whether this message is among them', in_review, 1 FROM member_facts(52, 6000, (SELECT min(seq) FROM assessment WHERE member = 52));
UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 6001 WHERE member = 52 AND at > 5000;
SELECT 'reviews, however many were decided since', reviews_waiting, 1 FROM member_facts(52, 6001.5, 999999);
INSERT INTO review(at, message, member, reason)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2) SELECT 1000, message, 53, 'test' FROM n, assessment WHERE member = 53;
INSERT INTO flag(message, reporter, at, type)
  SELECT message, n.id, 1000, 'SPAM' FROM member AS n, assessment WHERE assessment.member = 53 AND n.id BETWEEN 100 AND 249;
SELECT 'reviews, as of an earlier seq, however many flags came later', reviews_waiting, 2
  FROM member_facts(53, 7000, (SELECT min(seq) - 1 FROM flag WHERE member = 53));
