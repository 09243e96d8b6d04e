-- What the bot is asked to do, on servers of four kinds: which lines go out, when a call is done, what it leaves to take back.
local scripted = dofile(debug.getinfo(1, "S").source:match "^@(.*)/" .. "/irc_scripted.lua")

-- A bot in #lobby, with Ann (logged in on request), Bob and Carl who share a host, and Olga, an operator.
local function bot_on(kind, options, account)
  local bot = scripted.new(options)
  bot:welcome(kind, "multi-prefix userhost-in-names extended-join account-notify",
    "Ann!~ann@a.example bob!bob@shared.example carl!~carl@shared.example @olga!o@o.example")
  if account then
    bot:feed((":Ann!~ann@a.example ACCOUNT %s"):format(account))
  end
  bot.session.effects = {}
  return bot
end

local function mute(name, ids, more)
  local call = { name = "mute", ids = ids or { name:lower() }, shown = name, channel = "#lobby", case_no = 1 }
  for key, value in pairs(more or {}) do
    call[key] = value
  end
  return call
end

local function echo(bot, line)
  bot:feed(":decorum!bot@bot.example " .. line)
end

describe("a mute", function()
  local cases = {
    { "solanum", "MODE #lobby +q *!*@a.example", { "#lobby +q *!*@a.example" }, nil },
    { "inspircd", "MODE #lobby +b m:*!*@a.example", { "#lobby +b m:*!*@a.example" }, nil },
    { "unreal", "MODE #lobby +b ~q:*!*@a.example", { "#lobby +b ~q:*!*@a.example" }, nil },
    { "ngircd", "MODE #lobby +b *!*@a.example", { "#lobby +b *!*@a.example" }, "no quiet list here: banned from speaking (+b)" },
  }
  for _, case in ipairs(cases) do
    it("on " .. case[1], function()
      local bot = bot_on(case[1])
      local result = bot:call(mute "Ann")
      assert.same({ case[2] }, bot:sent())
      assert.equal(0, result.n)
      echo(bot, case[2])
      assert.same({ true, case[4], case[3] }, { result[1], result[2], result[3] })

      -- After a restart: another bot takes it back by the marks.
      local other = bot_on(case[1])
      result = other:call { name = "unmute", ids = { "ann" }, shown = "Ann", channel = "#lobby", marks = case[3] }
      local line = case[2]:gsub("%+", "-")
      assert.same({ line }, other:sent())
      echo(other, line)
      assert.same({ true }, { result[1], result[2] })
    end)
  end

  local accounts = {
    { "solanum", "MODE #lobby +q $a:Anna" }, { "inspircd", "MODE #lobby +b m:R:Anna" }, { "unreal", "MODE #lobby +b ~q:~a:Anna" },
    { "ngircd", "MODE #lobby +b *!*@a.example" },
  }
  for _, case in ipairs(accounts) do
    it("of an account on " .. case[1], function()
      local bot = bot_on(case[1], nil, "Anna")
      bot:call(mute("Ann", { "account:anna" }))
      assert.same({ case[2] }, bot:sent())
    end)
  end

  it("in a channel that is +m takes the voice, and gives it back", function()
    local bot = bot_on "ngircd"
    bot:feed ":olga!o@o.example MODE #lobby +mv Ann"
    local result = bot:call(mute "Ann")
    assert.same({ "MODE #lobby -v Ann" }, bot:sent())
    echo(bot, "MODE #lobby -v Ann")
    assert.same({ true, "the channel is moderated (+m): no voice", { "#lobby -v Ann" } }, { result[1], result[2], result[3] })
    bot:feed ":Ann!~ann@a.example NICK Anna"
    result = bot:call { name = "unmute", ids = { "ann", "anna" }, shown = "Ann", channel = "#lobby", marks = { "#lobby -v Ann" } }
    assert.same({ "MODE #lobby +v Anna" }, bot:sent())
    echo(bot, "MODE #lobby +v Anna")
    assert.equal(true, result[1])
    result = bot:call(mute "carl") -- has no voice anyway
    assert.same({}, bot:sent())
    assert.same({ true, "the channel is moderated (+m): no voice", {} }, { result[1], result[2], result[3] })
  end)
  it("takes a voice elsewhere too, for the voiced may speak all the same", function()
    local bot = bot_on "solanum"
    bot:feed ":olga!o@o.example MODE #lobby +v Ann"
    local result = bot:call(mute "Ann")
    assert.same({ "MODE #lobby +q-v *!*@a.example Ann" }, bot:sent())
    echo(bot, "MODE #lobby +q *!*@a.example")
    assert.equal(0, result.n)
    echo(bot, "MODE #lobby -v Ann")
    assert.same({ "#lobby +q *!*@a.example", "#lobby -v Ann" }, result[3])
  end)

  it("fits nobody else", function()
    local function line(nick, change)
      local bot = bot_on "solanum"
      if change then
        bot:feed(change)
      end
      bot:call(mute(nick))
      return bot:sent()[1]
    end
    assert.equal("MODE #lobby +q *!*bob@shared.example", line "bob")
    assert.equal("MODE #lobby +q *!*carl@shared.example", line "carl")
    assert.equal("MODE #lobby +q bob!*bob@shared.example", line("bob", ":dan!~bob@shared.example JOIN #lobby * :x"))
    assert.equal("MODE #lobby +q bob!*bob@shared.example", line("bob", ":dan!notbob@shared.example JOIN #lobby * :x"))
    assert.equal("MODE #lobby +q *!*ann@bot.example", line("Ann", ":Ann!~ann@a.example CHGHOST ~ann bot.example")) -- the bot's own host
    assert.equal("MODE #lobby +q zoe!*@*", line "zoe") -- not there
    for _, host in ipairs { "*", "?.example", "a,b", "a!b", "\xFF" } do
      assert.equal("MODE #lobby +q Ann!*@*", line("Ann", ":Ann!~ann@a.example CHGHOST ~ann " .. host))
    end
    assert.equal("MODE #lobby +q ann!*@*", line("ann", ":Ann!~ann@a.example PART #lobby"))
  end)
  it("of who is away goes by the account, or by nicks that are nobody's now", function()
    local bot = bot_on "solanum"
    bot:call(mute("Zoe", { "account:zoe", "bob", "zoe" }))
    bot:feed ":bob!bob@shared.example QUIT :x"
    assert.same({ "MODE #lobby +q *!*bob@shared.example" }, bot:sent()) -- who has one of the ids is there
    bot = bot_on "solanum"
    bot:feed(":bob!bob@shared.example ACCOUNT robert")
    bot:call(mute("Zoe", { "account:zoe", "bob", "zoe" }))
    assert.same({ "MODE #lobby +qq $a:zoe zoe!*@*" }, bot:sent())
    bot = bot_on "ngircd"
    local result = bot:call(mute("Zoe", { "account:zoe" }))
    assert.same({ 3, "never", "nobody to find a mask for in #lobby" }, { result.n, result[2], result[3] })
  end)
  it("is never of the bot", function()
    local bot = bot_on "solanum"
    local result = bot:call(mute "decorum")
    assert.same({}, bot:sent())
    assert.equal("never", result[2])
    for _, name in ipairs { "kick", "ban" } do
      assert.equal("never", bot:call({ name = name, ids = { "decorum" }, shown = "decorum", channel = "#lobby" })[2])
    end
    assert.same({}, bot:sent())
  end)
  it("is not tried of an operator", function()
    local bot = bot_on "solanum"
    local result = bot:call(mute "olga")
    assert.same({}, bot:sent())
    assert.same({ "never", "olga is an operator in #lobby" }, { result[2], result[3] })
  end)
  it("is of everybody who is the member", function()
    local bot = bot_on("solanum", nil, "anna")
    bot:feed(":Ann2!~x@b.example JOIN #lobby anna :x")
    bot:call(mute("Ann", { "account:anna", "bob" }))
    assert.same({ "MODE #lobby +qq $a:anna *!*bob@shared.example" }, bot:sent())
  end)
end)

describe("a change", function()
  it("that was so already is done when the server has seen it", function()
    local bot = bot_on "ngircd"
    local result = bot:call(mute "Ann")
    bot:sent()
    bot:pass(1.1)
    local ping = bot.lines[1]
    assert.truthy(ping:find "^PING decorum%-%d+$")
    bot:feed(":irc.test PONG irc.test " .. ping:match "%S+$")
    assert.same({ true, { "#lobby +b *!*@a.example" } }, { result[1], result[3] })
  end)
  it("is refused in the server's words", function()
    for _, case in ipairs {
      { ":irc.test 482 decorum #lobby :You're not a channel operator", "never" },
      { ":irc.test 478 decorum #lobby *!*@a.example :Channel ban list is full", "later" },
      { ":irc.test 472 decorum b :is unknown mode char to me", "never" },
      { ":irc.test 442 decorum #lobby :You're not on that channel", "later" },
      { ":irc.test 263 decorum MODE :Try again", "later" },
    } do
      local bot = bot_on "ngircd"
      local result = bot:call(mute "Ann")
      bot:sent()
      bot:feed(":irc.test 482 decorum #elsewhere :not this", ":irc.test 401 decorum zoe :nor this", case[1])
      assert.same({ 3, case[2] }, { result.n, result[2] })
      assert.equal(case[1]:match "^:irc.test.* :(.*)$" .. " in #lobby", result[3])
    end
  end)
  it("without an answer is for later", function()
    local bot = bot_on "ngircd"
    local result = bot:call(mute "Ann")
    bot:sent()
    bot:pass(25)
    assert.same({ "later", "the server did not answer in #lobby" }, { result[2], result[3] })
    assert.is_nil(bot.session.job)
  end)
  it("by who is no operator is for later, and the runner hears when it is one", function()
    local bot = bot_on "solanum"
    bot:feed ":olga!o@o.example MODE #lobby -o decorum"
    local result = bot:call(mute "Ann")
    assert.same({ "later", "not an operator in #lobby" }, { result[2], result[3] })
    assert.same({}, bot:sent())
    bot:feed ":olga!o@o.example MODE #lobby +o decorum"
    assert.equal("#lobby", bot:ready())
  end)
  it("is for later when the connection goes", function()
    local bot = bot_on "solanum"
    local first, second, said = bot:call(mute "Ann"), bot:call(mute "bob"), bot:call { name = "say", channel = "#lobby", text = "hi" }
    bot.session:close "gone"
    for _, result in ipairs { first, second, said } do
      assert.same({ 3, "later" }, { result.n, result[2] })
    end
    assert.same({ "later", "not connected" }, { bot:call(mute "Ann")[2], bot:call(mute "Ann")[3] })
  end)
  it("waits for the one before it", function()
    local bot = bot_on "solanum"
    local first, second = bot:call(mute "Ann"), bot:call(mute "bob")
    assert.same({ "MODE #lobby +q *!*@a.example" }, bot:sent())
    echo(bot, "MODE #lobby +q *!*@a.example")
    assert.same({ "MODE #lobby +q *!*bob@shared.example" }, bot:sent())
    echo(bot, "MODE #lobby +q *!*bob@shared.example")
    assert.same({ true, true }, { first[1], second[1] })
  end)
end)

describe("several channels", function()
  local function bot_in_two()
    return bot_on("solanum", { channels = { "#lobby", "#dev" }, moderators = "#mods" })
  end
  it("are those in which the member is", function()
    local bot = bot_in_two()
    bot:feed(":Ann!~ann@a.example PART #dev", ":Ann!~ann@a.example PART #mods")
    local result = bot:call(mute "Ann")
    bot:sent()
    echo(bot, "MODE #lobby +q *!*@a.example")
    assert.same({ "#lobby +q *!*@a.example" }, result[3])
  end)
  it("are all if none is named, but not the moderators' own", function()
    local bot = bot_in_two()
    local call = mute "Ann"
    call.channel = nil
    local result = bot:call(call)
    assert.same({ "MODE #lobby +q *!*@a.example" }, bot:sent())
    echo(bot, "MODE #lobby +q *!*@a.example")
    assert.same({ "MODE #dev +q *!*@a.example" }, bot:sent())
    echo(bot, "MODE #dev +q *!*@a.example")
    assert.same({ true, { "#lobby +q *!*@a.example", "#dev +q *!*@a.example" } }, { result[1], result[3] })
    assert.same({}, bot:sent())
  end)
  it("of which some refuse leave what is done", function()
    local bot = bot_in_two()
    bot:feed ":olga!o@o.example MODE #dev -o decorum"
    local result = bot:call(mute "Ann")
    bot:sent()
    echo(bot, "MODE #lobby +q *!*@a.example")
    assert.same({ true, "not an operator in #dev", { "#lobby +q *!*@a.example" } }, { result[1], result[2], result[3] })
  end)
  it("are all to be freed before an unmute is done", function()
    local bot = bot_in_two()
    bot:feed ":olga!o@o.example MODE #dev -o decorum"
    local result = bot:call { name = "unmute", ids = { "ann" }, shown = "Ann", marks = { "#lobby +q *!*@a", "#dev +q *!*@a", "rubbish" } }
    assert.same({ "MODE #lobby -q *!*@a" }, bot:sent())
    echo(bot, "MODE #lobby -q *!*@a")
    assert.same({ "later", "not an operator in #dev" }, { result[2], result[3] })
  end)
end)

describe("taking back", function()
  it("in a channel that is not moderated any more is never", function()
    local bot = bot_on "solanum"
    local result = bot:call { name = "unmute", ids = {}, marks = { "#gone +q *!*@x" } }
    assert.same({ "never", "no longer in #gone" }, { result[2], result[3] })
  end)
  it("knows a mark by its hash", function()
    local bot = bot_on "solanum"
    local function hash(mask)
      return "hash:" .. #mask .. mask:sub(-3)
    end
    local marks = { "#lobby +b " .. hash "*!*@x.org", "#lobby +b " .. hash "*!*@gone" }
    local result = bot:call { name = "unban", ids = {}, shown = "x", marks = marks, hash = hash }
    assert.same({ "MODE #lobby +b" }, bot:sent())
    local list = { ":irc.test 367 decorum #lobby *!*@y.example olga 1", ":irc.test 367 decorum #lobby *!*@x.org olga 1",
      ":irc.test 368 decorum #lobby :End" }
    bot:feed(table.unpack(list))
    assert.same({ "MODE #lobby +b" }, bot:sent())
    bot:feed(table.unpack(list))
    assert.same({ "MODE #lobby -b *!*@x.org" }, bot:sent())
    echo(bot, "MODE #lobby -b *!*@x.org")
    assert.equal(true, result[1])
  end)
  it("knows the list of the silenced", function()
    local bot = bot_on "solanum"
    bot:call { name = "unmute", ids = {}, marks = { "#lobby +q hash:8" }, hash = function(mask)
      return tostring(#mask)
    end }
    assert.same({ "MODE #lobby +q" }, bot:sent())
    bot:feed(":irc.test 728 decorum #lobby q *!*@x.y olga 1", ":irc.test 728 decorum #lobby q ab!*@x.y olga 1",
      ":irc.test 729 decorum #lobby q :End")
    assert.same({ "MODE #lobby -q ab!*@x.y" }, bot:sent())
  end)
  it("never touches what is no list, nor ranks", function()
    local bot = bot_on "ngircd"
    local marks = { "#lobby +o Ann", "#lobby +q Ann", "#lobby -o olga", "#lobby +k key", "#x;y" }
    local result = bot:call { name = "unmute", ids = { "ann" }, marks = marks }
    assert.same({}, bot:sent())
    assert.equal(true, result[1])
  end)
  it("without marks takes away what would be set", function()
    local bot = bot_on "inspircd"
    bot:call { name = "unmute", ids = { "ann" }, shown = "Ann", channel = "#lobby" }
    assert.same({ "MODE #lobby -b m:*!*@a.example" }, bot:sent())
    bot = bot_on "inspircd"
    bot:call { name = "unban", ids = { "ann" }, shown = "Ann", channel = "#lobby", marks = {} }
    assert.same({ "MODE #lobby -b *!*@a.example" }, bot:sent())
  end)
end)

describe("a ban", function()
  it("keeps out and then puts out", function()
    local bot = bot_on "solanum"
    local result = bot:call { name = "ban", ids = { "ann" }, shown = "Ann", channel = "#lobby", text = "spam\r\nQUIT" }
    assert.same({ "MODE #lobby +b *!*@a.example" }, bot:sent())
    echo(bot, "MODE #lobby +b *!*@a.example")
    assert.same({ "KICK #lobby Ann :spam QUIT" }, bot:sent())
    echo(bot, "KICK #lobby Ann :spam QUIT")
    assert.same({ true, { "#lobby +b *!*@a.example" } }, { result[1], result[3] })
    assert.equal("leave", bot:event().type) -- what the bot did itself is no kick by somebody
  end)
  it("that is not set kicks nobody", function()
    local bot = bot_on "solanum"
    bot:call { name = "ban", ids = { "ann" }, shown = "Ann", channel = "#lobby" }
    bot:sent()
    bot:feed ":irc.test 482 decorum #lobby :no"
    assert.same({}, bot:sent())
  end)
end)

describe("a kick", function()
  it("is done when it is seen", function()
    local bot = bot_on "solanum"
    local result = bot:call { name = "kick", ids = { "ann" }, shown = "Ann", channel = "#lobby" }
    assert.same({ "KICK #lobby Ann kicked" }, bot:sent())
    bot:feed ":decorum!b@c KICK #lobby bob :other"
    assert.equal(0, result.n)
    echo(bot, "KICK #lobby Ann kicked")
    assert.equal(true, result[1])
  end)
  it("of who has gone is never", function()
    local bot = bot_on "solanum"
    local result = bot:call { name = "kick", ids = { "zoe" }, shown = "zoe", channel = "#lobby" }
    assert.same({ "never", "not there" }, { result[2], result[3] })
    result = bot:call { name = "kick", ids = { "ann" }, shown = "Ann", channel = "#lobby" }
    bot:sent()
    bot:feed ":irc.test 441 decorum Ann #lobby :They aren't on that channel"
    assert.equal("never", result[2])
  end)
end)

describe("words", function()
  it("are done when they are out", function()
    local bot = bot_on "solanum"
    local result = bot:call { name = "say", channel = "#lobby", text = "hi\r\nQUIT :x\n\1VERSION\1" }
    assert.equal(0, result.n)
    assert.same({ "PRIVMSG #lobby hi", "PRIVMSG #lobby :QUIT :x", "PRIVMSG #lobby VERSION" }, bot:sent())
    assert.equal(true, result[1])
  end)
  it("are done when they come back, where they do", function()
    local bot = scripted.new()
    bot:welcome("solanum", "echo-message", "ann")
    local result = bot:call { name = "say", channel = "#lobby", text = "hi" }
    bot:sent()
    assert.equal(0, result.n)
    echo(bot, "PRIVMSG #lobby :hi")
    assert.equal(true, result[1])
    result = bot:call { name = "say", channel = "#lobby", text = "one\ntwo" }
    bot:sent()
    echo(bot, "PRIVMSG #lobby :one")
    assert.equal(0, result.n)
    echo(bot, "PRIVMSG #lobby :two")
    assert.equal(true, result[1])
    result = bot:call { name = "dm", ids = { "ann" }, text = "hi" }
    bot:sent()
    bot:feed ":irc.test 401 decorum ann :No such nick"
    assert.same({ "never", "No such nick" }, { result[2], result[3] })
    result = bot:call { name = "say", channel = "#lobby", text = "hi" }
    bot:sent()
    bot:feed ":irc.test 404 decorum #lobby :Cannot send to channel"
    assert.same({ "later", "Cannot send to channel" }, { result[2], result[3] })
    result = bot:call { name = "say", channel = "#lobby", text = "hi" }
    bot:sent()
    bot:pass(21)
    assert.equal(true, result[1])
    assert.is_nil(next(bot.session.echoes))
  end)
  it("fit a line as others get it", function()
    local bot = bot_on "solanum"
    bot:call { name = "say", channel = "#lobby", text = ("ä"):rep(1000) }
    bot:pass(60)
    local said = ""
    for _, line in ipairs(bot.lines) do
      assert.is_true(#(":decorum!bot@bot.example " .. line .. "\r\n") <= 512)
      said = said .. line:match "^PRIVMSG #lobby (.*)$"
    end
    assert.equal(("ä"):rep(1000), said)
    assert.equal(5, #bot.lines)
  end)
  it("are addressed by the nick that is shown now", function()
    local bot = bot_on("solanum", nil, "anna")
    bot:feed ":Ann!~ann@a.example NICK Zoe"
    bot:call { name = "warn", ids = { "ann", "account:anna" }, shown = "Ann", channel = "#lobby", text = "be kind" }
    bot:call { name = "reply", ids = { "gone" }, shown = "Gone", channel = "#lobby", text = "done" }
    bot:call { name = "dm", ids = { "account:anna" }, shown = "Ann", text = "a word" }
    bot:pass(20)
    assert.same({ "PRIVMSG #lobby :Zoe: be kind", "PRIVMSG #lobby :Gone: done", "NOTICE Zoe :a word" }, bot.lines)
    bot = bot_on("solanum", { messages = "privmsg" })
    bot:call { name = "dm", ids = { "ann" }, text = "a word" }
    assert.same({ "PRIVMSG Ann :a word" }, bot:sent())
  end)
  it("for nobody who is there are told of", function()
    local bot = bot_on "solanum"
    local function outcome(call)
      return table.pack(table.unpack(bot:call(call), 1, 3))
    end
    assert.same({ n = 3, nil, "never", "zoe is not there" }, outcome { name = "dm", ids = { "zoe" }, shown = "zoe", text = "x" })
    assert.same({ n = 3, nil, "later", "not in #elsewhere" }, outcome { name = "say", channel = "#elsewhere", text = "x" })
  end)
  it("stand for what IRC does not have, and are the runner's", function()
    local bot = bot_on "solanum"
    local function outcome(name)
      return table.pack(table.unpack(bot:call { name = name, ids = { "ann" }, shown = "ann", channel = "#lobby", text = "x" }, 1, 2))
    end
    assert.same({ n = 2, true, "IRC cannot remove messages" }, outcome "delete")
    assert.same({ n = 2, true, "IRC has no slow mode" }, outcome "slowmode")
    assert.same({ n = 2, true }, outcome "slowmode_end")
    assert.same({ n = 2, nil, "never" }, outcome "dance")
    assert.same({}, bot.lines)
  end)
  it("too many drop the oldest, whose caller hears of it", function()
    local bot = bot_on "solanum"
    local results = {}
    for i = 1, 101 do
      results[i] = bot:call { name = "say", channel = "#lobby", text = tostring(i) }
    end
    assert.same({ "later", "too much to say" }, { results[1][2], results[1][3] })
    assert.equal(0, results[2].n)
    assert.truthy(table.concat(bot.told, "\n"):find("too much to say", 1, true))
  end)
  it("that show typing go where they can", function()
    local bot = scripted.new()
    bot:welcome("solanum", "message-tags", "")
    assert.equal(true, bot:call({ name = "typing", channel = "#lobby" })[1])
    assert.same({ "@+typing=active TAGMSG #lobby" }, bot:sent())
    bot = bot_on "solanum"
    assert.equal("this server has no way to show it", bot:call({ name = "typing", channel = "#lobby" })[2])
    assert.same({}, bot:sent())
  end)
end)
