--- Sanctions: what is done, each a case.

local sanction = {}

---@class Sanctions
---@field by_decision fun(decision: integer)
---@field kick fun(member: integer, event: Event): boolean a kick by a person, as the log tells; false if known

---@param db any
---@return Sanctions
function sanction.cases(db)
  local from_decision = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message)
    SELECT member, action, duration_s, at, reason, policy, id, message FROM decision WHERE id = ?]]
  local count_kicks = db:prepare [[
    SELECT count(*) FROM sanction WHERE member = ? AND action = 'kick' AND at = ? AND moderator = ?]]
  local add_kick = db:prepare [[
    INSERT INTO sanction(member, action, at, reason, moderator) VALUES (?, 'kick', ?, ?, ?)]]

  local cases = {}

  function cases.by_decision(id)
    from_decision:run(id)
  end

  function cases.kick(member, event)
    if count_kicks:row(member, event.at, event.by) >= (event.repeated or 1) then
      return false
    end
    local reason = event.reason and event.reason:find "%S" and event.reason or "no reason given"
    add_kick:run(member, event.at, reason, event.by)
    return true
  end

  return cases
end

return sanction
