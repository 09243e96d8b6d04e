-- shadow_ban: what is refused when a ban starts, in the order in which it is looked at. Only the last refusal is a constraint
-- (code 19, which the shell shows), so that INSERT OR IGNORE hides none of the others.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);
INSERT INTO privilege VALUES (1, privilege_bit('GUILD_ADMIN')), (2, privilege_bit('SHADOW_BAN_ADMIN'));
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'first', 0);

-- 1. The member is NULL or empty. (The rest of these rows would be refused for reasons 2, 4, 5 and 6.)
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES (NULL, 3, 0, 0, 0);
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES ('', 3, 0, 0, 0);
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES (char(32, 9, 10, 11, 12, 13), 3, 0, 0, 0);
INSERT INTO shadow_ban DEFAULT VALUES;
-- What names nobody is neither.
INSERT INTO shadow_ban(member, reason) VALUES (7.5, 'x');
INSERT INTO shadow_ban(member, reason) VALUES (9007199254740994.0, 'x');
INSERT INTO shadow_ban(member, reason) VALUES (x'37', 'x');
-- 2. By somebody else without the right. (The member is an admin: 3.)
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES (1, 3, 0, 0, 0);
INSERT INTO shadow_ban(member, actor, duration_days, auto_lift_days, now) VALUES (1, 3, 0, 0, 0);
-- 3. An admin. (The duration is 0: 4.)
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES (1, 2, 0, 0, 0);
INSERT INTO shadow_ban(member, initiated_by, duration_days, auto_lift_days, now) VALUES (1, 1, 0, 0, 0);
-- 4. The duration is no number above 0. (So are the days to the lift: 5.)
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, 0, 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, -15, 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, 9e999, 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, -9e999, 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, 'fifteen', 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, '', 0, 0);
INSERT INTO shadow_ban(member, duration_days, auto_lift_days, now) VALUES (7, x'3135', 0, 0);
-- 5. The lift is no time after the start. (There is no reason: 6.)
INSERT INTO shadow_ban(member, auto_lift_days, now) VALUES (7, 0, 0);
INSERT INTO shadow_ban(member, auto_lift_days, now) VALUES (7, -1e-9, 0);
INSERT INTO shadow_ban(member, auto_lift_days, now) VALUES (7, 9e999, 0);
INSERT INTO shadow_ban(member, auto_lift_days, now) VALUES (7, 1e308, 0);
INSERT INTO shadow_ban(member, auto_lift_days, now) VALUES (7, 'soon', 0);
INSERT INTO shadow_ban(member, lift_at, now) VALUES (7, 1000, 1000);
INSERT INTO shadow_ban(member, lift_at, now) VALUES (7, 999, 1000);
INSERT INTO shadow_ban(member, lift_at, now, started_at) VALUES (7, 1500, 1000, 2000);
INSERT INTO shadow_ban(member, lift_at, now) VALUES (7, 'soon', 0);
INSERT INTO shadow_ban(member, lift_at, auto_lift_days, now) VALUES (7, 1000, 1, 0);
-- 6. There is no reason, or none that can be seen. (7 is banned: 7.)
INSERT INTO shadow_ban(member, now) VALUES (7, 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, '', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, char(32, 9, 10, 11, 12, 13), 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, x'78', 0);
-- 7. The ban that there is: how far it is as of then, never rounded up to the end.
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'x', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'x', 425088);
INSERT INTO shadow_ban(member, reason, now) VALUES (7.0, 'x', 1295999);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'x', 1296000);

-- No conflict clause hides one of 1 to 6; the seventh it does.
INSERT OR IGNORE INTO shadow_ban(member, reason) VALUES ('', 'x');
INSERT OR IGNORE INTO shadow_ban(member, reason, initiated_by) VALUES (8, 'x', 3);
INSERT OR IGNORE INTO shadow_ban(member, reason) VALUES (1, 'x');
INSERT OR IGNORE INTO shadow_ban(member, reason, duration_days) VALUES (8, 'x', 0);
INSERT OR IGNORE INTO shadow_ban(member, reason, auto_lift_days) VALUES (8, 'x', 0);
INSERT OR IGNORE INTO shadow_ban(member, reason) VALUES (8, '');
INSERT OR IGNORE INTO shadow_ban(member, reason) VALUES (7, 'x');
INSERT OR REPLACE INTO shadow_ban(member, reason) VALUES (7, '');
INSERT OR REPLACE INTO shadow_ban(member, reason, duration_days) VALUES (7, 'x', 0);

-- What the table computes or keeps itself cannot be given.
INSERT INTO shadow_ban(member, reason, progress) VALUES (8, 'x', 0.5);
INSERT INTO shadow_ban(member, reason, phase) VALUES (8, 'x', 'drops');
INSERT INTO shadow_ban(member, reason, revoked) VALUES (8, 'x', 0);
INSERT INTO shadow_ban(member, reason, lifted) VALUES (8, 'x', 1);
INSERT INTO shadow_ban(member, reason, due) VALUES (8, 'x', 'lift');
INSERT INTO shadow_ban(rowid, member, reason) VALUES (5, 8, 'x');
INSERT INTO shadow_ban(member, reason, platform) VALUES (8, 'x', x'00');
INSERT INTO shadow_ban(member, reason, why) VALUES (8, 'x', x'00');

-- Names in messages: control characters are dots, and what is long is cut.
INSERT INTO shadow_ban(member, reason, now) VALUES ('it''s' || char(7, 27) || '%s', 'x', 0), (printf('%.50c', 'a'), 'x', 0), (printf('%.13c', 'ö') || 'ö', 'x', 0), (-5, 'x', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES ('it''s' || char(7, 27) || '%s', 'x', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (printf('%.50c', 'a'), 'x', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (-5, 'x', 0);
-- What can be written as a text is one.
INSERT INTO shadow_ban(member, reason, platform, why, now) VALUES (9, 42, 1.5, 2, 0);
SELECT quote(reason), quote(platform), (SELECT quote(why) FROM shadow_ban_audit WHERE member = 9) FROM shadow_ban(0) WHERE member = 9;

-- Nothing of all this was written.
SELECT member, reason, (SELECT count(*) FROM shadow_ban_audit WHERE member = shadow_ban.member) FROM shadow_ban(0) WHERE member = 7;
SELECT count(*), (SELECT count(*) FROM shadow_ban_audit) FROM shadow_ban;
