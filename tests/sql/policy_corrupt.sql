-- What is under a policy_store may hold anything, in a file that somebody else made.

.dbconfig defensive off
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, created_at, active) VALUES ('return policy { id = "p", needs = { "name" },
  decide = function(f) return { action = "note", reason = f.name } end, tests = { { "t", { name = "x" }, {} } } }', 0, 1);
CREATE TABLE member(name);
INSERT INTO member VALUES ('ada');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = p, facts = member);
CREATE VIRTUAL TABLE first USING lua_policy(policy = 'p@1', facts = member);
SELECT reason, policy FROM decision;
CREATE TABLE script AS SELECT source FROM policy;

-- A table of its own making, without types, with a row of every kind.
DROP TABLE policy_version;
CREATE TABLE policy_version(id, name, version, active, note, created_at, source, needs, params, UNIQUE(name, version));
SELECT count(*) FROM policy;
SELECT reason FROM decision;
INSERT INTO policy_version(id, name, version, active, source) VALUES (1, 'p', 'x', 7, (SELECT source FROM script));
SELECT reason, policy FROM decision;
SELECT reason FROM first;
UPDATE policy_version SET version = -9223372036854775808;
SELECT reason, policy FROM decision;
UPDATE policy_version SET version = 1e300, active = '1 and more', note = x'00', created_at = 'never', needs = '[';
SELECT reason, policy FROM decision;
SELECT rowid, name, version, active, hex(note), created_at, needs FROM policy;
UPDATE policy_version SET active = 'no';
SELECT reason FROM decision;
UPDATE policy_version SET active = NULL, version = 1;
SELECT reason FROM decision;
SELECT reason, policy FROM first;
UPDATE policy_version SET name = 'p' || char(0) || 'q';
SELECT reason FROM first;
SELECT hex(name) FROM policy;
UPDATE policy_version SET name = 'p', id = 'none';
SELECT rowid FROM policy;
UPDATE policy SET active = 1;
SELECT active FROM policy;
UPDATE policy_version SET id = 1, active = 1;
-- Sources that are none.
UPDATE policy_version SET source = NULL;
SELECT reason FROM decision;
UPDATE policy_version SET source = (SELECT CAST(source AS BLOB) FROM script);
SELECT reason FROM decision;
SELECT typeof(source) FROM policy;
UPDATE policy_version SET source = 12;
SELECT reason FROM decision;
UPDATE policy_version SET source = '';
SELECT reason FROM decision;
UPDATE policy_version SET source = 'not Lua';
SELECT reason FROM decision;
UPDATE policy_version SET source = CAST(x'1B4C7561540019930D0A1A0A' AS TEXT);
SELECT reason FROM decision;
UPDATE policy_version SET source = CAST(x'FFFE00' AS TEXT);
SELECT reason FROM decision;
UPDATE policy_version SET source = printf('%.10000000c', 'x');
SELECT reason FROM decision;
SELECT length(source) FROM policy;
UPDATE policy_version SET source = 'while true do end';
SELECT reason FROM decision;
UPDATE policy_version SET source = (SELECT replace(source, 'reason = f.name', 'reason = nil') FROM script);
SELECT action, error FROM decision;
UPDATE policy_version SET source = (SELECT source FROM script);
SELECT reason FROM decision;
-- One whose tests, which nobody runs, are its guards: what these share is looked at all the same.
UPDATE policy_version SET source = 'local n = 0
local both = { { "odd", function(f) n = n + 1 return n % 2 == 1 end } }
return policy { id = "p", needs = { "name" }, guards = both, tests = both, decide = function(f, d) return d end }';
INSERT INTO member VALUES ('bea');
SELECT name, trace, error FROM decision;
DELETE FROM member WHERE name = 'bea';
UPDATE policy_version SET source = (SELECT source FROM script);
-- Several versions are active, or have one number.
INSERT INTO policy_version(id, name, version, active, source) SELECT 2, 'p', 2, 1, source FROM script;
SELECT reason FROM decision;
SELECT reason FROM first;
UPDATE policy SET active = 1 WHERE version = 2;
SELECT reason, policy FROM decision;
UPDATE policy_version SET version = NULL;
SELECT reason, policy FROM decision;
SELECT name, version, active FROM policy;
-- The next version of one that cannot be counted on.
UPDATE policy_version SET version = 9223372036854775807 WHERE id = 1;
INSERT INTO policy(source) SELECT source FROM script;
SELECT name, typeof(version), version = 9223372036854775807, version = 9223372036854775808.0 FROM policy WHERE source IS NOT NULL;
DROP TABLE policy_version;
CREATE TABLE policy_version(id, name, version, active, note, created_at, source, needs, params, extra CHECK (extra), UNIQUE(name, source));
INSERT INTO policy_version(id, name, version, active, source) SELECT NULL, 'p', 1, 1, source FROM script;
INSERT INTO policy_version(id, name, version, active, source) SELECT 2, 'p', 1, 0, source || ' ' FROM script;
SELECT rowid, name, version, active FROM policy;
SELECT reason, policy FROM decision;
SELECT reason FROM first;
INSERT INTO policy(source) SELECT source FROM script;
DROP TABLE policy_version;
CREATE TABLE policy_version(id INTEGER PRIMARY KEY, name, version, active CHECK (active = 0), note, created_at, source, needs, params, UNIQUE(name, version));
INSERT INTO policy_version(name, version, active, source) SELECT 'p', 1, 0, source FROM script;
UPDATE policy SET active = 1;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
SELECT version, active FROM policy;
DROP TABLE policy_version;

-- Not a table that can be it, or none.
SELECT * FROM policy;
SELECT reason FROM decision;
SELECT reason FROM first;
INSERT INTO policy(source) SELECT source FROM script;
CREATE TABLE policy_version(id INTEGER PRIMARY KEY, name, version, active, UNIQUE(name, version));
SELECT * FROM policy;
SELECT reason FROM decision;
INSERT INTO policy(source) SELECT source FROM script;
DROP TABLE policy_version;
CREATE TABLE policy_version(id INTEGER PRIMARY KEY, name, version, active, note, created_at, source, needs, params);
SELECT * FROM policy;
SELECT reason FROM decision;
DROP TABLE policy_version;
-- A view or a virtual table is not read, or written to.
CREATE VIEW policy_version AS SELECT 1 AS id, 'p' AS name, 1 AS version, 1 AS active, upper('a') AS note, 0 AS created_at, source, '[]' AS needs, '{}' AS params, 1 AS rowid FROM script;
CREATE TABLE log(what);
CREATE TRIGGER on_insert INSTEAD OF INSERT ON policy_version BEGIN INSERT INTO log VALUES ('insert'); END;
CREATE TRIGGER on_update INSTEAD OF UPDATE ON policy_version BEGIN INSERT INTO log VALUES ('update'); END;
SELECT * FROM policy;
SELECT reason FROM decision;
SELECT reason FROM first;
INSERT INTO policy(source) SELECT source FROM script;
UPDATE policy SET active = 1;
ALTER TABLE policy RENAME TO other;
DROP TABLE policy;
DROP VIEW policy_version;
CREATE VIRTUAL TABLE policy_version USING fts5(id, name, version, active, note, created_at, source, needs, params);
SELECT * FROM policy;
SELECT reason FROM decision;
INSERT INTO policy(source) SELECT source FROM script;
DROP TABLE policy_version;
CREATE VIRTUAL TABLE policy_version USING policy_store;
SELECT * FROM policy;
INSERT INTO policy(source) SELECT source FROM script;
DROP TABLE policy_version;
-- Triggers.
CREATE TABLE policy_version(id INTEGER PRIMARY KEY, name, version, active, note, created_at, source, needs, params, UNIQUE(name, version));
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
CREATE TRIGGER on_insert AFTER INSERT ON policy_version BEGIN INSERT INTO log VALUES ('insert'); END;
INSERT INTO policy(source) SELECT source FROM script;
UPDATE policy SET active = 0;
SELECT version, active FROM policy;
SELECT reason FROM decision;
DROP TRIGGER on_insert;
SELECT count(*) FROM log;
INSERT INTO policy(source) SELECT source FROM script;
SELECT version, active FROM policy;

-- It opens, and can be put in order.
DROP TABLE policy_version;
.open community.db
.load ./decorum
SELECT * FROM policy;
SELECT reason FROM decision;
DROP TABLE policy;
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
SELECT reason FROM decision;
.open community.db
.load ./decorum
SELECT reason FROM decision;
PRAGMA integrity_check;
