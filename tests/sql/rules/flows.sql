-- Reputation, flags, verdicts and reviews as they flow through a community, rule by rule.
-- community
-- plan 116

INSERT INTO channel(platform, name) VALUES ('test', '#test');
INSERT INTO member(id, name)
  WITH RECURSIVE n(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < 99)
  SELECT id, 'member ' || id FROM n;
-- Member n has said the messages 100 n to 100 n + 9.
INSERT INTO message(id, platform, platform_id, channel, member, at)
  SELECT 100 * member.id + value, 'test', member.id || '.' || value, 1, member.id, 1000 + value
  FROM member, json_each('[0,1,2,3,4,5,6,7,8,9]');
CREATE TEMP VIEW reputation AS SELECT member, reputation FROM member_reputation;

-- The log of changes
SELECT 'reputation, starts at neutral', reputation, 50 FROM member_facts(1, 1000, 999999);
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (1, 1000, 60, 'ann', 'helps beginners');
SELECT 'reputation, the newest change', reputation, 60 FROM member_facts(1, 1000, 999999);
SELECT 'reputation, every change is a row', before || ' ' || after || ' ' || cause || ' ' || moderator, '50 60 hand ann'
  FROM reputation_change WHERE member = 1;
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (1, 1001, 40, 'ann', 'does not any more');
SELECT 'reputation, from where the last one ended', before, 60 FROM reputation_change WHERE member = 1 ORDER BY seq DESC LIMIT 1;
SELECT 'reputation, as of an earlier seq', reputation, 60 FROM member_facts(1, 1001, (SELECT min(seq) FROM reputation_change WHERE member = 1));
INSERT INTO sanction(member, action, at, reason) VALUES (92, 'warn', 1000, 'test');
INSERT INTO reputation_change(member, at, after, moderator, reason, sanction) VALUES (92, 1001, 40, 'ann', 'see the case', 1);
SELECT 'reputation, by hand it may name a case', sanction, 1 FROM reputation_change WHERE member = 92;
UPDATE setting SET value = 55 WHERE name = 'neutral';
SELECT 'neutral is read', reputation, 55 FROM member_facts(2, 1000, 999999);
UPDATE setting SET value = 50 WHERE name = 'neutral';
-- error reputation, not above 100: CHECK constraint failed: a reputation must be between 0 and 100
INSERT INTO reputation_change(member, after, moderator, reason) VALUES (1, 101, 'ann', 'test');
-- error reputation, not below 0: CHECK constraint failed: a reputation must be between 0 and 100
INSERT INTO reputation_change(member, after, moderator, reason) VALUES (1, -1, 'ann', 'test');
-- error reputation, by hand with a reason: CHECK constraint failed: a change by hand needs a reason
INSERT INTO reputation_change(member, after, moderator, reason) VALUES (1, 50, 'ann', ' ');
-- error reputation, before is given by the database: reputation_change.before is given by the database: leave it out
INSERT INTO reputation_change(member, before, after, moderator, reason) VALUES (1, 0, 50, 'ann', 'test');
-- error reputation, seq too: reputation_change.seq is given by the database: leave it out
INSERT INTO reputation_change(member, seq, after, moderator, reason) VALUES (1, 1, 50, 'ann', 'test');
-- error reputation, of a member: there is no such member
INSERT INTO reputation_change(member, after, moderator, reason) VALUES (4711, 50, 'ann', 'test');
-- error reputation, changes do not change: changes of reputation do not change: add another row instead
UPDATE reputation_change SET after = 100 WHERE member = 1;
-- error reputation, and are kept: changes of reputation are kept: add another row instead
DELETE FROM reputation_change;
-- error reputation, and not replaced: changes of reputation are kept: one cannot be replaced
INSERT OR REPLACE INTO reputation_change(id, member, after, moderator, reason) VALUES (1, 1, 50, 'ann', 'test');
-- error reputation, a cause is named: CHECK constraint failed: the verdict or the flag that is the cause must be named, and no other
INSERT INTO reputation_change(member, after, cause) VALUES (1, 50, 'outcome');

-- The outcome of a verdict
CREATE TEMP VIEW judged AS SELECT 0 AS message, 0 AS violation, 0 AS confidence;
CREATE TEMP TRIGGER judged_something INSTEAD OF INSERT ON judged BEGIN INSERT INTO verdict(message, member, at, source,
      violation, rule, severity, confidence)
    SELECT id, member, at, 'model', NEW.violation, iif(NEW.violation, 'no insults', NULL), 'medium', NEW.confidence
    FROM message WHERE id = NEW.message; END;
INSERT INTO judged VALUES (300, 0, 60), (400, 0, 59), (500, 1, 59), (600, 1, 60), (700, 1, 84), (800, 1, 85), (900, 1, 100);
SELECT 'outcome, no violation is SAFE', outcome || ' ' || rewarded, 'SAFE 1' FROM verdict WHERE message = 300;
SELECT 'outcome, with a reward at confidence 60', reputation, 51 FROM reputation WHERE member = 3;
SELECT 'outcome, and none below', outcome || ' ' || reputation, 'SAFE 50' FROM verdict JOIN reputation USING (member) WHERE message = 400;
SELECT 'outcome, a violation below 60 is SAFE without reward', outcome || ' ' || reputation, 'SAFE 50' FROM verdict JOIN reputation USING (member) WHERE message = 500;
SELECT 'outcome, at 60 it is REVIEW', outcome || ' ' || reputation, 'REVIEW 45' FROM verdict JOIN reputation USING (member) WHERE message = 600;
SELECT 'outcome, up to 84', outcome || ' ' || reputation, 'REVIEW 45' FROM verdict JOIN reputation USING (member) WHERE message = 700;
SELECT 'outcome, from 85 it is VIOLATION', outcome || ' ' || reputation, 'VIOLATION 35' FROM verdict JOIN reputation USING (member) WHERE message = 800;
SELECT 'outcome, at 100 too', outcome || ' ' || reputation, 'VIOLATION 35' FROM verdict JOIN reputation USING (member) WHERE message = 900;
SELECT 'outcome, the change names its verdict', cause || ' ' || (reputation_change.verdict = verdict.id), 'outcome 1'
  FROM reputation_change JOIN verdict ON verdict.message = 800 WHERE reputation_change.member = 8;
SELECT 'outcome, the verdict comes first in the log', verdict.seq < reputation_change.seq, 1
  FROM reputation_change JOIN verdict ON verdict.message = 800 WHERE reputation_change.member = 8;
SELECT 'outcome, the scorer alone changes nothing', count(*), 0 FROM reputation_change WHERE cause NOT IN ('hand', 'outcome');
INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 800, 8, 1000, 'scorer', 0);
SELECT 'outcome, a fact', verdict || ' ' || verdict_rule || ' ' || verdict_severity || ' ' || verdict_confidence, 'VIOLATION no insults medium 85'
  FROM member_facts(8, 1000, 999999);
INSERT INTO assessment(seq, message, member, at, source, toxicity) VALUES ((SELECT seq FROM next_seq), 801, 8, 1001, 'scorer', 0);
SELECT 'outcome, a fact of its message alone', verdict IS NULL, 1 FROM member_facts(8, 1001, 999999);
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (10, 1000, 100, 'ann', 'test'), (11, 1000, 3, 'ann', 'test');
INSERT INTO judged VALUES (1000, 0, 100), (1100, 1, 85);
SELECT 'outcome, at most 100, and no row for no change', max(after) || ' ' || count(*), '100 1' FROM reputation_change WHERE member = 10;
SELECT 'outcome, at least 0', reputation, 0 FROM reputation WHERE member = 11;
INSERT INTO judged VALUES (9000, 1, 84), (9000, 1, 85);
SELECT 'outcome, another verdict about a message takes the place of the one before', group_concat(cause || ' ' || before || '→' || after, ', '),
  'outcome 50→45, replaced 45→50, outcome 50→35' FROM (SELECT * FROM reputation_change WHERE member = 90 ORDER BY seq);
INSERT INTO judged VALUES (9000, 0, 60);
SELECT 'outcome, also one that clears the member', reputation, 51 FROM reputation WHERE member = 90;
UPDATE review SET outcome = 'rejected', decided_by = 'ann', decided_at = 3000 WHERE member = 90;
SELECT 'outcome, what was replaced is not given back again', reputation, 51 FROM reputation WHERE member = 90;
BEGIN;
INSERT INTO judged VALUES (9100, 1, 85);
SELECT 'outcome, reputation and review change in the verdict''s transaction', reputation || ' ' || (SELECT count(*) FROM review_queue WHERE member = 91), '35 1'
  FROM reputation WHERE member = 91;
ROLLBACK;
SELECT 'outcome, and not without it', reputation || ' ' || (SELECT count(*) FROM review_queue WHERE member = 91), '50 0'
  FROM reputation WHERE member = 91;
UPDATE setting SET value = 2 WHERE name = 'clean_reward';
UPDATE setting SET value = -6 WHERE name = 'review_penalty';
UPDATE setting SET value = -16 WHERE name = 'violation_penalty';
INSERT INTO judged VALUES (1200, 0, 60), (1300, 1, 60), (1400, 1, 85);
SELECT 'clean_reward is read', reputation, 52 FROM reputation WHERE member = 12;
SELECT 'review_penalty is read', reputation, 44 FROM reputation WHERE member = 13;
SELECT 'violation_penalty is read', reputation, 34 FROM reputation WHERE member = 14;
UPDATE setting SET value = 1 WHERE name = 'clean_reward';
UPDATE setting SET value = -5 WHERE name = 'review_penalty';
UPDATE setting SET value = -15 WHERE name = 'violation_penalty';
-- error verdict, a violation names its rule: CHECK constraint failed: a violation names its rule
INSERT INTO verdict(message, member, at, source, violation, confidence) VALUES (300, 3, 1000, 'model', 1, 90);
-- error verdict, confidence is 0 to 100: CHECK constraint failed: confidence BETWEEN 0 AND 100
INSERT INTO verdict(message, member, at, source, violation, confidence) VALUES (300, 3, 1000, 'model', 0, 140);
-- error verdict, about who wrote the message: verdict.member must be the one who wrote the message
INSERT INTO verdict(message, member, at, source, violation, confidence) VALUES (300, 4, 1000, 'model', 0, 90);
-- error verdict, does not change: verdicts do not change: add another row instead
UPDATE verdict SET confidence = 0;
-- error verdict, is kept: verdicts are kept: add another row instead
DELETE FROM verdict;

-- The review queue
SELECT 'review, none for SAFE', count(*), 0 FROM review_queue WHERE member IN (3, 4, 5);
SELECT 'review, of REVIEW and VIOLATION when the new reputation is at most review_threshold', count(*), 4 FROM review_queue WHERE member IN (6, 7, 8, 9);
SELECT 'review, why', reason, 'VIOLATION: no insults' FROM review_queue WHERE member = 8;
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (15, 1000, 85, 'ann', 'test'), (16, 1000, 86, 'ann', 'test');
INSERT INTO judged VALUES (1500, 1, 85), (1600, 1, 85);
SELECT 'review, at a new reputation of 70', count(*), 1 FROM review_queue WHERE member = 15;
SELECT 'review, and none above', count(*), 0 FROM review_queue WHERE member = 16;
UPDATE setting SET value = 71 WHERE name = 'review_threshold';
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (17, 1000, 86, 'ann', 'test');
INSERT INTO judged VALUES (1700, 1, 85);
SELECT 'review_threshold is read', count(*), 1 FROM review_queue WHERE member = 17;
UPDATE setting SET value = 70 WHERE name = 'review_threshold';
UPDATE review SET claimed_by = 'ann', claimed_at = 2000 WHERE member = 8;
SELECT 'review, claimed until review_claim_minutes later', claimed_by || ' ' || claimed_until, 'ann 2900.0' FROM review_queue WHERE member = 8;
-- error review, claimed by one moderator at a time: another moderator has claimed that review
UPDATE review SET claimed_by = 'ben', claimed_at = 2899.5 WHERE member = 8;
-- error review, nor by another at the very same time: another moderator has claimed that review
UPDATE review SET claimed_by = 'ben', claimed_at = 2000 WHERE member = 8;
-- error review, and decided by that one: another moderator has claimed that review
UPDATE review SET outcome = 'upheld', decided_by = 'ben', decided_at = 2100 WHERE member = 8;
UPDATE review SET claimed_by = 'ann', claimed_at = 2100 WHERE member = 8;
SELECT 'review, the same one may go on', claimed_until, 3000.0 FROM review_queue WHERE member = 8;
UPDATE review SET claimed_by = 'ben', claimed_at = 3000 WHERE member = 8;
SELECT 'review, free again when the claim has lapsed', claimed_by, 'ben' FROM review_queue WHERE member = 8;
UPDATE review SET outcome = 'rejected', decided_by = 'ben', decided_at = 3001 WHERE member = 8;
SELECT 'review, decided, it leaves the queue', count(*), 0 FROM review_queue WHERE member = 8;
SELECT 'review, a verdict that was rejected gives back what it took', after || ' ' || cause || ' ' || moderator || ' ' || at, '50 review ben 3001.0'
  FROM reputation_change WHERE member = 8 ORDER BY seq DESC LIMIT 1;
-- error review, decided once: that review is decided already
UPDATE review SET outcome = 'upheld', decided_by = 'ben' WHERE member = 8;
UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 3001 WHERE member = 9;
SELECT 'review, one that was upheld gives nothing back', reputation, 35 FROM reputation WHERE member = 9;
UPDATE review SET claimed_by = 'ann' WHERE member = 7;
SELECT 'review, claimed now, where no time is given', round(claimed_until - claimed_at, 3) || ' ' || (abs(claimed_at - (julianday('now') - 2440587.5) * 86400.0) < 60), '900.0 1'
  FROM review WHERE member = 7;
UPDATE review SET claimed_by = NULL WHERE member = 7;
SELECT 'review, a claim may be given up', claimed_until IS NULL, 1 FROM review WHERE member = 7;
-- error review, who decides is named: CHECK constraint failed: who decided a review must be named
UPDATE review SET outcome = 'upheld' WHERE member = 7;
-- error review, is kept: reviews are kept: decide on it instead
DELETE FROM review;
-- error review, is not replaced: reviews are kept: one cannot be replaced
REPLACE INTO review(id, at, member, reason) SELECT id, at, member, 'test' FROM review WHERE member = 8;
-- error review, nor by another of the same verdict: reviews are kept: one cannot be replaced
INSERT OR REPLACE INTO review(at, member, verdict, reason) SELECT at, member, verdict, 'test' FROM review WHERE member = 8;
-- error review, begins undecided: a review begins undecided: update its outcome
INSERT INTO review(at, member, reason, outcome, decided_by) VALUES (1000, 3, 'test', 'rejected', 'ann');
-- error review, of one thing alone: CHECK constraint failed: a review is of one flag, verdict, decision or appeal
INSERT INTO review(at, member, reason, verdict, flag) VALUES (1000, 3, 'test', 901, 901);
-- error review, is about what it was about: what a review is about does not change
UPDATE review SET verdict = NULL WHERE member = 7;
-- error review, who decided does not change: that review is decided already
UPDATE review SET decided_by = 'eve' WHERE member = 8;
-- error review, nor when: that review is decided already
UPDATE review SET decided_at = NULL WHERE member = 8;

-- Flags
SELECT 'flag_type, ' || name, points, flag_severity(name) FROM flag_type;
SELECT 'flag_type, no others', count(*), 13 FROM flag_type;
SELECT 'flag_type, self-harm has help text', help LIKE 'You are not alone%', 1 FROM flag_type WHERE name = 'SELF_HARM';
INSERT INTO flag(message, reporter, at, type) VALUES (2000, 50, 2000, 'spam');
SELECT 'flag, of the one who wrote the message', member, 20 FROM flag WHERE message = 2000;
SELECT 'flag, a place in the log', seq > 0, 1 FROM flag WHERE message = 2000;
SELECT 'flag, a fact', flags, 1 FROM member_facts(20, 2000, 999999);
SELECT 'flag, not as of before it', flags, 0 FROM member_facts(20, 2000, (SELECT seq - 1 FROM flag WHERE message = 2000));
SELECT 'flag, for review by default', reason, 'flag SPAM' FROM review_queue WHERE flag IS NOT NULL AND member = 20;
-- error flag, one for each reporter and message: that reporter has flagged that message already
INSERT INTO flag(message, reporter, type) VALUES (2000, 50, 'HATE');
-- error flag, nor in another's place: that reporter has flagged that message already
INSERT OR REPLACE INTO flag(message, reporter, type) VALUES (2000, 50, 'HATE');
-- error flag, of a message: there is no such message to flag
INSERT INTO flag(message, reporter, type) VALUES (4711, 50, 'HATE');
-- error flag, by a member: there is no such member to report it
INSERT INTO flag(message, reporter, type) VALUES (2001, 4711, 'HATE');
-- error flag, of a type: there is no such type of flag: see flag_type
INSERT INTO flag(message, reporter, type) VALUES (2001, 50, 'BORING');
-- error flag, does not change: flags do not change: add another row instead
UPDATE flag SET type = 'DEATH';
-- error flag, is kept: flags are kept: add another row instead
DELETE FROM flag;
INSERT INTO flag_type(name, points) VALUES ('OFF_TOPIC', 5);
INSERT INTO flag(message, reporter, at, type) VALUES (2001, 50, 2001, 'off_topic');
SELECT 'flag, of a type of the community''s own', type, 'off_topic' FROM flag WHERE message = 2001;
SELECT 'flag, waits for its review', state, 'waiting' FROM flag_state WHERE message = 2000;
UPDATE review SET outcome = 'rejected', decided_by = 'ann', decided_at = 2002 WHERE flag = (SELECT id FROM flag WHERE message = 2001);
SELECT 'flag, rejected', state, 'rejected' FROM flag_state WHERE message = 2001;
UPDATE review SET outcome = 'upheld', decided_by = 'ann', decided_at = 2002 WHERE flag = (SELECT id FROM flag WHERE message = 2000);
SELECT 'flag, due when upheld', state, 'due' FROM flag_state WHERE message = 2000;
UPDATE setting SET value = 'immediate' WHERE name = 'flag_mode';
INSERT INTO flag(message, reporter, at, type) VALUES (2100, 50, 2100, 'HATE');
SELECT 'flag_mode immediate, due at once', state || ' ' || (SELECT count(*) FROM review WHERE member = 21), 'due 0' FROM flag_state WHERE message = 2100;
INSERT INTO flag(message, reporter, at, type) VALUES (2200, 50, 2200, 'SELF_HARM');
SELECT 'flag, SELF_HARM calls a moderator whatever the mode', count(*), 1 FROM review_queue WHERE member = 22;
UPDATE setting SET value = 'review' WHERE name = 'flag_mode';
SELECT 'flag_mode review again, due all the same: no review was asked for', state, 'due' FROM flag_state WHERE message = 2100;

-- Sampling
SELECT 'sampling, of nobody''s message', sampled, NULL FROM member_facts(30, 1000, 999999);
SELECT 'sampling, by reputation', sampled_p, sampling_rate(50) FROM member_facts(30, 1000, 999999);
INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (31, 1000, 20, 'ann', 'test'), (32, 1000, 90, 'ann', 'test');
SELECT 'sampling, always below high_risk', sampled_p, 1.0 FROM member_facts(31, 1000, 999999);
SELECT 'sampling, seldom above low_risk', sampled_p, 0.02 FROM member_facts(32, 1000, 999999);
UPDATE setting SET value = 19 WHERE name = 'high_risk';
UPDATE setting SET value = 95 WHERE name = 'low_risk';
SELECT 'high_risk and low_risk are read', sampled_p, sampling_rate(20, 'text', 1.0, 19, 95) FROM member_facts(31, 1000, 999999);
UPDATE setting SET value = 30 WHERE name = 'high_risk';
UPDATE setting SET value = 70 WHERE name = 'low_risk';
UPDATE content_type SET multiplier = 0.5 WHERE name = 'text';
SELECT 'content_type.multiplier is read', sampled_p, 0.01 FROM member_facts(32, 1000, 999999);
UPDATE content_type SET multiplier = 1 WHERE name = 'text';
INSERT INTO assessment(seq, message, member, at, source, toxicity)
  SELECT seq, 3000, 30, 1000, 'scorer', 0 FROM next_seq;
SELECT 'sampling, by dice(secret, message)', sampled, dice((SELECT value FROM setting WHERE name = 'secret'), 3000) < sampling_rate(50)
  FROM member_facts(30, 1000, 999999);
UPDATE setting SET value = 'a' WHERE name = 'secret';
SELECT 'sampling, of another secret', sampled, dice('a', 3000) < sampling_rate(50) FROM member_facts(30, 1000, 999999);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, sampled_p) SELECT seq, 3000, 2, 30, 1000, 'model', 0, 0.26 FROM next_seq;
SELECT 'sampling, the chance that was used is stored', sampled_p, 0.26 FROM assessment WHERE message = 3000 AND source = 'model';
-- error sampling, a chance that was used is above 0: CHECK constraint failed: sampled_p > 0 AND sampled_p <= 1
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, sampled_p)
  SELECT seq, 3000, 1, 30, 1000, 'model', 0, 0 FROM next_seq;
