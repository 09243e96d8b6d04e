--- Lists of tickets (loop.ticket): those who wait for the same thing, in the order in which they came.
--
--   local list = tickets.list()
--   list:add(ticket)       -- at the end; a ticket is in one list at most
--   list.first             -- who came first; nil if nobody waits
--   tickets.remove(ticket) -- from whatever list it is in; nothing if it is in none
--
-- A ticket that dies leaves its list by itself: nobody needs to look for dead ones.

---@class TicketList
---@field first Ticket?
---@field last Ticket?
local List = {}
List.__index = List

local tickets = {}

---@return TicketList
function tickets.list()
  return setmetatable({}, List)
end

---@param ticket Ticket
function List:add(ticket)
  ticket.list, ticket.before = self, self.last
  if self.last then
    self.last.after = ticket
  else
    self.first = ticket
  end
  self.last = ticket
end

---@param ticket Ticket
function tickets.remove(ticket)
  local list = ticket.list
  if not list then
    return
  end
  local before, after = ticket.before, ticket.after
  if before then
    before.after = after
  else
    list.first = after
  end
  if after then
    after.before = before
  else
    list.last = before
  end
  ticket.list, ticket.before, ticket.after = nil, nil, nil
end

return tickets
