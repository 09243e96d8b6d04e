-- A community that a bot is connected to: what comes is written once, whatever stands in the way.
local community = require "decorum.community"
local live = require "decorum.live"
local sqlite = require "host.sqlite"

local NOW = 1700000000.0
local path = os.tmpname()

local function remove()
  for _, ending in ipairs { "", "-wal", "-shm" } do
    os.remove(path .. ending)
  end
end

-- A file, a bot at it, what it says, and another connection.
local function fixture(set)
  remove()
  community.init(path, { policy = {}, set = set or { "mode=enforce" } }, function() end)
  local self = { said = {}, naps = 0, other = sqlite.open(path, "readwrite") }
  local function note(level)
    return function(what)
      self.said[#self.said + 1] = level .. " " .. what
    end
  end
  self.bot = live.open(path, {
    log = { info = note "info", warn = note "warn", error = note "error", debug = note "debug" },
    prefix = "!",
    sleep = function()
      self.naps = self.naps + 1
      assert(self.naps < 10000, "it waits for ever")
      if self.on_nap then
        self.on_nap()
      end
    end,
  })
  self.other:exec "INSERT INTO connection(platform, moderators) VALUES ('irc', '#ops')"
  function self.one(sql, ...)
    return self.bot.db:prepare(sql):row(...)
  end
  return self
end

local number = 0
local function said(member, text, more)
  number = number + 1
  local event = { type = "message", platform = "irc", id = tostring(number), channel = "#lobby", member = member, at = NOW, text = text }
  for key, value in pairs(more or {}) do
    event[key] = value
  end
  return event
end

teardown(remove)

describe("events", function()
  it("are kept, judged, and what is decided about them is owed", function()
    local it = fixture()
    it.bot.take({ said("ann", "hello"), said("bob", "you fucking idiot") }, NOW)
    assert.equal(2, it.one "SELECT count(*) FROM message WHERE live")
    assert.equal("warn", it.one "SELECT action FROM sanction")
    assert.equal("case 1 warn irc", it.one "SELECT key FROM outbox WHERE call = 'warn'")
    assert.equal("#lobby", it.one "SELECT channel FROM outbox WHERE call = 'warn'")
  end)

  it("in the moderators' channel are theirs: not judged, nor kept", function()
    local it = fixture()
    it.bot.take({ said("bob", "you fucking idiot", { channel = "#ops" }) }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM message")
    assert.equal(0, it.one "SELECT count(*) FROM sanction")
  end)

  it("of long ago are history: judged, and nothing is done to anybody", function()
    local it = fixture()
    it.bot.take({ said("bob", "you fucking idiot", { at = NOW - 301 }) }, NOW)
    assert.equal(0, it.one "SELECT live FROM message")
    assert.equal(1, it.one "SELECT count(*) FROM sanction")
    assert.equal(0, it.one "SELECT count(*) FROM outbox")
  end)

  it("are not of the future", function()
    local it = fixture()
    it.bot.take({ said("bob", "hello", { at = NOW + 86400 }) }, NOW)
    assert.equal(NOW, it.one "SELECT at FROM message")
  end)

  it("of long ago are no commands", function()
    local it = fixture()
    it.bot.take({ said("bob", "hello"), said("ann", "!mute bob spam", { rank = 2, at = NOW - 301 }) }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM sanction")
    it.bot.take({ said("ann", "!mute bob spam", { rank = 2, at = NOW - 300 + 1 }) }, NOW)
    assert.equal(1, it.one "SELECT count(*) FROM sanction")
  end)

  it("that are edits are told apart by the platform's clock, which may be ahead", function()
    local it = fixture()
    local function edit(id, at, text)
      return { type = "edit", platform = "irc", id = id, at = at, text = text }
    end
    local event = said("ann", "one")
    it.bot.take({ event, edit(event.id, NOW + 7, "two"), edit(event.id, NOW + 8, "three") }, NOW)
    it.bot.take({ edit(event.id, NOW + 7, "two"), edit(event.id, NOW + 8, "three") }, NOW + 9)
    assert.equal("three", it.one "SELECT text FROM message_text")
    assert.equal(2, it.one "SELECT revision FROM message")
    assert.equal(NOW, it.one "SELECT max(at) FROM message_edit")
  end)

  it("come once, however often they are told", function()
    local it = fixture()
    local event = said("bob", "you fucking idiot")
    it.bot.take({ event, event }, NOW)
    it.bot.take({ event }, NOW)
    assert.equal(1, it.one "SELECT count(*) FROM message")
    assert.equal(1, it.one "SELECT count(*) FROM sanction")
  end)

  it("that were said to the bot alone are not kept", function()
    local it = fixture()
    it.bot.take({ said("bob", "you fucking idiot", { direct = true, channel = false }) }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM message")
  end)

  it("in the moderators' channel are their own affair", function()
    local it = fixture()
    it.bot.take({ said("ann", "bob called her a fucking idiot", { channel = "#ops" }) }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM message")
  end)

  it("that are commands are answered, and no chat; a member's that comes to nothing is both", function()
    local it = fixture()
    it.bot.take({ said("bob", "hello") }, NOW)
    it.bot.take({ said("bob", "!appeal buy cheap watches"), said("ann", "!mute bob 1h spam", { rank = 2 }), said("bob", "!help") }, NOW)
    assert.equal("hello, !appeal buy cheap watches", it.one "SELECT group_concat(text, ', ') FROM message_text")
    assert.equal("mute", it.one "SELECT action FROM sanction")
    assert.equal(3, it.one "SELECT count(*) FROM outbox WHERE key GLOB 'answer irc *'")
  end)

  it("that are commands again and again are a flood, and not answered", function()
    local it = fixture()
    local events = {}
    for i = 1, 30 do
      events[i] = said("bob", "!help")
    end
    it.bot.take(events, NOW)
    assert.equal(10, it.one "SELECT count(*) FROM outbox WHERE key GLOB 'answer irc *'")
    assert.equal(20, it.one "SELECT count(*) FROM message")
    it.bot.take({ said("bob", "!help") }, NOW + 60)
    assert.equal(11, it.one "SELECT count(*) FROM outbox WHERE key GLOB 'answer irc *'")
    for i = 1, 30 do
      events[i] = said("ann", "!help", { rank = 1 })
    end
    it.bot.take(events, NOW)
    assert.equal(41, it.one "SELECT count(*) FROM outbox WHERE key GLOB 'answer irc *'")
  end)

  it("that are commands of long ago are history", function()
    local it = fixture()
    it.bot.take({ said("bob", "hello"), said("ann", "!mute bob 1h spam", { rank = 2, at = NOW - 400 }) }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM sanction")
  end)

  it("that cannot be handled are left out and told of, and the others are kept", function()
    local it = fixture()
    it.other:exec [[CREATE TRIGGER broken BEFORE INSERT ON message WHEN NEW.platform_id = 'bad'
      BEGIN SELECT RAISE(ABORT, 'somebody spoilt it'); END]]
    it.bot.take({ said("ann", "one"), said("new", "two", { id = "bad" }), said("cid", "three") }, NOW)
    assert.equal("one three", it.one "SELECT group_concat(text, ' ') FROM message_text")
    assert.equal(0, it.one "SELECT count(*) FROM member WHERE name = 'new'")
    assert.same({ "error an event could not be handled and is left out" }, it.said)
    it.other:exec "DROP TRIGGER broken"
    it.bot.take({ said("new", "four") }, NOW) -- whose number was given and taken back
    assert.equal("new", (it.one("SELECT name FROM message JOIN member ON member.id = member WHERE platform_id = ?", tostring(number))))
  end)
end)

describe("a file that cannot be written", function()
  it("is waited for while somebody else holds it, and that is said after a while", function()
    local it = fixture()
    it.other:exec "BEGIN IMMEDIATE"
    it.on_nap = function()
      if it.naps == 40 then
        it.other:exec "COMMIT"
      end
    end
    it.bot.take({ said("ann", "hello") }, NOW)
    assert.equal(40, it.naps)
    assert.equal(1, it.one "SELECT count(*) FROM message")
    assert.same({ "error the database is locked by somebody else: nothing is taken in until it can be written",
      "info the database can be written again" }, it.said)
  end)

  it("is waited for in silence if it is only a moment", function()
    local it = fixture()
    it.other:exec "BEGIN IMMEDIATE"
    it.on_nap = function()
      if it.naps == 5 then
        it.other:exec "COMMIT"
      end
    end
    it.bot.take({ said("ann", "hello") }, NOW)
    assert.same({}, it.said)
  end)

  it("keeps what it has when the disk is full, and takes the rest when there is room", function()
    local it = fixture()
    it.bot.take({ said("ann", "before") }, NOW)
    local pages = it.one "PRAGMA page_count"
    it.one("PRAGMA max_page_count = " .. pages)
    local events = {}
    for i = 1, 50 do
      events[i] = said("member" .. i, ("word "):rep(1000))
    end
    it.on_nap = function()
      assert.equal(1, it.one "SELECT count(*) FROM message")
      if it.naps == 3 then
        it.one "PRAGMA max_page_count = 1000000"
      end
    end
    it.bot.take(events, NOW)
    assert.equal(51, it.one "SELECT count(*) FROM message")
    assert.equal("ok", it.one "PRAGMA integrity_check")
    assert.same({ "error the disk is full: nothing is taken in until it can be written", "info the database can be written again" },
      it.said)
  end)
end)

describe("a transaction that is undone half-way", function()
  -- What is taken first finds the disk full, and then there is room.
  local function take_when_full(it, events)
    it.one("PRAGMA max_page_count = " .. it.one "PRAGMA page_count")
    local filler = said("filler", ("word "):rep(20000))
    it.on_nap = function()
      it.one "PRAGMA max_page_count = 1000000"
    end
    events[#events + 1] = filler
    local naps = it.naps
    it.bot.take(events, NOW)
    assert.is_true(it.naps > naps)
  end

  it("does not bring back the policies of before", function()
    local it = fixture()
    it.bot.take({ said("ann", "before") }, NOW)
    it.other:exec "UPDATE policy SET active = 0 WHERE name = 'ladder'; UPDATE policy SET active = 1 WHERE name = 'topic'"
    take_when_full(it, { said("bob", "hello") })
    assert.equal("spam@1,topic@1", it.one [[SELECT group_concat(policy) FROM (SELECT policy FROM decision
      WHERE message = (SELECT min(id) FROM message WHERE id > 1) ORDER BY policy)]])
    assert.equal(0, it.one "SELECT count(*) FROM decision WHERE error IS NOT NULL")
  end)

  it("does not make a newcomer one who was here", function()
    local it = fixture()
    take_when_full(it, { { type = "join", platform = "irc", id = "j1", channel = "#lobby", member = "new", at = NOW } })
    assert.equal(1, it.one "SELECT newcomer FROM arrival")
  end)
end)

describe("who somebody is", function()
  local function name_of(it, id)
    return it.one("SELECT name FROM message JOIN member ON member.id = member WHERE platform_id = ?", id)
  end

  it("does not change with a nick, even one that has a history, nor when the bot is started anew", function()
    local it = fixture()
    local first = said("bob", "I am bob")
    it.bot.take({ first, said("ann", "I am ann", { origin = "ann@home" }) }, NOW)
    it.bot.take({ { type = "leave", platform = "irc", member = "bob", at = NOW } }, NOW)
    it.bot.take({ { type = "nick", platform = "irc", member = "ann", to = "bob", origin = "ann@home", at = NOW } }, NOW)
    local as_bob = said("bob", "hi", { origin = "ann@home" })
    it.bot.take({ as_bob }, NOW)
    assert.equal("ann", name_of(it, as_bob.id))
    it.bot.close()
    it.bot = live.open(path, { log = {}, prefix = "!", sleep = error })
    local again = said("bob", "still ann", { origin = "ann@home" })
    it.bot.take({ again }, NOW)
    assert.equal("ann", name_of(it, again.id))
  end)

  it("is told by where they come from when the bot did not see it", function()
    local it = fixture()
    it.bot.take({ said("bob", "I am bob"), said("ann", "I am ann", { origin = "ann@home" }),
      { type = "nick", platform = "irc", member = "ann", to = "bob", origin = "ann@home", at = NOW } }, NOW)
    it.bot.close()
    it.bot = live.open(path, { log = {}, prefix = "!", sleep = error })
    local event = said("bob", "the real one", { origin = "bob@work" })
    it.bot.take({ event }, NOW)
    assert.equal("bob", name_of(it, event.id))
  end)

  it("ends when they leave, and when they take their own name back", function()
    local it = fixture()
    local function nick(from, to)
      return { type = "nick", platform = "irc", member = from, to = to, at = NOW }
    end
    it.bot.take({ said("ann", "I am ann"), nick("ann", "x"), nick("x", "ann") }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM presence")
    it.bot.take({ nick("ann", "x"), nick("x", "y") }, NOW)
    assert.equal("y", it.one "SELECT group_concat(platform_id) FROM presence")
    it.bot.take({ { type = "leave", platform = "irc", member = "y", channel = "#other", at = NOW } }, NOW)
    assert.equal(1, it.one "SELECT count(*) FROM presence")
    it.bot.take({ { type = "leave", platform = "irc", member = "y", at = NOW } }, NOW)
    assert.equal(0, it.one "SELECT count(*) FROM presence")
  end)
end)

describe("a mute", function()
  it("is set again for who comes back, or by another name, as long as it is in force", function()
    local it = fixture()
    it.bot.take({ said("ann", "hello") }, NOW)
    it.other:prepare("INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (1, 'mute', 60, ?, 'insults')"):run(NOW)
    local function done()
      it.other:exec "UPDATE outbox SET state = 'done', ended_at = 1"
    end
    local function state()
      return it.one "SELECT state FROM outbox WHERE call = 'mute'"
    end
    done()
    it.bot.take({ { type = "join", platform = "irc", id = "j1", channel = "#lobby", member = "bob", at = NOW } }, NOW + 10)
    assert.equal("done", state())
    it.bot.take({ { type = "join", platform = "irc", id = "j2", channel = "#lobby", member = "ann", at = NOW } }, NOW + 10)
    assert.equal("pending", state())
    done()
    it.bot.take({ { type = "nick", platform = "irc", member = "ann", to = "annie", at = NOW } }, NOW + 20)
    assert.equal("pending", state())
    done()
    it.bot.take({ { type = "nick", platform = "irc", member = "annie", to = "ann3", at = NOW } }, NOW + 60)
    assert.equal("done", state())
  end)
end)

describe("a moderator", function()
  it("is immune as long as the platform says that they moderate", function()
    local it = fixture()
    local function immune()
      return it.one "SELECT group_concat(immune || ' ' || moderator, ', ') FROM (SELECT * FROM immunity ORDER BY seq)"
    end
    it.bot.take({ said("ann", "you fucking idiot", { rank = 2 }) }, NOW)
    assert.equal("1 irc", immune())
    assert.equal(0, it.one "SELECT count(*) FROM sanction")
    it.bot.take({ said("ann", "hello", { rank = 2 }), said("ann", "hello") }, NOW + 1)
    assert.equal("1 irc, 0 irc", immune())
  end)

  it("is what a person said of them, whatever the platform says", function()
    local it = fixture()
    it.bot.take({ said("ann", "hello") }, NOW)
    it.other:exec "INSERT INTO immunity(member, immune, moderator) VALUES (1, 1, 'owner')"
    it.bot.take({ said("ann", "hello", { rank = 1 }), said("ann", "hello", { rank = 0 }) }, NOW)
    assert.equal(1, it.one "SELECT count(*) FROM immunity")
  end)
end)

describe("a policy that observes", function()
  it("tells the moderators what it would have done, once in ten minutes", function()
    local it = fixture {}
    for i = 1, 3 do
      it.bot.take({ said("ann", "you fucking idiot", { at = NOW + i }) }, NOW + i)
    end
    assert.equal(0, it.one "SELECT count(*) FROM sanction")
    assert.equal(1, it.one "SELECT count(*) FROM outbox WHERE call = 'say' AND key GLOB 'observed warn *'")
    assert.equal("#ops", it.one "SELECT DISTINCT channel FROM outbox")
  end)
end)

describe("a moderator", function()
  it("does not act on another one, who has the rank by the platform", function()
    local it = fixture()
    it.bot.take({ said("eve", "hello", { rank = 2 }), said("bob", "hello"), said("mod", "!warn eve no", { rank = 2 }),
      said("mod", "!warn bob no", { rank = 2 }) }, NOW)
    assert.equal("bob", it.one "SELECT name FROM sanction JOIN member ON member.id = member")
    assert.matches("^The rank of eve is yours or higher", it.one "SELECT text FROM outbox WHERE call = 'reply' ORDER BY id LIMIT 1")
  end)
end)
