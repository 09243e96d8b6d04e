-- shadow_ban: a graduated limit on what the bot gives a member, from its start to its end.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);
INSERT INTO privilege VALUES (1, privilege_bit('GUILD_ADMIN')), (2, privilege_bit('SHADOW_BAN_ADMIN') | privilege_bit('USE'));
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = 'privilege');

-- Moderator 2 starts one. Times are Unix seconds, and `now` is the clock: here it begins at 1700000000.
INSERT INTO shadow_ban(member, reason, initiated_by, platform, now) VALUES (7, 'floods the bot', 2, 'irc', 1700000000);
SELECT * FROM shadow_ban(1700000000);

-- It goes on by itself for 15 days: a stage takes 3.75 days.
WITH RECURSIVE day(nr) AS (SELECT 0 UNION ALL SELECT nr + 1.25 FROM day WHERE nr < 15)
SELECT nr, round(progress, 3), round(stage, 2), phase FROM day, shadow_ban WHERE member = 7 AND now = 1700000000 + nr * 86400;

-- What a message suffers at 6 days.
SELECT round(ban.progress, 2), latency_i, round(drops_i, 3), round(fake_503_i, 3), blackout_i, round(answered_p, 3)
  FROM shadow_ban AS ban, shadow_effect(ban.progress) WHERE member = 7 AND now = 1700000000 + 6 * 86400;

-- It is set back, made longer, told to end by itself, and given another reason.
UPDATE shadow_ban SET stage = 2, duration_days = 30, lift_at = 1702592000, reason = 'flooded the bot', actor = 2, why = 'was a misunderstanding'
  WHERE member = 7 AND now = 1700000000 + 6 * 86400;
SELECT duration_days, lift_at, progress, stage, phase, reason FROM shadow_ban WHERE member = 7 AND now = 1700000000 + 6 * 86400;
SELECT round(progress, 3), phase FROM shadow_ban WHERE member = 7 AND now = 1700000000 + 21 * 86400;

-- What is due: nothing, then access is to be taken, then the ban is to be lifted.
SELECT due FROM shadow_ban(1702000000);
UPDATE shadow_ban SET stage = 5, actor = 2 WHERE member = 7 AND now = 1702000000;
SELECT due FROM shadow_ban(1702000000);
UPDATE shadow_ban SET revoked = 1, why = 'progress 1' WHERE due = 'revoke' AND now = 1702000000;
SELECT revoked, due, (SELECT privilege_names(mask) FROM privilege WHERE member = 7) FROM shadow_ban(1702000000);
SELECT due FROM shadow_ban(1702591999) UNION ALL SELECT due FROM shadow_ban(1702592000);
UPDATE shadow_ban SET lifted = 1, why = 'its time has come' WHERE due = 'lift' AND now = 1702592000;
SELECT count(*) FROM shadow_ban;
SELECT privilege_names(mask) FROM privilege WHERE member = 7;

-- A mistake: another member, lifted at once by hand; and by the owner, who needs no more than DELETE.
INSERT INTO shadow_ban(member, reason, initiated_by, auto_lift_days, now) VALUES ('ann', 'by mistake', 2, 1.5, 1702600000), ('bob', 'also', 2, NULL, 1702600000);
SELECT member, lift_at FROM shadow_ban(1702600000);
UPDATE shadow_ban SET lifted = 1, actor = 2, why = 'the wrong one' WHERE member = 'ann' AND now = 1702600001;
DELETE FROM shadow_ban WHERE member = 'bob';
SELECT count(*) FROM shadow_ban;

-- All of it is in the audit: which ban, whom about, when, who, what, from, to, why. DELETE has no clock but the current time.
SELECT id, ban, member, CASE WHEN at < 1702600002 THEN at END AS at, actor, action,
  CASE typeof(before) WHEN 'real' THEN round(before, 4) ELSE before END AS before, after, why FROM shadow_ban_audit;
-- Numbers of bans are never used again.
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'again', 1702700000);
SELECT rowid, member FROM shadow_ban;
