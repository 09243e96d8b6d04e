-- A bot's configuration: what is wrong in it is said with its place.
local config = require "decorum.config"
local failure = require "decorum.failure"

local function with(changes)
  local given = { database = "chat.db", chat = { { "irc", host = "irc.example.org", nick = "decorum", channels = { "#lobby" } } } }
  for key, value in pairs(changes) do
    given[key] = value
  end
  return given
end

local function irc_with(changes)
  local given = with {}
  for key, value in pairs(changes) do
    given.chat[1][key] = value
  end
  return given
end

local function why(given)
  local ok, said = pcall(config.check, given)
  assert.is_false(ok)
  return said
end

describe("a configuration", function()
  it("is taken with what is left out", function()
    local checked = config.check(with {})
    assert.equal("!", checked.prefix)
    assert.same({ level = "info", json = false }, checked.log)
    assert.equal("system", checked.clock)
    assert.equal("irc", checked.chat[1].adapter)
    assert.is_true(checked.chat[1].tls)
    assert.is_nil(checked.policies)
  end)

  it("keeps what is false", function()
    local checked = config.check(irc_with { tls = false, verify = false })
    assert.same({ false, false }, { checked.chat[1].tls, checked.chat[1].verify })
  end)

  local cases = {
    { "no table", 7, "the file returns no table: return { database = ..., chat = { ... } }" },
    { "no database", { chat = {} }, "chat: is empty: where people talk: tables with the adapter's name first" },
    { "an unknown key", with { databse = "x" }, "databse: there is no such key, did you mean 'database'?" },
    { "a key that is nothing like any", with { xyz = 1 },
      "xyz: there is no such key, only: chat, clock, database, log, policies, prefix" },
    { "a number as a key", with { [3] = 1 }, "[3]: there is no such key, only: chat, clock, database, log, policies, prefix" },
    { "a wrong type", with { database = 7 }, "database: must be a text, not number '7'" },
    { "a table where a text is asked for", with { prefix = {} }, "prefix: must be a text, not a table" },
    { "an empty text", with { prefix = "" }, "prefix: must be text that is not empty, without control characters" },
    { "a text with a line break", with { database = "a\nb" }, "database: must be text that is not empty, without control characters" },
    { "a word that is none of those", with { clock = "atomic" }, "clock: must be system or events, not 'atomic'" },
    { "a key further in", with { log = { levle = "info" } }, "log.levle: there is no such key, did you mean 'level'?" },
    { "a list with names", with { policies = { ladder = true } }, "policies: must be a list, without a key 'ladder'" },
    { "a list of something else", with { policies = { "ladder", 7 } }, "policies[2]: must be a text, not number '7'" },
    { "no adapter's name", with { chat = { { host = "x" } } }, 'chat[1]: names its adapter first: { "irc" or "jsonl", ... }' },
    { "an unknown adapter", with { chat = { { "irk" } } }, "chat[1]: there is no adapter 'irk', did you mean 'irc'?" },
    { "an adapter's unknown key", irc_with { nikc = "x" }, "chat[1].nikc: there is no such key, did you mean 'nick'?" },
    { "an adapter's key further in", irc_with { sasl = { acount = "x" } },
      "chat[1].sasl.acount: there is no such key, did you mean 'account'?" },
    { "an adapter's wrong type", irc_with { port = "6667" }, "chat[1].port: must be an integer, not string '6667'" },
    { "a fraction", irc_with { port = 6667.5 }, "chat[1].port: must be an integer, not number '6667.5'" },
    { "a rank out of range", irc_with { ranks = { ["account:ann"] = 4 } }, "chat[1].ranks.account:ann: must be between 0 and 3, not 4" },
    { "a rank of no name", irc_with { ranks = { 3 } }, "chat[1].ranks: needs names as keys, not 1" },
    { "no chat that is a table", with { chat = { "irc" } }, "chat[1]: must be a table, not string 'irc'" },
  }
  for _, case in ipairs(cases) do
    it("is refused: " .. case[1], function()
      assert.equal(case[3], why(case[2]))
    end)
  end

  it("is refused without what an adapter needs", function()
    assert.matches("^chat%[1%]%.host: is missing: ", why(with { chat = { { "irc", nick = "x", channels = { "#x" } } } }))
  end)
end)

describe("its file", function()
  local path = os.tmpname()
  local function read(text)
    local file = assert(io.open(path, "w"))
    file:write(text)
    file:close()
    local ok, result = pcall(config.read, path)
    return ok and result or tostring(result):gsub(path, "FILE", nil), ok, failure.is(result)
  end
  teardown(function()
    os.remove(path)
  end)

  it("may use the environment, and Lua's own tools", function()
    assert.equal("x" .. os.getenv "HOME", read [[
      local names = {}
      for i = 1, 3 do names[i] = ("#room%d"):format(i) end
      return { database = "x" .. env "HOME", chat = { { "irc", host = "x", nick = "x", channels = names } } }]].database)
  end)

  it("may not do anything else", function()
    for _, name in ipairs { "io", "os", "require", "load", "dofile", "debug", "package", "print", "getmetatable", "rawset" } do
      local said, ok, is_failure = read("return " .. name .. ".x()")
      assert.is_false(ok)
      assert.is_true(is_failure)
      assert.equal(("decorum: run: FILE: FILE:1: attempt to index a nil value (global '%s')"):format(name), said)
    end
  end)

  it("says which variable is not there, and never what is in it", function()
    assert.equal("decorum: run: FILE: env: the environment has no DECORUM_NO_SUCH", (read 'return { database = env "DECORUM_NO_SUCH" }'))
  end)

  it("is refused with its line if it is not Lua", function()
    assert.equal("decorum: run: FILE:2: unexpected symbol near '}'", (read "return {\n database = }"))
  end)

  it("is refused if it is compiled", function()
    local file = assert(io.open(path, "wb"))
    file:write(string.dump(function() end))
    file:close()
    assert.matches("attempt to load a binary chunk", tostring(select(2, pcall(config.read, path))))
  end)

  it("is refused if it is not there", function()
    assert.matches("no such file", tostring(select(2, pcall(config.read, path .. ".none"))):lower())
  end)
end)
