-- What a server says of itself (005): believed where it can be, a safe default where it cannot.
local casemapping = require "decorum.casemapping"
local isupport = require "decorum.chat.irc.isupport"
local mode = require "decorum.chat.irc.mode"

local function server(...)
  local told = {}
  local made = isupport.new(function(_, fields)
    told[#told + 1] = fields.token
  end)
  for _, tokens in ipairs { ... } do
    local params = { "decorum" }
    for token in tokens:gmatch "%S+" do
      params[#params + 1] = token
    end
    params[#params + 1] = "are supported by this server"
    made:see(params)
  end
  return made, told
end

describe("casemapping", function()
  it("is of three kinds", function()
    assert.equal("ann[x]^~", casemapping.ascii "Ann[X]^~")
    assert.equal("ann{x}|~~", casemapping.rfc1459 "Ann[X]\\^~")
    assert.equal("ann{x}|^~", casemapping["strict-rfc1459"] "Ann[X]\\^~")
    assert.equal("Äb", casemapping.ascii "ÄB") -- bytes above 127 stay
  end)
end)

describe("ISUPPORT", function()
  it("has defaults", function()
    local made, told = server()
    assert.equal("a{", made.fold "A[")
    assert.equal(2, made:rank "@")
    assert.equal(0, made:rank "+")
    assert.equal("list", made:kind_of "b")
    assert.is_false(made:has_quiet_list())
    assert.equal(3, made.modes_most)
    assert.same({}, told)
  end)
  it("of a solanum", function()
    local made, told = server(
      "WHOX KNOCK CHANTYPES=# EXCEPTS INVEX CHANMODES=eIbq,k,flj,CFLMPQRSTcgimnprstuz CHANLIMIT=#:250 PREFIX=(ov)@+",
      "MAXLIST=bqeI:100 MODES=4 NETWORK=Libera.Chat STATUSMSG=@+ CASEMAPPING=rfc1459 NICKLEN=16",
      "TOPICLEN=390 EXTBAN=$,agjrxz TARGMAX=NAMES:1,LIST:1,KICK:1,PRIVMSG:4")
    assert.same({}, told)
    assert.is_true(made:has_quiet_list())
    assert.is_true(made:has_extban "a")
    assert.is_false(made:has_extban "m")
    assert.equal(4, made.modes_most)
    assert.equal(16, made.nick_most)
    assert.equal(4, made:targets("PRIVMSG", 10))
    assert.equal(1, made:targets("KICK", 10))
    assert.is_true(made:is_channel "#x")
    assert.is_false(made:is_channel "&x")
    assert.is_false(made:is_channel "")
  end)
  it("of an ngircd, whose q is an owner", function()
    local made = server "CASEMAPPING=ascii PREFIX=(qaohv)~&@%+ CHANTYPES=#&+ CHANMODES=beI,k,l,imMnOPQRstVz MODES=5"
    assert.same({ 3, 3, 2, 1, 0, 0 }, { made:rank "~", made:rank "&", made:rank "@", made:rank "%", made:rank "+", made:rank "x" })
    assert.equal("prefix", made:kind_of "q")
    assert.is_false(made:has_quiet_list())
    assert.equal("a[", made.fold "A[")
  end)
  it("takes tokens back", function()
    local made = server("EXTBAN=~,qa MODES=6 NICKLEN=9", "-EXTBAN -MODES -NICKLEN -PREFIX -FOO")
    assert.is_false(made:has_extban "q")
    assert.equal(3, made.modes_most)
    assert.equal(30, made.nick_most)
  end)
  it("knows escapes, and no limit", function()
    local made = server "NETWORK=My\\x20Net MODES MAXTARGETS="
    assert.equal("My Net", made.tokens.NETWORK)
    assert.equal(12, made.modes_most)
  end)

  local lies = {
    { "PREFIX=", "PREFIX" }, { "PREFIX=(ov)@", "PREFIX" }, { "PREFIX=(oo)@+", "PREFIX" }, { "PREFIX=(ov)@@", "PREFIX" },
    { "PREFIX=(vo)+@", "PREFIX" }, { "PREFIX=(v)+", "PREFIX" }, { "PREFIX=(ov)#+", "PREFIX" }, { "PREFIX=@+", "PREFIX" },
    { "CHANMODES=", "CHANMODES" }, { "CHANMODES=b,k", "CHANMODES" }, { "CHANMODES=bb,k,l,m", "CHANMODES" },
    { "CHANMODES=b,b,l,m", "CHANMODES" }, { "CHANMODES=e,b,l,m", "CHANMODES" }, { "CHANMODES=b!,k,l,m", "CHANMODES" },
    { "CHANTYPES=", "CHANTYPES" }, { "CHANTYPES=abc", "CHANTYPES" }, { "CASEMAPPING=klingon", "CASEMAPPING" },
    { "MODES=0", "MODES" }, { "MODES=-1", "MODES" }, { "MODES=99999999999999999999", "MODES" }, { "NICKLEN=1e9", "NICKLEN" },
    { "LINELEN=3", "LINELEN" }, { "LINELEN=999999", "LINELEN" }, { "EXTBAN=", "EXTBAN" }, { "EXTBAN=~", "EXTBAN" },
    { "EXTBAN=x,m", "EXTBAN" }, { "STATUSMSG=#", "STATUSMSG" },
  }
  for _, lie in ipairs(lies) do
    it(("%s is not believed, and told once"):format(lie[1]), function()
      local made, told = server(lie[1], lie[1], lie[1])
      assert.same({ lie[2] }, told)
      assert.equal(2, made:rank "@")
      assert.equal("list", made:kind_of "b")
      assert.equal("prefix", made:kind_of "o")
      assert.is_true(made:is_channel "#a")
      assert.is_false(made:has_extban "m")
      assert.is_true(made.modes_most >= 1 and made.line_most >= 512)
    end)
  end
  it("that makes q a list and a rank has no list of the silenced", function()
    for _, tokens in ipairs { "CHANMODES=bq,k,l,m PREFIX=(qov)~@+", "PREFIX=(qov)~@+ CHANMODES=bq,k,l,m" } do
      local made = server(tokens)
      assert.equal("prefix", made:kind_of "q")
      assert.is_false(made:has_quiet_list())
    end
  end)
  it("does not change what people are known by", function()
    local made, told = server "CASEMAPPING=ascii PREFIX=(ov)@+"
    made:settle()
    made:see { "x", "CASEMAPPING=rfc1459", "PREFIX=(qo)~@", "PREFIX=(ov)@+", "MODES=5", "y" }
    assert.equal("[", made.fold "[")
    assert.equal(0, made:rank "~")
    assert.equal(5, made.modes_most)
    assert.same({ "CASEMAPPING", "PREFIX" }, told)
  end)
  it("may be anything", function()
    local made = server()
    math.randomseed(3)
    local letters = "ABCEFHIKLMNOPRSTUXabov0129=(),@+~-\\x "
    for _ = 1, 3000 do
      local params = {}
      for i = 1, math.random(0, 5) do
        local name = ({ "PREFIX", "CHANMODES", "EXTBAN", "MODES", "CASEMAPPING", "TARGMAX", "" })[math.random(7)]
        local value = {}
        for j = 1, math.random(0, 12) do
          local at = math.random(#letters)
          value[j] = letters:sub(at, at)
        end
        params[i] = name .. "=" .. table.concat(value)
      end
      made:see(params)
      assert.equal("prefix", made:kind_of "o")
      assert.equal("list", made:kind_of "b")
      assert.is_true(made.modes_most >= 1)
    end
  end)
end)

describe("mode changes", function()
  local made = server "CHANMODES=beI,k,l,imnst PREFIX=(ov)@+ MODES=3"
  local function parse(letters, ...)
    local said = {}
    for i, change in ipairs(mode.parse(made, letters, { ... })) do
      said[i] = change.sign .. change.mode .. (change.arg and " " .. change.arg or "")
    end
    return table.concat(said, ", ")
  end
  it("are parsed by the kind of each mode", function()
    assert.equal("+o ann, +b *!*@x, -k key", parse("+ob-k", "ann", "*!*@x", "key"))
    assert.equal("+l 5, -l, +m, -i", parse("+l-l+m-i", "5"))
    assert.equal("+m, +v ann", parse("m+v", "ann"))
    assert.equal("", parse("+b"))
    assert.equal("+m", parse("+ob?m"))
    assert.equal("", parse("+-+-"))
    assert.equal("", parse(""))
  end)
  it("are sent as many in a line as may be", function()
    local changes = {}
    for i, arg in ipairs { "a", "b", "c", "d" } do
      changes[i] = { sign = i < 3 and "+" or "-", mode = "b", arg = arg }
    end
    local lines = mode.lines(made, "#x", changes)
    assert.equal(2, #lines)
    assert.equal("MODE #x +bb-b a b c", lines[1].line)
    assert.equal("MODE #x -b d", lines[2].line)
    assert.same({ changes[4] }, lines[2].changes)
    assert.same({}, mode.lines(made, "#x", {}))
  end)
  it("are sent in lines that fit", function()
    local changes = {}
    for i = 1, 3 do
      changes[i] = { sign = "+", mode = "b", arg = ("x"):rep(200) .. i }
    end
    local lines = mode.lines(made, "#x", changes)
    assert.equal(2, #lines)
    assert.is_nil((mode.lines(made, "#x", { { sign = "+", mode = "b", arg = ("x"):rep(600) } })))
    assert.is_nil((mode.lines(made, "#x", { { sign = "+", mode = "b", arg = "a b" }, { sign = "+", mode = "b", arg = "c" } })))
  end)
end)
