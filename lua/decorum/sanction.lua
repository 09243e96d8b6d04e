--- Sanctions: what is done, each a case.
--
-- Whatever its guards say, a policy sanctions nobody who is immune, nor too many at once.

local brake = require "decorum.brake"

local sanction = {}

---@class Sanctions
---@field by_decision fun(decision: integer): boolean false if the brake holds it
---@field knows fun(event: Event): boolean is there a case for this event already?
---@field kick fun(member: integer, event: Event) a kick by a person, as the log tells
---@field fell string[] what the brake did, in words; whoever tells it empties it

---@param db any
---@return Sanctions
function sanction.cases(db)
  local is_immune = db:prepare [[
    SELECT immune FROM decision JOIN immunity ON immunity.member = decision.member WHERE decision.id = ?
    ORDER BY immunity.seq DESC LIMIT 1]]
  local from_decision = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message)
    SELECT member, action, duration_s, at, reason, policy, id, message FROM decision WHERE id = ?]]
  local find_event = db:prepare "SELECT 1 FROM sanction WHERE event = ?"
  local add_kick = db:prepare [[
    INSERT INTO sanction(member, action, at, reason, moderator, event) VALUES (?, 'kick', ?, ?, ?, ?)]]
  local is_held, fell = brake.new(db)

  local cases = { fell = fell }

  function cases.by_decision(id)
    if is_immune:row(id) == 1 then
      return true
    elseif is_held(id) then
      return false
    end
    from_decision:run(id)
    return true
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
