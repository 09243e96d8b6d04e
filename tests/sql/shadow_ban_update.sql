-- shadow_ban: changing a ban. UPDATE sets stage, duration_days, lift_at, reason, revoked and lifted, and auto_lift_days, actor
-- and why, which are for writing alone. What does not differ is not changed: the curve runs on, and the audit says nothing.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
INSERT INTO privilege VALUES (9, privilege_bit('SHADOW_BAN_ADMIN'));
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, initiated_by, platform, now, duration_days, lift_at)
  VALUES (7, 'x', NULL, 'irc', 0, 16, 2000000), ('ann', 'y', 'ann', NULL, 0, 16, NULL);
-- How the curve of 7 is kept: what it was, since when.
CREATE TEMP VIEW kept AS SELECT base, since, (SELECT count(*) FROM shadow_ban_audit) AS audited FROM main.shadow_ban_state WHERE member = 7;

-- A stage that is what it is, by name, by value, of all, through FROM, of SQLite's own making.
UPDATE shadow_ban SET stage = stage WHERE member = 7 AND now = 345600;
UPDATE shadow_ban SET stage = 2 WHERE member = 7 AND now = 345600;
UPDATE shadow_ban SET stage = '2.0' WHERE member = 7 AND now = 345600;
UPDATE shadow_ban SET stage = stage, duration_days = duration_days, lift_at = lift_at, reason = reason, revoked = revoked, lifted = lifted WHERE now = 172803;
UPDATE shadow_ban SET stage = s FROM (SELECT 2 AS s) WHERE member = 7 AND now = 345600;
UPDATE shadow_ban SET stage = shadow_ban.stage FROM (SELECT 1) WHERE member = 7 AND now = 100001;
UPDATE shadow_ban SET (stage, reason) = (SELECT stage, reason FROM shadow_ban AS b WHERE b.member = shadow_ban.member AND b.now = 345603) WHERE now = 345603;
UPDATE shadow_ban SET member = member, started_at = 0, platform = platform, initiated_by = initiated_by, progress = progress, phase = phase, due = due WHERE now = 345600;
UPDATE shadow_ban SET member = 7.0, duration_days = '16', lift_at = 2000000.0, lifted = 0, revoked = '0' WHERE member = 7;
SELECT * FROM kept;
-- Through FROM another column changes, and the stage does not start anew.
CREATE TABLE verdict(about, because);
INSERT INTO verdict VALUES (7, 'flooding'), ('ann', 'spam');
UPDATE shadow_ban SET reason = because, actor = 9, why = 'from verdicts' FROM verdict WHERE member = about AND now = 345607;
SELECT * FROM kept;
SELECT member, reason, round(stage, 4) FROM shadow_ban(345607);
SELECT member, at, actor, action, before, after, why FROM shadow_ban_audit WHERE action = 'reason';
-- A value of another kind is a change: a reason that was a text and is none.
UPDATE shadow_ban SET reason = NULL WHERE member = 7;
UPDATE shadow_ban SET reason = '' WHERE member = 7;
UPDATE shadow_ban SET reason = '  ' FROM verdict WHERE member = about;
UPDATE shadow_ban SET reason = x'78' WHERE member = 7;

-- Several at once, with one who and why.
UPDATE shadow_ban SET stage = 3, duration_days = 8, auto_lift_days = 1, reason = 'z', actor = 9, why = 'all of it' WHERE member = 'ann' AND now = 345600;
SELECT duration_days, lift_at, stage, reason FROM shadow_ban WHERE member = 'ann' AND now = 345600;
SELECT at, actor, action, before, after, why FROM shadow_ban_audit WHERE why = 'all of it';
-- All or nothing: one of them is refused.
UPDATE shadow_ban SET stage = 2, duration_days = -8, reason = 'w' WHERE member = 'ann' AND now = 345600;
UPDATE shadow_ban SET stage = 2, reason = '', lifted = 1 WHERE member = 'ann' AND now = 345600;
UPDATE shadow_ban SET stage = 2, lifted = 2 WHERE member = 'ann' AND now = 345600;
UPDATE shadow_ban SET reason = 'new', lift_at = CASE member WHEN 7 THEN 3000000 ELSE -1 END WHERE now = 345600;
SELECT member, stage, reason, lift_at FROM shadow_ban WHERE member = 'ann' AND now = 345600;
-- A clock alone changes nothing, nor does a why.
UPDATE shadow_ban SET why = 'no change' WHERE now = 500000;
SELECT changes(), (SELECT count(*) FROM shadow_ban_audit WHERE why = 'no change');

-- What cannot be set.
UPDATE shadow_ban SET member = 8 WHERE member = 7;
UPDATE shadow_ban SET member = '7' WHERE member = 7;
UPDATE shadow_ban SET member = 'Ann' WHERE member = 'ann';
UPDATE shadow_ban SET started_at = 1 WHERE member = 7;
UPDATE shadow_ban SET initiated_by = 7 WHERE member = 7;
UPDATE shadow_ban SET platform = 'discord' WHERE member = 7;
UPDATE shadow_ban SET progress = 0.5 WHERE member = 7;
UPDATE shadow_ban SET phase = 'blackout' WHERE member = 7;
UPDATE shadow_ban SET due = 'revoke' WHERE member = 7;
UPDATE shadow_ban SET rowid = 99 WHERE member = 7;
UPDATE shadow_ban SET stage = 2, actor = 2.5 WHERE member = 7;
UPDATE shadow_ban SET stage = 2, why = x'00' WHERE member = 7;
UPDATE shadow_ban SET stage = 2 WHERE member = 7 AND now = 'soon';
UPDATE shadow_ban SET lifted = NULL WHERE member = 7;
UPDATE shadow_ban SET lifted = 'yes' WHERE member = 7;
-- Whom there is not, and at what time it never is, is no error.
UPDATE shadow_ban SET stage = 2 WHERE member = 8;
UPDATE shadow_ban SET stage = 2 WHERE member = 7 AND now = NULL;
SELECT changes();
SELECT * FROM kept;

-- Lifted and started again in one statement it is another; a ban that is gone is not lifted twice.
CREATE TABLE twice(about);
INSERT INTO twice VALUES (7), (7);
UPDATE shadow_ban SET lifted = 1, why = 'joined twice' FROM twice WHERE member = about AND now = 400000;
SELECT count(*) FROM shadow_ban_audit WHERE why = 'joined twice';
SELECT member FROM shadow_ban;
-- DELETE is the owner's lift: it takes no who and no why, and its time is the current one.
INSERT INTO shadow_ban(member, reason, now) VALUES (8, 'x', 0), (9, 'x', 0), (10, 'x', 0);
DELETE FROM shadow_ban WHERE member IN (8, 9);
DELETE FROM shadow_ban WHERE member = 8;
DELETE FROM shadow_ban WHERE now = 5 AND stage < 1.1;
SELECT member, abs(at - unixepoch()) < 60, actor, action, before, after, why FROM shadow_ban_audit WHERE member BETWEEN 8 AND 10 AND action <> 'start';
SELECT member FROM shadow_ban;
DELETE FROM shadow_ban;
SELECT count(*) FROM shadow_ban;
