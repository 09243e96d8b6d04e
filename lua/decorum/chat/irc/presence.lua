--- Who comes and goes, under which nick, host, account and rank.
--
-- Each function is named after a command or a numeric and is given the session and a line; it keeps session.people and
-- adds events to session.effects.

local event = require "decorum.chat.irc.event"
local message = require "decorum.chat.irc.message"
local mode = require "decorum.chat.irc.mode"
local roster = require "decorum.chat.irc.roster"

local presence = {}

local WHO_TOKEN = "17" -- by which our WHO is known; any number
local WHO_WAIT = 15 -- seconds; some servers do not answer

---Keeps what a line tells of somebody. Whoever has another id by it, and was spoken of under the old one, changed it.
---@param session table
---@param person Person
---@param line IrcMessage
---@param user string?
---@param host string?
---@param account string|false|nil
function presence.learn(session, person, line, user, host, account)
  local from = person.id
  session.people:update(person, user, host, account)
  if person.id ~= from and person.is_told and not session:is_me(person.nick) then
    session:tell(event.nick(session, person, line, from))
  end
end

local handlers = {}

function handlers.JOIN(session, line)
  local name, account = line.params[1], line.params[2]
  if not name or not line.nick then
    return
  elseif session:is_me(line.nick) then
    session:came_in(name)
  end
  local person = session.people:join(line.nick, line.user, line.host, name)
  if not person then
    return
  end
  if session.caps:has "extended-join" and account then
    presence.learn(session, person, line, nil, nil, account)
  elseif session.caps:has "account-tag" then
    presence.learn(session, person, line, nil, nil, line.tags and line.tags.account or false)
  end
  if not session:is_me(line.nick) then
    session:tell(event.join(session, person, line, session.people:room(name)))
  end
end

-- Somebody is not in a channel any more.
local function go(session, line, nick, name, made)
  if session:is_me(nick) then
    session:went_out(name, line)
  elseif made then
    session.people:part(nick, name)
    session:tell(made)
    session:nick_freed(nick)
  end
end

function handlers.PART(session, line)
  local name = line.params[1] or ""
  local person, room = session.people:find(line.nick or ""), session.people:room(name)
  go(session, line, line.nick or "", name, person and room and event.about(session, "leave", person, line, room))
end

function handlers.KICK(session, line)
  local name, nick, reason = line.params[1] or "", line.params[2] or "", line.params[3]
  local person, room = session.people:find(nick), session.people:room(name)
  local made
  if person and room and session:is_me(line.nick or "") then
    made = event.about(session, "leave", person, line, room) -- the runner knows of what it did itself
  elseif person and room then
    local by = session.people:find(line.nick or "")
    made = event.kick(session, person, line, room, by and by.id or roster.id_of(session.server, line.nick or "*"), reason)
  end
  go(session, line, nick, name, made)
end

function handlers.QUIT(session, line)
  local person = session.people:find(line.nick or "")
  if person and not session:is_me(line.nick) then
    local made = event.about(session, "leave", person, line)
    session.people:quit(line.nick)
    session:tell(made)
    session:nick_freed(line.nick)
  end
end

function handlers.NICK(session, line)
  local to = line.params[1]
  if not to or to == "" or not line.nick then
    return
  elseif session:is_me(line.nick) then
    session.people:rename(line.nick, to)
    return session:nick_is(to)
  end
  local person = session.people:find(line.nick)
  if person then
    local from = person.id
    session.people:rename(line.nick, to)
    session:tell(event.nick(session, person, line, from))
    session:nick_freed(line.nick)
  end
end

function handlers.ACCOUNT(session, line)
  local person = session.people:find(line.nick or "")
  if person and line.params[1] then
    presence.learn(session, person, line, nil, nil, line.params[1])
  end
end

function handlers.CHGHOST(session, line)
  local person = session.people:find(line.nick or "")
  if person and line.params[2] then
    presence.learn(session, person, line, line.params[1], line.params[2])
  end
end

function handlers.MODE(session, line)
  local name = line.params[1] or ""
  local room = session.people:room(name)
  if not room then
    return
  end
  for _, change in ipairs(mode.parse(session.server, line.params[2] or "", table.move(line.params, 3, #line.params, 1, {}))) do
    local was = session:rank_in(room)
    session.people:change(name, change)
    if room.is_known and was < 1 and session:rank_in(room) >= 1 then
      session:may_act(room)
    end
  end
end

-- NAMES: nicks, perhaps with user and host, each behind its prefixes.
handlers["353"] = function(session, line)
  local name, names = line.params[#line.params - 1], line.params[#line.params]
  local symbols = session.server.prefix.symbols
  for word in (#line.params > 2 and names or ""):gmatch "[^ ]+" do
    local from = 1
    while symbols:find(word:sub(from, from), 1, true) and from <= #word do
      from = from + 1
    end
    local nick, user, host = word:match("^([^!]+)!?([^@]*)@?(.*)$", from)
    if nick then
      session.people:join(nick, user ~= "" and user or nil, host ~= "" and host or nil, name, word:sub(1, from - 1))
    end
  end
end

-- The end of NAMES: hosts and accounts are asked for, where they were not told.
handlers["366"] = function(session, line)
  local room = session.people:room(line.params[2] or "")
  if not room or room.is_listed then
    return
  end
  room.is_listed = true
  if session.server.tokens.WHOX then
    session.flow:put("query", message.format("WHO", room.name, "%tcuhna," .. WHO_TOKEN))
  elseif not session.caps:has "userhost-in-names" then
    session.flow:put("query", message.format("WHO", room.name))
  else
    return session:may_act(room)
  end
  session:after(WHO_WAIT, function()
    if not room.is_known then
      session:may_act(room)
    end
  end)
end

handlers["352"] = function(session, line)
  local person = session.people:find(line.params[6] or "")
  if person then
    presence.learn(session, person, line, line.params[3], line.params[4])
  end
end

handlers["354"] = function(session, line)
  local person = session.people:find(line.params[6] or "")
  if person and line.params[2] == WHO_TOKEN then
    presence.learn(session, person, line, line.params[4], line.params[5], line.params[7])
  end
end

handlers["315"] = function(session, line)
  local room = session.people:room(line.params[2] or "")
  if room and room.is_listed and not room.is_known then
    session:may_act(room)
  end
end

-- The modes of a channel, as they are.
handlers["324"] = function(session, line)
  for _, change in ipairs(mode.parse(session.server, line.params[3] or "", table.move(line.params, 4, #line.params, 1, {}))) do
    if change.kind == "flag" then
      session.people:change(line.params[2], change)
    end
  end
end

-- The host that others see of us.
handlers["396"] = function(session, line)
  local me = session:me()
  local user, host = (line.params[2] or ""):match "^(.-)@?([^@]+)$"
  if me and host then
    session.people:update(me, user ~= "" and user or nil, host)
  end
end

presence.handlers = handlers

return presence
