--- Who is where, under which nick, host and account, with which rank: what the server told of those who share a channel
--- with the bot.
--
--   local people = roster.new(server)
--   people:join("ann", "a", "host.example", "#lobby")
--   people:rename("ann", "Bob")
--   people:find("bob").id                       "bob"; "account:bob" for who is logged in as Bob
--   people:rank(people:find "bob", "#lobby")    0
--
-- Whoever shares no channel with the bot any more is forgotten. Nicks, hosts and names are kept as the server sends
-- them; ids are UTF-8.

local text = require "decorum.chat.irc.text"

local roster = {}
roster.__index = roster

---@class Person
---@field nick string as shown
---@field user string? what stands before the @
---@field host string?
---@field account string? of who is logged in
---@field id string what the platform knows them by
---@field channels table<string, string> by the folded name of the channel: the prefixes they have there
---@field is_told boolean? has an event named this id?

---@class Room
---@field name string as it is spelled where the bot was told to join it
---@field people table<string, Person> by folded nick
---@field flags table<string, boolean> modes that are set

---@param server table ISUPPORT
---@return table
function roster.new(server)
  return setmetatable({ server = server, people = {}, rooms = {} }, roster)
end

---What the platform knows somebody by. No nick can be taken for an account: a colon in it, which no server allows, is
---written otherwise.
---@param server table
---@param nick string
---@param account string?
---@return string
function roster.id_of(server, nick, account)
  if account then
    return "account:" .. text.utf8(server.fold(account))
  end
  local folded = text.utf8(server.fold(nick))
  return folded:find(":", 1, true) and folded:gsub(":", "%%3a") or folded
end

---@param nick string
---@return Person?
function roster:find(nick)
  return self.people[self.server.fold(nick)]
end

---@param name string
---@return Room?
function roster:room(name)
  return self.rooms[self.server.fold(name)]
end

---The bot came into a channel, of which nothing is known yet.
---@param name string
---@param spelling string?
---@return Room
function roster:open(name, spelling)
  self:close(name)
  local room = { name = spelling or name, people = {}, flags = {} }
  self.rooms[self.server.fold(name)] = room
  return room
end

---The bot left it.
---@param name string
function roster:close(name)
  local key = self.server.fold(name)
  local room = self.rooms[key]
  if room then
    for folded, person in pairs(room.people) do
      person.channels[key] = nil
      if next(person.channels) == nil then
        self.people[folded] = nil
      end
    end
    self.rooms[key] = nil
  end
end

---Keeps what is told of somebody who is known; an account of "*" or "0" is none.
---@param person Person
---@param user string?
---@param host string?
---@param account string|false|nil nil: not told; false: logged in to none
function roster:update(person, user, host, account)
  person.user, person.host = user or person.user, host or person.host
  if account ~= nil then
    account = account and account ~= "*" and account ~= "0" and account ~= "" and account or nil
    if account ~= person.account then
      person.account = account
      person.id = roster.id_of(self.server, person.nick, account)
    end
  end
end

---@param nick string
---@param user string?
---@param host string?
---@param name string the channel
---@param prefixes string?
---@return Person? nil if the bot is not in that channel
function roster:join(nick, user, host, name, prefixes)
  local key, folded = self.server.fold(name), self.server.fold(nick)
  local room = self.rooms[key]
  if not room then
    return nil
  end
  local person = self.people[folded]
  if not person then
    person = { nick = nick, channels = {}, id = roster.id_of(self.server, nick) }
    self.people[folded] = person
  end
  self:update(person, user, host)
  room.people[folded] = person
  person.channels[key] = prefixes or person.channels[key] or ""
  return person
end

---@param nick string
---@param name string the channel
function roster:part(nick, name)
  local key, folded = self.server.fold(name), self.server.fold(nick)
  local person, room = self.people[folded], self.rooms[key]
  if person and room then
    room.people[folded], person.channels[key] = nil, nil
    if next(person.channels) == nil then
      self.people[folded] = nil
    end
  end
end

---@param nick string
function roster:quit(nick)
  local folded = self.server.fold(nick)
  local person = self.people[folded]
  if person then
    for key in pairs(person.channels) do
      self.rooms[key].people[folded] = nil
    end
    self.people[folded] = nil
  end
end

---@param from string
---@param to string
---@return Person?
function roster:rename(from, to)
  local person = self:find(from)
  if not person then
    return nil
  end
  local old, new = self.server.fold(from), self.server.fold(to)
  if new ~= old then
    self:quit(to) -- a server that is right has nobody there
    self.people[old], self.people[new] = nil, person
    for key in pairs(person.channels) do
      local people = self.rooms[key].people
      people[old], people[new] = nil, person
    end
  end
  person.nick = to
  person.id = roster.id_of(self.server, to, person.account)
  return person
end

---A change of a channel's modes: ranks and flags are kept.
---@param name string the channel
---@param change ModeChange
function roster:change(name, change)
  local key = self.server.fold(name)
  local room = self.rooms[key]
  if not room then
    return
  elseif change.kind == "prefix" then
    local person = room.people[self.server.fold(change.arg)]
    if person then
      local symbol = self.server.prefix.symbol_of[change.mode]
      local others = person.channels[key]:gsub("%" .. symbol, "")
      person.channels[key] = change.sign == "+" and others .. symbol or others
    end
  elseif change.kind == "flag" then
    room.flags[change.mode] = change.sign == "+" or nil
  end
end

---The rank by the prefixes in a channel; without one, the highest in any of these channels.
---@param person Person
---@param name string?
---@param names string[]? folded
---@return integer
function roster:rank(person, name, names)
  local highest = 0
  for _, key in ipairs(name and { self.server.fold(name) } or names) do
    for symbol in (person.channels[key] or ""):gmatch "." do
      highest = math.max(highest, self.server:rank(symbol))
    end
  end
  return highest
end

---Does somebody have a mode's prefix there (o for operator)?
---@param person Person
---@param name string
---@param mode string
---@return boolean
function roster:has(person, name, mode)
  local symbol = self.server.prefix.symbol_of[mode]
  return symbol ~= nil and (person.channels[self.server.fold(name)] or ""):find(symbol, 1, true) ~= nil
end

---Everybody whose id is one of these, but never the bot.
---@param ids string[]
---@param me string its nick
---@return Person[] in the order of their nicks
function roster:known_as(ids, me)
  local is_asked, found = {}, {}
  for _, id in ipairs(ids) do
    is_asked[id] = true
  end
  me = self.server.fold(me)
  for folded, person in pairs(self.people) do
    if is_asked[person.id] and folded ~= me then
      found[#found + 1] = person
    end
  end
  table.sort(found, function(one, other)
    return one.nick < other.nick
  end)
  return found
end

return roster
