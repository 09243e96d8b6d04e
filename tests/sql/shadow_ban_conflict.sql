-- shadow_ban: what an INSERT's conflict clause does. A member who is banned already is a conflict, as a second row of a key is
-- in any table. A refusal is an error whatever the clause says: it undoes the statement, and no more than that.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
INSERT INTO privilege VALUES (1, privilege_bit('GUILD_ADMIN'));
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'first', 0);
-- Who is banned, why, and how much the audit has.
CREATE VIEW standing AS SELECT group_concat(member || ' ' || reason), (SELECT count(*) FROM shadow_ban_audit) FROM shadow_ban;
-- Rows to insert of which the third is in conflict, or refused.
CREATE TABLE conflict(member, why);
INSERT INTO conflict VALUES (11, 'new'), (12, 'new'), (7, 'new'), (13, 'new');
CREATE TABLE refused(member, why);
INSERT INTO refused VALUES (21, 'new'), (22, 'new'), (1, 'new'), (23, 'new');

.print - in autocommit: a conflict
INSERT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
INSERT OR ABORT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
-- FAIL stops there and keeps what was before it; IGNORE leaves it out and goes on; REPLACE lifts it first.
INSERT OR FAIL INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
DELETE FROM shadow_ban WHERE member > 10;
INSERT OR IGNORE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT changes();
SELECT * FROM standing;
DELETE FROM shadow_ban WHERE member > 10;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT changes();
SELECT * FROM standing;
REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'first', 0);
DELETE FROM shadow_ban WHERE member > 10;
SELECT * FROM standing;

.print - in autocommit: a refusal
INSERT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR ABORT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR FAIL INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR IGNORE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
SELECT * FROM standing;

.print - in a transaction: a conflict
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (5, 'before', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
INSERT OR ABORT INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
INSERT OR FAIL INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
INSERT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
INSERT OR ABORT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
INSERT OR FAIL INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
INSERT OR IGNORE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
SELECT * FROM standing;
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) VALUES (7, 'newer', 0);
SELECT * FROM standing;
COMMIT;
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (5, 'before', 0);
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM conflict;
SELECT * FROM standing;
COMMIT;

.print - in a transaction: a refusal, which ends the statement alone, even with OR ROLLBACK
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (5, 'before', 0);
INSERT OR ABORT INTO shadow_ban(member, reason, now) VALUES (1, 'new', 0);
INSERT OR FAIL INTO shadow_ban(member, reason, now) VALUES (1, 'new', 0);
INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (1, 'new', 0);
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (1, 'new', 0);
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) VALUES (1, 'new', 0);
INSERT OR ABORT INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR FAIL INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR IGNORE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR REPLACE INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
INSERT OR ROLLBACK INTO shadow_ban(member, reason, now) SELECT member, why, 0 FROM refused;
SELECT * FROM standing;
COMMIT;
DELETE FROM shadow_ban WHERE member = 5;

.print - two of the same member in one statement
INSERT INTO shadow_ban(member, reason, now) VALUES (31, 'one', 0), (31.0, 'two', 0);
INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (31, 'one', 0), (31.0, 'two', 0);
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (31, 'three', 0), (31.0, 'four', 0);
SELECT * FROM standing;
SELECT action FROM shadow_ban_audit WHERE member = 31;
DELETE FROM shadow_ban WHERE member = 31;

.print - UPDATE: nothing of it is in conflict
UPDATE OR REPLACE shadow_ban SET stage = 9 WHERE member = 7;
UPDATE OR IGNORE shadow_ban SET stage = 9 WHERE member = 7;
UPDATE OR ROLLBACK shadow_ban SET stage = 3 WHERE member = 7 AND now = 0;
SELECT stage FROM shadow_ban WHERE member = 7 AND now = 0;

.print - last_insert_rowid() is the number of the ban, and stays with all that starts none; changes() counts bans
INSERT INTO conflict(rowid, member) VALUES (1000, 0);
INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
SELECT last_insert_rowid(), changes();
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member = 7 AND now = 0;
SELECT last_insert_rowid(), changes();
INSERT INTO shadow_ban(member, reason, now) VALUES (1, 'refused', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'in conflict', 0);
SELECT last_insert_rowid();
INSERT INTO shadow_ban(member, reason, now) VALUES (8, 'new', 0);
SELECT last_insert_rowid() = (SELECT rowid FROM shadow_ban WHERE member = 8), changes();
UPDATE shadow_ban SET reason = 'all' WHERE now = 0;
SELECT last_insert_rowid() = (SELECT rowid FROM shadow_ban WHERE member = 8), changes();
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'new', 0);
SELECT last_insert_rowid() = (SELECT rowid FROM shadow_ban WHERE member = 7), changes();
DELETE FROM shadow_ban;
SELECT changes(), last_insert_rowid() = (SELECT max(ban) FROM shadow_ban_audit);
INSERT INTO shadow_ban(member, reason, now) VALUES (41, 'new', 0), (42, 'new', 0), (43, 'new', 0);
SELECT changes(), last_insert_rowid() = (SELECT rowid FROM shadow_ban WHERE member = 43);
-- A row that the privilege table gets is not counted either.
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member > 41 AND now = 0;
SELECT changes(), last_insert_rowid() = (SELECT rowid FROM shadow_ban WHERE member = 43), (SELECT count(*) FROM privilege);
