--- Flood control: what is to be sent, in the order of its weight, no faster than a server bears.
--
-- The clock of RFC 1459: each line adds 2 seconds and 1 for every 100 bytes to a debt, which runs down with time; a line
-- goes out while the debt is under 10 seconds. So a few go at once, and many at the pace at which any server takes them.
--
--   local queue = flow.new()
--   queue:put("text", "PRIVMSG #lobby :hello", { group = call, on_dropped = f })
--   queue:put("urgent", "PONG :x")
--   queue:take(clock)         { line = "PONG :x" }, then { line = "PRIVMSG #lobby :hello", group = call, ... }, then nil
--   queue:take(clock)         nil, 3.5: in so many seconds there is more
--
-- Weights: "urgent" (answers to PING, registration) goes at once and is counted; "action" (MODE, KICK) goes before
-- "query" (NAMES, WHO, JOIN), that before "text". Where more than 100 texts wait, the oldest goes, with the others of its
-- group; actions never.

local flow = {}
flow.__index = flow

local LINE_COST, BYTE_COST, BURST = 2, 0.01, 10
local TEXTS_MOST = 100
local weights = { "urgent", "action", "query", "text" }

---@class FlowItem
---@field line string
---@field group any? lines that belong together
---@field on_sent fun()? for whoever takes it: when it is out
---@field on_dropped fun()? when it never will be

---@param pace number? so many times as fast
---@return table
function flow.new(pace)
  local queue = { debt_until = -math.huge, pace = pace or 1 }
  for _, weight in ipairs(weights) do
    queue[weight] = { first = 1, last = 0 }
  end
  return setmetatable(queue, flow)
end

local function push(items, item)
  items.last = items.last + 1
  items[items.last] = item
end

local function shift(items)
  local item = items[items.first]
  if item then
    items[items.first] = nil
    items.first = items.first + 1
  end
  return item
end

-- Takes those out that `is_out` names; the others keep their order.
local function remove(items, is_out)
  local kept, out = { first = 1, last = 0 }, {}
  for i = items.first, items.last do
    local item = items[i]
    if is_out(item) then
      out[#out + 1] = item
    else
      push(kept, item)
    end
  end
  return kept, out
end

local function tell_dropped(out)
  for _, item in ipairs(out) do
    if item.on_dropped then
      item.on_dropped()
    end
  end
end

---@param weight string
---@param line string without its end
---@param item table? group, on_sent, on_dropped
---@return integer dropped how many older texts had to go
function flow:put(weight, line, item)
  item = item or {}
  item.line = line
  push(self[weight], item)
  local texts = self.text
  if texts.last - texts.first + 1 <= TEXTS_MOST then
    return 0
  end
  local oldest = texts[texts.first]
  local out
  self.text, out = remove(texts, function(other)
    return other == oldest or (oldest.group and other.group == oldest.group)
  end)
  tell_dropped(out)
  return #out
end

---The next line, if one may go now; else nil and in how many seconds one may (nil: nothing waits).
---@param clock number seconds
---@return FlowItem?, number?
function flow:take(clock)
  for _, weight in ipairs(weights) do
    local items = self[weight]
    if items.first <= items.last then
      local debt = math.max(self.debt_until - clock, 0)
      if weight ~= "urgent" and debt > BURST then
        return nil, math.max(debt - BURST, 0.001)
      end
      local item = shift(items)
      self.debt_until = clock + debt + (LINE_COST + BYTE_COST * #item.line) / self.pace
      return item
    end
  end
end

---Nothing of it will be sent any more.
function flow:clear()
  for _, weight in ipairs(weights) do
    local out
    self[weight], out = remove(self[weight], function()
      return true
    end)
    tell_dropped(out)
  end
end

return flow
