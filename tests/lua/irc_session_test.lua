-- A connection with a scripted server: registration, nicks, channels, and what is told of people.
local scripted = dofile(debug.getinfo(1, "S").source:match "^@(.*)/" .. "/irc_scripted.lua")

local function fields(event, ...)
  local found = {}
  for _, name in ipairs { ... } do
    found[name] = event and event[name]
  end
  return found
end

describe("registration", function()
  it("asks for capabilities first", function()
    local bot = scripted.new { password = "open sesame" }
    assert.same({ "CAP LS 302", "PASS :open sesame", "NICK decorum", "USER bot 0 * Decorum" }, bot:sent())
    bot:feed(":x CAP * LS * :multi-prefix", ":x CAP * LS :batch tls")
    assert.same({ "CAP REQ :batch multi-prefix" }, bot:sent())
    bot:feed ":x CAP * ACK :batch multi-prefix"
    assert.same({ "CAP END" }, bot:sent())
    bot:feed(":x 001 decorum :Hi", ":x 422 decorum :No MOTD")
    bot:pass(5) -- so much was said already
    assert.same({ "JOIN #lobby" }, bot:sent())
  end)
  it("does without", function()
    local bot = scripted.new()
    bot:sent()
    bot:feed(":x 421 * CAP :Unknown command", ":x 001 decorum :Hi", ":x 376 decorum :End")
    assert.same({ "JOIN #lobby" }, bot:sent())
  end)
  it("joins after a while if the server never ends its greeting", function()
    local bot = scripted.new()
    bot:feed(":x 001 decorum :Hi")
    bot:sent()
    bot:pass(11)
    assert.same({ "JOIN #lobby" }, bot:sent())
  end)
  it("gives up after a minute", function()
    local bot = scripted.new()
    bot:pass(61)
    assert.same({ why = "not let in within 60 seconds", is_final = false }, bot.session.failure)
  end)
  it("answers PING while it waits", function()
    local bot = scripted.new()
    bot:sent()
    bot:feed "PING :a cookie"
    assert.same({ "PONG :a cookie" }, bot:sent())
  end)

  local function logging_in(sasl)
    local bot = scripted.new { sasl = sasl or { account = "jilles", password = "sesame" } }
    bot:sent()
    bot:feed ":x CAP * LS :sasl=PLAIN,EXTERNAL"
    assert.same({ "CAP REQ sasl" }, { (bot:sent()[1]:gsub(":", "")) })
    bot:feed ":x CAP * ACK :sasl"
    return bot
  end
  it("logs in before it ends", function()
    local bot = logging_in()
    assert.same({ "AUTHENTICATE PLAIN" }, bot:sent())
    bot:feed "AUTHENTICATE +"
    assert.same({ "AUTHENTICATE amlsbGVzAGppbGxlcwBzZXNhbWU=" }, bot:sent())
    bot:feed(":x 900 * a!b@c jilles :You are now logged in", ":x 903 * :SASL authentication successful")
    assert.same({ "CAP END" }, bot:sent())
    assert.is_nil(bot.session.failure)
  end)
  it("does not stay where it cannot log in, and never tells the secret", function()
    for _, case in ipairs {
      { "AUTHENTICATE +\n:x 904 * :SASL authentication failed", "SASL: SASL authentication failed" },
      { "AUTHENTICATE +\n:x 905 * :SASL message too long", "SASL: SASL message too long" },
      { ":x 908 * EXTERNAL :are available SASL mechanisms\n:x 904 * :SASL authentication failed", "SASL: SASL authentication failed" },
      { ":x 001 decorum :Hi", "let in without SASL, which is asked for" },
    } do
      local bot = logging_in()
      bot:feed(case[1])
      assert.same({ why = case[2], is_final = true }, bot.session.failure)
      assert.is_nil((table.concat(bot.told, "\n"):find("sesame", 1, true)))
    end
  end)
  it("does not stay where there is no SASL", function()
    local function failure(line, sasl)
      local bot = scripted.new { sasl = sasl or { account = "a", password = "b" } }
      bot:feed(line)
      return bot.session.failure.why
    end
    assert.equal("SASL is asked for, and the server has none", failure ":x CAP * LS :batch\n:x CAP * ACK :batch")
    assert.equal("SASL is asked for, and the server has none", failure ":x 421 * CAP :Unknown command")
    assert.equal("the server does not have SASL's EXTERNAL",
      failure(":x CAP * LS :sasl=PLAIN\n:x CAP * ACK :sasl", { mechanism = "EXTERNAL" }))
    assert.equal("SASL is asked for, and the server has none", failure ":x CAP * LS :sasl\n:x CAP * NAK :sasl")
  end)
  it("says so when it is banned, or its password is wrong", function()
    for _, line in ipairs { ":x 465 * :You are banned", ":x 464 * :Password incorrect" } do
      local bot = scripted.new()
      bot:feed(line, "ERROR :Closing Link")
      assert.is_true(bot.session.failure.is_final)
    end
    local bot = scripted.new()
    bot:feed "ERROR :Closing Link: full"
    assert.same({ why = "the server: Closing Link: full", is_final = false }, bot.session.failure)
  end)
end)

describe("the bot's nick", function()
  it("is another while its own is in use, and its own again when that is free", function()
    local bot = scripted.new()
    bot:sent()
    bot:feed ":x 433 * decorum :Nickname is already in use"
    assert.same({ "NICK decorum_" }, bot:sent())
    bot:feed ":x 432 * decorum_ :Erroneous nickname"
    assert.same({ "NICK decorum__" }, bot:sent())
    bot:feed ":x 437 * decorum__ :Unavailable"
    assert.same({ "NICK decorum_" }, bot:sent()) -- the first seven letters and _
    bot:feed(":x 433 * decorum_ :in use")
    assert.same({ "NICK decorum1" }, bot:sent())
    bot:feed(":x 001 decorum1 :Hi", ":x 376 decorum1 :End")
    bot:pass(10)
    assert.same({ "JOIN #lobby", "NICK decorum" }, bot:sent())
    bot:feed(":x 433 decorum1 decorum :in use", ":decorum1!b@c JOIN #lobby", ":x 353 decorum1 = #lobby :@decorum1 decorum",
      ":x 366 decorum1 #lobby :End")
    bot:pass(49)
    bot:sent()
    bot:pass(2) -- a minute after the first try
    assert.same({ "NICK decorum" }, bot:sent())
    bot:feed ":decorum!x@y QUIT :gone"
    assert.same({ "NICK decorum" }, bot:sent())
    bot:feed ":decorum1!b@c NICK decorum"
    bot:pass(200)
    assert.same({}, bot:sent())
    assert.is_true(bot.session:is_me "DECORUM")
  end)
  it("is not tried for ever", function()
    local bot = scripted.new()
    for _ = 1, 13 do
      bot:feed ":x 433 * x :in use"
    end
    assert.equal("no nick is free: in use", bot.session.failure.why)
  end)
end)

describe("channels", function()
  it("are tried again when they cannot be joined, and it is told once", function()
    local bot = scripted.new { channels = { "#Lobby key" }, moderators = "#mods" }
    bot:feed(":x 001 decorum :Hi", ":x 376 decorum :End")
    bot:pass(10)
    bot.lines = {}
    local waits = {}
    for i = 1, 8 do
      bot:feed ":x 475 decorum #lobby :Cannot join channel (+k)"
      local from = bot.time
      repeat
        bot:pass(1)
      until bot:sent()[1] == "JOIN #Lobby key"
      waits[i] = math.floor(bot.time - from + 0.5)
    end
    for i, wait in ipairs { 15, 30, 60, 120, 240, 480, 900, 900 } do
      assert.near(wait, waits[i], 2)
    end
    local _, count = table.concat(bot.told, "\n"):gsub("cannot join", "")
    assert.equal(1, count)
  end)
  it("are joined again after a kick, and at once when invited", function()
    local bot = scripted.new()
    bot:welcome()
    bot:feed ":ann!a@x KICK #lobby decorum :out"
    assert.is_nil(bot:event())
    assert.same({}, bot:sent())
    bot:pass(14)
    assert.same({}, bot:sent())
    bot:pass(2)
    assert.same({ "JOIN #lobby" }, bot:sent())
    bot:feed(":x 473 decorum #lobby :+i", ":ann!a@x INVITE decorum #lobby")
    assert.same({ "JOIN #lobby" }, bot:sent())
    bot:feed ":ann!a@x INVITE decorum #elsewhere"
    assert.same({}, bot:sent())
  end)
  it("that it was sent on to are left", function()
    local bot = scripted.new()
    bot:feed(":x 001 decorum :Hi", ":x 376 decorum :End")
    bot:sent()
    bot:feed(":x 470 decorum #lobby ##lobby :Forwarding", ":decorum!b@c JOIN ##lobby")
    assert.same({ "PART ##lobby" }, bot:sent())
  end)
  it("are told of when the bot may act there", function()
    local bot = scripted.new()
    bot:feed(":x 001 decorum :Hi", ":x 376 decorum :End", ":decorum!b@c JOIN #lobby", ":x 353 decorum = #lobby :decorum @ann",
      ":x 366 decorum #lobby :End")
    assert.is_nil(bot:ready())
    bot:pass(20)
    assert.same({ "MODE #lobby", "WHO #lobby" }, { bot.lines[#bot.lines - 1], bot.lines[#bot.lines] })
    assert.equal("#lobby", bot:ready()) -- the server does not answer
    bot:feed ":ann!a@x MODE #lobby +o decorum"
    assert.equal("#lobby", bot:ready())
    bot:feed ":ann!a@x MODE #lobby +v decorum"
    assert.is_nil(bot:ready())
  end)
end)

describe("people", function()
  it("join, speak, change their nick, and leave", function()
    local bot = scripted.new()
    bot:welcome("solanum", "multi-prefix userhost-in-names", "@+bob!b@bob.example %x")
    bot:feed ":Ann[x]!~a@host.example JOIN #lobby"
    local join = bot:event()
    assert.same({ type = "join", platform = "irc", channel = "#lobby", member = "ann{x}", name = "Ann[x]", at = 1800000000, rank = 0,
      is_sure = false, origin = "~a@host.example", id = join.id }, join)
    bot:feed ":ann{X}!~a@host.example PRIVMSG #LOBBY :\2hi\15 th\xE9re"
    local said = bot:event()
    assert.same({ type = "message", channel = "#lobby", member = "ann{x}", kind = "message", text = "hi thére" },
      fields(said, "type", "channel", "member", "kind", "text", "direct", "history"))
    bot:feed ":bob!b@bob.example PRIVMSG @#lobby :\1ACTION nods\1"
    assert.same({ kind = "action", text = "nods", rank = 2, channel = "#lobby" }, fields(bot:event(), "kind", "text", "rank", "channel"))
    bot:feed ":bob!b@bob.example PRIVMSG decorum :!help"
    assert.same({ direct = true, rank = 2 }, fields(bot:event(), "direct", "rank", "channel"))
    bot:feed ":Ann[x]!~a@host.example NICK Zoe"
    assert.same({ type = "nick", member = "ann{x}", to = "zoe", name = "Zoe" }, fields(bot:event(), "type", "member", "to", "name"))
    bot:feed ":bob!b@bob.example KICK #lobby zoe :be \2kind"
    assert.same({ type = "kick", member = "zoe", by = "bob", reason = "be kind" }, fields(bot:event(), "type", "member", "by", "reason"))
    bot:feed ":bob!b@bob.example QUIT :bye"
    assert.same({ type = "leave", member = "bob" }, fields(bot:event(), "type", "member", "channel"))
    bot:feed ":bob!b@bob.example PRIVMSG #lobby :still there"
    assert.equal(0, bot:event().rank)
    assert.is_nil(bot:event())
  end)
  it("are accounts when they are logged in", function()
    local bot = scripted.new()
    bot:welcome("solanum", "account-tag account-notify extended-join message-tags", "ann bob")
    bot:feed ":carl!c@x JOIN #lobby Carlos :Carl C"
    assert.same({ member = "account:carlos", name = "carl", is_sure = true }, fields(bot:event(), "member", "name", "is_sure"))
    bot:feed ":dan!d@x JOIN #lobby * :Dan"
    assert.same({ member = "dan", is_sure = false }, fields(bot:event(), "member", "is_sure"))
    bot:feed ":dan!d@x ACCOUNT Daniel"
    assert.same({ type = "nick", member = "dan", to = "account:daniel", name = "dan" }, fields(bot:event(), "type", "member", "to", "name"))
    bot:feed ":dan!d@x NICK dan2"
    assert.same({ type = "nick", member = "account:daniel", to = "account:daniel", name = "dan2" },
      fields(bot:event(), "type", "member", "to", "name"))
    bot:feed ":dan2!d@x PRIVMSG #lobby :no tag, so no account"
    assert.same({ type = "nick", member = "account:daniel", to = "dan2" }, fields(bot:event(), "type", "member", "to"))
    assert.same({ member = "dan2", is_sure = false }, fields(bot:event(), "member", "is_sure"))
    bot:feed "@account=Ann;+account=root :ann!a@x PRIVMSG #lobby :hi" -- nobody was told of her before: nothing to rename
    assert.same({ type = "message", member = "account:ann" }, fields(bot:event(), "type", "member"))
    bot:feed ":account:ann!a@x PRIVMSG #lobby :I am she"
    assert.equal("account%3aann", bot:event().member)
  end)
  it("are accounts by WHOX", function()
    local bot = scripted.new()
    bot:feed(":x 001 decorum :Hi", ":x 005 decorum WHOX :are", ":x 376 decorum :End", ":decorum!b@c JOIN #lobby",
      ":x 353 decorum = #lobby :@decorum Ann bob", ":x 366 decorum #lobby :End")
    bot:pass(10)
    assert.equal("WHO #lobby %tcuhna,17", bot.lines[#bot.lines])
    bot:feed(":x 354 decorum 17 #lobby ~a a.example Ann anna", ":x 354 decorum 17 #lobby b b.example bob 0",
      ":x 354 decorum 99 #lobby x x.example bob evil", ":x 315 decorum #lobby :End")
    assert.equal("#lobby", bot:ready())
    bot:feed(":Ann!~a@a.example PRIVMSG #lobby :hi", ":bob!b@b.example PRIVMSG #lobby :hi")
    assert.equal("account:anna", bot:event().member)
    assert.equal("bob", bot:event().member)
  end)
  it("leave in a netsplit and come again", function()
    local bot = scripted.new()
    bot:welcome("solanum", "", "ann bob carl")
    bot:feed(":ann!a@x QUIT :a.net b.net", ":bob!b@x QUIT :a.net b.net")
    assert.equal("ann", bot:event().member)
    assert.equal("bob", bot:event().member)
    assert.is_nil(bot.session.people:find "ann")
    bot:feed(":ann!a@x JOIN #lobby", ":x MODE #lobby +o ann")
    assert.equal("join", bot:event().type)
    bot:feed ":ann!a@x PRIVMSG #lobby :back"
    assert.equal(2, bot:event().rank)
    assert.is_nil(bot.session.people:find "bob")
  end)
  it("have their hosts kept", function()
    local bot = scripted.new()
    bot:welcome("solanum", "chghost", "ann")
    bot:feed(":x 352 decorum #lobby ~a old.example irc.test ann H :0 Ann")
    assert.equal("old.example", bot.session.people:find("ann").host)
    bot:feed ":ann!~a@old.example CHGHOST ident new.example"
    bot:feed ":ann!ident@new.example PRIVMSG #lobby :hi"
    assert.equal("ident@new.example", bot:event().origin)
    bot:feed ":x 396 decorum bot/decorum :is now your hidden host"
    assert.equal("bot/decorum", bot.session:me().host)
  end)
  it("have their ranks kept", function()
    local bot = scripted.new()
    bot:welcome("inspircd", "multi-prefix", "~&@owner %half +voice")
    local function rank(nick)
      return bot.session.people:rank(bot.session.people:find(nick), "#lobby")
    end
    assert.same({ 3, 1, 0 }, { rank "owner", rank "half", rank "voice" })
    bot:feed ":owner!o@x MODE #lobby -qa+o-h owner owner voice half"
    assert.same({ 2, 0, 2 }, { rank "owner", rank "half", rank "voice" })
    bot:feed ":owner!o@x MODE #lobby -o+m voice"
    assert.equal(0, rank "voice")
    assert.is_true(bot.session.people:room("#lobby").flags.m)
  end)
  it("are forgotten when the bot leaves, and with the channel", function()
    local bot = scripted.new()
    bot:welcome("solanum", "", "ann")
    bot:feed ":decorum!b@c PART #lobby"
    assert.is_nil(bot.session.people:find "ann")
    assert.is_nil(next(bot.session.people.rooms))
  end)
end)

describe("what is said", function()
  local bot
  before_each(function()
    bot = scripted.new()
    bot:welcome("solanum", "message-tags server-time echo-message batch", "ann")
  end)
  local function say(text, tags)
    bot:feed((tags and "@" .. tags .. " " or "") .. ":ann!a@x PRIVMSG #lobby :" .. text)
    return bot:event()
  end
  it("has the server's time and id", function()
    assert.same({ at = 1800000000 - 2.5, id = "abc", reply_to = "xyz" },
      fields(say("hi", "time=2027-01-15T07:59:57.500Z;msgid=abc;+draft/reply=xyz"), "at", "id", "reply_to"))
    assert.equal(1800000000, say("hi", "time=2027-01-15T08:02:00.000Z").at) -- not in the future
    assert.equal(1800000000 - 3600, say("hi", "time=2027-01-15T07:00:00Z").at)
    for _, time in ipairs { "", "noon", "2027-02-30T00:00:00Z", "2027-01-15T25:00:00Z", "2027-01-15T08:00:00" } do
      assert.equal(1800000000, say("hi", "time=" .. time).at)
    end
  end)
  it("has ids of its own, none twice", function()
    local seen = {}
    for _ = 1, 100 do
      local id = say("hi").id
      assert.is_nil(seen[id])
      assert.truthy(id:find "^1800000000000%-%x+%-%d+$")
      seen[id] = true
    end
  end)
  it("before the bot came is told as that", function()
    bot:feed("BATCH +1 chathistory #lobby", "@batch=1;time=2027-01-15T08:00:00Z :ann!a@x JOIN #lobby",
      "@batch=1;time=2027-01-14T08:00:00Z;msgid=old :gone!g@y PRIVMSG #lobby :hello")
    local old = bot:event()
    assert.same({ type = "message", member = "gone", at = 1800000000 - 86400, history = true, id = "old" },
      fields(old, "type", "member", "at", "history", "id"))
    assert.is_nil(bot.session.people:find "gone")
    bot:feed("@batch=1 BATCH +2 x", "@batch=2 :gone!g@y PRIVMSG #lobby :more", "BATCH -2", "BATCH -1")
    assert.is_true(bot:event().history)
    assert.is_nil(say("now", "batch=1").history)
  end)
  it("by servers and by the bot itself is not told", function()
    bot:feed(":irc.test NOTICE #lobby :going down", ":irc.test NOTICE decorum :psst", "NOTICE AUTH :***", ":decorum!b@c PRIVMSG #lobby :me",
      "PRIVMSG #lobby :nobody",
      ":ann!a@x PRIVMSG #elsewhere :far", ":ann!a@x PRIVMSG $* :all", ":ann!a@x PRIVMSG", ":ann!a@x PRIVMSG #lobby")
    assert.is_nil(bot:event())
  end)
  it("in CTCP is answered, not too often", function()
    bot:feed(":ann!a@x PRIVMSG decorum :\1VERSION\1", ":ann!a@x PRIVMSG decorum :\1PING 1 2\1", ":ann!a@x PRIVMSG #lobby :\1VERSION\1",
      ":ann!a@x PRIVMSG decorum :\1DCC SEND x\1", ":ann!a@x NOTICE decorum :\1VERSION x\1")
    assert.same({ "NOTICE ann :\1VERSION Decorum\1" }, bot:sent())
    bot:pass(6)
    bot:feed(":ann!a@x PRIVMSG decorum :\1PING 1 2\1")
    assert.same({ "NOTICE ann :\1PING 1 2\1" }, bot:sent())
    assert.is_nil(bot:event())
  end)
  it("is told by our clock where the server's is wrong", function()
    local other = scripted.new()
    other:feed("@time=2027-01-15T07:00:00Z :x 001 decorum :Hi", ":x 376 decorum :End", ":decorum!b@c JOIN #lobby",
      "@time=2027-01-15T07:00:00Z :ann!a@x PRIVMSG #lobby :hi")
    assert.equal(1800000000, other:event().at)
    assert.truthy(table.concat(other.told, "\n"):find("the server's clock is wrong", 1, true))
  end)
end)
