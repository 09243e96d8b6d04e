-- policy_test: what the tests in a policy's text say, as a table.

CREATE TABLE script(text);
INSERT INTO script VALUES ('return policy {
  id = "step",
  params = { warn = 0.5 },
  needs = { "drama", "toxicity", "last_warning_at", "immune", "topic", "warn_cooldown_s" },
  guards = { { "immune", fact = "immune" }, { "lately", cooldown("last_warning_at", "warn_cooldown_s") } },
  signals = {
    { "heat", function(f, p) return f.drama and f.drama >= p.warn and 2 or 0 end, "drama {drama:.2f}" },
    { "spike", fact = "toxicity", bands = { { 0.8, 2.5 } }, "{points} for {topic}" },
  },
  ladder = { { at = 2, action = "warn" }, { at = 4, action = "mute", durations = { 60, 120 }, rule = 7 } },
  tests = {
TESTS
  } }');

-- A row for each test, in order; a message where one failed: what was expected, what came, and how.
SELECT number, name, ok, message FROM script, policy_test(replace(text, 'TESTS', '
  { "calm members are left alone", { drama = 0.49 }, { action = "none", points = 0, rung = 0 } },
  { "heat is a warning", { drama = 0.5 }, { action = "warn", rung = 1, reason = "drama 0.50" } },
  { "both are a mute", { drama = 0.5, toxicity = 1 }, { action = "mute", points = 4.5, duration_s = 60, rule = 7, review = 0 } },
  { "the second is longer", { drama = 1, toxicity = 1, offences = 1 }, { action = "mute", duration_s = 120 } },
  { "heat is a mute", { drama = 0.5 }, { action = "mute", duration_s = 60, points = 2 } },
  { "immune members are warned", { drama = 1, immune = 1 }, { action = "warn" } },
  { "nothing is a warning", {}, { action = "warn" } },
  { "other words", { drama = 0.5 }, { reason = "heat" } },
')) WHERE name NOT NULL;

-- null stands for NULL: in a fact, also one that is not NULL where nothing is said of it, and in what is expected.
SELECT number, ok, message FROM script, policy_test(replace(text, 'TESTS', '
  { "a", { drama = null }, { action = "none", duration_s = null, severity = null, reason = null, guard = null } },
  { "b", { drama = 1, now = 1000, last_warning_at = 900 }, { guard = "lately", action = "none" } },
  { "c", { drama = 1, now = 1000, last_warning_at = null }, { action = "warn" } },
  { "d", { drama = 1, now = 1000, last_warning_at = 900, warn_cooldown_s = 60 }, { action = "warn" } },
  { "e", { drama = 1 }, { duration_s = 60 } },
  { "f", { drama = 1, toxicity = 1 }, { duration_s = null } },
  { "g", { toxicity = 1 }, { reason = "2.5 for nil" } },
  { "h", { toxicity = 1, topic = "x" }, { reason = "2.5 for x", guard = "immune" } },
'));
-- Facts are as SQL gives them: true is 1.
SELECT number, ok, message FROM script, policy_test(replace(text, 'TESTS', '
  { "a", { immune = true }, { guard = "immune", review = false } },
  { "b", { immune = false, drama = 1 }, { guard = null, action = "warn" } },
'));
-- params may be others for a test, and are those of the script in the next.
SELECT number, ok, message FROM script, policy_test(replace(text, 'TESTS', '
  { "a", { drama = 0.3 }, { action = "warn" }, params = { warn = 0.3 } },
  { "b", { drama = 0.3 }, { action = "none" } },
  { "c", { drama = 0.5 }, { action = "warn" }, params = {} },
'));
-- The trace, whole; an error, by a part of it. Numbers that differ by rounding are the same.
SELECT number, ok, message FROM policy_test('return policy { id = "t", needs = { "drama" },
  signals = { { "a", function(f) if f.drama > 1 then error("above 1") end return f.drama end }, { "b", function() return 0.1 end } },
  ladder = { { at = 9, action = "flag" } },
  tests = {
    { "a", { drama = 0 }, { trace = ''{"signals":[{"name":"b","points":0.1,"words":"b"}],"points":0.1,"rung":0}'' } },
    { "b", { drama = 2 }, { error = "above 1" } },
    { "c", { drama = 2 }, { error = "below 1" } },
    { "d", { drama = 1 }, { error = "above 1" } },
    { "e", { drama = 2 }, {} },
    { "f", { drama = 0.2 }, { points = 0.3 } },
    { "g", { drama = 0.2 }, { points = 0.3000001 } },
    { "h", { drama = "much" }, { error = "policy.lua:2: attempt to compare number with string" } },
  } }');
-- A format shows what it is not for plainly: a text, NULL, half a thing, what is no number.
SELECT number, ok, message FROM policy_test('return policy { id = "t", needs = { "x" },
  signals = { { "a", function() return 1 end, "{x:.2f} {x:d} {x:3d} {x:s} {x:.2s} {x} {points:.1f}" } }, ladder = { { at = 1, action = "note" } },
  tests = {
    { "a", { x = "text" }, { reason = "text text text text te text 1.0" } },
    { "b", { x = null }, { reason = "nil nil nil nil ni nil 1.0" } },
    { "c", { x = 2.5 }, { reason = "2.50 2.5 2.5 2.5 2. 2.5 1.0" } },
    { "d", { x = 2.0 }, { reason = "2.00 2   2 2.0 2. 2.0 1.0" } },
    { "e", { x = 7 }, { reason = "7.00 7   7 7 7 7 1.0" } },
    { "f", { x = "a\0b" }, { reason = "a\0b a\0b a\0b a\0b a\0b a\0b 1.0" } },
  } }');

-- Each test has a budget of its own, and one that exceeds it spoils none that follows.
SELECT number, name, ok, message FROM policy_test('return policy { id = "t", needs = { "what" },
  decide = function(f)
    for i = 1, f.what == "busy" and 400000 or 1 do local twice = i + i end
    if f.what == "loop" then while true do end
    elseif f.what == "memory" then local t = {} for i = 1, 100 do t[i] = string.rep("x", 1000000) .. i end
    end
  end,
  tests = {
    { "once", { what = "busy" }, { action = "none" } }, { "and again", { what = "busy" }, { action = "none" } },
    { "for ever", { what = "loop" }, {} }, { "too much", { what = "memory" }, {} },
    { "as expected", { what = "loop" }, { error = "more than 1000000 instructions" } },
    { "and on", { what = "busy" }, { action = "none" } },
  } }');

-- At most 200 tests, and 2 seconds of processor time for all of them: those that are left then are not run.
CREATE TABLE tests(script);
INSERT INTO tests VALUES ('local tests = {}
for i = 1, COUNT do tests[i] = { "test " .. i, {}, { error = "more than 100 ms" } } end
local one, two = ("x"):rep(1000000) .. "y", ("x"):rep(1000000) .. "z"
return policy { id = "t", needs = {}, tests = tests, decide = function() while true do local _ = one < two end end }');
SELECT number, ok, message FROM tests, policy_test(replace(script, 'COUNT', 201));
SELECT count(*), sum(ok) BETWEEN 1 AND 30, count(DISTINCT message), max(message),
    min(number) FILTER (WHERE NOT ok) = sum(ok) + 1 FROM tests, policy_test(replace(script, 'COUNT', 200));

-- A source that is not right has one row, number 0, with the line or the key.
SELECT number, quote(name), ok, message FROM policy_test('return policy {
  id = "calm
}');
SELECT number, message FROM policy_test('');
SELECT number, message FROM policy_test(x'1B4C7561');
SELECT number, message FROM policy_test('return policy { id = "t", needs = {}, ladder = { { at = 1, action = "wran" } }, tests = {} }');
SELECT number, message FROM policy_test('return policy { id = "t", needs = {}, ladder = { { at = 1, action = "warn" } }, tests = {} }');
-- So have tests that are not right: what they name must be there.
SELECT message FROM script, policy_test(replace(text, 'TESTS', '"calm"'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {}, parms = {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "", {}, {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", { darma = 1 }, {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", { drama = {} }, {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", { drama = 1/0 }, {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", { 0.5 }, {} }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { acton = "warn" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { action = "wran" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { guard = "imune" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { duration_s = "1h" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { mode = "enforced" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { review = "yes" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { error = null } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { error = "a\0b" } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { duration_s = 1e12 } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, { severity = {} } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {}, params = { wran = 1 } }'));
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {}, params = { warn = "1" } }'));

-- A name that stands for nothing is found without running the line.
CREATE TABLE line(lua);
INSERT INTO line VALUES
  ('os.exit()'), ('return print'), ('local t = { os }'), ('local x = os'), ('f[os] = 1'), ('return -os'),
  ('local d os = 1 return os, io'), ('for i = 1, n do end'), ('local function g(a) return b end'), ('d.action = action'),
  ('local s = "os" .. [[
os ]] .. [==[ ]] print ]==] -- os
--[[ io
]] print()'), ('local t = { print = 1, [os] = 2 }'), ('goto io ::io:: print(1)'),
-- These are all right.
  ('local a <const>, b <close> = 1, nil return a, b'), ('d.os = 1'), ('return d.os, d:os()'), ('x = 1 y, z = 2, 3 return x, y, z'),
  ('local t = { os = 1, print = function(io) return io end }'), ('local function g(a, ...) return g, a, ... end'),
  ('for i, v in ipairs {} do d[i] = v end'), ('goto over ::over::'), ('return "print \" os" .. ''print \'' os'', 0x1p-3, 1e5, 3 .. 4'),
  ('return _ENV ~= nil and null'), ('return function() return self end'), ('function helper() end return helper');
SELECT lua, substr(message, 1, 45) FROM line LEFT JOIN policy_test('return policy { id = "t", needs = {}, decide = function(f, d) if f.never then
' || lua || '
end end, tests = { { "t", {}, { action = "none" } } } }') WHERE number = 0 OR message NOT LIKE '%''never'' is not in needs' ORDER BY line.rowid;
SELECT count(*) FROM line, policy_test('return policy { id = "t", needs = { "never" }, decide = function(f, d) if f.never then do
' || lua || '
end end end, tests = { { "t", {}, { action = "none" } } } }') WHERE number = 1 AND ok;
-- A text has at most 50000 tokens: names, numbers, texts and signs. A comment is none.
CREATE TABLE small(text);
INSERT INTO small VALUES ('return policy { id = "t", needs = {}, decide = function() end, tests = { { "a", {}, {} } } } -- 33');
SELECT ok, message FROM small, policy_test(printf('%.*c', 49967, ';') || text);
SELECT ok, message FROM small, policy_test(printf('%.*c', 49968, ';') || text);
-- 4 + 10000 * 2 + 5000 * 3 + 4976 * 3 + 35 + 33, and one more.
SELECT ok, message FROM small, (VALUES (35), (36)), policy_test('local _ = 0' || replace(printf('%.*c', 10000, 'x'), 'x', '+1--;
') || replace(printf('%.*c', 5000, 'x'), 'x', '+#[[;]]') || replace(printf('%.*c', 4976, 'x'), 'x', '+#";"--[=[]];]=]')
  || printf('%.*c', column1, ';') || text);
-- NULL is nil in the facts: who compares with null is told.
SELECT message FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {} }, { 1 == null }'));
SELECT message FROM policy_test('local a = { null = 1 }
local b = a.null == 1
return 1 ~= null');
SELECT message FROM policy_test('return policy { id = "t", needs = { "x" }, tests = { { "a", {}, {} } },
  decide = function(f) if
null == f.x then return end end }');
-- null has no fields, and cannot be written to.
SELECT message FROM policy_test('return policy { id = null.x }');
SELECT message FROM policy_test('null.x = 1');
SELECT message FROM policy_test('error("it is " .. tostring(null) .. ("%s"):format(null))');
-- A decision may say null.
SELECT ok, message FROM policy_test('return policy { id = "t", needs = {}, ladder = { { at = 0, action = "mute", duration = 5, reason = "r" } },
  decide = function(f, d) d.duration_s = null d.rule = null d.mode = null end,
  tests = { { "t", {}, { action = "mute", duration_s = null } } } }');

-- The facts that it reads, in a hidden column.
SELECT DISTINCT needs FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {} }, { "b", {}, {} }'));
SELECT quote(needs) FROM policy_test('');

-- NULL is no source; none, or a number, is an error.
SELECT count(*) FROM policy_test(NULL);
SELECT * FROM policy_test(5);
SELECT * FROM policy_test;
SELECT * FROM policy_test();
-- It works in joins and in any order, and twice at once.
SELECT a.number, b.number FROM script, policy_test(replace(text, 'TESTS', '{ "a", {}, {} }, { "b", {}, {} }')) AS a,
  policy_test(replace(text, 'TESTS', '{ "a", {}, {} }, { "b", {}, {} }')) AS b ORDER BY 1 DESC, 2;

-- INSERT into a store runs the same tests; the first that fails is named.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source) SELECT replace(text, 'TESTS', '{ "a", {}, {} }, { "b", { drama = 1 }, { action = "none" } }, { "c", {}, { action = "ban" } }') FROM script;
INSERT INTO policy(source) SELECT replace(text, 'TESTS', '{ "a", {}, {} }, { "b", { drama = "much" }, {} }') FROM script;
INSERT INTO policy(source) SELECT replace(text, 'TESTS', '{ "a", {}, {} }, { "b", { drama = 1 }, { action = "warn" } }') FROM script;
SELECT name, version, params FROM policy;

-- DIRECTONLY: a schema cannot run Lua, somebody's own view can. Nothing can be written to it.
CREATE VIEW trial AS SELECT * FROM policy_test('');
SELECT * FROM trial;
DROP VIEW trial;
CREATE TEMP VIEW trial AS SELECT count(*) FROM policy_test('');
SELECT * FROM trial;
DROP VIEW trial;
DELETE FROM policy_test;
CREATE VIRTUAL TABLE mine USING policy_test;
