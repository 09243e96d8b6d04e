-- The adapter as the runner has it, with a network that is a script and a clock that runs a thousand times as fast.
local irc = require "decorum.chat.irc"
local real = require "host.loop"

local FAST = 1000

local loop = setmetatable({
  wait = function(ticket, seconds)
    return real.wait(ticket, seconds and seconds / FAST)
  end,
  clock = function()
    return real.clock() * FAST
  end,
}, { __index = real })

-- A network on which each connection is served by the next of these functions, as a task; a text refuses one.
local function network(servers)
  local net = { connections = 0 }
  function net.connect()
    net.connections = net.connections + 1
    local serve = servers[math.min(net.connections, #servers)]
    if type(serve) == "string" then
      return nil, serve
    end
    local inbox, peer = real.queue(), { written = real.queue() }
    function peer.send(line)
      inbox:put(line .. "\r\n")
    end
    function peer.close()
      inbox:close()
    end
    function peer.expect(pattern)
      for line in function() return peer.written:take(5) end do
        if line:find(pattern) then
          return line
        end
      end
      error("the bot never wrote " .. pattern)
    end
    function peer.welcome()
      peer.expect "^USER "
      peer.send ":x CAP * LS :"
      peer.send ":x 001 decorum :Hi"
      peer.send ":x 376 decorum :End"
      peer.expect "^JOIN #lobby"
      peer.send ":decorum!b@c JOIN #lobby"
      peer.send ":x 353 decorum = #lobby :@decorum ann!a@a.example"
      peer.send ":x 366 decorum #lobby :End"
      peer.send ":x 315 decorum #lobby :End"
    end
    real.spawn("server", serve, peer)
    return setmetatable({
      read = function(_, seconds)
        return inbox:take(seconds and seconds / FAST)
      end,
      write = function(_, bytes)
        return peer.written:put(bytes)
      end,
      close = function()
        inbox:close()
      end,
    }, { __close = function()
      inbox:close()
    end })
  end
  return net
end

-- Runs test(adapter, seen) with such a network; seen has what the runner was told.
local function with(servers, test, options, emit)
  local seen = { events = real.queue(), ready = real.queue(), lost = real.queue(), told = {} }
  local function log(what, fields)
    seen.told[#seen.told + 1] = { what = what, fields = fields }
  end
  local host = {
    emit = emit or function(event)
      seen.events:put(event)
    end,
    ready = function(channel)
      seen.ready:put(channel)
    end,
    lost = function(why)
      seen.lost:put(why)
    end,
    now = function()
      return 1800000000
    end,
    log = { error = log, warn = log, info = log, debug = log },
  }
  local complete = { host = "irc.test", nick = "decorum", channels = { "#lobby" } }
  for name, value in pairs(options or {}) do
    complete[name] = value
  end
  local net = network(servers)
  real.run(function()
    local adapter = irc.connect(complete, host, { net = net, loop = loop })
    seen.task = real.spawn("adapter", adapter.run)
    local checked = real.spawn("test", test, adapter, seen, net)
    local ok, why = checked:wait(10)
    real.stop()
    assert(ok, why)
  end)
  return seen
end

local function silent(peer)
  peer.welcome()
end

describe("the adapter", function()
  it("tells what happens, does what it is asked, and leaves politely", function()
    with({ function(peer)
      peer.welcome()
      peer.send ":ann!a@a.example PRIVMSG #lobby :hello"
      peer.expect "^MODE #lobby %+b"
      peer.send ":decorum!b@c MODE #lobby +b *!*@a.example"
      peer.expect "^QUIT :?bye"
      peer.close()
    end }, function(adapter, seen)
      assert.equal("#lobby", seen.ready:take(5))
      assert.equal("hello", seen.events:take(5).text)
      local ok, _, marks = adapter.call { name = "mute", ids = { "ann" }, shown = "ann", channel = "#lobby" }
      assert.is_true(ok)
      assert.same({ "#lobby +b *!*@a.example" }, marks)
      adapter.stop "bye"
      assert.is_true((seen.task:wait(5)))
      assert.equal(0, seen.lost:size())
      assert.same({ nil, "later" }, { (adapter.call { name = "say" }), (select(2, adapter.call { name = "say" })) })
    end)
  end)
  it("leaves also where the server does not close", function()
    with({ silent }, function(adapter, seen)
      seen.ready:take(5)
      adapter.stop()
      assert.is_true((seen.task:wait(5)))
    end)
  end)
  it("logs in with what one variable of the environment has", function()
    with({ function(peer)
      peer.expect "^USER "
      peer.send ":x CAP * LS :sasl"
      peer.expect "^CAP REQ :?sasl"
      peer.send ":x CAP * ACK :sasl"
      peer.expect "^AUTHENTICATE PLAIN"
      peer.send "AUTHENTICATE +"
      peer.expect "^AUTHENTICATE amlsbGVzAGppbGxlcwBzZXM6YW1l" -- jilles\0jilles\0ses:ame
      peer.send ":x 904 * :SASL authentication failed"
    end }, function(_, seen)
      assert.equal("SASL: SASL authentication failed", seen.lost:take(5))
    end, { sasl = "jilles:ses:ame" })
  end)
  it("tries again, each time after twice as long", function()
    with({ "refused" }, function(adapter, seen, net)
      for _ = 1, 10 do
        assert.equal("cannot connect: refused", seen.lost:take(5))
      end
      local most = 2
      for i, told in ipairs(seen.told) do
        local wait = told.fields.again_in_s
        assert.is_true(wait >= math.floor(most * 0.75) and wait <= most, ("try %d after %d s"):format(i, wait))
        most = math.min(most * 2, 300)
      end
      adapter.stop() -- in a pause
      assert.is_true((seen.task:wait(5)))
      local count = net.connections
      assert.is_true(count >= 10)
    end)
  end)
  it("comes back when the server does, and what was asked meanwhile is for later", function()
    local results = {}
    with({ function(peer)
      peer.welcome()
      peer.expect "^MODE #lobby %+b"
      peer.close()
    end, function(peer)
      peer.welcome()
      peer.send ":ann!a@a.example PRIVMSG #lobby :again"
    end }, function(adapter, seen)
      seen.ready:take(5)
      results = table.pack(adapter.call { name = "mute", ids = { "ann" }, shown = "ann", channel = "#lobby" })
      assert.same({ n = 3, nil, "later", "the connection is gone: closed" }, results)
      assert.equal("the connection is gone: closed", seen.lost:take(5))
      assert.equal("#lobby", seen.ready:take(5))
      assert.equal("again", seen.events:take(5).text)
    end)
  end)
  it("does not wait for who is silent", function()
    local asked
    with({ function(peer)
      peer.welcome()
      asked = peer.expect "^PING decorum"
    end }, function(_, seen)
      assert.equal("the server is silent", seen.lost:take(5))
      assert.truthy(asked)
    end)
  end)
  it("waits long where it is not wanted", function()
    with({ function(peer)
      peer.expect "^USER "
      peer.send ":x 465 * :You are banned from this server"
    end }, function(_, seen)
      assert.equal("banned from the server: You are banned from this server", seen.lost:take(5))
      local told = seen.told[#seen.told]
      assert.is_true(told.fields.again_in_s >= 225)
    end)
  end)
  it("does what it is asked while nobody takes what it tells", function()
    with({ function(peer)
      peer.welcome()
      for i = 1, 500 do
        peer.send((":ann!a@a.example PRIVMSG #lobby :%d"):format(i))
      end
      peer.expect "^KICK #lobby ann"
      peer.send ":decorum!b@c KICK #lobby ann kicked"
    end }, function(adapter, seen)
      seen.ready:take(5)
      assert.is_true((adapter.call { name = "kick", ids = { "ann" }, shown = "ann", channel = "#lobby" }))
    end, nil, function()
      real.wait(real.ticket()) -- for ever
    end)
  end)
  it("takes lines in any pieces, and garbage", function()
    with({ function(peer)
      peer.welcome()
      peer.send("\r\n\0\r\n:\r\n@\r\n" .. ("x"):rep(40000) .. "\r\n:ann!a@a.example PRIVMSG #lobby :one\r\n:ann!a@a.example PRIV")
      peer.send "\r"
      peer.send ":ann!a@a.example PRIVMSG #lobby :two"
    end }, function(_, seen)
      assert.equal("one", seen.events:take(5).text)
      assert.equal("two", seen.events:take(5).text)
    end)
  end)
end)

describe("options", function()
  local function fails(changed)
    local options = { host = "irc.test", nick = "decorum", channels = { "#lobby" } }
    for name, value in pairs(changed) do
      options[name] = value
    end
    local ok, why = pcall(irc.connect, options, { log = {} }, { net = {}, loop = real })
    assert.is_false(ok)
    return why
  end
  it("are checked", function()
    assert.equal("irc: nick must be one word", fails { nick = "a b" })
    assert.equal("irc: nick must be one word", fails { nick = "a\r\nQUIT" })
    assert.equal("irc: port must be a whole number, not string", fails { port = "x" })
    assert.equal('irc: a channel must be "#name" or "#name key", not lobby', fails { channels = { "lobby" } })
    assert.equal('irc: a channel must be "#name" or "#name key", not #a,#b', fails { channels = { "#a,#b" } })
    assert.equal('irc: a channel must be "#name" or "#name key", not #a\nQUIT', fails { moderators = "#a\nQUIT" })
    assert.equal('irc: messages must be "notice" or "privmsg", not shout', fails { messages = "shout" })
    for _, sasl in ipairs { "secret", {}, { account = "a" }, { mechanism = "SCRAM-SHA-256", account = "a", password = "b" } } do
      assert.equal('irc: sasl must have an account and a password, or be "account:password", or have the mechanism EXTERNAL',
        fails { sasl = sasl })
    end
    assert.equal("irc: pace must be between 0.1 and 1000, not 0", fails { pace = 0 })
  end)
  it("all have a type and words", function()
    for name, option in pairs(irc.options) do
      assert.truthy(option.type and option.doc, name)
    end
  end)
end)
