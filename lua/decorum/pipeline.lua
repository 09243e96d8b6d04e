--- The one way through: message → assessment → facts → decision → sanction.
--
-- The same code for every source of events. Each step is a module of that name; each kind of row it writes
-- is a table. The caller opens and commits the transaction, so that a decision and its sanction are in the
-- file together or not at all.
--
-- A verdict, or a model's assessment, comes later: whoever adds such rows calls catch_up() in the same transaction, and
-- the messages go on from there. Those that people add by SQL wait until the next one begins.

local arrival = require "decorum.arrival"
local assessment = require "decorum.assessment"
local decision = require "decorum.decision"
local member = require "decorum.member"
local message = require "decorum.message"
local sanction = require "decorum.sanction"
local second_look = require "decorum.second_look"

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
---@field judge fun(said: Message) the steps from the assessment on, of a message that is there already
---@field look_again fun(message: integer) the same for what was said of it since policies last looked at it
---@field catch_up fun() looks again at every message of which something was said since
---@field refresh fun() when a transaction has begun: the policies are those that are active now
---@field undone fun() the transaction was rolled back: what was remembered of it is forgotten
---@field tally DecisionTally
---@field fell string[] which policies fell to observe or are left out, in words; whoever tells it empties it

---@param db any an open community
---@param assess (fun(message: Message): integer, any)? where assessments come from: else the built-in scorer
---@param directory Directory? else that of a log
---@return Pipeline
function pipeline.new(db, assess, directory)
  directory = directory or member.directory(db)
  local ingest = message.ingest(db, directory)
  assess = assess or assessment.by_scorer(db)
  local cases = sanction.cases(db)
  local decider = decision.by_policies(db, cases.fell)
  local looks = second_look.taker(db)
  local arrive = arrival.counter(db, directory)

  local function decide(said, seq, news)
    for _, to_enforce in ipairs(decider.decide(said, seq, news)) do
      if cases.by_decision(to_enforce) then -- the strongest, unless the brake holds it
        break
      end
    end
  end

  local function judge(said)
    local seq, news = assess(said)
    if news then
      decide(said, seq, news)
    end
  end

  local function look_again(id)
    local said, seq, news = looks.take(id)
    if said then
      decide(said, seq, news)
    end
  end

  local function refresh()
    directory.refresh()
    decider.refresh()
  end

  local steps = { judge = judge, look_again = look_again, refresh = refresh, tally = decider.tally, fell = cases.fell }

  function steps.catch_up()
    for _, id in ipairs(looks.due()) do
      look_again(id)
    end
  end

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
    directory.rename(event.platform, event.member, event.to, event.origin)
    return "seen"
  end

  steps.forget_sessions = directory.clear

  function steps.undone()
    decider.undone()
    directory.undone()
  end

  return steps
end

return pipeline
