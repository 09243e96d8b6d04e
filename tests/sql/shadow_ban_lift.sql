-- shadow_ban: taking access at progress 1, and giving it back. A ban gives back only what it took itself.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
-- 1: an ordinary member; 2: one who has lost USE already; 3: one without a row; 4: with a row that says nothing; 5: will be an admin.
INSERT INTO privilege VALUES (1, privilege_bit('USE') | 32), (2, 32), (4, NULL), (5, privilege_bit('USE') | 32);
INSERT INTO shadow_ban(member, reason, now) VALUES (1, 'x', 0), (2, 'x', 0), (3, 'x', 0), (4, 'x', 0), (5, 'x', 0);
UPDATE privilege SET mask = mask | privilege_bit('GUILD_ADMIN') WHERE member = 5;
CREATE VIEW access AS SELECT member, privilege_names(mask) AS may FROM privilege;

-- Not before progress 1 by as little as there is, nor by an INSERT.
UPDATE shadow_ban SET revoked = 1 WHERE member = 1 AND now = 1296000 - 2.3283064365386963e-10;
SELECT group_concat(due) FROM shadow_ban(1295999);
SELECT group_concat(member || ' ' || due) FROM shadow_ban(1296000);
-- The tick job: of each once.
UPDATE shadow_ban SET revoked = 1, actor = NULL, why = 'progress 1' WHERE due = 'revoke' AND now = 1296000;
SELECT changes();
UPDATE shadow_ban SET revoked = 1, why = 'progress 1' WHERE due = 'revoke' AND now = 1296001;
SELECT changes();
SELECT member, revoked, due FROM shadow_ban(1296001);
SELECT * FROM access;
SELECT has_privilege(mask, 'USE') FROM privilege WHERE member = 5;
SELECT member, at, actor, action, before, after, why FROM shadow_ban_audit WHERE action <> 'start';
-- It stays so, also if somebody gives USE by hand: that is their decision, and due does not ask again.
UPDATE privilege SET mask = mask | privilege_bit('USE') WHERE member = 4;
SELECT member, due FROM shadow_ban(1e10) WHERE member = 4;
-- Taken back it cannot be but by lifting or by the stage.
UPDATE shadow_ban SET revoked = 0 WHERE member = 1 AND now = 1296001;
UPDATE shadow_ban SET revoked = 2 WHERE member = 1 AND now = 1296001;
UPDATE shadow_ban SET revoked = NULL WHERE member = 1 AND now = 1296001;
UPDATE shadow_ban SET revoked = 'yes' WHERE member = 1 AND now = 1296001;

-- Lifting gives USE back to 1, 3 and 4, who had it, not to 2. 5 is an admin and needs it no more.
UPDATE shadow_ban SET lifted = 1, actor = 5, why = 'enough' WHERE now = 1296002;
SELECT count(*) FROM shadow_ban;
SELECT * FROM access;
SELECT member, at, actor, action, before, after, why FROM shadow_ban_audit WHERE at = 1296002;
UPDATE shadow_ban SET lifted = 1 WHERE member = 1 AND now = 1296003;
SELECT changes();

-- A jump to a stage below 5 gives it back as well, and the next end takes it again.
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (1, 'x', 2000000, 5), (2, 'x', 2000000, 5);
UPDATE shadow_ban SET revoked = 1 WHERE now = 2000000;
UPDATE shadow_ban SET stage = 4 WHERE now = 2000000;
SELECT member, revoked, due FROM shadow_ban(2000000);
SELECT * FROM access WHERE member < 3;
SELECT group_concat(member || ' ' || due) FROM shadow_ban(2324000);
UPDATE shadow_ban SET revoked = 1 WHERE now = 2324000;
SELECT member, revoked, due FROM shadow_ban(2324000);
-- In one statement: jump to the end and take it, jump back and say that it is not taken, jump back and lift.
INSERT INTO shadow_ban(member, reason, now) VALUES (6, 'x', 2000000);
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member = 6 AND now = 2000000;
UPDATE shadow_ban SET stage = 2, revoked = 0 WHERE member = 6 AND now = 2000000;
SELECT stage, revoked, (SELECT may FROM access WHERE member = 6) FROM shadow_ban WHERE member = 6 AND now = 2000000;
UPDATE shadow_ban SET stage = 5, revoked = 1, lifted = 1 WHERE member = 6 AND now = 2000000;
SELECT may FROM access WHERE member = 6;
SELECT action, before, after FROM shadow_ban_audit WHERE member = 6;
-- A longer duration takes nobody from the end.
UPDATE shadow_ban SET duration_days = 300 WHERE member = 1 AND now = 2324000;
SELECT progress, revoked FROM shadow_ban WHERE member = 1 AND now = 2324000;
-- The member leaves the privilege table; the lift makes a row of it.
DELETE FROM privilege WHERE member = 1;
DELETE FROM shadow_ban;
SELECT * FROM access WHERE member < 3;

-- lift_at: due at that time, and before access is taken.
INSERT INTO shadow_ban(member, reason, now, lift_at) VALUES (1, 'x', 3000000, 3000100);
INSERT INTO shadow_ban(member, reason, now, auto_lift_days) VALUES (2, 'x', 3000000, 15), (3, 'x', 3000000, '0.5');
SELECT member, lift_at FROM shadow_ban(3000000);
SELECT due FROM shadow_ban WHERE member = 1 AND now IN (3000099, 3000100, 9000000) ORDER BY now;
SELECT due FROM shadow_ban WHERE member = 2 AND now IN (4295999, 4296000) ORDER BY now;
-- It is set from the change on, to a time, or not at all.
UPDATE shadow_ban SET auto_lift_days = 2 WHERE member = 1 AND now = 3000050;
UPDATE shadow_ban SET lift_at = 3500000 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET lift_at = NULL WHERE member = 3 AND now = 3000050;
SELECT member, lift_at FROM shadow_ban(3000050);
UPDATE shadow_ban SET lift_at = NULL, auto_lift_days = 1 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET lift_at = 4000000, auto_lift_days = 1 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET auto_lift_days = 0 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET auto_lift_days = -1 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET lift_at = 3000000 WHERE member = 2 AND now = 3000050;
UPDATE shadow_ban SET lift_at = 'soon' WHERE member = 2 AND now = 3000050;
-- A time that is over is one to lift at once.
UPDATE shadow_ban SET lift_at = 3000001 WHERE member = 2 AND now = 3000050;
SELECT member, lift_at, due FROM shadow_ban(3000050);
SELECT member, before, after FROM shadow_ban_audit WHERE action = 'lift_at' ORDER BY member, id;
DELETE FROM shadow_ban;

-- A later ban of the same member knows nothing of the earlier one's lift or of what it took.
INSERT INTO shadow_ban(member, reason, now, lift_at, stage) VALUES (1, 'first', 4000000, 4000100, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 1 AND now = 4000000;
UPDATE shadow_ban SET lifted = 1 WHERE member = 1 AND now = 4000010;
INSERT INTO shadow_ban(member, reason, now) VALUES (1, 'second', 4000020);
SELECT reason, lift_at, due, revoked FROM shadow_ban WHERE member = 1 AND now = 4000100;
-- OR REPLACE is both: a lift, with what the first took, and another start. Each is in the audit.
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member = 1 AND now = 4000030;
INSERT OR REPLACE INTO shadow_ban(member, reason, now, actor, why) VALUES (1, 'third', 4000040, 5, 'starts over');
SELECT reason, stage, revoked, (SELECT may FROM access WHERE member = 1) FROM shadow_ban WHERE member = 1 AND now = 4000040;
SELECT ban = (SELECT rowid FROM shadow_ban WHERE member = 1) AS is_third, at, actor, action, round(before, 4), after, why
  FROM shadow_ban_audit WHERE member = 1 AND at BETWEEN 4000030 AND 4000040;
-- What the first took before is not what the next gives back: here the row lost USE by hand.
UPDATE privilege SET mask = 32 WHERE member = 1;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (1, 'fourth', 4000050);
SELECT may FROM access WHERE member = 1;

-- The lift is in the file, not in a timer: it is due after opening it again.
UPDATE shadow_ban SET lift_at = 5000000 WHERE member = 1 AND now = 4000060;
.open community.db
.load ./decorum
SELECT reason, due FROM shadow_ban WHERE member = 1 AND now = 5000000;
UPDATE shadow_ban SET lifted = 1, why = 'its time has come' WHERE due = 'lift' AND now = 5000000;
SELECT changes(), (SELECT count(*) FROM shadow_ban);
