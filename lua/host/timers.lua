--- What is due when: a heap of things with a time, of which any can be taken out again.
--
--   local timers = require("host.timers").new()
--   timers:add(ticket, 12.5)     -- ticket.timer_place is the heap's from now on
--   timers:first()               -- 12.5; nil if there is nothing
--   timers:due(13)               -- ticket, which is out now; nil if nothing is due at 13
--   timers:remove(ticket)        -- nothing if it is not in
--
-- Of two that are due at the same time, that which was added first comes first. What is taken out leaves nothing
-- behind. Adding and removing take time by the logarithm of how many there are.

---@class Timers
---@field items table[]
---@field at number[] when each is due
---@field order integer[] which of two was first
---@field count integer
---@field added integer
local Timers = {}
Timers.__index = Timers

local timers = {}

---@return Timers
function timers.new()
  return setmetatable({ items = {}, at = {}, order = {}, count = 0, added = 0 }, Timers)
end

local function is_before(self, a, b)
  return self.at[a] < self.at[b] or self.at[a] == self.at[b] and self.order[a] < self.order[b]
end

local function swap(self, a, b)
  local items, at, order = self.items, self.at, self.order
  items[a], items[b] = items[b], items[a]
  at[a], at[b] = at[b], at[a]
  order[a], order[b] = order[b], order[a]
  items[a].timer_place, items[b].timer_place = a, b
end

local function rise(self, place)
  while place > 1 and is_before(self, place, place // 2) do
    swap(self, place, place // 2)
    place = place // 2
  end
end

local function sink(self, place)
  while true do
    local child = 2 * place
    if child > self.count then
      return
    end
    if child < self.count and is_before(self, child + 1, child) then
      child = child + 1
    end
    if not is_before(self, child, place) then
      return
    end
    swap(self, child, place)
    place = child
  end
end

---@param item table must not be in already
---@param at number
function Timers:add(item, at)
  self.count = self.count + 1
  self.added = self.added + 1
  self.items[self.count], self.at[self.count], self.order[self.count] = item, at, self.added
  item.timer_place = self.count
  rise(self, self.count)
end

---@param item table
function Timers:remove(item)
  local place = item.timer_place
  if not place then
    return
  end
  local last = self.count
  if place ~= last then
    swap(self, place, last)
  end
  self.items[last], self.at[last], self.order[last] = nil, nil, nil
  self.count = last - 1
  item.timer_place = nil
  if place ~= last then
    rise(self, place)
    sink(self, place)
  end
end

---@return number? when the first is due
function Timers:first()
  return self.at[1]
end

---@param now number
---@return table? item
function Timers:due(now)
  local item = self.items[1]
  if item and self.at[1] <= now then
    self:remove(item)
    return item
  end
end

return timers
