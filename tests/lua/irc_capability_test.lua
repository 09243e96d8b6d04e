-- Capabilities and logging in.
local capability = require "decorum.chat.irc.capability"
local sasl = require "decorum.chat.irc.sasl"

describe("capabilities", function()
  it("are listed over several lines, asked for and granted", function()
    local caps = capability.new()
    assert.same({ "CAP LS 302" }, caps.start())
    assert.same({ {} }, { caps:see { "*", "LS", "*", "server-time batch=x unknown/cap" } })
    assert.same({ { "CAP REQ :batch sasl server-time" } }, { caps:see { "*", "LS", "sasl=PLAIN,EXTERNAL away-notify" } })
    assert.same({ {}, "settled" }, { caps:see { "decorum", "ACK", "batch sasl server-time " } })
    assert.is_true(caps:has "batch")
    assert.is_false(caps:has "away-notify")
    assert.equal("PLAIN,EXTERNAL", caps:value "sasl")
  end)
  it("that are not there are not waited for", function()
    assert.same({ {}, "settled" }, { capability.new():see { "*", "LS", "" } })
    assert.same({ {}, "settled" }, { capability.new():see { "*", "LS", "tls sts=port=1 x" } })
    assert.same({ {}, "settled" }, { capability.new(true):see { "*", "LS", "sasl" } })
  end)
  it("refused together are asked for one by one", function()
    local caps = capability.new()
    caps:see { "*", "LS", "batch setname" }
    assert.same({ { "CAP REQ :batch", "CAP REQ :setname" } }, { caps:see { "*", "NAK", "batch setname" } })
    assert.same({ {} }, { caps:see { "*", "ACK", "batch" } })
    assert.same({ {}, "settled" }, { caps:see { "*", "NAK", "setname" } })
    assert.is_true(caps:has "batch")
    assert.is_false(caps:has "setname")
  end)
  it("come and go later", function()
    local caps = capability.new()
    caps:see { "*", "LS", "batch" }
    caps:see { "*", "ACK", "batch" }
    assert.same({ { "CAP REQ :setname" } }, { caps:see { "*", "NEW", "setname foo" } })
    assert.same({ {} }, { caps:see { "*", "NEW", "setname" } }) -- asked for already
    assert.same({ {} }, { caps:see { "*", "ACK", "setname" } })
    caps:see { "*", "DEL", "batch" }
    assert.is_false(caps:has "batch")
    caps:see { "*", "ACK", "-setname" }
    assert.is_false(caps:has "setname")
  end)
  it("may be any nonsense", function()
    local caps = capability.new()
    for _, params in ipairs { {}, { "*" }, { "*", "LS" }, { "*", "FOO", "x" }, { "*", "ACK", "" }, { "*", "ACK", "root" },
      { "*", "NAK", "batch" }, { "*", "LS", "*", ("x "):rep(3000) } } do
      assert.same({}, (caps:see(params)))
    end
    assert.is_false(caps:has "root")
  end)
end)

describe("base64", function()
  it("is as in RFC 4648", function()
    for bytes, encoded in pairs { [""] = "", f = "Zg==", fo = "Zm8=", foo = "Zm9v", foob = "Zm9vYg==", fooba = "Zm9vYmE=",
      foobar = "Zm9vYmFy", ["\0\255\254"] = "AP/+" } do
      assert.equal(encoded, sasl.base64(bytes))
    end
  end)
end)

describe("SASL", function()
  it("PLAIN says account and password", function()
    local login = sasl.new { account = "jilles", password = "sesame" }
    assert.equal("AUTHENTICATE PLAIN", login:start())
    -- As in the IRCv3 specification.
    assert.same({ { "AUTHENTICATE amlsbGVzAGppbGxlcwBzZXNhbWU=" } }, { login:see("AUTHENTICATE", { "+" }) })
    assert.same({ {}, "done" }, { login:see("903", { "x", "ok" }) })
  end)
  it("is sent in pieces of 400 bytes", function()
    local function answer(length)
      local lines = sasl.new({ account = "", password = ("x"):rep(length - 2) }):see("AUTHENTICATE", { "+" })
      local sizes = {}
      for i, line in ipairs(lines) do
        sizes[i] = line == "AUTHENTICATE +" and "+" or #line - #"AUTHENTICATE "
      end
      return sizes
    end
    assert.same({ 400, "+" }, answer(300))
    assert.same({ 400, 4 }, answer(301))
    assert.same({ 396 }, answer(297))
    assert.same({ 400, 400, "+" }, answer(600))
  end)
  it("EXTERNAL says at most who", function()
    assert.same({ "AUTHENTICATE +" }, (sasl.new({ mechanism = "EXTERNAL" }):see("AUTHENTICATE", { "+" })))
    assert.same({ "AUTHENTICATE Ym90" }, (sasl.new({ mechanism = "external", account = "bot" }):see("AUTHENTICATE", { "+" })))
  end)
  it("fails in the server's words", function()
    for _, number in ipairs { "902", "904", "905", "906", "907" } do
      assert.same({ {}, "failed", "no" }, { sasl.new({}):see(number, { "me", "no" }) })
    end
    local login = sasl.new { account = "a", password = "b" }
    login:see("AUTHENTICATE", { "+" })
    assert.same({ { "AUTHENTICATE *" } }, { login:see("AUTHENTICATE", { "+" }) })
    assert.same({ {} }, { sasl.new({}):see("908", { "me", "PLAIN", "are available" }) })
  end)
  it("needs its mechanism to be offered", function()
    local login = sasl.new { account = "a", password = "b" }
    assert.is_true(login:is_offered "")
    assert.is_true(login:is_offered "EXTERNAL,PLAIN")
    assert.is_false(login:is_offered "EXTERNAL,PLAINER")
  end)
end)
