--- Arrivals: somebody came into a channel. Who it was is not kept, only whether they were known.

local arrival = {}

---@param db any
---@param directory Directory
---@return fun(event: Event): string "recorded" or "known"
function arrival.counter(db, directory)
  local find = db:prepare "SELECT 1 FROM arrival WHERE event = ?"
  local add = db:prepare "INSERT INTO arrival(channel, at, newcomer, event) VALUES (?, ?, ?, ?)"
  return function(event)
    local id = event.platform .. " " .. event.id
    local is_newcomer = directory.arrive(event.platform, event.member, event.origin)
    if find:row(id) then
      return "known"
    end
    add:run(directory.channel(event.platform, event.channel), event.at, is_newcomer and 1 or 0, id)
    return "recorded"
  end
end

return arrival
