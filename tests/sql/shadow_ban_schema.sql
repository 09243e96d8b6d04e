-- shadow_ban as a table among tables: made, renamed, dropped, in other files and under other names, dumped and read in again.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
INSERT INTO privilege VALUES (7, privilege_bit('USE'));

.print - arguments
CREATE VIRTUAL TABLE b USING shadow_ban(privilege);
CREATE VIRTUAL TABLE b USING shadow_ban(privileges = privilege);
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = privilege, privilege = privilege);
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = );
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = 'main.privilege');
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = nobody);
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = sqlite_schema);
SELECT * FROM shadow_ban;
CREATE VIRTUAL TABLE b USING shadow_ban(  privilege  =  "privilege"  );
DROP TABLE b;
CREATE TABLE "may ""do"" it's"(member, mask);
CREATE VIRTUAL TABLE b USING shadow_ban(privilege = "may ""do"" it's");
INSERT INTO b(member, reason, now) VALUES (1, 'x', 0);
DROP TABLE b;
CREATE VIRTUAL TABLE IF NOT EXISTS b USING shadow_ban(privilege = [privilege]);
CREATE VIRTUAL TABLE IF NOT EXISTS b USING shadow_ban(privilege = nobody);
DROP TABLE b;
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
SELECT name, type FROM pragma_table_list WHERE name LIKE 'shadow_ban%' ORDER BY name;
SELECT group_concat(name || ' ' || type || iif(hidden, ' hidden', ''), ', ') FROM pragma_table_xinfo('shadow_ban');
PRAGMA table_info(shadow_ban_state);
PRAGMA table_info(shadow_ban_audit);

.print - a name that is taken
CREATE TABLE taken_audit(x);
CREATE VIRTUAL TABLE taken USING shadow_ban;
BEGIN;
CREATE VIRTUAL TABLE taken USING shadow_ban;
SELECT name FROM sqlite_schema WHERE name LIKE 'taken%';
COMMIT;
ALTER TABLE shadow_ban RENAME TO taken;
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'x', 0);
ALTER TABLE shadow_ban RENAME TO taken;
SELECT member FROM shadow_ban;
SELECT name FROM sqlite_schema WHERE name LIKE 'taken%' OR name LIKE 'shadow_ban%' ORDER BY name;
COMMIT;
SELECT member, stage FROM shadow_ban WHERE member = 7 AND now = 324000;
ALTER TABLE shadow_ban RENAME TO Shadow_Ban;
DROP TABLE taken_audit;

.print - RENAME, to odd names, within transactions and savepoints
ALTER TABLE shadow_ban RENAME TO "an ""odd"" [name]; it's %s";
UPDATE "an ""odd"" [name]; it's %s" SET stage = 2 WHERE member = 7 AND now = 0;
SELECT stage FROM "an ""odd"" [name]; it's %s" WHERE member = 7 AND now = 0;
SELECT action FROM "an ""odd"" [name]; it's %s_audit";
INSERT INTO "an ""odd"" [name]; it's %s"(member, reason, now) VALUES (8, 'x', 'soon');
BEGIN;
ALTER TABLE "an ""odd"" [name]; it's %s" RENAME TO "Äther";
INSERT INTO "Äther"(member, reason, now) VALUES (8, 'x', 0);
SAVEPOINT one;
ALTER TABLE "Äther" RENAME TO shadow_ban;
INSERT INTO shadow_ban(member, reason, now) VALUES (9, 'x', 0);
SELECT group_concat(member) FROM shadow_ban;
ROLLBACK TO one;
SELECT group_concat(member) FROM "Äther";
INSERT INTO "Äther"(member, reason, now) VALUES (10, 'x', 0);
SELECT group_concat(member) FROM "Äther" WHERE member = 10;
RELEASE one;
ROLLBACK;
SELECT group_concat(member) FROM "an ""odd"" [name]; it's %s";
SELECT group_concat(member) FROM "an ""odd"" [name]; it's %s" WHERE member = 7;
ALTER TABLE "an ""odd"" [name]; it's %s" RENAME TO shadow_ban;
SELECT group_concat(member) FROM shadow_ban;
-- Views and triggers follow it.
CREATE TABLE word(member);
CREATE VIEW banned AS SELECT member FROM shadow_ban(0);
CREATE TRIGGER word_ban AFTER INSERT ON word BEGIN INSERT INTO shadow_ban(member, reason, now) VALUES (new.member, 'word', 0); END;
ALTER TABLE shadow_ban RENAME TO ban;
INSERT INTO word VALUES (11);
SELECT * FROM banned;
ALTER TABLE ban RENAME TO shadow_ban;

.print - savepoints around rows
SAVEPOINT one;
INSERT INTO shadow_ban(member, reason, now) VALUES (20, 'x', 0);
SAVEPOINT two;
UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member IN (7, 20) AND now = 0;
DELETE FROM shadow_ban WHERE member = 11;
SELECT member, revoked, (SELECT mask FROM privilege WHERE privilege.member = shadow_ban.member) FROM shadow_ban;
ROLLBACK TO two;
SELECT member, revoked, (SELECT mask FROM privilege WHERE privilege.member = shadow_ban.member) FROM shadow_ban;
ROLLBACK TO one;
SELECT group_concat(member), (SELECT count(*) FROM shadow_ban_audit) FROM shadow_ban;
INSERT INTO shadow_ban(member, reason, now) VALUES (21, 'x', 0);
SAVEPOINT two;
DELETE FROM shadow_ban;
RELEASE two;
SELECT count(*) FROM shadow_ban;
ROLLBACK TO one;
RELEASE one;
SELECT group_concat(member), (SELECT count(*) FROM shadow_ban_audit) FROM shadow_ban;

.print - DROP and CREATE in transactions and savepoints, and right after use
BEGIN;
SELECT count(*) FROM shadow_ban WHERE member = 7;
DROP TABLE shadow_ban;
SELECT name FROM sqlite_schema WHERE name LIKE 'shadow_ban%';
SELECT * FROM shadow_ban;
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
SELECT count(*) FROM shadow_ban WHERE member = 7;
ROLLBACK;
SELECT group_concat(member) FROM shadow_ban;
SELECT group_concat(member) FROM shadow_ban WHERE member = 7;
BEGIN;
SAVEPOINT one;
CREATE VIRTUAL TABLE other USING shadow_ban;
INSERT INTO other(member, reason, now) VALUES (1, 'x', 0);
ROLLBACK TO one;
SELECT * FROM other;
CREATE VIRTUAL TABLE other USING shadow_ban;
INSERT INTO other(member, reason, now) VALUES (2, 'x', 0);
SAVEPOINT two;
DROP TABLE other;
ROLLBACK TO two;
SELECT member FROM other;
SELECT member FROM other WHERE member = 2;
COMMIT;
INSERT INTO other(member, reason, now) VALUES (3, 'x', 0);
SELECT member FROM other WHERE member = 3;
DROP TABLE other;
SELECT name FROM sqlite_schema WHERE name LIKE 'other%';

.print - VACUUM, right after use; VACUUM INTO another file
SELECT member FROM shadow_ban WHERE member = 7;
VACUUM;
SELECT member FROM shadow_ban WHERE member = 7;
INSERT INTO shadow_ban(member, reason, now) VALUES (12, 'x', 0);
VACUUM INTO 'copy.db';
PRAGMA integrity_check;
DELETE FROM shadow_ban WHERE member > 10;

.print - attached: each table knows its own file, whatever that is called
ATTACH 'copy.db' AS copy;
SELECT group_concat(member) FROM copy.shadow_ban;
SELECT group_concat(member) FROM main.shadow_ban;
INSERT INTO copy.shadow_ban(member, reason, now, stage) VALUES (30, 'x', 0, 5), (31, 'x', 0, 1);
UPDATE copy.shadow_ban SET revoked = 1 WHERE member = 30 AND now = 0;
SELECT a.member, b.member FROM main.shadow_ban AS a LEFT JOIN copy.shadow_ban AS b USING (member);
SELECT count(*) FROM main.shadow_ban_audit WHERE member = 30;
SELECT member, mask FROM copy.privilege WHERE member <> 7;
DETACH copy;
ATTACH 'copy.db' AS "the ""other"" one";
SELECT group_concat(member) FROM "the ""other"" one".shadow_ban;
INSERT INTO "the ""other"" one".shadow_ban(member, reason, now) VALUES (32, 'x', 0);
ALTER TABLE "the ""other"" one".shadow_ban RENAME TO far;
SELECT group_concat(member) FROM far WHERE member = 32;
SELECT group_concat(name) FROM "the ""other"" one".sqlite_schema WHERE name LIKE 'far%';
DETACH "the ""other"" one";
SELECT group_concat(member) FROM shadow_ban;

.print - a temporary one, with privileges of its own, before that of the file
CREATE VIRTUAL TABLE temp.shadow_ban USING shadow_ban;
CREATE TABLE temp.privilege(member, mask);
CREATE VIRTUAL TABLE temp.shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (7, 'temporary', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 7 AND now = 0;
SELECT reason, revoked FROM shadow_ban UNION ALL SELECT reason, revoked FROM main.shadow_ban;
SELECT member, mask FROM temp.privilege UNION ALL SELECT member, mask = privilege_bit('USE') FROM main.privilege;
DROP TABLE temp.shadow_ban;
DROP TABLE temp.privilege;
SELECT reason FROM shadow_ban;

.print - with defensive on nobody writes to its state and its audit but the table itself
.output /dev/null
.dbconfig defensive on
.output
UPDATE shadow_ban_state SET base = 0;
INSERT INTO shadow_ban_state(member, id) VALUES (1, 1);
DELETE FROM shadow_ban_audit;
DROP TABLE shadow_ban_audit;
ALTER TABLE shadow_ban_audit RENAME TO audit;
UPDATE shadow_ban SET reason = 'y' WHERE member = 7;
SELECT before, after FROM shadow_ban_audit WHERE action = 'reason';

.print - what SQLite refuses for all virtual tables
INSERT INTO shadow_ban(member, reason) VALUES (7, 'x') ON CONFLICT DO NOTHING;
CREATE TRIGGER ban_trigger AFTER INSERT ON shadow_ban BEGIN SELECT 1; END;
CREATE INDEX ban_index ON shadow_ban(member);
ALTER TABLE shadow_ban ADD COLUMN note;
ALTER TABLE shadow_ban RENAME COLUMN reason TO because;
ALTER TABLE shadow_ban DROP COLUMN reason;
DELETE FROM shadow_ban WHERE member = 7 RETURNING member;
UPDATE shadow_ban SET lifted = 1 WHERE member = 7 RETURNING member;
-- INSERT ... RETURNING gives what was given to it.
INSERT INTO shadow_ban(member, reason, now) VALUES (13, 'x', 0) RETURNING member, reason, stage;
SELECT member FROM shadow_ban;

.print - a second connection; close right after use
.connection 1
.open community.db
.load ./decorum
INSERT INTO shadow_ban(member, reason, now) VALUES (14, 'from there', 0);
SELECT group_concat(member) FROM shadow_ban;
.connection 0
SELECT group_concat(member) FROM shadow_ban;
UPDATE shadow_ban SET stage = 4 WHERE member = 14 AND now = 0;
BEGIN;
INSERT INTO shadow_ban(member, reason, now) VALUES (15, 'not yet', 0);
.connection 1
SELECT member, stage FROM shadow_ban WHERE member > 13 AND now = 0;
UPDATE shadow_ban SET stage = 3 WHERE member = 14 AND now = 0;
.connection 0
ALTER TABLE shadow_ban RENAME TO ban;
COMMIT;
.connection 1
SELECT group_concat(member) FROM ban;
SELECT group_concat(member) FROM ban WHERE member = 15;
ALTER TABLE ban RENAME TO shadow_ban;
.connection 0
.connection close 1
SELECT group_concat(member) FROM shadow_ban WHERE member = 15;
INSERT INTO shadow_ban(member, reason, now) VALUES (16, 'x', 0);
SELECT member FROM shadow_ban WHERE member = 16;
.open community.db
.load ./decorum
SELECT group_concat(member) FROM shadow_ban;

.print - dumped and read in again: the shadow tables are tables, which needs defensive off
.once dump.sql
.dump
.open again.db
.load ./decorum
.output /dev/null
.dbconfig defensive off
.output
.read dump.sql
.open again.db
.load ./decorum
SELECT group_concat(member) FROM shadow_ban;
SELECT group_concat(member) FROM shadow_ban WHERE member = 16;
SELECT count(*) FROM shadow_ban_audit;
INSERT INTO shadow_ban(member, reason, now) VALUES (16, 'x', 0);
INSERT INTO shadow_ban(member, reason, now) VALUES (17, 'x', 0);
PRAGMA integrity_check;
PRAGMA quick_check;

.print - without the extension the file can be read but for that table
.open --readonly again.db
SELECT count(*) FROM shadow_ban;
SELECT group_concat(member) FROM shadow_ban_state;
.load ./decorum
SELECT group_concat(member) FROM shadow_ban;
SELECT group_concat(member) FROM shadow_ban WHERE member = 17;
INSERT INTO shadow_ban(member, reason, now) VALUES (18, 'x', 0);
DELETE FROM shadow_ban WHERE member = 17;
