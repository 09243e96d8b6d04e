--- Decisions: what should be done, by the facts that could be seen and every active policy.

local facts = require "decorum.facts"
local follow_up = require "decorum.follow_up"
local mode = require "decorum.mode"
local system = require "host.system"

local decision = {}

-- SQLite's functions take at most 127 arguments, and so json_object no more pairs than these.
local PAIRS_AT_ONCE = 60

-- The facts that a policy needs, as a JSON object; NULL is null. They are plain values: no part begins or ends with
-- braces of its own.
local function facts_as_json(needs)
  local parts, pairs_of_json = {}, {}
  local function end_part()
    parts[#parts + 1] = ("trim(json_object(%s), '{}')"):format(table.concat(pairs_of_json, ", "))
    pairs_of_json = {}
  end
  for _, column in ipairs(needs) do
    pairs_of_json[#pairs_of_json + 1] = ("'%s', \"%s\""):format(column:gsub("'", "''"), column:gsub('"', '""'))
    if #pairs_of_json == PAIRS_AT_ONCE then
      end_part()
    end
  end
  if pairs_of_json[1] or not parts[1] then
    end_part()
  end
  return "'{' || " .. table.concat(parts, " || ',' || ") .. " || '}'"
end

---@class DecisionTally
---@field policies integer that are active
---@field failed integer decisions that ended in the policy's error
---@field why string? the last such error

-- What decides about the message ?4 in mode ?5, from a FROM clause that gives the columns of lua_policy.
local INSERT = [[
  INSERT INTO decision(seq, message, member, at, policy, action, duration_s, severity, points, rule, reason,
    review, mode, trace, error)
  SELECT ?3, ?4, ?1, ?2, policy, action, duration_s, severity, points, rule, reason, review,
    iif(mode = 'observe', mode, ?5), trace, error
  FROM %s AS made]]

-- A policy that cannot decide: ?6 is its version, ?7 why.
local FAILED = [[(SELECT ?6 AS policy, NULL AS action, NULL AS duration_s, NULL AS severity, NULL AS points, NULL AS rule,
  NULL AS reason, 0 AS review, NULL AS mode, NULL AS trace, ?7 AS error)]]

-- A policy's statements; `from` is the table of facts.
local function prepare_policy(db, i, policy, from)
  local decisions = "temp.decide_" .. i
  db:exec(("DROP TABLE IF EXISTS %s; CREATE VIRTUAL TABLE %s USING lua_policy(policy = '%s', facts = %s)"):format(
    decisions, decisions, policy.name:gsub("'", "''"), from))
  policy.decide = db:prepare(INSERT:format(decisions))
  policy.keep_facts = db:prepare(("UPDATE decision SET facts = (SELECT %s FROM temp.%s) WHERE id = ?"):format(
    facts_as_json(policy.needs), from))
end

---@class ActivePolicy
---@field name string
---@field label string name@version
---@field needs string[]
---@field heard table<string, boolean> the news for which it decides again
---@field why string? it cannot decide, and so fails each time

-- The active policies; and the same in one text, to be compared with, with what else may change how they decide.
local function active_policies(db)
  local rows, text = {}, { tostring(db:prepare("PRAGMA main.schema_version"):row()) }
  for i, name, version, needs in db:prepare("SELECT name, version, needs FROM policy WHERE active ORDER BY name"):rows() do
    rows[i] = { name = name, label = name .. "@" .. version, needs = needs }
    text[i + 1] = rows[i].label
  end
  return rows, table.concat(text, " ")
end

-- Makes them ready. One that is not, since its facts are gone or somebody spoilt what stands in the file, is left out, and
-- the others go on. Returns what reads the facts.
local function prepare_policies(db, policies)
  local names, ready = facts.names(db), {}
  local function attempt(policy, step)
    local ok, why = pcall(step)
    if not ok then
      policy.why = tostring(why)
    end
  end
  for _, policy in ipairs(policies) do
    policy.heard = {}
    attempt(policy, function()
      local needs = facts.needed(db, policy.needs)
      policy.needs, policy.heard = needs, facts.heard(needs)
      policy.why = facts.lacking(names, needs)
      ready[#ready + 1] = not policy.why and policy or nil
    end)
  end
  local gather, from = facts.reader(db, ready)
  for i, policy in ipairs(ready) do
    attempt(policy, function()
      prepare_policy(db, i, policy, from)
    end)
  end
  return gather
end

-- Nothing to enforce.
local NOTHING = {}

---@class Decider
---@field decide fun(message: Message, seq: integer, news: true|table<string, boolean>): integer[] the decisions that are to be
---enforced as sanctions, the strongest first
---@field refresh fun() when a transaction has begun: from then on the policies are those that are active now
---@field undone fun() the transaction was rolled back
---@field tally DecisionTally

---Every active policy decides about what can be seen up to seq, and its decision is kept; of a message that was decided on
---before, every policy that hears of the news. All are given the same facts, so that none depends on what follows from another's
---decision. A decision to do something, or to ask for a review, is kept with the facts that its policy was given.
---@param db any
---@param tell string[] is added which policies are left out, and why
---@return Decider
function decision.by_policies(db, tell)
  local policies, active, gather, version
  local tally = { policies = 0, failed = 0, why = nil }
  local version_now = db:prepare "PRAGMA data_version"

  local function refresh()
    local now = version_now:row()
    if now == version then
      return
    end
    version = now
    local listed, text = active_policies(db)
    if text ~= active then
      policies, active, gather = listed, text, prepare_policies(db, listed)
      tally.policies = #policies
      for _, policy in ipairs(policies) do
        tell[#tell + 1] = policy.why and ("%s is left out: %s"):format(policy.label, policy.why) or nil
      end
    end
  end

  -- The tables that policies are asked through were made in the transaction, and are gone with it.
  local function undone()
    active, version = nil, nil
  end

  refresh()
  local strength = {}
  for _, name, severity in db:prepare("SELECT name, severity FROM decorum_action WHERE sanctions"):rows() do
    strength[name] = not follow_up.needs_person(name) and severity or nil
  end
  local fail = db:prepare(INSERT:format(FAILED))
  local outcome = db:prepare [[
    SELECT policy, action, mode, error, review FROM decision WHERE id = ? AND (action IS NOT 'none' OR review)]]
  local sanctioned = db:prepare [[
    SELECT 1 FROM policy_decision JOIN decorum_action ON decorum_action.name = action AND sanctions
    WHERE message = ?1 AND action <> 'none' AND seq >= ?2 AND policy_name = ?3]]
  local keep_timing = db:prepare "INSERT INTO decision_timing(decision, duration_s) VALUES (?, ?)"
  local follow = follow_up.of_decisions(db)
  local mode_of = mode.reader(db)

  -- Does a policy hear of the news? Nobody is sanctioned by it twice for the same words.
  local function hears(policy, message, news)
    for name in pairs(news) do
      if policy.heard[name] then
        return not (message.text_seq and sanctioned:row(message.id, message.text_seq, policy.name))
      end
    end
    return false
  end

  -- Decides by one policy; returns the decision and its strength if it is to be enforced.
  local function decide(policy, message, seq)
    local start = system.clock()
    local in_force = mode_of(policy.name, policy.label, seq)
    if policy.why then
      fail:run(message.member, message.at, seq, message.id, in_force, policy.label, policy.why)
    else
      policy.decide:run(message.member, message.at, seq, message.id, in_force)
    end
    local id = db:last_rowid()
    local label, action, made_in, why, review = outcome:row(id)
    if not label then
      return nil
    end
    if action then
      policy.keep_facts:run(id)
    else
      tally.failed, tally.why = tally.failed + 1, label .. ": " .. why
    end
    keep_timing:run(id, system.clock() - start)
    follow(id, action, made_in, review)
    return id, made_in == "enforce" and strength[action] or nil
  end

  local function decide_all(message, seq, news)
    local enforce, strengths, gathered = NOTHING, nil, false
    for i = 1, #policies do
      local policy, id, strong = policies[i], nil, nil
      if news == true or hears(policy, message, news) then
        if not gathered then
          gather(message.member, message.at, seq)
          gathered = true
        end
        id, strong = decide(policy, message, seq)
      end
      if strong then
        if not strengths then
          enforce, strengths = {}, {}
        end
        local place = 1
        while strengths[place] and strengths[place] >= strong do
          place = place + 1
        end
        table.insert(enforce, place, id)
        table.insert(strengths, place, strong)
      end
    end
    return enforce
  end

  return { decide = decide_all, refresh = refresh, undone = undone, tally = tally }
end

return decision
