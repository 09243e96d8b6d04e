-- What a policy can reach, and what it cannot: Lua with everything left out that is not a pure,
-- bounded function of its arguments.

CREATE VIRTUAL TABLE policy USING policy_store;

-- Names, by what they are in a policy.
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "reach", needs = { "module", "name" },
  decide = function(f)
    local place = f.module and _ENV[f.module] or _ENV
    return { action = "none", reason = type(place[f.name]) }
  end,
  tests = { { "t", { name = "dice" }, { reason = "function" } } } }', 1);
CREATE TABLE name(module, name);
INSERT INTO name(name) VALUES ('minutes'), ('hours'), ('days'), ('cooldown'), ('policy'), ('dice'), ('math'), ('string'),
  ('table'), ('utf8'), ('pairs'), ('ipairs'), ('select'), ('type'), ('tonumber'), ('tostring'), ('error'), ('assert'),
  ('_G'), ('_VERSION'), ('load'), ('loadstring'), ('loadfile'), ('dofile'), ('require'), ('package'), ('io'), ('os'), ('debug'),
  ('coroutine'), ('collectgarbage'), ('rawget'), ('rawset'), ('rawequal'), ('rawlen'), ('next'), ('getmetatable'),
  ('setmetatable'), ('pcall'), ('xpcall'), ('print'), ('warn');
INSERT INTO name VALUES ('string', 'dump'), ('string', 'gsub'), ('string', 'gmatch'), ('string', 'match'), ('string', 'pack'),
  ('string', 'packsize'), ('string', 'unpack'), ('string', 'find'), ('string', 'format'), ('string', 'rep'), ('string', 'upper'),
  ('math', 'random'), ('math', 'randomseed'), ('math', 'floor'), ('math', 'huge'), ('table', 'move'), ('table', 'sort'),
  ('table', 'concat'), ('utf8', 'len'), ('utf8', 'charpattern');
CREATE VIRTUAL TABLE reach USING lua_policy(policy = 'reach', facts = name);
SELECT coalesce(reason, iif(error GLOB 'reach.lua:5: there is no ''' || name || ''' in a policy[,;] *', 'refused', error)) AS how,
  group_concat(coalesce(module || '.', '') || name, ' ') FROM reach GROUP BY how;

-- A line of Lua in a policy, and what comes of it. The test that stands in the policy wants another
-- action, so the INSERT fails: with the line's error, or because the action was "note".
CREATE TEMP TABLE template(source);
INSERT INTO template VALUES ('return policy { id = "try", needs = { "drama" },
  decide = function(f) local result = nil ; LINE ; return { action = "note", reason = tostring(result) } end,
  tests = { { "t", {}, { action = "none" } } } }');
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = 1') FROM template;
-- Libraries and strings' methods cannot be changed, nor can what another policy will see.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'string.find = nil') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'math.pi = 3') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'table.insert(table, 1)') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'utf8.len = 1') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'local s = ""; s.upper = 1') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'minutes = hours') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', '_ENV.minutes = hours') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = f.rank') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'f.rank = 1') FROM template;
-- No patterns, whose cost nobody knows; find is plain.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'assert(("a.c"):find(".") == 2 and string.find("abc", ".") == nil); error("plain")') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("a"):gsub("a", "b")') FROM template;
-- What a call may make is bounded.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("x"):rep(1048577)') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("x"):rep(1e15)') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("x"):rep(3, ("y"):rep(1000000))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(("x"):rep(3, "y") .. ("x"):rep(0) .. ("x"):rep(-1) .. (""):rep(math.maxinteger))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(#("x"):rep(1048576))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = table.unpack({}, 1, 10000000)') FROM template;
-- Nothing shows an address, which would differ from run to run.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(tostring({}) .. " " .. tostring(error) .. " " .. tostring(nil) .. " " .. tostring(1.0))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(("%s %s %5.1f %d %q"):format({}, error, 2, 3, "four"))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("%p"):format({})') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = ("%-10p"):format({})') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error({})') FROM template;
-- pairs goes by the keys: numbers, then strings.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'local keys = {} for k in pairs { b = 1, a = 1, [3] = 1, [-1] = 1, [0.5] = 1, c = 1 } do keys[#keys + 1] = k end error(table.concat(keys, " "))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'for k in pairs { [type] = 1 } do end') FROM template;
-- Times in words, and the dice.
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(minutes(5) .. " " .. hours(2) .. " " .. days(1))') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'error(("%.6f"):format(dice("seed", 1)))') FROM template;
SELECT round(dice('seed', 1), 6);
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = dice()') FROM template;
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = dice({})') FROM template;

-- Bytecode is no source, however it comes.
INSERT INTO policy(source) VALUES (x'1B4C7561');
INSERT INTO policy(source) SELECT replace(source, 'LINE', 'result = string.dump(cooldown)') FROM template;

-- cooldown: none without a last time, over after the rest, which may be a fact.
INSERT INTO policy(source, active) VALUES ('
local lately, lately_by_fact = cooldown("last", minutes(5)), cooldown("last", "rest")
return policy { id = "lately", needs = { "now", "last", "rest" },
  guards = { { "lately", lately }, { "lately by fact", lately_by_fact } },
  signals = { { "one", function() return 1 end } }, ladder = { { at = 1, action = "note" } },
  tests = { { "t", { now = 1000, last = 900, rest = 10 }, { action = "none" } } } }', 1);
CREATE TABLE moment(now, last, rest);
INSERT INTO moment VALUES (1000, NULL, 0), (1000, 700, 0), (1000, 699, 0), (1000, 600, 400), (1000, 600, 399.5);
CREATE VIRTUAL TABLE lately USING lua_policy(policy = 'lately', facts = moment);
SELECT now - last, rest, action, trace FROM lately;

-- One policy knows nothing of another: globals that it made while it was loaded are its own.
INSERT INTO policy(source, active) VALUES ('shared = "mine" return policy { id = "one", needs = {},
  decide = function() return { action = "none", reason = tostring(shared) } end, tests = { { "t", {}, { reason = "mine" } } } }', 1);
INSERT INTO policy(source, active) VALUES ('minutes = nil return policy { id = "two", needs = {},
  decide = function() return { action = "none", reason = tostring(minutes) } end,
  tests = { { "t", {}, { reason = "function" } } } }', 1);
SELECT name FROM policy WHERE name IN ('one', 'two');
INSERT INTO policy(source, name) VALUES ('return policy { id = "three", needs = {},
  decide = function() return { action = "none", reason = _ENV["shared"] } end,
  tests = { { "t", {}, { error = "three.lua:2: there is no ''shared'' in a policy" } } } }', 'three');
SELECT name FROM policy WHERE name = 'three';

-- Facts are the same for all of a policy, also those that are not NULL; NaN has one spelling.
INSERT INTO policy(source, active) VALUES ('return policy { id = "facts", needs = { "member" },
  decide = function(f) if f.member == 1 then f.member = 2 end
    return { action = "none", reason = ("%.1f %s %s"):format(0 / 0, -(0 / 0), tostring(0 / 0)) } end,
  tests = { { "t", { member = 3 }, { reason = "nan nan nan" } } } }', 1);
CREATE TABLE asked(member);
INSERT INTO asked VALUES (1), (2);
CREATE VIRTUAL TABLE told USING lua_policy(policy = 'facts', facts = asked);
SELECT member, reason, error FROM told;
