-- policy_store: the versions of the policies, as a writable table.

CREATE VIRTUAL TABLE policy USING policy_store;
SELECT name, type FROM pragma_table_info('policy');

-- INSERT compiles the source, runs the tests in it and adds a version. Without a name it is the id.
INSERT INTO policy(name, source, created_at) VALUES ('calm', 'return policy {
  id = "calm",
  version_note = "the first",
  needs = { "drama" },
  signals = { { "heat", fact = "drama", bands = { { 0.5, 2 } } } },
  ladder = { { at = 2, action = "warn" } },
  tests = {
    { "calm members are left alone", { drama = 0.49 }, { action = "none" } },
    { "others are warned", { drama = 0.5 }, { action = "warn", points = 2 } },
  },
}', 1700000000);
INSERT INTO policy(source, created_at) VALUES ('return policy {
  id = "calm",
  version_note = "softer",
  needs = {},
  decide = function() return { action = "none" } end,
  tests = { { "nobody is warned", {}, { action = "none" } } },
}', 1700000100.5);
-- A source may be a BLOB, as readfile gives it, and may have no note.
INSERT INTO policy(source, created_at, active) VALUES (CAST('return policy {
  id = "other", needs = {}, decide = function() return { action = "none" } end, tests = { { "no", {}, {} } } }' AS BLOB),
  '1700000200', 1);
SELECT name, version, active, note, created_at, typeof(created_at), typeof(source), length(source), needs FROM policy;

-- At most one version of a name is active. Which one, UPDATE says.
UPDATE policy SET active = 1 WHERE name = 'calm' AND version = 1;
SELECT name, version, active FROM policy;
UPDATE policy SET active = 1 WHERE name = 'calm' AND version = 2;
SELECT name, version, active FROM policy;
UPDATE policy SET active = 1.0 WHERE name = 'calm' AND version = 2;
UPDATE policy SET active = 0 WHERE name = 'calm' AND version = 1;
SELECT name, version, active FROM policy WHERE active;
UPDATE policy SET active = 0;
SELECT count(*) FROM policy WHERE active;
INSERT INTO policy(source, active) SELECT source, 1 FROM policy WHERE name = 'calm' AND version = 1;
SELECT name, version, active, note FROM policy WHERE name = 'calm';
-- Without created_at it is the time of the INSERT.
SELECT created_at > 1700000000, created_at <= (julianday('now') - 2440587.5) * 86400 FROM policy WHERE version = 3;
-- A change of nothing is none.
UPDATE policy SET active = active;
SELECT count(*) FROM policy WHERE active;

-- A version never changes and never goes.
UPDATE policy SET source = 'return 1' WHERE name = 'calm';
UPDATE policy SET note = 'mine' WHERE name = 'calm';
UPDATE policy SET name = 'loud' WHERE name = 'calm';
UPDATE policy SET version = 9, active = 1 WHERE name = 'calm' AND version = 1;
UPDATE policy SET created_at = 0;
UPDATE policy SET active = 2 WHERE version = 1;
UPDATE policy SET active = NULL WHERE version = 1;
UPDATE policy SET active = 'yes' WHERE version = 1;
DELETE FROM policy WHERE name = 'calm';
DELETE FROM policy;
SELECT name, version, active, created_at FROM policy WHERE version < 3;

-- What an INSERT must not say.
INSERT INTO policy(source, version) SELECT source, 7 FROM policy WHERE name = 'calm' AND version = 1;
INSERT INTO policy(source, active) SELECT source, 2 FROM policy WHERE name = 'calm' AND version = 1;
INSERT INTO policy(source, created_at) SELECT source, 'today' FROM policy WHERE name = 'calm' AND version = 1;
-- needs are those of the source.
INSERT INTO policy(source, needs) SELECT source, '["drama"]' FROM policy WHERE name = 'calm' AND version = 1;
UPDATE policy SET needs = '[]' WHERE name = 'calm';
BEGIN;
INSERT INTO policy(source) VALUES ('return policy { id = "odd", needs = { "a\"b", "c\\", "d\te", "é" }, decide = function() return { action = "none" } end,
  tests = { { "nothing", {}, { action = "none" } } } }');
SELECT value, hex(value) FROM policy, json_each(needs) WHERE name = 'odd';
ROLLBACK;
INSERT INTO policy(source, name) SELECT source, 'loud' FROM policy WHERE name = 'calm' AND version = 1;
INSERT INTO policy(source, name) SELECT source, 'Calm' FROM policy WHERE name = 'calm' AND version = 1;
INSERT INTO policy(source) VALUES (NULL);
INSERT INTO policy(source) VALUES (12);
INSERT INTO policy(name) VALUES ('calm');

-- A source that is wrong is refused with its place, and nothing is added. The place is a line of the
-- Lua text, or the path of a key.
INSERT INTO policy(source) VALUES ('');
INSERT INTO policy(source) VALUES ('return 1');
INSERT INTO policy(source) VALUES ('return policy');
INSERT INTO policy(source) VALUES ('return { id = "calm" }');
INSERT INTO policy(source) VALUES ('return policy("calm")');
INSERT INTO policy(source) VALUES ('return policy {
  id = "calm
}');
INSERT INTO policy(name, source) VALUES ('loud', 'local a = 1
return policy { id = a.b.c }');
INSERT INTO policy(source) VALUES ('error("no")');
INSERT INTO policy(source) VALUES ('error({})');
INSERT INTO policy(source) VALUES (x'1B4C7561540019930D0A1A0A');
INSERT INTO policy(source) VALUES ('return policy { id = "calm", ' || char(0) || ' }');
INSERT INTO policy(source) VALUES (printf('%.262145c', ' '));
INSERT INTO policy(source) VALUES ('while true do end');
INSERT INTO policy(source) VALUES ('local t = {} for i = 1, 100 do t[i] = string.rep("x", 1000000) .. i end');
INSERT INTO policy(source) VALUES ('local function f() return 1 + f() end f()');

-- What stands in the description. Each of these adds a key to that of `script`, which lacks only
-- something to decide with.
CREATE TABLE script(head, tail);
INSERT INTO script VALUES
  ('return policy { id = "tried", needs = { "drama", "offences" }, tests = { { "t", {}, {} } }, ', ' }');
INSERT INTO policy(source) SELECT head || '' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = {}' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decides = type' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = "warn"' || tail FROM script;
INSERT INTO policy(source) SELECT head || '5' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'id = "Tried"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'id = 5' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'id = nil' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'version_note = {}' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'mode = "enforced"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = {}, mode = "enforced"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, mode = "enforced"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, mode = "enforce"' || tail FROM script;
-- needs
INSERT INTO policy(source) SELECT head || 'needs = nil' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'needs = "drama"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'needs = { 1 }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'needs = { drama = true }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'needs = { "drama", nil, "rank" }' || tail FROM script;
-- params
INSERT INTO policy(source) SELECT head || 'decide = type, params = 1' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, params = { warn = "0.5" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, params = { warn = 1/0 }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, params = { 0.5 }' || tail FROM script;
-- guards
INSERT INTO policy(source) SELECT head || 'guards = "immune"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { "immune" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { fact = "drama" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", fact = "drama" }, { "rank", fact = "rank" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", "drama" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", facts = "drama" } }' || tail FROM script;
-- signals
INSERT INTO policy(source) SELECT head || 'signals = { heat = 1 }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { "heat" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { type } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", 2 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, 2 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "rank {rank}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {drama:.2x}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {drama:.222f}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "rank", bands = { { 1, 2 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = { 0.5 } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = { { 0.5 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = { { 0.5, -1 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = { { 0.5, 1 }, { 0.5, 2 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, bands = { { 0.5, 1 } } } }' || tail FROM script;
-- ladder
INSERT INTO policy(source) SELECT head || 'ladder = "warn"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { "warn" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { action = "warn" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = "2", action = "warn" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = -1, action = "warn" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 1/0, action = "warn" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 4, action = "warn" }, { at = 2, action = "mute" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "warn" }, { at = 2, action = "mute" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "wran" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", duration = -1 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", duration = "1h" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "warn" }, { at = 4, action = "mute", durations = 60 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", durations = {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", durations = { 60, "2h" } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "warn", reason = 5 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "warn", reason = "rank {rank}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "warn", colour = "red" } }' || tail FROM script;
-- max_climb
INSERT INTO policy(source) SELECT head || 'max_climb = 0' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'max_climb = "one"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'max_climb = 1.5' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, max_climb = 0.5' || tail FROM script;
-- What was probably meant, of keys, facts and actions.
INSERT INTO policy(source) SELECT head || 'gaurds = {}, decide = type' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, aciton = "warn" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", fact = "darma" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {darma}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function(f) return f.darma end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'params = { warn = 1 }, decide = function(f, d, p) return p.wran end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return mintues(5) end' || tail FROM script;
-- Of several unknown keys it is always the same one that is named.
INSERT INTO policy(source) SELECT head || 'zebra = 1, yak = 2, xerus = 3' || tail FROM script;
-- Names are said once.
INSERT INTO policy(source) SELECT head || 'needs = { "drama", "rank", "drama" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", fact = "drama" }, { "calm", type } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type }, { "heat", type } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { "t", {}, {} }, { "t", {}, {} } }' || tail FROM script;
-- Lengths and types
INSERT INTO policy(source) SELECT head || 'version_note = ("x"):rep(1001)' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'version_note = " "' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'id = ("x"):rep(41)' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'id = "1st"' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { ("x"):rep(101), type } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, ("x"):rep(1001) } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'params = { ["warn at"] = 1 }, decide = type' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "calm", type, fact = "drama" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, fact = "drama", bands = { { 1, 2 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", fact = "drama", bands = { { 1, 2, 3 } } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", duration = 1, durations = { 1 } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", duration = 1e12 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", severity = 1/0 } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'ladder = { { at = 2, action = "mute", rule = {} } }' || tail FROM script;
-- Words
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {drama.2f}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {drama" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama } {drama}" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'signals = { { "heat", type, "drama {}" } }' || tail FROM script;
-- cooldown and the words for times
INSERT INTO policy(source) SELECT head || 'guards = { { "lately", cooldown(5, minutes(5)) } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "lately", cooldown("last_warning_at") } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'guards = { { "lately", cooldown("last_warning_at", minutes("five")) } }' || tail FROM script;
-- tests
INSERT INTO policy(source) SELECT head || 'decide = type, tests = nil' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = {}' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { "t" }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { 1, {}, {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { "t" } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { "t", {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { "t", {}, {}, {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = type, tests = { { "t", { rank = 1 }, {} } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() end, tests = { { "t", {}, { actions = "none" } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() end, tests = { { "t", {}, {} }, { "u", {}, { action = "warn" } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function(f, d) d.points = f.drama end, tests = { { "t", { drama = 0.7 }, { points = 0.71 } } }' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() error("no") end' || tail FROM script;
-- A decision that a test comes upon
INSERT INTO policy(source) SELECT head || 'decide = function() return 5 end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return {} end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "wran" } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", duration = 5 } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", duration_s = -5 } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", points = 1/0 } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", rule = {} } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", reason = 5 } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "none", mode = "dry" } end' || tail FROM script;
-- What is done to a member needs a reason.
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "mute" } end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() return { action = "mute", reason = "" } end' || tail FROM script;
-- Facts and parameters are as they are.
INSERT INTO policy(source) SELECT head || 'decide = function(f) return f.rank end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function(f) f.rank = 1 end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'params = { a = 1 }, decide = function(f, d, p) p.a = 2 end' || tail FROM script;
INSERT INTO policy(source) SELECT head || 'decide = function() count = 1 end' || tail FROM script;
SELECT count(*) FROM policy WHERE name = 'tried';

-- needs lists what a policy's functions and words read; what its form reads is added. params are kept with their values.
BEGIN;
INSERT INTO policy(source) VALUES ('
return policy {
  id = "ladder", version_note = "softer on first warnings",
  params = { warn = 0.5, mute = 0.7, spike_warn = 0.6, spike_mute = 0.8 },
  needs  = { "drama", "toxicity", "warned", "offences", "immune", "now" },
  guards = {
    { "immune", fact = "immune" },
    { "cooldown", cooldown("last_warning_at", minutes(5)) },
  },
  signals = {
    { "drama",  fact = "drama", bands = { { 0.5, 2 }, { 0.75, 3 } }, "drama {drama:.2f}" },
    { "repeat", function(f, p) return f.offences end, "{points} recent offences" },
  },
  ladder = {
    { at = 2, action = "warn" },
    { at = 4, action = "mute", durations = { minutes(30), hours(1), hours(2), hours(4) } },
  },
  max_climb = 1,
  decide = function(f, d, p) return d end,
  tests = { { "immune members are left alone", { immune = 1, drama = 1 }, { action = "none" } } },
}'), ('
local lately = cooldown("last_offence_at", "rest_s")
return policy {
  id = "few", needs = {}, params = { third = 1/3, whole = 5, big = 1e300, tenth = 0.1 },
  guards = { { "lately", function(f) return lately(f) end } },
  ladder = { { at = 0, action = "mute", durations = { 60 }, reason = "always" } },
  tests = { { "all are muted", {}, { action = "mute", duration_s = 60 } },
    { "but not soon after another", { now = 100, last_offence_at = 90, rest_s = 10 }, { guard = "lately" } } },
}');
SELECT name, note, needs, params FROM policy WHERE name IN ('ladder', 'few') ORDER BY name DESC;
SELECT key, typeof(value) FROM policy, json_each(params) WHERE name = 'few' AND value IN (1.0 / 3, 0.1, 1e300, 5);
ROLLBACK;
INSERT INTO policy(source, params) SELECT source, '{}' FROM policy WHERE name = 'calm' AND version = 1;
UPDATE policy SET params = '{}' WHERE name = 'calm';
SELECT count(*) FROM policy_version;

-- One INSERT is all or nothing, as ever; what is undone was never there.
BEGIN;
INSERT INTO policy(source) SELECT source FROM policy WHERE name = 'calm' AND version = 1;
SAVEPOINT more;
INSERT INTO policy(source, active) SELECT source, 1 FROM policy WHERE name = 'calm' AND version = 1;
SELECT name, version, active FROM policy WHERE version > 2;
ROLLBACK TO more;
SELECT name, version, active FROM policy WHERE version > 2;
ROLLBACK;
SELECT name, version, active FROM policy WHERE version > 2;
INSERT INTO policy(source) VALUES
  ('return policy { id = "half", needs = {}, decide = function() end, tests = { { "t", {}, {} } } }'), ('return 1');
SELECT count(*) FROM policy WHERE name = 'half';

-- The rowid of the last INSERT is that of the version, or what it was before.
CREATE TABLE log(seq INTEGER PRIMARY KEY);
INSERT INTO policy(source) SELECT source FROM policy WHERE name = 'other';
SELECT last_insert_rowid() = max(rowid) FROM policy;
INSERT INTO log VALUES (42);
UPDATE policy SET active = 1 WHERE name = 'other' AND version = 2;
INSERT INTO policy(source) VALUES ('return 1');
SELECT last_insert_rowid();

-- It holds no lock once it was read, also if it was not read to its end.
SELECT name FROM policy LIMIT 1;
VACUUM;
SELECT one.name, two.name FROM policy AS one, policy AS two WHERE one.version = 2 AND two.version = 3;

-- DIRECTONLY: a schema cannot reach it, somebody's own view can.
CREATE VIEW versions AS SELECT name FROM policy;
SELECT * FROM versions;
DROP VIEW versions;
CREATE TEMP VIEW versions AS SELECT count(*) FROM policy;
SELECT * FROM versions;
DROP VIEW versions;
CREATE TRIGGER on_log AFTER INSERT ON log BEGIN UPDATE policy SET active = 0; END;
INSERT INTO log VALUES (43);
DROP TRIGGER on_log;

-- What is under it is not for writing to.
.dbconfig defensive on
UPDATE policy_version SET source = 'return 1';
DELETE FROM policy_version;
SELECT count(*) FROM policy_version;

-- Another name, and other names in it.
ALTER TABLE policy RENAME TO "my ""policies""";
SELECT name, version FROM "my ""policies""" WHERE version > 2;
SELECT count(*) FROM "my ""policies""_version";
INSERT INTO "my ""policies"""(source) SELECT source FROM "my ""policies""" WHERE name = 'calm' AND version = 1;
UPDATE "my ""policies""" SET active = 1 WHERE version = 4;
SELECT name, version FROM "my ""policies""" WHERE active;
SELECT * FROM policy;
ALTER TABLE "my ""policies""" RENAME TO policy;
-- Not one that is taken, by it or by what is under it.
CREATE TABLE taken_version(x);
ALTER TABLE policy RENAME TO taken;
SELECT count(*) FROM policy;
DROP TABLE taken_version;
CREATE TABLE taken_version(x);
CREATE VIRTUAL TABLE taken USING policy_store;
DROP TABLE taken_version;
CREATE VIRTUAL TABLE wrong USING policy_store(ladder);

-- Several stores, in any schema.
CREATE VIRTUAL TABLE temp.trial USING policy_store;
INSERT INTO trial(source) SELECT source FROM policy WHERE name = 'other' AND version = 1;
SELECT name, version FROM trial;
SELECT count(*) FROM policy WHERE name = 'other';
DROP TABLE trial;
ATTACH ':memory:' AS elsewhere;
CREATE VIRTUAL TABLE elsewhere.policy USING policy_store;
INSERT INTO elsewhere.policy(source) SELECT source FROM main.policy WHERE name = 'other' AND version = 1;
SELECT group_concat(name) FROM elsewhere.policy;
SELECT count(*) FROM elsewhere.policy_version;
ALTER TABLE elsewhere.policy RENAME TO trial;
SELECT name, active FROM trial;
DROP TABLE elsewhere.trial;
SELECT count(*) FROM elsewhere.sqlite_schema;
DETACH elsewhere;
SELECT count(*) FROM policy WHERE name = 'other';

-- .dump keeps everything.
.output dump.sql
.dump
.output
.open restored.db
.load ./decorum
.dbconfig defensive off
.read dump.sql
.open restored.db
.load ./decorum
PRAGMA integrity_check;
SELECT name, version, active, note FROM policy;
INSERT INTO policy(source, active) SELECT source, 1 FROM policy WHERE name = 'calm' AND version = 1;
SELECT name, version, active FROM policy WHERE active;

-- DROP leaves nothing.
DROP TABLE policy;
SELECT name FROM sqlite_schema WHERE name LIKE 'policy%';
-- What is under it cannot be dropped by itself.
CREATE VIRTUAL TABLE policy USING policy_store;
.dbconfig defensive on
DROP TABLE policy_version;
SELECT count(*) FROM policy;
DROP TABLE policy;

-- The extension loaded a second time, under tables that are in use.
.open twice.db
.load ./decorum
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "p", needs = {},
  decide = function() return { action = "note" } end, tests = { { "t", {}, {} } } }', 1);
CREATE TABLE row(x);
INSERT INTO row VALUES (1);
CREATE VIRTUAL TABLE decision USING lua_policy(policy = p, facts = row);
SELECT action FROM decision;
.load ./decorum
SELECT action FROM decision;
INSERT INTO policy(source, active) SELECT replace(source, 'note', 'notify'), 1 FROM policy;
SELECT action, policy FROM decision;
-- Closing it drops the first module before its last table; a table of decisions may be all that is left.
.open twice.db
.load ./decorum
SELECT action FROM decision;
.load ./decorum
SELECT action FROM decision;

-- A file in UTF-16.
.open wide.db
.load ./decorum
PRAGMA encoding = 'UTF-16le';
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy { id = "wide", needs = { "name" },
  decide = function(f) return { action = "note", reason = "für " .. f.name } end, tests = { { "t", { name = "x" }, {} } } }', 1);
CREATE TABLE member(name);
INSERT INTO member VALUES ('Åsa');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = wide, facts = member);
SELECT action, reason, policy FROM decision;
SELECT flag_penalty('SPAM', 1), round(dice('seed', 1), 6);
