--- A queue between tasks, with a limit: who puts too much waits. Made by loop.queue().
--
--   local queue = loop.queue(100)
--   queue:put(event)      -- true; waits while 100 wait already. nil, "closed" after close()
--   queue:take()          -- event; waits while there is nothing. nil, "closed" once closed and empty
--   queue:take(5)         -- nil, "timed out" after five seconds without anything
--   queue:try()           -- event, or nil at once
--   queue:size()          -- how many are in it
--   queue:close()         -- what is in it can still be taken; who waits to put hears "closed"
--
-- First in, first out, for values and for those who wait. What was handed to a task that is cancelled before
-- it ran goes to the next. nil cannot be put. put and take may be called by any number of tasks.

---@class Queue
---@field items table
---@field first integer place of the oldest in items
---@field last integer place of the newest
---@field most integer
---@field takers TicketList
---@field putters TicketList
---@field is_closed boolean
local Queue = {}
Queue.__index = Queue

local queue = {}

---@param loop table host.loop, which makes this one
---@param tickets table what makes lists of tickets
---@param most integer? none: no limit
---@return Queue
function queue.new(loop, tickets, most)
  if most ~= nil and (math.type(most) ~= "integer" or most < 1) then
    error(("loop.queue: most must be an integer of 1 or more, not %s"):format(tostring(most)), 3)
  end
  return setmetatable({
    loop = loop, items = {}, first = 1, last = 0, most = most or math.maxinteger,
    takers = tickets.list(), putters = tickets.list(), is_closed = false,
  }, Queue)
end

local function append(self, value)
  self.last = self.last + 1
  self.items[self.last] = value
end

-- The oldest value; the first of those who wait to put then puts his.
local function shift(self)
  local value = self.items[self.first]
  self.items[self.first] = nil
  self.first = self.first + 1
  local putter = self.putters.first
  if putter then
    append(self, putter.value)
    self.loop.wake(putter, true)
  end
  return value
end

-- A value that a taker was given, who is gone: it was the oldest, and is again.
local function give_back(self, value)
  local taker = self.takers.first
  if taker then
    self.loop.wake(taker, value)
    return
  end
  self.first = self.first - 1
  self.items[self.first] = value
end

---@param value any not nil
---@return true? put
---@return string? why "closed"
function Queue:put(value)
  if value == nil then
    error("queue:put: nil cannot be put", 2)
  elseif self.is_closed then
    return nil, "closed"
  end
  local taker = self.takers.first
  if taker then
    self.loop.wake(taker, value)
    return true
  elseif self:size() < self.most then
    append(self, value)
    return true
  end
  local ticket = self.loop.ticket()
  ticket.value = value
  self.putters:add(ticket)
  return self.loop.wait(ticket)
end

---@param timeout_s number? none: waits as long as it takes
---@return any value nil if there was none
---@return string? why "timed out", "closed"
function Queue:take(timeout_s)
  if self:size() > 0 then
    return shift(self)
  elseif self.is_closed then
    return nil, "closed"
  end
  local ticket = self.loop.ticket()
  ticket.lost = function(value)
    if value ~= nil then
      give_back(self, value)
    end
  end
  self.takers:add(ticket)
  return self.loop.wait(ticket, timeout_s)
end

---@return any value nil if there was none
function Queue:try()
  if self:size() > 0 then
    return shift(self)
  end
end

---@return integer
function Queue:size()
  return self.last - self.first + 1
end

function Queue:close()
  self.is_closed = true
  for _, list in ipairs { self.takers, self.putters } do
    while list.first do
      self.loop.wake(list.first, nil, "closed")
    end
  end
end

return queue
