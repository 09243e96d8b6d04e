--- By which masks somebody is silenced or kept out, and with which modes: what is nearest on this server.
--
--   how a mute is done                          on
--   +q MASK                                     solanum, ircd-seven, charybdis: a list of the silenced
--   +b ~q:MASK, +b m:MASK, +b $m:MASK           UnrealIRCd, InspIRCd, ircd-hybrid: a ban that only silences
--   -v NICK                                     any other, in a channel that is +m
--   +b MASK without a kick                      any other: who is banned may not speak
--
--   the mask                                    of whom
--   $a:ACCOUNT, ~a:ACCOUNT, R:ACCOUNT           who is logged in, where the server has such bans
--   *!*@HOST                                    else, if nobody else who is there has that host
--   *!*USER@HOST                                else, if nobody else has both (USER without its ~: it comes and goes with identd)
--   NICK!*USER@HOST                             else
--   NICK!*@*                                    who is not there, or whose host is not known
--
-- A mask never fits somebody else who is there, the bot itself least of all.

local mask = {}

-- Something that can stand in a mask, and means itself there.
local function is_plain(word)
  return word ~= nil and word ~= "" and #word <= 200 and utf8.len(word) ~= nil and not word:find "[%c%s!@*?,]" and word:byte() ~= 58
end

-- A nick as it stands in a mask. What is no UTF-8, or would mean something else, stands for any character.
local function nick_of(nick)
  nick = nick:gsub("[%c%s!@*,:]", "?")
  return utf8.len(nick) and nick or (nick:gsub("[\x80-\xFF]", "?"))
end

local function user_of(person)
  local user = (person.user or ""):gsub("^~", "")
  return is_plain(user) and user or nil
end

-- Does anybody else fit what is alike?
local function is_shared(people, person, is_alike)
  for _, other in pairs(people) do
    if other ~= person and not (other.account and other.id == person.id) and is_alike(other) then
      return true
    end
  end
  return false
end

---The mask of somebody who is there, by host.
---@param person Person
---@param people table<any, Person> everybody who is known, the bot too
---@return string
function mask.of(person, people)
  local host, user = person.host, user_of(person)
  if not is_plain(host) then
    return nick_of(person.nick) .. "!*@*"
  end
  local lower = host:lower()
  local function has_host(other)
    return (other.host or ""):lower() == lower
  end
  if not is_shared(people, person, has_host) then
    return "*!*@" .. host
  end
  local function has_both(other)
    return has_host(other) and (user_of(other) or ""):lower():sub(-#user) == user:lower() -- *USER fits it
  end
  if user and not is_shared(people, person, has_both) then
    return ("*!*%s@%s"):format(user, host)
  end
  return ("%s!*%s@%s"):format(nick_of(person.nick), user or "", host)
end

-- The extended ban of an account: its symbol and letter, by the kind of server.
local function account_ban(server, account)
  local symbol = server.extban and server.extban.symbol
  local letter = symbol == "" and "R" or (symbol == "$" or symbol == "~") and "a"
  if letter and server:has_extban(letter) and is_plain(account) then
    return ("%s%s:%s"):format(symbol, letter, account)
  end
end

-- The extended ban that silences whom a mask fits, as a text before the mask.
local function mute_ban(server)
  local symbol = server.extban and server.extban.symbol
  local letter = symbol == "~" and "q" or "m"
  if symbol and server:has_extban(letter) then
    return ("%s%s:"):format(symbol, letter)
  end
end

---The masks of a member: of each who is there, else of each id.
---@param server table
---@param ids string[] the member's
---@param present Person[] those who are there under one of them
---@param people table<any, Person> everybody
---@return string[] none twice
function mask.all(server, ids, present, people)
  local masks, is_there = {}, {}
  local function add(found)
    if found and not is_there[found] then
      is_there[found] = true
      masks[#masks + 1] = found
    end
  end
  for _, person in ipairs(present) do
    add(person.account and account_ban(server, person.account) or mask.of(person, people))
  end
  if masks[1] then
    return masks
  end
  for _, id in ipairs(ids) do
    local account = id:match "^account:(.*)$"
    if account then
      add(account_ban(server, account))
    elseif not people[id] then -- else somebody else has that nick now
      add(nick_of(id) .. "!*@*")
    end
  end
  return masks
end

---How speaking is taken from somebody, as changes of modes and words.
---@param server table
---@param masks string[]
---@param is_moderated boolean is the channel +m?
---@param voiced Person[] of them, those who have a voice there, with which they could speak all the same
---@return ModeChange[]
---@return string? how, if it is not what was asked for
function mask.mute(server, masks, is_moderated, voiced)
  local changes, how = {}, nil
  local before = mute_ban(server)
  local letter = server:has_quiet_list() and "q" or "b"
  if letter == "b" and not before and not is_moderated then
    how = "no quiet list here: banned from speaking (+b)"
  elseif letter == "b" and not before then
    letter, how = nil, "the channel is moderated (+m): no voice"
  end
  for _, found in ipairs(letter and masks or {}) do
    changes[#changes + 1] = { sign = "+", mode = letter, arg = letter == "b" and (before or "") .. found or found }
  end
  for _, person in ipairs(voiced) do
    changes[#changes + 1] = { sign = "-", mode = "v", arg = person.nick }
  end
  return changes, how
end

return mask
