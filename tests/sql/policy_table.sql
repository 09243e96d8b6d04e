-- lua_policy: a policy's decisions as a table.

CREATE TABLE member(id INTEGER PRIMARY KEY, name, drama, offences, immune, last_action);
INSERT INTO member VALUES (1, 'ada', 0.1, 0, 0, NULL), (2, 'bob', 0.6, 0, 0, NULL), (3, 'cyd', 0.9, 0, 0, 'warn'),
  (4, 'dan', 0.9, 2, 0, 'mute'), (5, 'eve', 0.9, 9, 1, NULL), (6, 'fay', NULL, NULL, NULL, NULL);
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source) VALUES ('return policy {
  id = "step",
  version_note = "a warning, then mutes",
  params = { severe = 0.8 },
  needs = { "drama", "offences", "immune", "last_action" },
  guards = { { "immune", fact = "immune" } },
  signals = {
    { "heat", fact = "drama", bands = { { 0.5, 2 }, { 0.75, 3 } }, "drama {drama:.2f}" },
    { "severe", function(f, p) return f.drama and f.drama >= p.severe and 1.5 end, "{points} for severe" },
  },
  ladder = {
    { at = 2, action = "warn" },
    { at = 4, action = "mute", durations = { minutes(30), hours(1) }, severity = "high", rule = 3 },
    { at = 9, action = "ban", reason = "{points} points" },
  },
  max_climb = 1,
  tests = {
    { "calm members are left alone", { drama = 0.1 }, { action = "none", points = 0 } },
    { "heat is a warning", { drama = 0.6 }, { action = "warn" } },
    { "no mute without a warning before", { drama = 0.9 }, { action = "warn", points = 4.5 } },
    { "a mute after it", { drama = 0.9, last_action = "warn" }, { action = "mute", duration_s = 1800 } },
  },
}');
CREATE VIRTUAL TABLE member_facts USING facts(
  'SELECT name, drama, offences, immune, last_action FROM member WHERE id = :member AND :now >= 0');
CREATE VIRTUAL TABLE escalation USING lua_policy(policy = 'step', facts = member_facts);

-- Its columns: the decision, the facts, and hidden the parameters of the facts.
SELECT group_concat(name || iif(hidden, ' (hidden)', ''), ' ') FROM pragma_table_xinfo('escalation');

-- Without an active version it cannot decide; once there is one the next statement sees it.
SELECT action FROM escalation(1, 1000);
UPDATE policy SET active = 1 WHERE name = 'step' AND version = 1;
SELECT name, action, duration_s, severity, points, rule, reason, review, mode, error, policy FROM escalation(1, 1000);
SELECT name, action, duration_s, severity, points, rule, reason, review, mode, error, policy FROM escalation(3, 1000);
SELECT json(trace) FROM escalation(3, 1000);

-- For everybody: by bands, with durations by offences, one rung at a time, the immune left alone.
SELECT member.name, action, duration_s, points, reason, trace
  FROM member, escalation(member.id, 1000) AS decision ORDER BY member.id;
SELECT member.id, action FROM member LEFT JOIN escalation AS decision
  ON decision.member = member.id + 3 AND decision.now = 1000 ORDER BY 1;
SELECT member, now, action FROM escalation WHERE member IN (1, 2, 3) AND now = 1000 ORDER BY 1;
SELECT member, action FROM escalation WHERE (member = 1 OR member = 2) AND now = 1000 ORDER BY 1;
SELECT member, action FROM escalation WHERE (member = 1 AND now = 1000) OR (member = 2 AND now = 1000) ORDER BY 1;
SELECT (SELECT action FROM escalation(id, 1000)) FROM member;
SELECT action FROM escalation(3, 1000) WHERE action = 'ban';
SELECT count(*) FROM escalation(99, 1000);

-- A parameter that is missing is an error in words; one that is NULL is NULL.
SELECT action FROM escalation;
SELECT action FROM escalation(1);
SELECT action FROM escalation WHERE now = 1000;
SELECT action FROM escalation WHERE member < 3 AND now = 1000;
SELECT count(*) FROM escalation(NULL, 1000);
SELECT count(*) FROM escalation(1, NULL);
SELECT action FROM escalation(1, 2, 3);

-- A version that is named stays; the active one changes from statement to statement.
INSERT INTO policy(source, active) VALUES ('return policy { id = "step", needs = { "name", "now" },
  decide = function(f) return { action = "notify", points = f.now, reason = "it is " .. f.name, review = true, mode = "observe" } end,
  tests = { { "always", { name = "ada" }, { action = "notify", review = 1 } } } }', 1);
CREATE VIRTUAL TABLE temp.first USING lua_policy(policy = 'step@1', facts = member_facts);
SELECT action, points, reason, review, mode, trace, policy FROM escalation(2, 1000);
SELECT action, points, reason, review, mode, policy FROM first(2, 1000);
-- An open-loop comparison of the two.
SELECT old.policy, old.action, new.policy, new.action, count(*)
  FROM member, first(member.id, 1000) AS old, escalation(member.id, 1000) AS new GROUP BY 1, 2, 3, 4;
SELECT one.action, two.action FROM first(2, 1000) AS one, first(3, 1000) AS two;
UPDATE policy SET active = 1 WHERE name = 'step' AND version = 1;
SELECT action, policy FROM escalation(2, 1000);
UPDATE policy SET active = 0;
SELECT action, policy FROM escalation(2, 1000);
SELECT action, policy FROM first(2, 1000);
UPDATE policy SET active = 1 WHERE name = 'step' AND version = 2;

-- A version that is rolled back is gone, and another one may take its number.
BEGIN;
INSERT INTO policy(source, active) VALUES ('return policy { id = "step", needs = {},
  decide = function() return { action = "note" } end, tests = { { "t", {}, {} } } }', 1);
SELECT action, policy FROM escalation(2, 1000);
ROLLBACK;
SELECT action, policy FROM escalation(2, 1000);
BEGIN;
INSERT INTO policy(source, active) VALUES ('return policy { id = "step", needs = {},
  decide = function() return { action = "note" } end, tests = { { "t", {}, {} } } }', 1);
SELECT action, policy FROM escalation(2, 1000);
ROLLBACK;
INSERT INTO policy(source, active) VALUES ('return policy { id = "step", needs = {},
  decide = function() return { action = "flag" } end, tests = { { "t", {}, {} } } }', 1);
SELECT action, policy FROM escalation(2, 1000);
UPDATE policy SET active = 1 WHERE version = 1;

-- How it is made, and how not.
CREATE VIRTUAL TABLE wrong USING lua_policy;
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step');
CREATE VIRTUAL TABLE wrong USING lua_policy(facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy('step', member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = member_facts, mode = 'observe');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', policy = 'step', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step@0', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step@last', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step@', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step@9', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'stop@1', facts = member_facts);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = nothing);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = member_facts, store = policies);
-- What a policy needs must be among the facts, or be a parameter of them.
CREATE VIRTUAL TABLE poor USING facts('SELECT 0.5 AS drama, 0 AS offences');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = poor);
CREATE VIRTUAL TABLE clash USING facts('SELECT 0.5 AS drama, 0 AS offences, 0 AS immune, NULL AS last_action, 1 AS Reason');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = clash);
CREATE VIRTUAL TABLE clash_too USING facts('SELECT 0.5 AS drama WHERE :error');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'step', facts = clash_too);
SELECT count(*) FROM sqlite_schema WHERE name = 'wrong';
-- The facts need not be a facts table.
CREATE VIRTUAL TABLE from_table USING lua_policy( POLICY = "step@1" , facts=[member], store = 'policy');
SELECT name, action FROM from_table WHERE id = 2;
CREATE VIEW quiet AS SELECT name, 0 AS drama, 0 AS offences, 0 AS immune, NULL AS last_action FROM member;
CREATE VIRTUAL TABLE from_view USING lua_policy(policy = 'step@1', facts = quiet);
SELECT count(*), sum(action = 'none') FROM from_view;

-- A policy that fails is a row that says so. The next row is decided as if nothing had been.
CREATE TABLE event(id INTEGER PRIMARY KEY, what, value);
INSERT INTO event(what) VALUES ('none'), ('error'), ('none'), ('loop'), ('none'), ('memory'), ('none'), ('depth'),
  ('no reason'), ('nil'), ('table'), ('none'), ('no such action'), ('write'), ('points'), ('catch'), ('none');
INSERT INTO policy(source, active) VALUES ('
local calls = 0
local function depth(n) return 1 + depth(n + 1) end
return policy {
  id = "fragile",
  needs = { "what" },
  decide = function(f)
    if f.what == "error" then error("something is wrong")
    elseif f.what == "loop" then while true do end
    elseif f.what == "memory" then local t = {} for i = 1, 100 do t[i] = string.rep("x", 1000000) .. i end
    elseif f.what == "depth" then depth(1)
    elseif f.what == "no reason" then return { action = "mute" }
    elseif f.what == "nil" then return f.what.x.y
    elseif f.what == "table" then error({})
    elseif f.what == "no such action" then return { action = "hug" }
    elseif f.what == "write" then calls = calls + 1 counter = calls
    elseif f.what == "points" then return { action = "none", points = 1/0 }
    elseif f.what == "catch" then _ENV["p" .. "call"](error)
    end
  end,
  tests = { { "t", { what = "none" }, { action = "none" } } },
}', 1);
CREATE VIRTUAL TABLE fragile USING lua_policy(policy = fragile, facts = event);
SELECT what, action, policy, trace, substr(replace(replace(error, 'decorum:', 'fragile.lua:'), 'fragile.lua: ', ''), 1, 80) FROM fragile
  WHERE what NOT IN ('loop', 'memory', 'depth');
SELECT what, action, error LIKE 'fragile.lua:%more than 1000000 instructions', error LIKE 'fragile.lua:%more than 16 MiB of memory',
       error LIKE 'fragile.lua:3: calls are nested too deep'
  FROM fragile WHERE what IN ('none', 'loop', 'memory', 'depth');
-- Others in the same statement do not suffer either, though they share the state that was thrown away.
SELECT fragile.what, fragile.action, first.action FROM fragile, first(2, 1000) WHERE fragile.id BETWEEN 3 AND 7;

-- The instructions are counted anew for each decision, and for each test; what a policy hoarded until
-- there was no room left is gone afterwards.
INSERT INTO policy(source, active) VALUES ('
return policy {
  id = "busy",
  needs = { "what" },
  decide = function(f)
    local hoard = {}
    for i = 1, 400000 do local twice = i + i end
    for i = 1, f.what == "memory" and 100 or 2 do hoard[i] = string.rep("x", 1000000) .. i end
    return { action = "note" }
  end,
  tests = { { "once", {}, { action = "note" } }, { "and again", {}, { action = "note" } } },
}', 1);
CREATE VIRTUAL TABLE busy USING lua_policy(policy = busy, facts = event);
SELECT what = 'memory', action, count(*) FROM busy GROUP BY 1, 2;

-- Values go in and come out as they are: all 64 bits, zero bytes, NULL as nil; a BLOB becomes text.
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "mirror",
  needs = { "what", "value" },
  decide = function(f)
    return { action = "none", severity = math.type(f.value) or type(f.value), points = type(f.value) == "number" and f.value or nil,
      rule = type(f.value) ~= "boolean" and f.value or nil, reason = f.what }
  end,
  tests = { { "t", { value = 5 }, { severity = "integer" } } },
}', 1);
CREATE VIRTUAL TABLE mirror USING lua_policy(policy = 'mirror', facts = event);
DELETE FROM event;
INSERT INTO event(value) VALUES (NULL), (0), (-1), (9223372036854775807), (-9223372036854775808), (1.0), (0.5), (1e300), ('1'), (''),
  ('ö'), ('a' || char(0) || 'b'), (x'00FF'), (x'');
SELECT severity, typeof(points), points, typeof(rule), iif(typeof(rule) = 'text', hex(rule), rule), typeof(reason) FROM mirror;
UPDATE event SET what = 'a' || char(0) || 'b' WHERE id < 3;
SELECT length(reason), hex(reason), hex(what) FROM mirror WHERE id < 3;
-- Long texts too.
UPDATE event SET what = printf('%.100000c', 'x') WHERE id = 1;
SELECT length(reason) FROM mirror WHERE id = 1;

-- The trace is JSON whatever stands in the words.
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "words", needs = { "what" },
  signals = { { "a \"quoted\" \\ name\n", function() return 0.1 end, "it says {what}" }, { "none", function() return 0 end } },
  ladder = { { at = 0.05, action = "flag" } },
  tests = { { "t", { what = 1 }, { reason = "it says 1" } } } }', 1);
CREATE VIRTUAL TABLE words USING lua_policy(policy = 'words', facts = event);
DELETE FROM event;
INSERT INTO event(what) VALUES ('"quoted" \ ' || char(10, 9, 1, 127) || 'ö'), (NULL);
SELECT json_valid(trace), json_extract(trace, '$.points'), json_extract(trace, '$.rung'), hex(json_extract(trace, '$.signals[0].name')),
       json_extract(trace, '$.signals[0].words') IS reason, json_array_length(trace, '$.signals') FROM words;

-- Facts that fail, fail the statement: that is no decision.
CREATE VIRTUAL TABLE failing USING facts('SELECT abs(:value) AS what');
CREATE VIRTUAL TABLE from_failing USING lua_policy(policy = 'words', facts = failing);
SELECT reason FROM from_failing(-7);
SELECT reason FROM from_failing(-9223372036854775807 - 1);
SELECT reason FROM from_failing(-8);
-- Decisions cannot be facts of other decisions.
CREATE VIRTUAL TABLE decided USING facts('SELECT reason AS what FROM words');
CREATE TEMP VIEW decided AS SELECT reason AS what FROM words;
CREATE VIRTUAL TABLE temp.from_decided USING lua_policy(policy = 'words', facts = decided);
SELECT count(*) FROM decided;
SELECT action FROM from_decided;
SELECT action FROM words WHERE what IS NULL;

-- DIRECTONLY: a schema cannot run Lua, somebody's own view can.
CREATE VIEW actions AS SELECT action FROM words;
SELECT * FROM actions;
DROP VIEW actions;
CREATE TEMP VIEW actions AS SELECT count(*) FROM words;
SELECT * FROM actions;
DROP VIEW actions;
-- Nothing can be written to it.
INSERT INTO words(action) VALUES ('none');
DELETE FROM words;
-- In main or temp; a table in main finds only what is in main.
ATTACH ':memory:' AS elsewhere;
CREATE VIRTUAL TABLE elsewhere.wrong USING lua_policy(policy = 'words', facts = event);
DETACH elsewhere;
CREATE TEMP TABLE mine(what);
INSERT INTO mine VALUES ('mine');
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = 'words', facts = mine);
CREATE VIRTUAL TABLE temp.my_words USING lua_policy(policy = 'words', facts = mine);
SELECT reason FROM my_words;
CREATE TEMP TABLE event(what);
INSERT INTO temp.event VALUES ('shadow');
SELECT count(*) FROM words;
DROP TABLE temp.event;

-- It holds no lock once it was read, also if it was not read to its end.
SELECT action FROM words LIMIT 1;
VACUUM;
BEGIN;
SELECT action FROM words LIMIT 1;
UPDATE event SET what = 'changed' WHERE id = 1;
SELECT reason FROM words WHERE id = 1;
COMMIT;

-- The dice are those of SQL.
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "chance", needs = { "what", "value" },
  decide = function(f) return { action = "none", points = dice("seed", f.what, f.value) } end,
  tests = { { "t", {}, {} } } }', 1);
CREATE VIRTUAL TABLE chance USING lua_policy(policy = 'chance', facts = event);
DELETE FROM event;
INSERT INTO event(what, value) VALUES (1, 2.5), (1.0, -9223372036854775808), ('1', 'ö'), (NULL, 'a' || char(0) || 'b'), (9007199254740993, -0.0);
SELECT count(*), sum(points = dice('seed', what, value)) FROM chance;

-- Renamed, restored, reopened.
ALTER TABLE escalation RENAME TO decision;
SELECT action, policy FROM decision(3, 1000);
SELECT action FROM decision;
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
SELECT member.name, action, policy FROM member, decision(member.id, 1000) ORDER BY member.id;

-- A source that somebody changed behind the store's back fails where it is read.
.dbconfig defensive off
UPDATE policy_version SET source = 'return policy {' WHERE name = 'words';
.open restored.db
.load ./decorum
SELECT action FROM words;
SELECT action, policy FROM decision(2, 1000);

-- What is missing is said when the table is read; in the end everything can be dropped.
DROP TABLE member_facts;
.open restored.db
.load ./decorum
SELECT action FROM decision;
DROP TABLE decision;
DROP TABLE policy;
.open restored.db
.load ./decorum
SELECT action FROM mirror;
DROP TABLE event;
.open restored.db
.load ./decorum
SELECT action FROM mirror;
DROP TABLE fragile;
DROP TABLE busy;
DROP TABLE mirror;
DROP TABLE words;
DROP TABLE chance;
DROP TABLE from_table;
DROP TABLE from_view;
DROP TABLE from_failing;
SELECT group_concat(name, ' ') FROM sqlite_schema WHERE sql LIKE '%lua_policy%';

-- In any order, and right after use.
.open dropped.db
.load ./decorum
CREATE TABLE script AS SELECT 'return policy { id = "brief", needs = { "drama" },
  decide = function() return { action = "note" } end, tests = { { "t", {}, {} } } }' AS source;
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
CREATE VIRTUAL TABLE drama USING facts('SELECT :drama AS drama');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = brief, facts = drama);
SELECT action FROM decision(0.5);
DROP TABLE policy;
SELECT action FROM decision(0.5);
DROP TABLE drama;
SELECT action FROM decision(0.5);
DROP TABLE decision;
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
CREATE VIRTUAL TABLE drama USING facts('SELECT :drama AS drama');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = brief, facts = drama);
SELECT action FROM decision(0.5);
DROP TABLE decision;
DROP TABLE policy;
SELECT drama FROM drama(0.5);
DROP TABLE drama;
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
CREATE VIRTUAL TABLE drama USING facts('SELECT :drama AS drama');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = brief, facts = drama);
SELECT action FROM decision(0.5);
DROP TABLE drama;
DROP TABLE decision;
DROP TABLE policy;
SELECT name FROM sqlite_schema;
-- A store that is made anew is another store, also for the tables that used the old one.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT source, 1 FROM script;
CREATE VIRTUAL TABLE drama USING facts('SELECT :drama AS drama');
CREATE VIRTUAL TABLE decision USING lua_policy(policy = brief, facts = drama);
SELECT action, policy FROM decision(0.5);
DROP TABLE policy;
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) SELECT replace(source, 'note', 'notify'), 1 FROM script;
SELECT action, policy FROM decision(0.5);
