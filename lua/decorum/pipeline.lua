--- The one way through: message → assessment → facts → decision → sanction.
--
-- The same code for every source of events. Each step is a module of that name; each kind of row it writes
-- is a table. The caller opens and commits the transaction, so that a decision and its sanction are in the
-- file together or not at all.

local arrival = require "decorum.arrival"
local assessment = require "decorum.assessment"
local decision = require "decorum.decision"
local member = require "decorum.member"
local message = require "decorum.message"
local sanction = require "decorum.sanction"

local pipeline = {}

---A function for each type of event. It returns what came of it: "added", "edited", "recorded", "known" (it
---was there already), "unknown" (about a message that is not there), "seen" (nothing to keep).
---@class Pipeline
---@field message fun(event: Event): string
---@field edit fun(event: Event): string
---@field delete fun(event: Event): string
---@field kick fun(event: Event): string
---@field join fun(event: Event): string
---@field leave fun(event: Event): string
---@field nick fun(event: Event): string
---@field forget_sessions fun() another log begins
---@field tally DecisionTally

---@param db any an open community
---@return Pipeline
function pipeline.new(db)
  local directory = member.directory(db)
  local ingest = message.ingest(db, directory)
  local assess = assessment.by_scorer(db)
  local decide, tally = decision.by_policies(db)
  local cases = sanction.cases(db)
  local arrive = arrival.counter(db, directory)

  local function judge(said)
    local seq, is_worse = assess(said)
    local to_enforce = is_worse and decide(said, seq)
    if to_enforce then
      cases.by_decision(to_enforce)
    end
  end

  local steps = { tally = tally }

  function steps.message(event)
    local said = ingest.message(event)
    if not said then
      return "known"
    end
    judge(said)
    return "added"
  end

  function steps.edit(event)
    local said, why = ingest.edit(event)
    if not said then
      return why
    end
    judge(said)
    return "edited"
  end

  function steps.delete(event)
    return ingest.delete(event)
  end

  function steps.kick(event)
    local is_known = cases.knows(event)
    if not is_known then
      cases.kick(directory.member(event.platform, event.member), event)
    end
    directory.leave(event.platform, event.member)
    return is_known and "known" or "recorded"
  end

  steps.join = arrive

  function steps.leave(event)
    directory.leave(event.platform, event.member)
    return "seen"
  end

  function steps.nick(event)
    directory.rename(event.platform, event.member, event.to)
    return "seen"
  end

  steps.forget_sessions = directory.clear

  return steps
end

return pipeline
