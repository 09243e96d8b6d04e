-- What a community sets in the place of a policy's params.

CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "step", needs = { "drama" }, params = { warn = 0.5, mute = 0.75, step = 2 },
  guards = { { "nothing", function(f) return f.drama == 0 end } },
  signals = { { "heat", function(f, p) return f.drama >= p.mute and 2 * p.step or f.drama >= p.warn and p.step or 0 end } },
  ladder = { { at = 2, action = "warn" }, { at = 4, action = "mute" } },
  tests = { { "t", { drama = 0.5 }, { action = "warn" } }, { "u", { drama = 0.3 }, { action = "warn" }, params = { warn = 0.2 } } },
}', 1), ('return policy { id = "plain", needs = { "drama" }, decide = function() return { action = "note" } end, tests = { { "t", {}, {} } } }', 1);
CREATE TABLE row(drama);
INSERT INTO row VALUES (0.0), (0.3), (0.6), (0.8);
CREATE VIRTUAL TABLE decision USING lua_policy(policy = step, facts = row);
CREATE VIRTUAL TABLE noted USING lua_policy(policy = plain, facts = row);

-- Without a table of settings the params are the script's.
SELECT drama, action, trace FROM decision;
-- A row of a table `setting` is one, from the next statement on; the trace says so, in order of the names.
CREATE TABLE setting(name TEXT PRIMARY KEY, value);
INSERT INTO setting VALUES ('mode', 'observe'), ('step.warn', 0.25), ('stepwarn', 9), ('step', 9), ('ste.warn', 9);
SELECT drama, action, trace FROM decision;
INSERT INTO setting VALUES ('step.mute', 0.5), ('step.step', 3);
SELECT drama, action, points, trace FROM decision;
UPDATE setting SET value = 0.9 WHERE name = 'step.mute';
DELETE FROM setting WHERE name IN ('step.warn', 'step.step');
SELECT drama, action, trace FROM decision;
-- An integer stays one.
UPDATE setting SET name = 'step.step', value = 2 WHERE name = 'step.mute';
SELECT DISTINCT trace, typeof(points) FROM decision WHERE points > 0;
DELETE FROM setting WHERE name = 'step.step';
SELECT DISTINCT trace FROM decision WHERE action = 'none';
-- A policy without params looks for none, whatever there is.
INSERT INTO setting VALUES ('plain.warn', 'much');
SELECT DISTINCT action, trace FROM noted;
-- One that is of no param of this version changes nothing; of another version, it may.
INSERT INTO setting VALUES ('step.spike', 0.1), ('step.note', 'anything');
SELECT group_concat(action), group_concat(DISTINCT trace) FROM decision WHERE drama < 0.4;
INSERT INTO policy(source) SELECT replace(source, 'warn = 0.5', 'spike = 0, warn = 0.5') FROM policy WHERE name = 'step';
CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'step@2', facts = row);
SELECT drama, action, trace FROM candidate WHERE drama = 0.3;
-- So a setting outlives an upgrade.
INSERT INTO setting VALUES ('step.warn', 0.25);
UPDATE policy SET active = 1 WHERE name = 'step' AND version = 2;
SELECT policy, action, trace FROM decision WHERE drama = 0.3;
SELECT policy, action, trace FROM candidate WHERE drama = 0.3;

-- What is no number is an error in words, and only for whom it is about.
UPDATE setting SET value = 'much' WHERE name = 'step.warn';
SELECT action FROM decision;
UPDATE setting SET value = NULL WHERE name = 'step.warn';
SELECT action FROM decision;
UPDATE setting SET value = 9e999 WHERE name = 'step.warn';
SELECT action FROM decision;
UPDATE setting SET value = x'3132' WHERE name = 'step.warn';
SELECT action FROM decision;
UPDATE setting SET value = '0.25' WHERE name = 'step.warn';
SELECT action FROM decision;
SELECT DISTINCT action FROM noted;
UPDATE setting SET value = 0.25 WHERE name = 'step.warn';

-- A statement sees one set: the one from when it was opened.
CREATE TABLE seen(drama, action);
CREATE TRIGGER on_seen AFTER INSERT ON seen BEGIN UPDATE setting SET value = 0.1 + NEW.drama WHERE name = 'step.warn'; END;
INSERT INTO seen SELECT drama, action FROM decision;
SELECT group_concat(action) FROM seen;
SELECT value FROM setting WHERE name = 'step.warn';
SELECT group_concat(action) FROM decision;
SELECT one.action, two.action FROM decision AS one, decision AS two WHERE one.drama = 0.8 AND two.drama = 0.8;
-- What is rolled back was never there.
BEGIN;
UPDATE setting SET value = 0.25 WHERE name = 'step.warn';
SELECT group_concat(action) FROM decision;
ROLLBACK;
SELECT group_concat(action) FROM decision;

-- Only an ordinary table is read: no view, no virtual table, none without the columns. Otherwise there are no settings.
ALTER TABLE setting RENAME TO kept;
SELECT action, trace FROM decision WHERE drama = 0.6;
CREATE VIEW setting AS SELECT 'step.warn' AS name, abs(-9223372036854775807 - 1) AS value;
SELECT action, trace FROM decision WHERE drama = 0.6;
DROP VIEW setting;
CREATE VIRTUAL TABLE setting USING facts('SELECT ''step.warn'' AS name, 5 AS value');
SELECT action, trace FROM decision WHERE drama = 0.6;
DROP TABLE setting;
CREATE TABLE setting(name, value);
SELECT action, trace FROM decision WHERE drama = 0.6;
BEGIN;
DROP TABLE setting;
CREATE VIRTUAL TABLE setting USING facts('SELECT ''step.warn'' AS name, 5 AS value');
COMMIT;
SELECT action, trace FROM decision WHERE drama = 0.6;
DROP TABLE setting;
CREATE TABLE setting(name, value AS (length(name) - 8.5));
INSERT INTO setting VALUES ('step.warn');
SELECT action, trace FROM decision WHERE drama = 0.6;
DROP TABLE setting;
CREATE TABLE setting(name, worth);
SELECT action, trace FROM decision WHERE drama = 0.6;
DROP TABLE setting;
ALTER TABLE kept RENAME TO setting;
SELECT action, trace FROM decision WHERE drama = 0.6;

-- Another table can be named; then it must be there.
CREATE TABLE other(name, value);
INSERT INTO other VALUES ('step.warn', 0.65), ('step.mute', 1);
CREATE VIRTUAL TABLE otherwise USING lua_policy(policy = step, facts = row, settings = 'other');
SELECT drama, action, trace FROM otherwise WHERE drama > 0.5;
DROP TABLE other;
SELECT action FROM otherwise;
CREATE VIEW other AS SELECT * FROM setting;
SELECT action FROM otherwise;
DROP TABLE otherwise;
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = step, facts = row, settings = nothing);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = step, facts = row, settings = setting, settings = setting);

-- A table in main goes by the settings in main; one in temp by those in temp, if there are any.
CREATE TEMP TABLE setting(name, value);
INSERT INTO temp.setting VALUES ('step.warn', 1);
SELECT action, trace FROM decision WHERE drama = 0.6;
SELECT action, trace FROM candidate WHERE drama = 0.6;
DROP TABLE temp.setting;
SELECT action, trace FROM candidate WHERE drama = 0.6;
-- Not by those of another file.
ALTER TABLE setting RENAME TO kept;
ATTACH ':memory:' AS elsewhere;
CREATE TABLE elsewhere.setting(name, value);
INSERT INTO elsewhere.setting VALUES ('step.warn', 1);
SELECT action, trace FROM decision WHERE drama = 0.6;
SELECT action, trace FROM candidate WHERE drama = 0.6;
DETACH elsewhere;
ALTER TABLE kept RENAME TO setting;

-- A state that was thrown away comes back with the settings.
INSERT INTO policy(source, active) VALUES ('return policy { id = "fragile", needs = { "drama" }, params = { end_at = 0.2 },
  decide = function(f, d, p) if f.drama == 0.3 then while true do end end return { action = "none", points = p.end_at } end,
  tests = { { "t", {}, { points = 0.2 } } } }', 1);
CREATE VIRTUAL TABLE fragile USING lua_policy(policy = fragile, facts = row);
INSERT INTO setting VALUES ('fragile.end_at', 7);
SELECT drama, points, error IS NOT NULL, trace FROM fragile;

-- It holds no lock.
VACUUM;
DROP TABLE setting;
SELECT action, trace FROM decision WHERE drama = 0.6;
