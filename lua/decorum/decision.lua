--- Decisions: what should be done, by the facts that could be seen and every active policy.

local facts = require "decorum.facts"
local follow_up = require "decorum.follow_up"
local system = require "host.system"

local decision = {}

-- SQLite's functions take at most 127 arguments, and so json_object no more pairs than these.
local PAIRS_AT_ONCE = 60

-- The facts that a policy needs, as a JSON object; NULL is null. They are plain values: no part begins or ends with
-- braces of its own.
local function facts_as_json(db, needs)
  local parts, pairs_of_json = {}, {}
  local function end_part()
    parts[#parts + 1] = ("trim(json_object(%s), '{}')"):format(table.concat(pairs_of_json, ", "))
    pairs_of_json = {}
  end
  for _, column in db:prepare("SELECT value FROM json_each(?)"):rows(needs) do
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

-- The mode that is in force at seq ?3 for the version in `policy`, of the policy of name ?5: see the table mode_change. The newest
-- row that concerns it and the newest by hand that names it must both say enforce.
local IN_FORCE = [[iif(
  'enforce' = (SELECT mode FROM mode_change WHERE seq = max(
    coalesce((SELECT max(seq) FROM mode_change WHERE policy IS NULL AND seq <= ?3), 0),
    coalesce((SELECT max(seq) FROM mode_change WHERE policy = ?5 AND seq <= ?3), 0),
    coalesce((SELECT max(seq) FROM mode_change WHERE policy = made.policy AND seq <= ?3), 0)))
  AND coalesce('enforce' = (SELECT mode FROM mode_change WHERE seq = max(
    coalesce((SELECT max(seq) FROM mode_change WHERE policy = ?5 AND seq <= ?3), 0),
    coalesce((SELECT seq FROM mode_change WHERE policy = made.policy AND cause = 'hand' AND seq <= ?3 ORDER BY seq DESC LIMIT 1), 0))), 1),
  'enforce', 'observe')]]

---@class DecisionTally
---@field policies integer that are active
---@field failed integer decisions that ended in the policy's error
---@field why string? the last such error

-- A policy's statements; `from` is the table of facts.
local function prepare_policy(db, i, policy, from)
  local decisions = "temp.decide_" .. i
  db:exec(("DROP TABLE IF EXISTS %s; CREATE VIRTUAL TABLE %s USING lua_policy(policy = '%s', facts = %s)"):format(
    decisions, decisions, policy.name:gsub("'", "''"), from))
  policy.decide = db:prepare(([[
    INSERT INTO decision(seq, message, member, at, policy, action, duration_s, severity, points, rule, reason,
      review, mode, trace, error)
    SELECT ?3, ?4, ?1, ?2, policy, action, duration_s, severity, points, rule, reason, review,
      iif(mode = 'observe', mode, %s), trace, error
    FROM %s AS made]]):format(IN_FORCE, decisions))
  policy.keep_facts = db:prepare(("UPDATE decision SET facts = (SELECT %s FROM temp.%s) WHERE id = ?"):format(
    facts_as_json(db, policy.needs), from))
end

-- The active policies, a list of { name =, needs = }; and the same in one text, to be compared with.
local function active_policies(db)
  local policies, text = {}, {}
  for i, name, version, needs in db:prepare("SELECT name, version, needs FROM policy WHERE active ORDER BY name"):rows() do
    policies[i] = { name = name, needs = needs }
    text[i] = name .. "@" .. version
  end
  return policies, table.concat(text, " ")
end

-- Nothing to enforce.
local NOTHING = {}

---Every active policy decides about what can be seen up to seq, and its decision is kept. All are given the same facts,
---so that none depends on what follows from another's decision. The first function returns the decisions that are to be
---enforced as sanctions, the strongest first. One to do something, or to ask for a review, is kept with the facts that its
---policy was given. The second is called when a transaction has begun: from then on the policies are those that are active now.
---@param db any
---@return fun(message: Message, seq: integer): integer[] decisions
---@return fun() refresh
---@return DecisionTally
function decision.by_policies(db)
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
      local from
      policies, active = listed, text
      gather, from = facts.reader(db, policies)
      for i, policy in ipairs(policies) do
        prepare_policy(db, i, policy, from)
      end
      tally.policies = #policies
    end
  end

  refresh()
  local strength = {}
  for _, name, severity in db:prepare("SELECT name, severity FROM decorum_action WHERE sanctions"):rows() do
    strength[name] = not follow_up.needs_person(name) and severity or nil
  end
  local outcome = db:prepare [[
    SELECT policy, action, mode, error, review FROM decision WHERE id = ? AND (action IS NOT 'none' OR review)]]
  local keep_timing = db:prepare "INSERT INTO decision_timing(decision, duration_s) VALUES (?, ?)"
  local follow = follow_up.of_decisions(db)

  -- Decides by one policy; returns the decision and its strength if it is to be enforced.
  local function decide(policy, message, seq)
    local start = system.clock()
    policy.decide:run(message.member, message.at, seq, message.id, policy.name)
    local id = db:last_rowid()
    local label, action, mode, why, review = outcome:row(id)
    if not label then
      return nil
    end
    if action then
      policy.keep_facts:run(id)
    else
      tally.failed, tally.why = tally.failed + 1, label .. ": " .. why
    end
    keep_timing:run(id, system.clock() - start)
    follow(id, action, mode, review)
    return id, mode == "enforce" and strength[action] or nil
  end

  return function(message, seq)
    local enforce, strengths = NOTHING, nil
    if policies[1] then
      gather(message.member, message.at, seq)
    end
    for i = 1, #policies do
      local id, strong = decide(policies[i], message, seq)
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
  end, refresh, tally
end

return decision
