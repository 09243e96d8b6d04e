-- The outbox: what is owed is called, once it is due and as long as it is needed, whatever fails on the way.
local community = require "decorum.community"
local loop = require "host.loop"
local outbox = require "decorum.outbox"

local NOW = 1000000.0

-- A community with a bot, and what a sender needs. An adapter's answers are taken from `answers`, by the call's name; what was called is
-- in `called`.
local function fixture()
  local self = { db = community.in_memory(), called = {}, answers = {}, now = NOW, logged = {} }
  local db = self.db
  db:exec [[
    INSERT INTO connection(platform, moderators) VALUES ('irc', '#ops');
    INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob');
    INSERT INTO channel(id, platform, name) VALUES (1, 'irc', '#lobby');
    INSERT INTO account VALUES ('irc', 'ann', 1), ('irc', 'account:ann', 1), ('irc', 'bob', 2), ('jsonl', 'bob', 2)]]
  self.adapter = { platform = "irc" }
  function self.adapter.call(call)
    self.called[#self.called + 1] = call
    local answer = self.answers[call.name]
    if type(answer) == "function" then
      return answer(call)
    elseif answer then
      return table.unpack(answer, 1, 3)
    end
    return true
  end
  local function note(level)
    return function(what, fields)
      self.logged[#self.logged + 1] = level .. " " .. what .. " " .. tostring(fields and fields.key)
    end
  end
  local function write(f)
    db:exec "BEGIN IMMEDIATE"
    local done, why = pcall(f)
    db:exec(done and "COMMIT" or "ROLLBACK")
    return not done and why or nil
  end
  self.owed = outbox.new {
    community = { db = db, write = write }, platform = "irc", adapter = self.adapter,
    log = { info = note "info", warn = note "warn", error = note "error", debug = note "debug" },
  }

  -- Sends until nothing is due; returns the names of what was called.
  function self.send()
    self.called = {}
    local due_at
    loop.run(function()
      repeat
        due_at = self.owed.send(function() return self.now end, loop.spawn)
        while self.owed.in_flight() > 0 do
          loop.sleep(0)
        end
      until due_at ~= self.now
    end)
    local names = {}
    for i, call in ipairs(self.called) do
      names[i] = call.name
    end
    return table.concat(names, " "), due_at
  end

  function self.case(action, seconds, more)
    more = more or {}
    db:prepare([[INSERT INTO sanction(member, action, duration_s, at, reason, policy, moderator, undoes, message)
      VALUES (?, ?, ?, ?, 'insults', ?, ?, ?, ?)]]):run(action ~= "undo" and 1 or nil, action, seconds, self.now, more.policy,
      more.moderator, more.undoes, more.message)
    return db:prepare("SELECT max(case_no) FROM sanction"):row()
  end

  function self.said_by_policy()
    db:exec [[INSERT INTO message(platform, platform_id, channel, member, at, live)
      SELECT 'irc', count(*), 1, 1, 1, 1 FROM message]]
    return db:prepare("SELECT max(id) FROM message"):row()
  end

  function self.state(key)
    return db:prepare("SELECT state, outcome FROM outbox WHERE key = ?"):row(key)
  end

  return self
end

describe("what is owed", function()
  it("is called in its order, its end when it is due", function()
    local bot = fixture()
    bot.case("mute", 60)
    local names, due_at = bot.send()
    assert.equal("dm mute", names)
    assert.equal(NOW + 60, due_at)
    assert.same({ "account:ann", "ann" }, bot.called[2].ids)
    assert.equal(NOW + 60, bot.called[2].until_at)
    assert.equal("ann", bot.called[2].shown)
    assert.equal("case 1 mute irc", bot.called[2].key)
    assert.equal("", (bot.send()))
    bot.now = NOW + 60
    assert.equal("unmute", (bot.send()))
    assert.equal("", (bot.send()))
    assert.equal("done", bot.state "case 1 unmute irc")
  end)

  it("is told to the member alone if it follows from nothing that was said", function()
    local bot = fixture()
    bot.case "warn"
    assert.equal("dm", (bot.send()))
    bot.case("warn", nil, { message = bot.said_by_policy() })
    assert.equal("warn", (bot.send()))
  end)

  it("is not made where no bot is connected, nor of what a log tells", function()
    local bot = fixture()
    bot.db:exec "INSERT INTO sanction(member, action, reason, event) VALUES (1, 'kick', 'flood', 'irc 7')"
    bot.db:exec "DELETE FROM connection"
    bot.case("mute", 60)
    assert.equal("", (bot.send()))
    assert.equal(0, bot.db:prepare("SELECT count(*) FROM outbox"):row())
  end)

  it("is not made when a person has undone it, and what was done is taken back", function()
    local bot = fixture()
    local case = bot.case("ban", 60)
    bot.case("undo", nil, { undoes = case })
    assert.equal("unban", (bot.send()))
    assert.same({ "dropped", "undone by case 2" }, { bot.state "case 1 ban irc" })
    assert.same({ "dropped", "undone by case 2" }, { bot.state "case 1 dm irc" })
    bot.now = NOW + 100
    assert.equal("", (bot.send()))
    assert.same({ "dropped", "undone by case 2" }, { bot.state "case 1 unban irc" })
  end)

  it("is not made too late", function()
    local bot = fixture()
    bot.case("kick")
    bot.case("mute", 30)
    bot.now = NOW + 600
    assert.equal("unmute", (bot.send()))
    assert.same({ "dropped", "too late" }, { bot.state "case 1 kick irc" })
    assert.same({ "dropped", "too late" }, { bot.state "case 2 mute irc" })
  end)

  it("does not end a mute while another one is in force", function()
    local bot = fixture()
    bot.case("mute", 60)
    bot.case("timeout", 120)
    bot.send()
    bot.now = NOW + 60
    assert.equal("", (bot.send()))
    assert.same({ "dropped", "case 2 is in force" }, { bot.state "case 1 unmute irc" })
    bot.now = NOW + 120
    assert.equal("unmute", (bot.send()))
  end)

  -- What is called while the call `name` takes until something else has been tried; `between` happens meanwhile.
  local function while_calling(bot, name, between)
    local begun, names = {}, nil
    loop.run(function()
      local ticket
      bot.answers[name] = function()
        ticket = loop.ticket()
        loop.wait(ticket, 5)
        return true
      end
      local function send()
        return bot.owed.send(function() return bot.now end, loop.spawn)
      end
      send()
      while not ticket do
        loop.sleep(0)
      end
      between(send)
      for _ = 1, 3 do
        send()
        loop.sleep(0)
      end
      for i, call in ipairs(bot.called) do
        begun[i] = call.name
      end
      names = table.concat(begun, " ")
      loop.wake(ticket)
      while bot.owed.in_flight() > 0 do
        loop.sleep(0)
      end
    end)
    bot.answers[name] = nil
    return names
  end

  it("is not taken back before it is done", function()
    local bot = fixture()
    bot.case("ban")
    assert.equal("dm", (bot.send():match "^%w+"))
    bot.db:exec "UPDATE outbox SET state = 'pending' WHERE call = 'ban'"
    bot.called = {}
    assert.equal("ban", while_calling(bot, "ban", function()
      bot.case("undo", nil, { undoes = 1 })
    end))
    assert.equal("unban", (bot.send()))
  end)

  it("is not called a second time while it is being called, however long that takes", function()
    local bot = fixture()
    bot.case("kick")
    assert.equal("dm kick", (bot.send()))
    bot.db:exec "UPDATE outbox SET state = 'pending', expires_at = NULL WHERE call = 'kick'"
    bot.called = {}
    assert.equal("kick", while_calling(bot, "kick", function(send)
      for _ = 1, 3 do
        bot.now = bot.now + 1000
        assert.is_true(select("#", send()) <= 1)
        loop.sleep(0)
      end
    end))
    assert.equal("done", bot.state "case 1 kick irc")
    assert.equal("", (bot.send()))
  end)

  it("waits a while where the file has a fault, and is told", function()
    local bot = fixture()
    bot.case("kick")
    bot.db:exec "CREATE TRIGGER broken BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'somebody spoilt it'); END"
    local names, due_at = bot.send()
    assert.equal("", names)
    assert.equal(NOW + 60, due_at)
    assert.equal("error what is owed could not be begun nil", bot.logged[1])
    bot.db:exec "DROP TRIGGER broken"
    assert.equal("dm kick", (bot.send()))
  end)

  it("goes on when the member cannot be told", function()
    local bot = fixture()
    bot.answers.dm = { nil, "never", "no such nick" }
    bot.case("kick")
    assert.equal("dm kick say", (bot.send()))
    assert.same({ "failed", "no such nick" }, { bot.state "case 1 dm irc" })
    assert.equal("Could not dm ann (case 1): no such nick", bot.called[3].text)
  end)

  it("is tried again later, and its moderators are told when it failed for good", function()
    local bot = fixture()
    local tries = 0
    bot.answers.mute = function()
      tries = tries + 1
      if tries < 4 then
        return nil, "later", "not connected"
      end
      return nil, "never", "not an operator in #lobby"
    end
    bot.case("mute", 3600)
    assert.equal("dm mute", (bot.send()))
    assert.same({ "pending", "not connected" }, { bot.state "case 1 mute irc" })
    assert.equal("", (bot.send()))
    bot.now = NOW + 2
    assert.equal("mute", (bot.send()))
    bot.now = NOW + 6
    assert.equal("mute", (bot.send()))
    bot.now = NOW + 14
    assert.equal("mute say", (bot.send()))
    assert.equal("#ops", bot.called[2].channel)
    assert.equal("Could not mute ann (case 1): not an operator in #lobby", bot.called[2].text)
    assert.equal("failed", bot.state "case 1 mute irc")
  end)

  it("is given up after some tries if it is only words", function()
    local bot = fixture()
    bot.answers.warn = { nil, "later", "not connected" }
    bot.case("warn", nil, { message = bot.said_by_policy() })
    local count = 0
    for _ = 1, 20 do
      count = count + (bot.send():find "warn" and 1 or 0)
      bot.now = bot.now + 20
    end
    assert.equal(5, count)
    assert.equal("failed", bot.state "case 1 warn irc")
  end)

  it("is tried again after a fault of the adapter", function()
    local bot = fixture()
    bot.answers.mute = function() error "no such field" end
    bot.case("mute", 3600)
    bot.send()
    assert.same({ "pending", "a fault of the adapter" }, { bot.state "case 1 mute irc" })
    assert.matches("error a call failed by a fault case 1 mute irc", table.concat(bot.logged, "\n"))
  end)
end)

describe("a bot that was killed", function()
  local function sending(bot, call)
    bot.db:prepare([[UPDATE outbox SET state = 'sending', leased_until = ?, attempts = 1 WHERE call = ?]]):run(NOW + 120, call)
  end

  it("leaves alone what another one is sending", function()
    local bot = fixture()
    bot.case("mute", 60)
    sending(bot, "dm")
    assert.equal("", (bot.send()))
    bot.now = NOW + 30
    assert.equal("", (bot.send()))
  end)

  it("makes what was being sent again", function()
    local bot = fixture()
    bot.case("mute", 60)
    sending(bot, "dm")
    bot.owed.recover()
    assert.equal("in doubt", bot.state "case 1 dm irc")
    assert.equal("dm mute", (bot.send()))
  end)

  it("does not, where the platform knows that it was made", function()
    local bot = fixture()
    bot.adapter.was_made = function(call) return call.key == "case 1 kick irc" end
    bot.case("kick")
    sending(bot, "kick")
    bot.owed.recover()
    assert.equal("dm", (bot.send()))
    assert.same({ "done", "it was made before the bot ended" }, { bot.state "case 1 kick irc" })
  end)
end)

describe("a platform that can be reached again", function()
  it("is told what is in force, and only that", function()
    local bot = fixture()
    bot.case("mute", 60)
    bot.case("ban")
    bot.case("undo", nil, { undoes = 2 })
    bot.case("kick")
    bot.send()
    bot.owed.ready(NOW + 10)
    bot.now = NOW + 10
    assert.equal("mute", (bot.send()))
    bot.now = NOW + 61
    bot.owed.ready(NOW + 61)
    assert.equal("unmute", (bot.send()))
  end)

  it("hears at once what waited for it", function()
    local bot = fixture()
    bot.answers.mute = { nil, "later", "not connected" }
    bot.case("mute", 600)
    bot.send()
    bot.answers.mute = nil
    bot.owed.ready(NOW + 1)
    bot.now = NOW + 1
    assert.equal("mute", (bot.send()))
  end)
end)

describe("marks", function()
  it("of what is over are taken back, but for those that another case needs", function()
    local bot = fixture()
    bot.answers.mute = function(call)
      return true, nil, call.case_no == 1 and { "#a +b *!*@one", "#a +b *!*@both" } or { "#a +b *!*@both", "#a +b *!*@two" }
    end
    bot.case("mute", 60)
    bot.case("mute", 120)
    bot.send()
    bot.case("undo", nil, { undoes = 1 })
    assert.equal("dm", (bot.send()))     -- case 2 is in force
    bot.now = NOW + 120
    assert.equal("unmute", (bot.send()))
    table.sort(bot.called[1].marks)
    assert.same({ "#a +b *!*@both", "#a +b *!*@one", "#a +b *!*@two" }, bot.called[1].marks)
    assert.equal(0, bot.db:prepare("SELECT count(*) FROM outbox WHERE marks IS NOT NULL"):row())
  end)

  it("of a mute that is said anew are given to it, and all of them are taken back", function()
    local bot = fixture()
    bot.answers.mute = { true, nil, { "#a +b *!*@one" } }
    bot.case("mute", 60)
    bot.send()
    bot.owed.ready(NOW)
    bot.answers.mute = { true, nil, { "#a +b ann!*@*" } }
    assert.equal("mute", (bot.send()))
    assert.same({ "#a +b *!*@one" }, bot.called[1].marks)
    bot.owed.ready(NOW)
    bot.send()
    bot.now = NOW + 60
    assert.equal("unmute", (bot.send()))
    assert.same({ "#a +b *!*@one", "#a +b ann!*@*" }, bot.called[1].marks)
  end)
end)

describe("a pause", function()
  it("holds what policies did, and nothing else, until it ends", function()
    local bot = fixture()
    bot.case("mute", 60, { policy = "ladder@1", message = bot.said_by_policy() })
    bot.db:exec "INSERT INTO mode_change(mode, moderator, reason) VALUES ('observe', 'ann', 'paused')"
    bot.case("warn", nil, { moderator = "ann" })
    assert.equal("dm", (bot.send()))
    bot.db:exec "INSERT INTO mode_change(mode, moderator, reason) VALUES ('enforce', 'ann', 'resumed')"
    assert.equal("dm mute say", (bot.send())) -- moderators are told when it is done
  end)

  it("does not hold the end of a mute", function()
    local bot = fixture()
    bot.case("mute", 60, { policy = "ladder@1", message = bot.said_by_policy() })
    bot.send()
    bot.db:exec "INSERT INTO mode_change(mode, moderator, reason) VALUES ('observe', 'ann', 'paused')"
    bot.now = NOW + 61
    assert.equal("unmute", (bot.send()))
  end)
end)

describe("an answer to a command", function()
  it("goes to who asked, who need be no member", function()
    local bot = fixture()
    bot.db:exec [[INSERT INTO outbox(key, platform, call, text, recipient, due_at) VALUES ('answer irc 7', 'irc', 'dm', 'yes', 'mod', 0)]]
    assert.equal("dm", (bot.send()))
    assert.same({ { "mod" }, "yes", "mod" }, { bot.called[1].ids, bot.called[1].text, bot.called[1].shown })
  end)
end)
