-- What a policy may use, table by table, and what it may keep: nothing.

CREATE VIRTUAL TABLE policy USING policy_store;
CREATE TABLE work(rounds);
INSERT INTO work VALUES (0), (400), (600), (4000), (600000);
INSERT INTO policy(source, active) VALUES ('return policy { id = "worker", needs = { "rounds" },
  decide = function(f) for i = 1, f.rounds do end return { action = "none" } end,
  tests = { { "rests", { rounds = 0 }, { action = "none" } } } }', 1);
-- A round takes one instruction here; the rest of a decision takes less than a hundred.
CREATE VIRTUAL TABLE usual USING lua_policy(policy = worker, facts = work);
CREATE VIRTUAL TABLE little USING lua_policy(policy = worker, facts = work, instructions = 1000);
CREATE VIRTUAL TABLE more USING lua_policy(policy = worker, facts = work, INSTRUCTIONS=2000, time_ms = 1000, memory_mib = 64);
SELECT rounds, usual.action, little.action, little.error, more.error FROM usual JOIN little USING (rounds) JOIN more USING (rounds);

CREATE TABLE room(mebibytes);
INSERT INTO room VALUES (0), (3), (30), (0);
INSERT INTO policy(source, active) VALUES ('return policy { id = "hoarder", needs = { "mebibytes" },
  decide = function(f)
    local t = {}
    for i = 1, f.mebibytes do t[i] = ("x"):rep(1000000) .. i end
    return { action = "none", points = #t }
  end,
  tests = { { "rests", { mebibytes = 0 }, { points = 0 } } } }', 1);
CREATE VIRTUAL TABLE roomy USING lua_policy(policy = hoarder, facts = room, memory_mib = 64);
CREATE VIRTUAL TABLE tight USING lua_policy(policy = hoarder, facts = room, memory_mib = 2);
SELECT mebibytes, points, error FROM roomy;
SELECT mebibytes, points, error FROM tight;
-- The state is one, the limits are each table's own, in whatever order they are met.
SELECT one.mebibytes, one.points, two.points FROM roomy AS one JOIN tight AS two ON one.mebibytes = two.mebibytes;

CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, instructions = 999);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, instructions = 10000001);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, instructions = 1e6);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, time_ms = 0);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, time_ms = 1001);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, memory_mib = -1);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, memory_mib = 65);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, memory_mib =);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, memory_mib = 99999999999);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, time_ms = 5, time_ms = 6);
CREATE VIRTUAL TABLE wrong USING lua_policy(policy = worker, facts = work, time = 5);

-- What a script made while it was loaded can be read in all the usual ways, and not be written.
CREATE TABLE deed(what);
INSERT INTO deed VALUES ('read'), ('set'), ('read'), ('insert'), ('remove'), ('sort'), ('nested'), ('key'), ('read');
INSERT INTO policy(source, active) VALUES ('
local key = { 1 }
local list, set = { "c", "a", "b" }, { z = { 1, 2 }, y = "why", [7] = "seven", [key] = true }
local shared = { what = "read" }
local function each(t) local out = {} for k, v in pairs(t) do out[#out + 1] = k .. tostring(v) end return table.concat(out, " ") end
return policy { id = "keeper", needs = { "what" }, decide = function(f)
    if f.what == "set" then list[4] = "d"
    elseif f.what == "insert" then table.insert(list, "d")
    elseif f.what == "remove" then table.remove(list)
    elseif f.what == "sort" then table.sort(list)
    elseif f.what == "nested" then set.z[3] = 3
    elseif f.what == "key" then key[1] = 2
    end
    local copy = { table.unpack(list) }
    table.sort(copy)
    for i, word in ipairs(list) do copy[#copy + 1] = i .. word end
    return { action = "none", reason = #list .. list[1] .. table.concat(list, "") .. table.concat(copy, ",") ..
      set.z[2] .. set.y .. set[7] .. each { a = 1, b = 2 } .. #set.z .. tostring(set[key]) .. select("#", table.unpack(list)) }
  end, tests = { { "reads", shared, { action = "none" } } } }', 1);
CREATE VIRTUAL TABLE kept USING lua_policy(policy = keeper, facts = deed);
SELECT what, reason, error FROM kept;

-- A variable of its own that a decision changes is an error, and as it was for the next; one that it sets and puts back is none.
CREATE TABLE turn(what);
INSERT INTO turn VALUES ('look'), ('count'), ('look'), ('put back'), ('fail'), ('look'), ('count');
INSERT INTO policy(source, active) VALUES ('
local n, nothing = 0.0, 0 / 0
local function add(i) n = n + i end
add(5) add(-5)
return policy { id = "counter", needs = { "what" }, decide = function(f)
    if f.what == "count" or f.what == "fail" then add(1) end
    if f.what == "fail" then error("on the way") end
    if f.what == "put back" then add(1) add(-1) end
    return { action = "none", points = n, review = nothing ~= nothing }
  end, tests = { { "looks", { what = "look" }, { points = 0.0 } } } }', 1);
CREATE VIRTUAL TABLE counted USING lua_policy(policy = counter, facts = turn);
SELECT what, points, review, error FROM counted;

-- Sorting is stable, with whatever order; one that contradicts itself gives some order, always the same.
CREATE TABLE dummy(x);
INSERT INTO dummy VALUES (0);
INSERT INTO policy(source, active) VALUES ('return policy { id = "sorter", needs = { "x" }, decide = function()
    local words, lying, floats = { "bb", "a", "cc", "b", "aa", "c" }, { 3, 1, 2, 5, 4 }, { 2.5, -1, 10, 2 }
    table.sort(words, function(a, b) return #a < #b end)
    table.sort(lying, function() return true end)
    table.sort(floats, function(a, b) return a > b end)
    local empty, one = {}, { 1 }
    table.sort(empty) table.sort(one)
    return { action = "none", reason = table.concat(words, " ") .. "; " .. table.concat(lying, " ") .. "; " .. table.concat(floats, " ") .. #one }
  end, tests = { { "t", {}, {} } } }', 1);
CREATE VIRTUAL TABLE sorted USING lua_policy(policy = sorter, facts = dummy);
SELECT reason FROM sorted;
