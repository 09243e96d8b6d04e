--- Sanctions: what is done, each a case.
--
-- Whatever its guards say, a policy sanctions nobody who is immune.

local sanction = {}

---@class Sanctions
---@field by_decision fun(decision: integer)
---@field knows fun(event: Event): boolean is there a case for this event already?
---@field kick fun(member: integer, event: Event) a kick by a person, as the log tells

---@param db any
---@return Sanctions
function sanction.cases(db)
  local from_decision = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message)
    SELECT member, action, duration_s, at, reason, policy, id, message FROM decision
    WHERE id = ? AND NOT coalesce((SELECT immune FROM immunity
      WHERE immunity.member = decision.member AND immunity.seq <= decision.seq ORDER BY seq DESC LIMIT 1), 0)]]
  local find_event = db:prepare "SELECT 1 FROM sanction WHERE event = ?"
  local add_kick = db:prepare [[
    INSERT INTO sanction(member, action, at, reason, moderator, event) VALUES (?, 'kick', ?, ?, ?, ?)]]

  local cases = {}

  function cases.by_decision(id)
    from_decision:run(id)
  end

  function cases.knows(event)
    return find_event:row(event.platform .. " " .. event.id) ~= nil
  end

  function cases.kick(member, event)
    local reason = event.reason and event.reason:find "%S" and event.reason or "no reason given"
    add_kick:run(member, event.at, reason, event.by, event.platform .. " " .. event.id)
  end

  return cases
end

return sanction
