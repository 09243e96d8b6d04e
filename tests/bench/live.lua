-- live.lua: does a message cost more, the more its member has said before?
--
--     lua live.lua [NAME...]      the host's Lua, build/tests/lua; exit status as bench
--
-- Two members in one community's file, both made by the program's own code: `decorum init`, then each message
-- through the pipeline (message, assessment, facts, decisions by the ladder and spam policies). Side a has said more than
-- side b. Both are immune, so that all facts are computed and nothing is done.
-- They take turns, a b b a..., and each pair of batches gives one ratio of process CPU times. Each pair is rolled
-- back, so that both stay what they are.
local community = require "decorum.community"
local pipeline = require "decorum.pipeline"
local sqlite = require "host.sqlite"

local PAIRS = 201 -- odd, so that there is a middle one
local BATCH = 50 -- messages of a side in a pair
local FILL = 10000 -- messages in one transaction while the rows are made
local NOW = 1700000000

-- What is said, over and over, by each with the name behind it: some of it heated, none of it enough for a warning.
local texts = {
  "has anybody tried the new kernel?", "yes, it works here", "this damn driver again", "which one is it?",
  "the one in the laptop, after each suspend", "that is stupid", "there is a fix in the next release", "thanks!",
}

---@class LiveSide
---@field messages integer
---@field every number seconds from one to the next

---@class LiveCase
---@field name string
---@field a LiveSide
---@field b LiveSide
---@field target number of the ratio a/b
local cases = {
  -- Years of talk, a message each half minute.
  { name = "live", a = { messages = 1000000, every = 30 }, b = { messages = 1000, every = 30 }, target = 1.05 },
  -- All that a has said lies within the window that a score looks back on. Of either more has come within a burst, and more
  -- says the same, than is counted.
  { name = "flood", a = { messages = 10000, every = 0.09 }, b = { messages = 1000, every = 0.09 }, target = 1.05 },
  -- All of it has the same time, as in a log that tells the minute alone.
  { name = "at-once", a = { messages = 10000, every = 0 }, b = { messages = 1000, every = 0 }, target = 1.05 },
}

-- A function that feeds the side's next messages to the pipeline, and one that tells the time of the last.
local function speaker(steps, name, side)
  local number = 0
  return function(count)
    for _ = 1, count do
      number = number + 1
      local outcome = steps.message {
        type = "message", kind = "message", platform = "bench", channel = "#bench", id = ("%s %d"):format(name, number),
        member = name, at = NOW + (number - side.messages) * side.every, text = texts[number % #texts + 1] .. " " .. name,
      }
      if outcome ~= "added" then
        error(("message %d of %s is %s"):format(number, name, outcome))
      end
    end
  end, function(back)
    number = number - back
  end
end

local function fill(db, say, count)
  for from = 1, count, FILL do
    db:exec "BEGIN"
    say(math.min(FILL, count - from + 1))
    db:exec "COMMIT"
  end
end

local function timed(say)
  local start = os.clock()
  say(BATCH)
  return os.clock() - start
end

-- The sides' work must be of the same kind: both have a drama score, the same one after the same words in the same
-- time, and nothing was decided about either.
local function check(db, case)
  local drama = db:prepare [[
    SELECT count(DISTINCT round(drama, 12)), sum(drama > 0) FROM member, member_facts(member.id, ?, (SELECT seq FROM next_seq))]]
  local different, heated = drama:row(NOW + 1)
  if heated ~= 2 or (different ~= 1 and case.a.every == case.b.every) then
    error "the sides' drama is not the same"
  elseif db:prepare("SELECT count(*) FROM decision WHERE action IS NOT 'none'"):row() > 0 then
    error "something was decided"
  end
end

local function median(numbers)
  table.sort(numbers)
  return numbers[#numbers // 2 + 1]
end

-- The times of both sides and their ratios, a pair each.
local function run(db, case)
  db:exec [[
    INSERT INTO member(id, name) VALUES (1, 'a'), (2, 'b');
    INSERT INTO account SELECT 'bench', name, id FROM member;
    INSERT INTO immunity(member, at, immune) SELECT id, 0, 1 FROM member]]
  local steps = pipeline.new(db)
  local say_a, back_a = speaker(steps, "a", case.a)
  local say_b, back_b = speaker(steps, "b", case.b)
  fill(db, say_a, case.a.messages)
  fill(db, say_b, case.b.messages)
  check(db, case)
  local a, b, ratios = {}, {}, {}
  for pair = 1, PAIRS do
    db:exec "BEGIN"
    say_a(BATCH) -- the first after a rollback finds nothing in memory
    say_b(BATCH)
    if pair % 2 == 0 then
      a[pair] = timed(say_a)
      b[pair] = timed(say_b)
    else
      b[pair] = timed(say_b)
      a[pair] = timed(say_a)
    end
    ratios[pair] = a[pair] / b[pair]
    db:exec "ROLLBACK"
    back_a(2 * BATCH)
    back_b(2 * BATCH)
  end
  return a, b, ratios
end

---@param case LiveCase
---@return boolean met
local function measure(case)
  local path = os.tmpname()
  local ok, why = pcall(function()
    community.init(path, { policy = {}, set = {} }, function() end)
    local db <close> = sqlite.open(path)
    db:exec "PRAGMA foreign_keys = ON; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000"
    local a, b, ratios = run(db, case)
    local ratio = median(ratios)
    local met = ratio <= case.target
    print(("%-8s %10d %10d %9.1f %9.1f %11.3f %7.3f %7.3f%s"):format(case.name, case.a.messages, case.b.messages,
      median(a) / BATCH * 1e6, median(b) / BATCH * 1e6, ratio, ratios[1], ratios[#ratios],
      ("  <= %.2f  %s"):format(case.target, met and "ok" or "MISSED")))
    io.stdout:flush()
    return met
  end)
  os.remove(path)
  if not ok then
    io.stderr:write("live: ", case.name, ": ", tostring(why), "\n")
    os.exit(2)
  end
  return why
end

local wanted, met = {}, true
for i = 2, #arg do
  wanted[arg[i]] = true
end
print(("%-8s %10s %10s %9s %9s %11s %7s %7s  target"):format("name", "a", "b", "a, us", "b, us", "ratio a/b", "min", "max"))
for _, case in ipairs(cases) do
  if #arg < 2 or wanted[case.name] then
    met = measure(case) and met
  end
end
os.exit(met and 0 or 1)
