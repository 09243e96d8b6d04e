-- What people write: as it can be read; and what is written to them: in lines that fit.
local text = require "decorum.chat.irc.text"

local function shown(bytes)
  return (bytes:gsub("[^ -~]", function(byte)
    return ("\\x%02X"):format(byte:byte())
  end))
end

describe("bytes", function()
  local cases = {
    { "plain", "plain" }, { "", "" }, { "caf\u{E9}", "café" }, { "caf\xE9", "café" }, { "\x93idiot\x94", "“idiot”" },
    { "\xE2\x82", "â‚" }, { "\xF0\x9F\x98\x80", "😀" }, { "\xC0\x80", "À€" }, { "\xED\xA0\x80", "í\u{A0}€" },
    { "ü\xFFü", "üÿü" }, { "\xFF\xFE", "ÿþ" }, { "a\x81", "a\u{81}" }, { "\xF8\x88\x80\x80\x80", "øˆ€€€" },
  }
  for _, case in ipairs(cases) do
    it(("%s are %s"):format(shown(case[1]), shown(case[2])), function()
      assert.equal(case[2], text.utf8(case[1]))
    end)
  end
  it("become UTF-8, whatever they are, and none is lost", function()
    math.randomseed(7)
    for _ = 1, 2000 do
      local bytes = {}
      for i = 1, math.random(0, 40) do
        bytes[i] = string.char(math.random(0, 255))
      end
      local made = text.utf8(table.concat(bytes))
      assert.truthy(utf8.len(made))
      assert.is_true(utf8.len(made) <= #bytes)
      assert.equal(made, text.utf8(made))
    end
  end)
end)

describe("formatting", function()
  local cases = {
    { "plain\ttext", "plain\ttext" }, { "\2id\2iot\15", "idiot" }, { "\29i\31d\22i\30o\17t", "idiot" },
    { "\3idiot", "idiot" }, { "\0034idiot", "idiot" }, { "\00304,12idiot", "idiot" }, { "\0034,idiot", ",idiot" },
    { "\3,4idiot", ",4idiot" },
    { "\003123 idiots", "3 idiots" }, { "\00304,123 idiots", "3 idiots" }, { "i\3d\3i\0031o\00301,1t", "idiot" },
    { "\4FF0000idiot", "idiot" }, { "\4FF0000,00FF00idiot", "idiot" }, { "\4FF00idiot", "FF00idiot" }, { "\4idiot", "idiot" },
    { "\4ff0000decade", "decade" }, { "\4ff0000,00idiot", ",00idiot" }, { "\7id\27iot\127\0", "idiot" }, { "\3\3\3\2\2", "" },
    { "a\0034", "a" },
  }
  for _, case in ipairs(cases) do
    it(("%s is taken away"):format(shown(case[1])), function()
      assert.equal(case[2], text.plain(case[1]))
    end)
  end
end)

describe("CTCP", function()
  local cases = {
    { "\1ACTION waves\1", "ACTION", "waves" }, { "\1ACTION waves", "ACTION", "waves" }, { "\1action\1", "ACTION", "" },
    { "\1VERSION\1", "VERSION", "" }, { "\1PING 1 2\1", "PING", "1 2" }, { "\1\1", "", "" }, { "\1", "", "" },
    { "\1A\1ACTION x\1", "A", "" }, { "ACTION \1", nil, nil }, { "", nil, nil },
  }
  for _, case in ipairs(cases) do
    it(("%s is told"):format(shown(case[1])), function()
      assert.same({ case[2], case[3] }, { text.ctcp(case[1]) })
    end)
  end
end)

describe("a text to send", function()
  it("is cut at spaces and line ends", function()
    assert.same({ "one two" }, text.split("one two", 7))
    assert.same({ "one", "two" }, text.split("one two", 5))
    assert.same({ "one", "two" }, text.split("one\r\n\n \ntwo\0\1", 50))
    assert.same({ "aaaaa", "aaaaa", "aa" }, text.split(("a"):rep(12), 5))
    assert.same({ "a bbbbb", "bbbb" }, text.split("a bbbbbbbbb", 7)) -- a word is cut rather than a line of one letter sent
  end)
  it("is never cut within a character, and loses nothing but spaces", function()
    math.randomseed(9)
    local letters = { "a", " ", "ß", "€", "😀" }
    for _ = 1, 500 do
      local parts = {}
      for i = 1, math.random(1, 200) do
        parts[i] = letters[math.random(#letters)]
      end
      local said, most = table.concat(parts) .. "x", math.random(4, 40)
      local lines = text.split(said, most)
      for _, line in ipairs(lines) do
        assert.is_true(#line <= most and #line > 0 and utf8.len(line) ~= nil)
      end
      assert.equal((said:gsub(" ", "")), (table.concat(lines):gsub(" ", "")))
    end
  end)
  it("is never nothing, never CTCP, never too many lines", function()
    assert.same({ "…" }, text.split("", 10))
    assert.same({ "…" }, text.split(" \r\n\0", 10))
    assert.same({ "VERSION" }, text.split("\1VERSION\1", 10))
    assert.same({ "a", "b …" }, text.split("a\nb\nc\nd", 10, 2))
    local lines = text.split(("word "):rep(100), 20, 3)
    assert.equal(3, #lines)
    assert.is_true(#lines[3] <= 20 and lines[3]:find "…$" ~= nil)
  end)
end)
