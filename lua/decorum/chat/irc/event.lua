--- What happened, as the events that the runner takes: who did it, where, when, and how sure that is.
--
--   event.message(session, person, line, { room = room, kind = "message", text = "hello" })
--
-- The time is the server's, if it is told, and never later than now; a message's id is the server's, or made of its time,
-- a hash and a number. All texts are UTF-8.

local day = require "decorum.chat.day"
local system = require "host.system"
local text = require "decorum.chat.irc.text"

local event = {}

local APART_MOST = 300 -- seconds that a server's clock may be wrong and still be believed

---Unix seconds of the time in a server-time tag, nil if it is none.
---@param tag string
---@return number?
function event.server_time(tag)
  local year, month, date, hour, minute, second, rest = tag:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d):(%d%d):(%d%d)(%.?%d*)Z$"
  if not year or #rest > 12 or rest == "." or tonumber(hour) > 23 or tonumber(minute) > 59 or tonumber(second) > 60 then
    return nil
  end
  local start = day.start(tonumber(year), tonumber(month), tonumber(date))
  return start and start + hour * 3600 + minute * 60 + tonumber(second .. rest)
end

---Is the server's clock far from ours? Asked of a line that has only just been sent.
---@param line IrcMessage
---@param now number
---@return number? seconds it is ahead, if so many that its times are not to be believed
function event.clock_error(line, now)
  local told = line.tags and line.tags.time and event.server_time(line.tags.time)
  return told and math.abs(told - now) > APART_MOST and told - now or nil
end

-- When a line was said: as its tag tells, but not in the future.
local function time_of(session, line, is_history)
  local now = session.now()
  local tag = line.tags and line.tags.time
  local told = tag and (is_history or not session.is_clock_wrong) and event.server_time(tag)
  return told and told < now and told or now
end

local function new_id(session, at, ...)
  return ("%d-%s-%d"):format(math.floor(at * 1000), system.hash(...), session.number())
end

-- The rank where something is said; among the moderators and to the bot alone, the highest that somebody has anywhere.
local function rank_of(session, person, room)
  local people = session.people
  local there = room and people:rank(person, room.name) or 0
  local moderators = session.options.moderators
  if room and not (moderators and people:room(moderators:match "^%S+") == room) then
    return there
  end
  return math.max(there, people:rank(person, nil, session.moderated))
end

---An event about somebody.
---@param session table
---@param kind string the event's type
---@param person Person
---@param line IrcMessage
---@param room Room?
---@return table
function event.about(session, kind, person, line, room)
  person.is_told = true
  return {
    type = kind,
    platform = session.options.platform,
    community = session.options.community,
    channel = room and room.name,
    member = person.id,
    name = text.utf8(person.nick),
    at = time_of(session, line),
    rank = rank_of(session, person, room),
    is_sure = person.account ~= nil,
    origin = person.host and text.utf8((person.user or "") .. "@" .. person.host) or nil,
  }
end

---@class SaidIrc
---@field room Room? nil: said to the bot alone
---@field kind string message, action or notice
---@field text string as it was sent
---@field is_history boolean? said before the bot came

---@param session table
---@param person Person
---@param line IrcMessage
---@param said SaidIrc
---@return table
function event.message(session, person, line, said)
  local made = event.about(session, "message", person, line, said.room)
  local tags = line.tags or {}
  if said.is_history then
    made.at, made.history = time_of(session, line, true), true
  end
  made.kind, made.text = said.kind, text.plain(text.utf8(said.text))
  made.direct = not said.room or nil
  local reply_to = tags["+draft/reply"] or tags["+reply"]
  made.reply_to = reply_to and reply_to ~= "" and text.utf8(reply_to) or nil
  local id = tags.msgid
  made.id = id and id ~= "" and text.utf8(id) or new_id(session, made.at, made.channel or "", made.member, made.kind, made.text)
  return made
end

---Somebody came in.
---@return table
function event.join(session, person, line, room)
  local made = event.about(session, "join", person, line, room)
  made.id = line.tags and line.tags.msgid and text.utf8(line.tags.msgid) or new_id(session, made.at, room.name, "join")
  return made
end

---Somebody was sent out by somebody else.
---@param by string the other's id
---@param reason string?
---@return table
function event.kick(session, person, line, room, by, reason)
  local made = event.about(session, "kick", person, line, room)
  made.by, made.reason = by, reason and text.plain(text.utf8(reason)) or nil
  made.id = line.tags and line.tags.msgid and text.utf8(line.tags.msgid) or new_id(session, made.at, room.name, made.member, by)
  return made
end

---Somebody has another id, or another nick, or both.
---@param from string the id before
---@return table
function event.nick(session, person, line, from)
  local made = event.about(session, "nick", person, line)
  made.member, made.to = from, person.id
  return made
end

return event
