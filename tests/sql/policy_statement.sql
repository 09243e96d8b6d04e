-- One statement sees one version of a policy, the next one the one that is active then; and no decision is made of
-- decisions.

.dbconfig defensive off
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = { "name" },
  decide = function(f) return { action = "note", reason = f.name } end, tests = { { "t", { name = "x" }, {} } } }', 1);
INSERT INTO policy(source) SELECT source FROM policy;
CREATE TABLE member(id INTEGER PRIMARY KEY, name, seen);
INSERT INTO member(name) VALUES ('ada'), ('bob'), ('eve');
CREATE VIRTUAL TABLE facts_of USING facts('SELECT name FROM member WHERE id = :member');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = p, facts = facts_of);
CREATE VIRTUAL TABLE temp.mine USING lua_policy(policy = p, facts = facts_of);
CREATE VIRTUAL TABLE temp.first USING lua_policy(policy = 'p@1', facts = facts_of);

-- A trigger that changes what is active, while the statement that set it off goes on.
CREATE TRIGGER on_seen AFTER UPDATE OF seen ON member BEGIN UPDATE policy_version SET active = (version = 2); END;
UPDATE member SET seen = (SELECT policy FROM decision(member.id));
SELECT group_concat(seen) FROM member;
SELECT policy FROM decision(1);
UPDATE policy SET active = 1 WHERE version = 1;
UPDATE member SET seen = (SELECT one.policy || two.policy || three.policy FROM mine(member.id) AS one, mine(4 - member.id) AS two, first(1) AS three);
SELECT group_concat(seen) FROM member;
UPDATE policy SET active = 1 WHERE version = 1;
UPDATE member SET seen = d.policy FROM (SELECT id AS about FROM member) JOIN decision(about) AS d WHERE id = about;
SELECT group_concat(seen) FROM member;
DROP TRIGGER on_seen;

-- Another connection changes what is active, changes it back, adds a version.
UPDATE policy SET active = 1 WHERE version = 1;
SELECT policy FROM decision(1);
.connection 1
.open community.db
.load ./decorum
SELECT policy FROM decision(1);
UPDATE policy SET active = 1 WHERE version = 2;
SELECT policy FROM decision(1);
.connection 0
SELECT policy FROM decision(1);
SELECT policy FROM mine(1);
SELECT policy FROM first(1);
BEGIN;
SELECT policy FROM decision(1);
.connection 1
INSERT INTO policy(source, active) SELECT source, 1 FROM policy WHERE version = 1;
.connection 0
SELECT policy FROM decision(1);
COMMIT;
.connection 1
INSERT INTO policy(source, active) SELECT source, 1 FROM policy WHERE version = 1;
.connection 0
SELECT policy FROM decision(1);
-- It also changes the facts, and drops them.
.connection 1
UPDATE member SET name = 'ida' WHERE id = 1;
.connection 0
SELECT reason FROM decision(1);
.connection 1
DROP TABLE facts_of;
CREATE VIRTUAL TABLE facts_of USING facts('SELECT upper(name) AS name FROM member WHERE id = :member');
.connection 0
SELECT reason FROM decision(1);
.connection 1
DROP TABLE facts_of;
CREATE VIRTUAL TABLE facts_of USING facts('SELECT writefile(''harm'', name) AS name FROM member WHERE id = :member');
CREATE VIEW over AS SELECT id, lower(name) AS name FROM member;
CREATE VIRTUAL TABLE facts_of USING facts('SELECT name FROM over WHERE id = :member');
.connection 0
SELECT reason FROM decision(1);
.connection 1
DROP VIEW over;
CREATE VIEW over AS SELECT id, writefile('harm', name) AS name FROM member;
.connection 0
SELECT reason FROM decision(1);
SELECT reason FROM decision(7);
.connection 1
DROP VIEW over;
CREATE VIEW over AS SELECT id, name FROM member;
.connection 0
.connection close 1
SELECT reason FROM decision(1);

-- Decisions of decisions: through a view, two that name each other, one that comes to name itself, in main and in temp.
CREATE TEMP VIEW decided AS SELECT reason AS name FROM decision(1);
CREATE VIRTUAL TABLE temp.again USING lua_policy(policy = p, facts = decided);
SELECT reason FROM again;
SELECT reason FROM decision(1);
CREATE TEMP VIEW decided_view AS SELECT name FROM decided;
CREATE VIRTUAL TABLE temp.again_view USING lua_policy(policy = p, facts = decided_view);
SELECT reason FROM again_view;
CREATE VIEW main_decided AS SELECT reason AS name FROM decision;
CREATE VIRTUAL TABLE again_main USING lua_policy(policy = p, facts = main_decided);
DROP VIEW main_decided;
CREATE VIRTUAL TABLE direct USING lua_policy(policy = p, facts = decision);
CREATE VIEW source AS SELECT name FROM member;
CREATE VIRTUAL TABLE one USING lua_policy(policy = p, facts = source);
SELECT count(*) FROM one;
DROP VIEW source;
CREATE VIRTUAL TABLE source USING lua_policy(policy = p, facts = one);
CREATE TEMP VIEW source AS SELECT name FROM main.member;
CREATE VIRTUAL TABLE temp.two USING lua_policy(policy = p, facts = source);
SELECT count(*) FROM two;
DROP VIEW temp.source;
CREATE TEMP VIEW source AS SELECT reason AS name FROM two;
SELECT reason FROM two;
DROP VIEW temp.source;
CREATE VIRTUAL TABLE temp.source USING facts('SELECT reason AS name FROM two');
SELECT reason FROM two;
SELECT reason FROM decision(1);

-- CREATE is undone like anything else.
BEGIN;
SAVEPOINT before;
CREATE VIRTUAL TABLE undone USING lua_policy(policy = p, facts = facts_of);
SELECT reason FROM undone(1);
ROLLBACK TO before;
SELECT reason FROM undone(1);
ROLLBACK;
SELECT reason FROM decision(1);
SELECT count(*) FROM fsdir('.') WHERE name LIKE '%harm%';
