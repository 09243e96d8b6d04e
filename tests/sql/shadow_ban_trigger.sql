-- shadow_ban in views and triggers, which may use it whether or not the schema is trusted.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;

-- A view that passes the clock through, by a join with a table of one row or by a hidden parameter's name.
CREATE TABLE clock(at);
INSERT INTO clock VALUES (648000);
CREATE VIEW status AS SELECT member, printf('%.2f', stage) AS stage, phase FROM shadow_ban, clock WHERE now = at;
CREATE VIEW status_at AS SELECT member, phase, now FROM shadow_ban;
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'x', 0);
SELECT * FROM status;
SELECT phase FROM status_at WHERE now = 324000;
SELECT phase FROM status_at WHERE now = 1296000 AND member = 7;
UPDATE clock SET at = 1295999;
SELECT * FROM status;

-- A table whose triggers start bans, change them and lift them.
CREATE TABLE verdict(member, stage, seen);
CREATE TRIGGER verdict_start AFTER INSERT ON verdict BEGIN
  INSERT INTO shadow_ban(member, stage, reason, now) VALUES (new.member, new.stage, 'verdict', 0);
END;
CREATE TRIGGER verdict_change AFTER UPDATE OF stage ON verdict BEGIN
  UPDATE shadow_ban SET stage = new.stage, actor = NULL, why = 'reconsidered' WHERE member = new.member AND now = 10;
  UPDATE verdict SET seen = (SELECT stage FROM shadow_ban WHERE member = new.member AND now = 10) WHERE member = new.member;
END;
CREATE TRIGGER verdict_lift AFTER DELETE ON verdict BEGIN
  UPDATE shadow_ban SET lifted = 1, why = 'taken back' WHERE member = old.member AND now = 20;
END;
INSERT INTO verdict(member, stage) VALUES (1, 1.5), (2, 2.5), (3, 3.5);
UPDATE verdict SET stage = stage + 0.5 WHERE member < 3;
SELECT * FROM verdict;
DELETE FROM verdict WHERE member = 2;
SELECT member, round(stage, 6) FROM shadow_ban(10) WHERE reason = 'verdict';
SELECT member, at, action, round(before, 6), round(after, 6), why FROM shadow_ban_audit WHERE member = 2;
-- What the ban refuses is refused to the statement that set it off, with all that it did.
INSERT INTO verdict(member, stage) VALUES (4, 4), (7, 1), (5, 1);
INSERT INTO verdict(member, stage) VALUES (4, 4), (5, 9);
BEGIN;
INSERT INTO verdict(member, stage) VALUES (4, 4), (NULL, 1), (5, 1);
INSERT OR IGNORE INTO verdict(member, stage) VALUES (6, 1), (NULL, 1);
COMMIT;
SELECT group_concat(member) FROM verdict;
SELECT group_concat(member) FROM shadow_ban;
-- The conflict clause of that statement is that of the INSERT in the trigger, as with all tables: OR IGNORE skips the ban
-- that there is, but not the verdict, OR REPLACE replaces it.
INSERT OR IGNORE INTO verdict(member, stage) VALUES (7, 4), (8, 4);
SELECT member, stage FROM shadow_ban(0) WHERE member > 6;
INSERT OR REPLACE INTO verdict(member, stage) VALUES (7, 4);
SELECT member, stage FROM shadow_ban(0) WHERE member > 6;
-- RAISE after it.
CREATE TRIGGER verdict_never AFTER INSERT ON verdict WHEN new.member = 9 BEGIN
  INSERT INTO shadow_ban(member, reason, now) VALUES (10, 'before RAISE', 0);
  SELECT CASE new.stage WHEN 1 THEN RAISE(ABORT, 'aborted') WHEN 2 THEN RAISE(FAIL, 'failed')
    WHEN 3 THEN RAISE(IGNORE) WHEN 4 THEN RAISE(ROLLBACK, 'rolled back') END;
END;
INSERT INTO verdict(member, stage) VALUES (9, 1);
SELECT count(*) FROM shadow_ban WHERE member IN (9, 10);
-- FAIL and IGNORE keep what was done so far: that is what they are for.
BEGIN;
INSERT INTO verdict(member, stage) VALUES (9, 2);
SELECT reason FROM shadow_ban WHERE member = 10;
ROLLBACK;
BEGIN;
INSERT INTO verdict(member, stage) VALUES (9, 3);
SELECT reason FROM shadow_ban WHERE member = 10;
ROLLBACK;
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (11, 'before ROLLBACK', 0);
INSERT INTO verdict(member, stage) VALUES (9, 4);
SELECT count(*) FROM shadow_ban WHERE member > 8;
ROLLBACK;

-- A view that is written to by triggers.
CREATE TRIGGER status_update INSTEAD OF UPDATE OF stage ON status BEGIN
  UPDATE shadow_ban SET stage = new.stage WHERE member = new.member AND now = (SELECT at FROM clock);
END;
CREATE TRIGGER status_delete INSTEAD OF DELETE ON status BEGIN DELETE FROM shadow_ban WHERE member = old.member; END;
UPDATE status SET stage = 2.25 WHERE member = 8;
SELECT stage FROM status WHERE member = 8;
DELETE FROM status WHERE member IN (1, 3, 8);
SELECT member FROM status;

-- What follows from access that is taken or given back may read the bans, and use other virtual tables,
CREATE TABLE heard(member, ban, sample);
CREATE TRIGGER privilege_heard AFTER UPDATE ON privilege BEGIN
  INSERT INTO heard SELECT new.member, revoked, (SELECT banned FROM shadow_effect(ban.progress)) FROM shadow_ban(1295999) AS ban WHERE member = new.member;
END;
INSERT INTO privilege VALUES (7, privilege_bit('USE'));
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member = 7 AND now = 1295999;
SELECT * FROM heard;
DROP TRIGGER privilege_heard;
INSERT INTO shadow_ban(member, reason, now) VALUES (50, 'x', 0);
-- but write to none of this kind, neither the same nor another: one could follow from the other without end.
CREATE VIRTUAL TABLE other USING shadow_ban;
CREATE TRIGGER privilege_chain AFTER UPDATE ON privilege BEGIN INSERT INTO shadow_ban(member, reason) VALUES (new.member + 1, 'chain'); END;
DELETE FROM shadow_ban WHERE member = 7;
DROP TRIGGER privilege_chain;
CREATE TRIGGER privilege_chain AFTER UPDATE ON privilege BEGIN DELETE FROM shadow_ban; END;
DELETE FROM shadow_ban WHERE member = 7;
DROP TRIGGER privilege_chain;
CREATE TRIGGER privilege_chain AFTER UPDATE ON privilege BEGIN INSERT OR IGNORE INTO other(member, reason) VALUES (7, 'chain'); END;
DELETE FROM shadow_ban WHERE member = 7;
DROP TRIGGER privilege_chain;
CREATE TEMP TRIGGER privilege_chain AFTER UPDATE ON main.privilege BEGIN UPDATE other SET stage = 3; DELETE FROM other; INSERT INTO verdict(member, stage) VALUES (30, 1); END;
DELETE FROM shadow_ban WHERE member = 7;
DROP TRIGGER privilege_chain;
SELECT count(*) FROM other;
SELECT member, revoked FROM shadow_ban(0);
-- By hand one may write to privilege and have bans follow from it, of course.
CREATE TRIGGER privilege_hand AFTER INSERT ON privilege WHEN new.mask >= 0 BEGIN INSERT INTO shadow_ban(member, reason, now) VALUES (new.member, 'has no access', 0); END;
INSERT INTO privilege VALUES (40, 0), (41, privilege_bit('USE'));
DROP TRIGGER privilege_hand;
DELETE FROM shadow_ban WHERE member = 7;
SELECT group_concat(member) FROM shadow_ban;

-- The privileges themselves must be of a table, or of a view of tables: not of a virtual one.
CREATE VIEW banned AS SELECT member, -revoked AS mask FROM shadow_ban;
CREATE VIRTUAL TABLE third USING shadow_ban(privilege = banned);
INSERT INTO third(member, reason, now) VALUES (1, 'x', 0);
