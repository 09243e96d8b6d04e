--- Decisions: what should be done, by the facts that could be seen and every active policy.

local decision = {}

-- What removes a member needs a person: such a decision is put into the review queue instead of being enforced.
local removes = { shadow_ban = true, kick = true, ban = true }

-- The facts that a policy needs, as a JSON object.
local function facts_as_json(db, needs)
  local pairs_of_json = {}
  for _, column in db:prepare("SELECT value FROM json_each(?)"):rows(needs) do
    pairs_of_json[#pairs_of_json + 1] = ("'%s', \"%s\""):format(column:gsub("'", "''"), column:gsub('"', '""'))
  end
  return "json_object(" .. table.concat(pairs_of_json, ", ") .. ")"
end

---@class DecisionTally
---@field policies integer that are active
---@field failed integer decisions that ended in the policy's error
---@field why string? the last such error

---Every active policy decides about what can be seen up to seq, and its decision is kept. The function
---returns the strongest of those that are to be enforced. A decision to do something, or to ask for a review, is kept
---with the facts that its policy was given, read again: what can be seen up to seq stays what it was.
---@param db any
---@return fun(message: Message, seq: integer): integer? decision
---@return DecisionTally
function decision.by_policies(db)
  local policies, keep_facts = {}, {}
  for i, name, needs in db:prepare("SELECT name, needs FROM policy WHERE active ORDER BY name"):rows() do
    local from = "decide_" .. i
    db:exec(("CREATE VIRTUAL TABLE temp.%s USING lua_policy(policy = '%s', facts = member_facts)"):format(
      from, name:gsub("'", "''")))
    policies[i] = db:prepare(([[
      INSERT INTO decision(seq, message, member, at, policy, action, duration_s, severity, points, rule, reason,
        review, mode, trace, error)
      SELECT ?3, ?4, ?1, ?2, policy, action, duration_s, severity, points, rule, reason, review,
        coalesce(mode, (SELECT value FROM setting WHERE name = 'mode')), trace, error
      FROM temp.%s(?1, ?2, ?3)]]):format(from))
    keep_facts[i] = db:prepare(([[
      UPDATE decision SET facts = (SELECT %s FROM member_facts(?1, ?2, ?3)) WHERE id = ?4]]):format(facts_as_json(db, needs)))
  end
  local strength = {}
  for _, name, severity in db:prepare("SELECT name, severity FROM decorum_action WHERE sanctions"):rows() do
    strength[name] = not removes[name] and severity or nil
  end
  local outcome = db:prepare [[
    SELECT action, mode, policy, error, review FROM decision WHERE id = ? AND (action IS NOT 'none' OR review)]]
  local ask_for_review = db:prepare [[
    INSERT INTO review(at, message, member, decision, reason)
    SELECT at, message, member, id, coalesce(reason, policy) FROM decision WHERE id = ?]]
  local tally = { policies = #policies, failed = 0, why = nil }

  return function(message, seq)
    local strongest, most = nil, -1
    for i = 1, #policies do
      policies[i]:run(message.member, message.at, seq, message.id)
      local id = db:last_rowid()
      local action, mode, policy, why, review = outcome:row(id)
      if review == 1 or (mode == "enforce" and removes[action]) then
        ask_for_review:run(id)
      end
      if action then
        keep_facts[i]:run(message.member, message.at, seq, id)
      end
      if why then
        tally.failed, tally.why = tally.failed + 1, policy .. ": " .. why
      end
      if mode == "enforce" and (strength[action] or -1) > most then
        strongest, most = id, strength[action]
      end
    end
    return strongest
  end, tally
end

return decision
