--- What is said: in a channel, to the bot, in CTCP, and what is told again of what was said before.
--
-- Each function is named after a command and is given the session and a line; it adds events to session.effects.

local event = require "decorum.chat.irc.event"
local message = require "decorum.chat.irc.message"
local presence = require "decorum.chat.irc.presence"
local roster = require "decorum.chat.irc.roster"
local text = require "decorum.chat.irc.text"

local speech = {}
local handlers = {}

local CTCP_PAUSE = 5 -- seconds between two answers
local CTCP_MOST = 100 -- bytes of a PING that are given back
local BATCHES_MOST = 100

local answers = {
  PING = function(rest)
    return "PING " .. rest:sub(1, CTCP_MOST)
  end,
  VERSION = function()
    return "VERSION Decorum"
  end,
}

local function answer_ctcp(session, line, command, rest)
  local made = answers[command] and answers[command](rest)
  if made and session.clock() >= (session.ctcp_from or -math.huge) then
    session.ctcp_from = session.clock() + CTCP_PAUSE
    session.flow:put("text", message.format("NOTICE", line.nick, "\1" .. made .. "\1"))
  end
end

-- Where a line was said: a room, or false for the bot alone; nil if it concerns nobody here.
local function place_of(session, target)
  local name = target
  while name ~= "" and session.server.status_symbols:find(name:sub(1, 1), 1, true) and session.server:is_channel(name:sub(2)) do
    name = name:sub(2) -- @#lobby: to the operators of #lobby
  end
  if session.server:is_channel(name) then
    return session.people:room(name)
  elseif session:is_me(name) then
    return false
  end
end

-- Who spoke: of those who are known, or somebody whom no channel is shared with. nil for a server.
local function speaker_of(session, line, is_history)
  local person = session.people:find(line.nick)
  local account -- nil: not told; false: logged in to none
  if session.caps:has "account-tag" then
    account = line.tags and line.tags.account or false
  end
  if not person or is_history then
    if not line.user then
      return nil
    end
    person = { nick = line.nick, channels = {}, user = line.user, host = line.host, account = account or nil,
      id = roster.id_of(session.server, line.nick, account or nil) }
  else
    presence.learn(session, person, line, line.user, line.host, account)
  end
  return person
end

local function said(session, line, kind)
  local target, words = line.params[1], line.params[2]
  if not target or not words or not line.nick then
    return
  elseif session:is_me(line.nick) then
    return session:echoed(target)
  end
  local room = place_of(session, target)
  if room == nil then
    return
  end
  local is_history = line.tags ~= nil and session.batches[line.tags.batch] == "history"
  local command, rest = text.ctcp(words)
  if command and command ~= "ACTION" then
    if room == false and kind == "message" and line.user and not is_history then
      answer_ctcp(session, line, command, rest)
    end
    return
  end
  local person = speaker_of(session, line, is_history)
  if person then
    session:tell(event.message(session, person, line,
      { room = room or nil, kind = command and "action" or kind, text = rest or words, is_history = is_history }))
  end
end

function handlers.PRIVMSG(session, line)
  said(session, line, "message")
end

function handlers.NOTICE(session, line)
  said(session, line, "notice")
end

-- What belongs to a batch carries its name; of interest is whether it is told again.
function handlers.BATCH(session, line)
  local sign, name = (line.params[1] or ""):match "^([+-])(.+)$"
  if sign == "-" then
    if session.batches[name] then
      session.batches[name], session.batch_count = nil, session.batch_count - 1
    end
  elseif sign == "+" and not session.batches[name] and session.batch_count < BATCHES_MOST then
    local kind = (line.params[2] or ""):lower()
    local outer = line.tags and session.batches[line.tags.batch]
    session.batches[name] = (outer == "history" or kind:find "chathistory$" or kind:find "playback$") and "history" or "other"
    session.batch_count = session.batch_count + 1
  end
end

speech.handlers = handlers

return speech
