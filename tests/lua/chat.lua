-- A community with people in it who say things, for the tests of commands. Not a test itself.
--
--     local chat = dofile(folder .. "chat.lua")()
--     chat.say("mod", "!mute 1h @ann spam")              -- the answer's text, and whether it is private
--     chat.say("ann", "!data", { direct = true })
--     chat.value "SELECT count(*) FROM sanction"
--
-- ann, bob and cid are members, mod and kim moderators, sue and tom seniors, own the owner. It is 2026-05-04 13:32 UTC.
local command = require "decorum.command"
local community = require "decorum.community"
local member = require "decorum.member"

local NOW = 1777901520
local ranks = { mod = 1, kim = 1, sue = 2, tom = 2, own = 3 }

---@param options table? of the commands: prefix, rank_of
return function(options)
  local db = community.in_memory()
  local directory = member.directory(db)
  local chat = { db = db, now = NOW, directory = directory, ranks = ranks, words = 0 }
  for _, name in ipairs { "ann", "bob", "cid", "mod", "kim", "sue", "tom", "own" } do
    local id = directory.member("irc", name, name)
    chat[name] = id
    db:prepare("UPDATE member SET rank = ? WHERE id = ?"):run(ranks[name] or 0, id)
  end
  chat.lobby = directory.channel("irc", "#lobby")
  local context = { db = db, directory = directory }
  for name, value in pairs(options or {}) do
    context[name] = value
  end
  local commands = command.new(context)
  chat.all = commands.all

  ---@return string|nil|false text nil: silence; false: it is chat
  ---@return boolean? privately
  function chat.say(who, text, event)
    chat.words = chat.words + 1
    local said = { type = "message", platform = "irc", id = "said " .. chat.words, channel = "#lobby", member = who, name = who,
      at = chat.now, text = text, rank = ranks[who] or 0, is_sure = true }
    for key, value in pairs(event or {}) do
      said[key] = value
    end
    local answer = commands.answer(said, chat.now)
    if not answer then
      return false
    elseif answer.fault then
      error(answer.fault, 0)
    end
    return answer.text, answer.privately, answer.is_chat
  end

  -- What somebody said, as the pipeline keeps it. Returns the message.
  function chat.said(who, id, text)
    db:prepare("INSERT INTO message(platform, platform_id, channel, member, at, live) VALUES ('irc', ?, ?, ?, ?, 1)"):run(id, chat.lobby,
      chat[who], chat.now - 60)
    local message = db:last_rowid()
    db:prepare("INSERT INTO message_text VALUES (?, ?)"):run(message, text or "hello")
    db:prepare([[
      INSERT INTO assessment(seq, message, member, at, source, toxicity)
      SELECT seq, ?, ?, ?, 'scorer', 0.1 FROM next_seq]]):run(message, chat[who], chat.now - 60)
    return message
  end

  -- A policy of the program's, live.
  function chat.policy(name)
    db:prepare("INSERT INTO policy(source) VALUES (?)"):run(community.file("lua/policies/" .. name .. ".lua"))
    db:prepare("UPDATE policy SET active = 1 WHERE name = ?"):run(name)
  end

  function chat.value(sql, ...)
    return (db:prepare(sql):row(...))
  end

  return chat
end
