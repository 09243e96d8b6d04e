-- decision.lua: what does a decision cost, when a policy is asked through a table?
--
--     lua decision.lua            the host's Lua, build/tests/lua, in the project's folder; exit status as bench
--
-- The ladder policy decides on 100,000 rows of facts in one statement. The rows are made by dice() and are much
-- like those of a chat: one in fifty is heated. That is compared with
--
--     bare    the same Lua function in a bare loop on the same facts: no SQLite, no limits
--     case    the same decisions, down to reason and trace, as a CASE expression over the same table
--
-- The three take turns; times are those of the process. Before any timing all three must decide alike in each row.
local sqlite = require "host.sqlite"

local ROWS = 100000
local PAIRS = 21
local RATE = 150000 -- decisions a second, at least

local needs = { "drama", "toxicity", "warned", "offences", "immune", "muted", "last_warning_at", "warn_cooldown_s", "now" }

local make = [[
  CREATE TABLE bench_facts (id INTEGER PRIMARY KEY, drama REAL, toxicity REAL, warned INTEGER, offences INTEGER,
    immune INTEGER, muted INTEGER, last_warning_at REAL, warn_cooldown_s REAL, now REAL);
  WITH RECURSIVE number(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < %d)
  INSERT INTO bench_facts SELECT id,
    dice('drama', id) * iif(dice('heated', id) < 0.02, 1.0, 0.4), dice('toxicity', id) * iif(dice('hostile', id) < 0.02, 1.0, 0.3),
    dice('warned', id) < 0.03, CAST(dice('offences', id) * 1.5 AS INTEGER), dice('immune', id) < 0.01, dice('muted', id) < 0.01,
    iif(dice('before', id) < 0.05, 1.6e9 + id * 60 - dice('since', id) * 1000, NULL), 300.0, 1.6e9 + id * 60
  FROM number]]

local by_table = "SELECT action, duration_s, points, reason, trace FROM bench_decision"
local by_case = [[
  SELECT CASE WHEN guard IS NOT NULL OR rung = 0 THEN 'none' WHEN rung = 1 THEN 'warn' ELSE 'mute' END AS action,
    CASE WHEN guard IS NULL AND rung = 2 THEN CASE offences WHEN 0 THEN 1800 WHEN 1 THEN 3600 WHEN 2 THEN 7200 ELSE 14400 END END
      AS duration_s,
    CASE WHEN guard IS NULL THEN heat + again END AS points,
    CASE WHEN guard IS NULL AND rung > 0 THEN printf('drama %.2f, this message %.2f', drama, toxicity)
      || CASE WHEN again THEN printf(', %d recent offences', again) ELSE '' END END AS reason,
    CASE WHEN guard IS NOT NULL THEN '{"guard":"' || guard || '"}' WHEN heat + again = 0 THEN '{}'
      ELSE printf('{"signals":[{"name":"heat","points":%d,"words":"drama %.2f, this message %.2f"}', heat, drama, toxicity)
        || CASE WHEN again THEN printf(',{"name":"repeat","points":%d,"words":"%d recent offences"}', again, again) ELSE '' END
        || printf('],"points":%d,"rung":%d}', heat + again, rung) END AS trace
  FROM (
    SELECT *, CASE WHEN heat + again >= 4 THEN 2 WHEN heat + again >= 2 THEN 1 ELSE 0 END AS rung FROM (
      SELECT *,
        CASE WHEN immune THEN 'immune' WHEN muted THEN 'muted'
          WHEN now - last_warning_at <= warn_cooldown_s AND NOT (warned AND severe) THEN 'cooldown' END AS guard,
        CASE WHEN severe THEN CASE WHEN warned THEN 4 ELSE 2 END WHEN drama >= 0.5 OR toxicity >= 0.6 THEN 2 ELSE 0 END AS heat,
        CASE WHEN warned AND severe THEN offences ELSE 0 END AS again
      FROM (SELECT *, drama >= 0.7 - CASE WHEN warned THEN 0.05 ELSE 0 END OR toxicity >= 0.8 AS severe FROM bench_facts)
    )
  )]]
local reading = "SELECT total(length(action)), total(duration_s), total(points), total(length(reason)), total(length(trace)) FROM (%s)"

local function file(path)
  local handle = assert(io.open(path, "rb"))
  local text = handle:read "a"
  handle:close()
  return text
end

-- The policy's function as the sandbox makes it, and the table into which its facts go: the sandbox's own Lua, outside
-- of the sandbox, with the library of Lua in the place of what is bounded.
local function bare_policy(db, source)
  local function run(name, ...)
    return assert(loadfile(name .. ".lua"))(...)
  end
  local actions = {}
  for _, name, severity, sanctions in db:prepare("SELECT name, severity, sanctions FROM decorum_action"):rows() do
    actions[name] = { severity = severity, sanctions = sanctions }
  end
  local texts = getmetatable("").__index
  local library, described, frozen, plain, noted = run("ext/policy_library", function() end, { keys = next }, {})
  getmetatable("").__index = texts -- policies see a smaller one
  local check = run("ext/policy_check", plain, run "lua/decorum/nearest", library.null)
  local policy = run("ext/policy", actions, check, library, described, frozen, plain, noted)
  local environment = policy.environment()
  local loaded = policy.finish(assert(load(source, "=ladder.lua", "t", environment))(), {})
  return loaded[1], loaded[2]
end

local function median(numbers)
  table.sort(numbers)
  return numbers[#numbers // 2 + 1]
end

local db <close> = sqlite.open(":memory:", "create")
local ladder = file "lua/policies/ladder.lua"
db:exec "CREATE VIRTUAL TABLE policy USING policy_store"
db:prepare("INSERT INTO policy(source, active) VALUES (?, 1)"):run(ladder)
db:exec(make:format(ROWS))
db:exec "CREATE VIRTUAL TABLE bench_decision USING lua_policy(policy = 'ladder', facts = bench_facts)"

local decide, values = bare_policy(db, ladder)
local facts = {}
for number, a, b, c, d, e, f, g, h, i in db:prepare("SELECT " .. table.concat(needs, ", ") .. " FROM bench_facts"):rows() do
  facts[number] = { a, b, c, d, e, f, g, h, i }
end

local function decide_on(row)
  for i = 1, #needs do
    values[needs[i]] = row[i]
  end
  return decide()
end

-- All three decide alike.
local different = db:prepare(("SELECT count(*) FROM (SELECT * FROM (%s) EXCEPT SELECT * FROM (%s))"):format(by_table, by_case))
local acted = 0
for number, action, duration, points, reason, trace in db:prepare(by_table):rows() do
  local is, lasts, _, counts, _, says, _, _, traced = decide_on(facts[number])
  if is ~= action or lasts ~= duration or counts ~= points or says ~= reason or traced ~= trace then
    io.stderr:write("decision: row ", number, " is not decided alike in a bare loop\n")
    os.exit(2)
  end
  acted = acted + (action ~= "none" and 1 or 0)
end
if different:row() > 0 or acted < ROWS // 100 or #facts ~= ROWS then
  io.stderr:write("decision: the CASE expression does not decide alike\n")
  os.exit(2)
end

local sides = {}
for name, query in pairs { table = by_table, case = by_case } do
  local statement = db:prepare(reading:format(query))
  sides[name] = function()
    return statement:row()
  end
end
function sides.bare()
  for i = 1, ROWS do
    decide_on(facts[i])
  end
end

local order = { "table", "bare", "case" }
local times = { table = {}, bare = {}, case = {} }
for pair = 0, PAIRS do -- the first does not count
  for turn = 1, 3 do
    local name = order[(pair + turn) % 3 + 1]
    local start = os.clock()
    sides[name]()
    times[name][pair] = os.clock() - start
  end
end

local met = true
print(("%-8s %9s %9s %11s %7s %7s  target"):format("name", "table, us", "other, us", "ratio", "min", "max"))
for _, case in ipairs { { "bare", 3 }, { "case", 1.7 } } do
  local other, ratios = case[1], {}
  for pair = 1, PAIRS do
    ratios[pair] = times.table[pair] / times[other][pair]
  end
  local ratio = median(ratios)
  print(("%-8s %9.3f %9.3f %11.3f %7.3f %7.3f  <= %.2f  %s"):format(other, median { table.unpack(times.table) } / ROWS * 1e6,
    median { table.unpack(times[other]) } / ROWS * 1e6, ratio, ratios[1], ratios[#ratios], case[2], ratio <= case[2] and "ok" or "MISSED"))
  met = met and ratio <= case[2]
end
local rate = ROWS / median { table.unpack(times.table) }
print(("         %.0f decisions a second in one statement  >= %d  %s"):format(rate, RATE, rate >= RATE and "ok" or "MISSED"))
os.exit(met and rate >= RATE and 0 or 1)
