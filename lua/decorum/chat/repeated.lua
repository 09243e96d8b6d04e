--- Ids of events whose source gives them none: identical ones within a short time are different events.

local repeated = {}

local KEPT = 7200 -- seconds for which an id is remembered, at least

---Makes each id of the same another: the second "a" is "a-2".
---@return fun(id: string, at: number): string
function repeated.counter()
  local now, before, until_at = {}, {}, -math.huge
  return function(id, at)
    if at >= until_at then
      now, before, until_at = {}, now, at + KEPT
    end
    local count = (now[id] or before[id] or 0) + 1
    now[id] = count
    return count == 1 and id or id .. "-" .. count
  end
end

return repeated
