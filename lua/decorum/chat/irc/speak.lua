--- What the bot says: in a channel, to a member there, to a member alone.
--
--   speak.words.warn(session, { ids = { "ann" }, shown = "ann", channel = "#lobby", text = "be kind" }, done)
--     PRIVMSG #lobby :ann: be kind          done(true)
--
-- A text is cut into lines that fit as others get them, behind the bot's own name. It is done when it is out, or, where
-- the server sends it back (echo-message), when it came back.

local message = require "decorum.chat.irc.message"
local text = require "decorum.chat.irc.text"

local speak = {}

local ANSWER = 20 -- seconds
local LINES_MOST = 8 -- of one text
local ADDRESS_MOST = 74 -- bytes of user@host that others may see of the bot: 10, @ and 63

-- Bytes of a text that fit a line as others get it, behind the bot's own name.
function speak.room_for(session, command, target)
  local me = session:me()
  local address = me and me.user and me.host and #me.user + 1 + #me.host or ADDRESS_MOST
  return session.server.line_most - 2 - #(":" .. session.nick .. "!") - address - #(" " .. command .. " " .. target .. " :")
end

-- Words that wait until they come back, where the server sends them back; in the order in which they were said.
local function wait_for_echo(session, target, lines, done)
  local key = session.server.fold(target)
  session.echoes[key] = session.echoes[key] or {}
  local waiting = { left = lines, done = done }
  table.insert(session.echoes[key], waiting)
  session:after(ANSWER, function()
    waiting.finish(true, "the server did not say that it was heard")
  end)
  function waiting.finish(...)
    local list = session.echoes[key] or {}
    for i, other in ipairs(list) do
      if other == waiting then
        table.remove(list, i)
        if #list == 0 then
          session.echoes[key] = nil
        end
        return done(...)
      end
    end
  end
end

local function first_waiting(session, target)
  local list = session.echoes[session.server.fold(target)]
  return list and list[1]
end

---Our own words to somebody came back.
---@param session table
---@param target string
function speak.echoed(session, target)
  local waiting = first_waiting(session, target)
  if waiting then
    waiting.left = waiting.left - 1
    if waiting.left <= 0 then
      waiting.finish(true)
    end
  end
end

-- Says a text; done when it is out, or, where the server sends it back, when it did.
local function say(session, command, target, said, done)
  if not message.format(command, target, "x") then
    return done(nil, "never", "no such name")
  end
  local lines = text.split(said, math.max(speak.room_for(session, command, target), 32), LINES_MOST)
  local is_over, has_echo = false, session.caps:has "echo-message"
  local function finish(...)
    if not is_over then
      is_over = true
      done(...)
    end
  end
  local group = {}
  for i, line in ipairs(lines) do
    local is_last = i == #lines
    local dropped = session.flow:put("text", message.format(command, target, line), {
      group = group,
      on_dropped = function()
        finish(nil, "later", "too much to say")
      end,
      on_taken = is_last and has_echo and function()
        wait_for_echo(session, target, #lines, finish)
      end or nil,
      on_sent = is_last and not has_echo and function()
        finish(true)
      end or nil,
    })
    if dropped > 0 then
      session.log.warn("too much to say; the oldest is left out", { lines = dropped })
    end
  end
end

local words = {}
speak.words = words

-- The member's nick now; in a channel, of those who are there.
local function present_of(session, call)
  local present = session.people:known_as(call.ids or {}, session.nick)
  local key = call.channel and session.server.fold(call.channel)
  for _, person in ipairs(present) do
    if key and person.channels[key] then
      return person
    end
  end
  return present[1]
end

local function say_in(session, call, said, done)
  if not session.people:room(call.channel) then
    return done(nil, "later", "not in " .. call.channel)
  end
  say(session, "PRIVMSG", call.channel, said, done)
end

local function addressed(session, call)
  local person = present_of(session, call)
  return ("%s: %s"):format(person and person.nick or call.shown or "", call.text or "")
end

function words.say(session, call, done)
  if not call.channel then
    return words.dm(session, call, done)
  end
  say_in(session, call, call.text or "", done)
end

function words.reply(session, call, done)
  if not call.channel then
    return words.dm(session, call, done)
  end
  say_in(session, call, addressed(session, call), done)
end

words.warn = words.reply

function words.dm(session, call, done)
  local person = present_of(session, call)
  if not person then
    return done(nil, "never", (call.shown or "the member") .. " is not there")
  end
  say(session, session.options.messages == "privmsg" and "PRIVMSG" or "NOTICE", person.nick, call.text or "", done)
end

-- What IRC does not have. The runner tells the member before.
function words.delete(_, _, done)
  done(true, "IRC cannot remove messages")
end

function words.slowmode(_, _, done)
  done(true, "IRC has no slow mode")
end

function words.slowmode_end(_, _, done)
  done(true)
end

function words.typing(session, call, done)
  local target = call.channel or (present_of(session, call) or {}).nick
  if not target or not session.caps:has "message-tags" then
    return done(true, "this server has no way to show it")
  end
  local line = message.format("TAGMSG", target)
  if line then
    session.flow:put("text", "@+typing=active " .. line)
  end
  done(true)
end

---A refusal came: of words that wait?
---@param session table
---@param line IrcMessage
function speak.see(session, line)
  local waiting = line.params[2] and line.command:find "^[45]%d%d$" and first_waiting(session, line.params[2])
  if waiting then
    waiting.finish(nil, line.command == "401" and "never" or "later", text.utf8(line.params[#line.params]))
  end
end

---Whoever waits is told that the connection is gone.
---@param session table
---@param why string
function speak.give_up(session, why)
  local waiting = session.echoes
  session.echoes = {}
  for _, list in pairs(waiting) do
    for _, one in ipairs(list) do
      one.done(nil, "later", why)
    end
  end
end

return speak
