-- shadow_ban: what a community puts on its privilege table (a CHECK, a STRICT type, a foreign key, triggers) holds for
-- what shadow_ban writes to it as well. What fails there is an error of the whole statement, never a constraint that a
-- conflict clause could hide, and leaves nothing behind: not in the state, not in the audit, not in the privilege table.
PRAGMA foreign_keys = ON;
CREATE TABLE community(id INTEGER PRIMARY KEY);
CREATE TABLE privilege(member ANY PRIMARY KEY, mask INTEGER NOT NULL CHECK (member <> 3 OR mask < 0),
  community INTEGER DEFAULT 1 REFERENCES community(id)) STRICT;
INSERT INTO privilege(member, mask, community) VALUES (1, privilege_bit('USE'), NULL), (2, privilege_bit('USE'), NULL),
  (3, privilege_bit('USE'), NULL), (4, privilege_bit('USE'), NULL);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (1, 'x', 0, 5), (2, 'x', 0, 5), (3, 'x', 0, 5), (4, 'x', 0, 5), (9, 'x', 0, 5);
-- How it stands: how many bans there are, of which so many took USE, how many members have USE, how much the audit has.
CREATE VIEW standing AS SELECT (SELECT count(*) FROM shadow_ban(0)) AS bans, (SELECT total(revoked) FROM shadow_ban(0)) AS revoked,
  (SELECT count(*) FROM privilege WHERE mask < 0) AS users, (SELECT count(*) FROM shadow_ban_audit) AS audited;
SELECT * FROM standing;

-- A CHECK, on 3: in autocommit, in a transaction, of one row, of many of which the third fails, with each conflict clause.
UPDATE shadow_ban SET revoked = 1 WHERE member = 3 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE now = 0;
UPDATE OR IGNORE shadow_ban SET revoked = 1 WHERE now = 0;
UPDATE OR REPLACE shadow_ban SET revoked = 1 WHERE now = 0;
SELECT * FROM standing;
BEGIN;
UPDATE shadow_ban SET reason = 'y' WHERE member = 1;
UPDATE shadow_ban SET revoked = 1, reason = 'z' WHERE member = 3 AND now = 0;
UPDATE OR FAIL shadow_ban SET revoked = 1, reason = 'z' WHERE member = 3 AND now = 0;
UPDATE OR IGNORE shadow_ban SET revoked = 1, reason = 'z' WHERE member = 3 AND now = 0;
UPDATE OR ROLLBACK shadow_ban SET revoked = 1, reason = 'z' WHERE member = 3 AND now = 0;
UPDATE OR ABORT shadow_ban SET revoked = 1, reason = 'z' WHERE now = 0;
UPDATE OR FAIL shadow_ban SET revoked = 1, reason = 'z' WHERE now = 0;
UPDATE OR IGNORE shadow_ban SET revoked = 1, reason = 'z' WHERE now = 0;
UPDATE OR ROLLBACK shadow_ban SET revoked = 1, reason = 'z' WHERE now = 0;
SELECT group_concat(reason) FROM shadow_ban(0);
SELECT * FROM standing;
-- The transaction is still open, with what was done in it before.
COMMIT;
SELECT * FROM standing;

-- A type that is not allowed (a mask cannot be of one, so by a trigger), and a foreign key: 9 has no row and would get one.
UPDATE shadow_ban SET revoked = 1 WHERE member = 9 AND now = 0;
CREATE TRIGGER hurt AFTER UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN UPDATE privilege SET community = 'one' WHERE member = 2; END;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
BEGIN;
UPDATE shadow_ban SET revoked = 1 WHERE member = 9 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member IN (1, 9) AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member IN (1, 2) AND now = 0;
COMMIT;
DROP TRIGGER hurt;
SELECT * FROM standing;

-- RAISE in a trigger: ABORT and FAIL are the same,
CREATE TRIGGER hurt AFTER UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN SELECT RAISE(ABORT, 'not this one'); END;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
BEGIN;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
COMMIT;
DROP TRIGGER hurt;
CREATE TRIGGER hurt AFTER UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN SELECT RAISE(FAIL, 'nor this one'); END;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
BEGIN;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
COMMIT;
DROP TRIGGER hurt;
SELECT * FROM standing;
-- ROLLBACK ends the transaction with all that was done in it,
CREATE TRIGGER hurt AFTER UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN SELECT RAISE(ROLLBACK, 'all is undone'); END;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
BEGIN;
UPDATE shadow_ban SET reason = 'undone' WHERE member = 1;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
COMMIT;
DROP TRIGGER hurt;
SELECT count(*) FROM shadow_ban WHERE reason = 'undone';
SELECT * FROM standing;
-- and IGNORE, by which nothing would be written and nothing be said, is noticed.
CREATE TRIGGER hurt BEFORE UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN SELECT RAISE(IGNORE); END;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
BEGIN;
UPDATE shadow_ban SET revoked = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET revoked = 1 WHERE member < 3 AND now = 0;
COMMIT;
DROP TRIGGER hurt;
SELECT * FROM standing;

-- Lifting: 1, 2 and 4 have lost USE, and 2 would not get it back.
UPDATE shadow_ban SET revoked = 1 WHERE member IN (1, 2, 4) AND now = 0;
SELECT * FROM standing;
CREATE TRIGGER hurt AFTER UPDATE OF mask ON privilege WHEN new.member = 2 BEGIN SELECT RAISE(FAIL, 'never again'); END;
DELETE FROM shadow_ban WHERE member = 2;
DELETE FROM shadow_ban;
UPDATE shadow_ban SET lifted = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET lifted = 1 WHERE now = 0;
UPDATE shadow_ban SET stage = 2 WHERE member = 2 AND now = 0;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (2, 'x', 0);
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (5, 'x', 0), (1, 'x', 0), (2, 'x', 0);
SELECT * FROM standing;
BEGIN;
DELETE FROM shadow_ban WHERE member = 2;
DELETE FROM shadow_ban;
UPDATE shadow_ban SET lifted = 1 WHERE member = 2 AND now = 0;
UPDATE shadow_ban SET lifted = 1 WHERE now = 0;
UPDATE shadow_ban SET stage = 2 WHERE member = 2 AND now = 0;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (2, 'x', 0);
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (5, 'x', 0), (1, 'x', 0), (2, 'x', 0);
SELECT * FROM standing;
-- What goes well in the same transaction stays: four bans are lifted, and two get USE back.
DELETE FROM shadow_ban WHERE member <> 2;
COMMIT;
SELECT * FROM standing;
DROP TRIGGER hurt;
DELETE FROM shadow_ban;
SELECT * FROM standing;

-- What is put off to the end of the transaction fails there, as it would for any table.
CREATE TABLE later(member INTEGER PRIMARY KEY, mask, community DEFAULT 1 REFERENCES community(id) DEFERRABLE INITIALLY DEFERRED);
CREATE VIRTUAL TABLE ban USING shadow_ban(privilege = later);
INSERT INTO ban(member, reason, now, stage) VALUES (1, 'x', 0, 5);
UPDATE ban SET revoked = 1 WHERE member = 1 AND now = 0;
SELECT revoked, (SELECT count(*) FROM later), (SELECT count(*) FROM ban_audit) FROM ban;
BEGIN;
UPDATE ban SET revoked = 1 WHERE member = 1 AND now = 0;
COMMIT;
INSERT INTO community VALUES (1);
COMMIT;
SELECT revoked, (SELECT count(*) FROM later), (SELECT count(*) FROM ban_audit) FROM ban;
