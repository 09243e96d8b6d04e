--- decorum run --check: what a bot would need, and whether it is there. A line each, ok or WRONG.
--
--     ok: chat.db: a community's file
--     ok: policy ladder: is there
--     ok: the clock is not behind what was said last
--     ok: chat[1] irc: #mods: is there
--     WRONG: chat[1] irc: #lobby: is there, and no operator: it could not act on anybody
--
-- It connects and joins, and neither writes nor says anything.

local community_file = require "decorum.community"
local logs = require "decorum.log"
local loop = require "host.loop"

local CHAT_S = 30     -- how long it waits for a chat
local RANK_S = 3      -- and, once it is in all channels, for the rank that services give it a moment later
local FAREWELL_S = 5

-- What can be told without connecting: is there a file, can the policies be live, is the clock plausible?
local function check_files(settings, is_one_file, say)
  local path = settings.database
  if not is_one_file then
    say(true, path .. ": a file for each community, made with decorum init")
    return
  end
  local done, db = pcall(community_file.open, "run", path, "readonly")
  if not done then
    say(false, tostring(db))
    return
  end
  say(true, path .. ": a community's file")
  for _, name in ipairs(settings.policies or {}) do
    if not name:find "%.lua$" then
      local known = db:prepare("SELECT 1 FROM policy WHERE name = ?"):row(name)
      say(known ~= nil, ("policy %s: %s"):format(name, known and "is there" or "is not in the file"))
    end
  end
  local newest = db:prepare("SELECT max(at) FROM message"):row()
  local behind = newest and settings.clock == "system" and newest - loop.now() or 0
  say(behind < 60, behind < 60 and "the clock is not behind what was said last"
    or ("the clock is %d s behind what was said last"):format(math.floor(behind)))
  db:close()
end

-- What a chat tells until all its channels are ready: by their names, whether the bot may act there, "there" where it need not, or
-- { why it could not join }; and why the chat was lost.
local function listen(news, channels)
  local told, until_at = {}, loop.clock() + CHAT_S
  local function are_all(is_so)
    for _, name in ipairs(channels) do
      if not is_so(told[name]) then
        return false
      end
    end
    return true
  end
  local function is_told(state)
    return state ~= nil
  end
  local function is_good(state)
    return state == true or state == "there"
  end
  while not are_all(is_good) do
    local one = news:take(are_all(is_told) and RANK_S or math.max(until_at - loop.clock(), 0))
    if not one then
      break
    elseif one.why then
      return told, one.why
    end
    told[one.channel] = one.state
  end
  return told
end

-- What was told of a channel, in words.
local function judge(state)
  if state == true then
    return true, "is there, and may moderate"
  elseif state == "there" then
    return true, "is there"
  elseif state == false then
    return false, "is there, and no operator: it could not act on anybody"
  end
  return false, state and "could not join: " .. state[1] or "could not join"
end

local function check_chat(chat, what, say)
  local news = loop.queue(100)
  local adapter = require("decorum.chat." .. chat.adapter).connect(chat, {
    log = logs.new { level = "error" },
    now = loop.now,
    emit = function() end,
    ready = function(channel, may_act)
      news:put { channel = channel or "", state = may_act == nil and "there" or may_act }
    end,
    refused = function(channel, why)
      news:put { channel = channel, state = { why } }
    end,
    lost = function(why)
      news:put { why = why }
    end,
  })
  local task = loop.spawn(what, adapter.run)
  local channels = adapter.channels or { "" }
  local told, why = listen(news, channels)
  if why then
    say(false, ("%s: %s"):format(what, why))
  end
  for _, name in ipairs(why and {} or channels) do
    local is_good, words = judge(told[name])
    say(is_good, ("%s: %s"):format(what, name == "" and words or name .. ": " .. words))
  end
  adapter.stop "the check is done"
  task:wait(FAREWELL_S)
  task:cancel()
end

---@param settings table the configuration, checked
---@param is_one_file boolean is its database a single file?
---@return integer status 1 if something is wrong
return function(settings, is_one_file)
  local status = 0
  local function say(is_good, line)
    print((is_good and "ok: " or "WRONG: ") .. line)
    status = is_good and status or 1
  end
  loop.run(function()
    check_files(settings, is_one_file, say)
    for i, chat in ipairs(settings.chat) do
      check_chat(chat, ("chat[%d] %s"):format(i, chat.adapter), say)
    end
    loop.stop()
  end)
  return status
end
