--- Mute, ban, kick and their taking back: in which channels, with which modes and masks, and what is told of it.
--
-- Each of sanction.jobs is given the session, its job, the call and those of the member who are there, and returns what a
-- call returns: true, how, marks; or nil, "later" or "never", why.

local change = require "decorum.chat.irc.change"
local mask = require "decorum.chat.irc.mask"
local text = require "decorum.chat.irc.text"

local sanction = {}

local function new_result()
  return { done = 0, marks = {}, hows = {}, is_said = {}, is_later = false, whys = {} }
end

local function add_words(result, list, words)
  if words and not result.is_said[words] then
    result.is_said[words] = true
    list[#list + 1] = words
  end
end

local function add_problem(result, room_name, problem)
  result.is_later = result.is_later or problem.kind == "later"
  add_words(result, result.whys, ("%s in %s"):format(problem.why, room_name))
end

local function mark_of(room, made)
  return ("%s %s%s %s"):format(room.name, made.sign, made.mode, made.arg)
end

-- true, how, marks if it was done anywhere; what was not is told as well.
local function outcome(result)
  if result.done > 0 then
    table.move(result.whys, 1, #result.whys, #result.hows + 1, result.hows)
    return true, result.hows[1] and table.concat(result.hows, "; ") or nil, result.marks
  end
  return nil, result.is_later and "later" or "never", table.concat(result.whys, "; ")
end

-- Where a call is to be done: where the member is and where it was asked for; everywhere if they are not there, or no
-- channel was named.
local function places(session, call, present)
  local is_asked = {}
  for _, person in ipairs(call.channel and present or {}) do
    for key in pairs(person.channels) do
      is_asked[key] = true
    end
  end
  if next(is_asked) and call.channel then
    is_asked[session.server.fold(call.channel)] = true
  end
  local found = {}
  for _, key in ipairs(session.moderated) do
    if not next(is_asked) or is_asked[key] then
      found[#found + 1] = { room = session.people.rooms[key], name = session.wanted[key].name, key = key }
    end
  end
  return found
end

-- Goes through the channels in which the bot may do something; `f` gets each room and adds to the result.
local function everywhere(session, call, present, f)
  local result = new_result()
  local found = places(session, call, present)
  if not found[1] then
    return nil, "never", "no channel that the bot moderates"
  end
  for _, place in ipairs(found) do
    if not place.room then
      add_problem(result, place.name, { kind = "later", why = "not yet" })
    elseif session:rank_in(place.room) < 1 then
      add_problem(result, place.name, { kind = "later", why = "not an operator" })
    else
      f(result, place.room, place.key)
    end
  end
  return outcome(result)
end

-- The members of a list who are in a room.
local function those_in(people, key)
  local found = {}
  for _, person in ipairs(people) do
    if person.channels[key] then
      found[#found + 1] = person
    end
  end
  return found
end

local function apply(session, job, result, room, changes, how)
  local done, refused = change.modes(session, job, room, changes)
  for _, made in ipairs(done) do
    result.marks[#result.marks + 1] = mark_of(room, made)
  end
  if refused then
    add_problem(result, room.name, refused)
  end
  if #done > 0 or #changes == 0 then
    result.done = result.done + 1
    add_words(result, result.hows, how)
    return true
  end
end

-- Taking back ---------------------------------------------------------------------

-- The change that takes a mark back: nil, and nothing wrong, if there is nothing to take back any more.
local function inverse(session, job, room, sign, letter, arg, call, present)
  if letter == "v" and sign == "-" then
    local person = those_in(present, session.server.fold(room.name))[1]
    return person and { sign = "+", mode = "v", arg = person.nick }
  elseif sign ~= "+" or session.server:kind_of(letter) ~= "list" then
    return nil
  end
  local hash = arg:match "^hash:(.+)$"
  if not hash or not call.hash then
    return { sign = "-", mode = letter, arg = arg }
  end
  local masks = change.list(session, job, room, letter)
  if not masks then
    return nil, { kind = "later", why = "the server does not tell its list" }
  end
  for _, found in ipairs(masks) do
    if call.hash(found) == arg or call.hash(found) == hash then
      return { sign = "-", mode = letter, arg = found }
    end
  end
end

-- By marks: room by room, in the order in which they are named.
local function take_back_marks(session, job, call, present)
  local result, rooms, changes = new_result(), {}, {}
  for _, mark in ipairs(call.marks) do
    local name, sign, letter, arg = mark:match "^(%S+) ([+-])(%a) (%S+)$"
    local room = name and session.people:room(name)
    if not name then
      session.log.warn("not a mark", { case = call.case_no })
    elseif not room then
      local is_wanted = session.wanted[session.server.fold(name)] ~= nil
      add_problem(result, name, is_wanted and { kind = "later", why = "not yet" } or { kind = "never", why = "no longer" })
    elseif session:rank_in(room) < 1 then
      add_problem(result, name, { kind = "later", why = "not an operator" })
    else
      local back, problem = inverse(session, job, room, sign, letter, arg, call, present)
      if problem then
        add_problem(result, name, problem)
      elseif not changes[room] then
        rooms[#rooms + 1], changes[room] = room, {}
      end
      if back then
        table.insert(changes[room], back)
      end
    end
  end
  for _, room in ipairs(rooms) do
    apply(session, job, result, room, changes[room])
  end
  if #result.whys > 0 and result.is_later then
    return nil, "later", table.concat(result.whys, "; ") -- a mute that is left somewhere is not taken back
  elseif result.done == 0 and #result.whys == 0 then
    result.done = 1 -- nothing is left to take back
  end
  result.marks = nil
  return outcome(result)
end

-- What earlier calls of the case have set, and a server that was started anew has forgotten: so it holds for who comes back under
-- another nick. Not what names a nick, which may be somebody else's now.
local function add_earlier(session, call, room, changes)
  for _, mark in ipairs(call.marks or {}) do
    local name, letter, arg = mark:match "^(%S+) %+(%a) (%S+)$"
    local is_theirs = name and session.people:room(name) == room and session.server:kind_of(letter) == "list"
      and arg:find("*!", 1, true) ~= nil
    for _, made in ipairs(changes) do
      is_theirs = is_theirs and not (made.mode == letter and made.arg == arg)
    end
    if is_theirs then
      changes[#changes + 1] = { sign = "+", mode = letter, arg = arg }
    end
  end
end

local jobs = {}
sanction.jobs = jobs

function jobs.mute(session, job, call, present)
  return everywhere(session, call, present, function(result, room, key)
    local here, voiced = those_in(present, key), {}
    for _, person in ipairs(here) do
      if session.people:rank(person, room.name) > 0 then
        return add_problem(result, room.name, { kind = "never", why = text.utf8(person.nick) .. " is an operator" })
      elseif session.people:has(person, room.name, "v") then
        voiced[#voiced + 1] = person
      end
    end
    local masks = mask.all(session.server, call.ids, present, session.people.people)
    local changes, how = mask.mute(session.server, masks, room.flags.m == true, voiced)
    add_earlier(session, call, room, changes)
    if not masks[1] and not changes[1] then
      return add_problem(result, room.name, { kind = "never", why = "nobody to find a mask for" })
    end
    apply(session, job, result, room, changes, how)
  end)
end

function jobs.ban(session, job, call, present)
  return everywhere(session, call, present, function(result, room, key)
    local changes = {}
    for i, found in ipairs(mask.all(session.server, call.ids, present, session.people.people)) do
      changes[i] = { sign = "+", mode = "b", arg = found }
    end
    add_earlier(session, call, room, changes)
    if not changes[1] then
      return add_problem(result, room.name, { kind = "never", why = "nobody to find a mask for" })
    elseif not apply(session, job, result, room, changes) then
      return
    end
    for _, person in ipairs(those_in(present, key)) do
      local refused = person.channels[key] and change.kick(session, job, room, person, call.text or "banned")
      if refused then
        add_problem(result, room.name, refused)
      end
    end
  end)
end

function jobs.kick(session, job, call, present)
  local asked = call.channel and session.server.fold(call.channel)
  local result = new_result()
  for _, key in ipairs(session.moderated) do
    local room = session.people.rooms[key]
    for _, person in ipairs(room and (not asked or asked == key) and those_in(present, key) or {}) do
      local refused = session:rank_in(room) < 1 and { kind = "later", why = "not an operator" }
        or change.kick(session, job, room, person, call.text or "kicked")
      if refused then
        add_problem(result, room.name, refused)
      else
        result.done = result.done + 1
      end
    end
  end
  if result.done == 0 and not result.whys[1] then
    return nil, "never", "not there"
  end
  result.marks = nil
  return outcome(result)
end

-- Without marks, what a mute or a ban would set now is taken away.
local function take_back(session, job, call, present, make)
  if call.marks and call.marks[1] then
    return take_back_marks(session, job, call, present)
  end
  local ok, how, marks = everywhere(session, call, present, function(result, room)
    local changes = {}
    for i, made in ipairs(make(room, mask.all(session.server, call.ids, present, session.people.people))) do
      changes[i] = { sign = "-", mode = made.mode, arg = made.arg }
    end
    apply(session, job, result, room, changes)
  end)
  return ok, how, not ok and marks or nil -- by what is taken away nothing is set
end

function jobs.unmute(session, job, call, present)
  return take_back(session, job, call, present, function(room, masks)
    return (mask.mute(session.server, masks, room.flags.m == true, {}))
  end)
end

function jobs.unban(session, job, call, present)
  return take_back(session, job, call, present, function(_, masks)
    local changes = {}
    for i, found in ipairs(masks) do
      changes[i] = { mode = "b", arg = found }
    end
    return changes
  end)
end

return sanction
