--- Changes on the server, and whether they came about: modes, kicks, lists. For jobs (see action.lua) alone, which wait here.
--
-- A change is done when the server tells it to all, refused when it says so. Where nothing is heard, a PING behind it
-- tells that the server has seen it: what changes nothing any more is told to nobody.
--
--   change.modes(session, job, room, { { sign = "+", mode = "b", arg = "*!*@host.example" } })
--     { the changes that are as they were asked to be }, { kind = "never", why = "the last refusal" } or nil

local message = require "decorum.chat.irc.message"
local mode = require "decorum.chat.irc.mode"
local text = require "decorum.chat.irc.text"

local change = {}

local ANSWER = 20 -- seconds
local REASON_MOST = 250 -- bytes: fits a line with the longest names
local QUIET = 1 -- seconds without an answer, after which a PING asks whether there will be one

-- Sends a line and waits until `see` says that it is over, until the server has seen it, or too long. Returns whether
-- the server has seen it.
local function exchange(session, job, line, see)
  local over = { see = see }
  function over.finish(heard)
    if session.expecting == over then
      session.expecting = nil
      job.resume(heard)
    end
  end
  session.expecting = over
  session.flow:put("action", line, {
    on_sent = function()
      session:after(QUIET, function()
        if session.expecting == over then
          over.token = ("decorum-%d"):format(session.number())
          session.flow:put("action", message.format("PING", over.token))
        end
      end)
      session:after(ANSWER, function()
        over.finish(false)
      end)
    end,
  })
  return coroutine.yield()
end

-- How a refusal is to be taken: will it be another time?
local later = { ["263"] = true, ["403"] = true, ["442"] = true, ["478"] = true }
-- Refusals that do not say of what.
local wordless = { ["472"] = true, ["481"] = true, ["501"] = true }

-- Is a line a refusal of something that has to do with one of these words?
local function refusal_of(session, line, words)
  local number = (line.command == "263" or line.command:find "^[4-9]%d%d$") and line.command
  local concerns = wordless[number]
  for i = 2, number and not concerns and #line.params or 0 do
    local param = session.server.fold(line.params[i])
    for _, word in ipairs(words) do
      concerns = concerns or param == session.server.fold(word)
    end
  end
  return concerns and { kind = later[number] and "later" or "never", why = text.utf8(line.params[#line.params]) } or nil
end

local set_already = { ["697"] = true, ["698"] = true } -- of a list's entry: InspIRCd

local function is_same(server, made, asked)
  return made.sign == asked.sign and made.mode == asked.mode and server.fold(made.arg or "") == server.fold(asked.arg)
end

-- What the server says of the changes in one line. The result has those that are not heard of yet, and the last refusal.
local function watch(session, room, changes)
  local seen = { left = table.move(changes, 1, #changes, 1, {}), refused = nil }
  local words = { room.name, "MODE" }
  for i, asked in ipairs(changes) do
    words[i + 2] = asked.arg
  end
  local function strike_out(line)
    for _, made in ipairs(mode.parse(session.server, line.params[2] or "", table.move(line.params, 3, #line.params, 1, {}))) do
      for i, asked in pairs(seen.left) do
        if is_same(session.server, made, asked) then
          seen.left[i] = nil
          break
        end
      end
    end
  end
  return seen, function(line)
    if line.command == "MODE" and session.people:room(line.params[1] or "") == room then
      strike_out(line)
      return next(seen.left) == nil
    end
    local refused = not set_already[line.command] and refusal_of(session, line, words)
    if refused then
      seen.refused = refused
      return #changes == 1
    end
  end
end

---Changes modes in a channel.
---@param session table
---@param job table
---@param room Room
---@param changes ModeChange[] each with an argument
---@return ModeChange[] those that are now as they were asked to be
---@return { kind: string, why: string }? the last refusal
function change.modes(session, job, room, changes)
  local lines, why = mode.lines(session.server, room.name, changes)
  if not lines then
    return {}, { kind = "never", why = why }
  end
  local done, refused = {}, nil
  for _, part in ipairs(lines) do
    local seen, see = watch(session, room, part.changes)
    if not exchange(session, job, part.line, see) then
      return done, { kind = "later", why = "the server did not answer" }
    end
    for i, asked in ipairs(part.changes) do
      if not seen.left[i] or not seen.refused then
        done[#done + 1] = asked
      end
    end
    refused = seen.refused or refused
  end
  return done, refused
end

---@param session table
---@param job table
---@param room Room
---@param person Person
---@param reason string
---@return { kind: string, why: string }? nil if they are out
function change.kick(session, job, room, person, reason)
  local line = message.format("KICK", room.name, person.nick, text.split((reason:gsub("[\r\n]+", " ")), REASON_MOST, 1)[1])
  if not line then
    return { kind = "never", why = "no such name" }
  end
  local refused
  local heard = exchange(session, job, line, function(answer)
    if answer.command == "KICK" and session.people:room(answer.params[1] or "") == room then
      return session.server.fold(answer.params[2] or "") == session.server.fold(person.nick)
    end
    refused = refusal_of(session, answer, { room.name, "KICK", person.nick })
    return refused ~= nil
  end)
  if not heard then
    return { kind = "later", why = "the server did not answer" }
  end
  return refused
end

---The masks in one of a channel's lists; nil if the server does not tell.
---@param session table
---@param job table
---@param room Room
---@param letter string the list's mode
---@return string[]?
function change.list(session, job, room, letter)
  local masks, is_whole = {}, false
  exchange(session, job, message.format("MODE", room.name, "+" .. letter), function(line)
    local command = line.command
    if command == "367" or command == "728" then
      masks[#masks + 1] = line.params[command == "367" and 3 or 4]
    elseif command == "368" or command == "729" then
      is_whole = true
      return true
    else
      return refusal_of(session, line, { room.name, "MODE", letter }) ~= nil
    end
  end)
  return is_whole and masks or nil
end

return change
