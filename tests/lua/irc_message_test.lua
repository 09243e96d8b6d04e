-- Lines of IRC: what they are read as, what is refused, what can never be sent.
local message = require "decorum.chat.irc.message"

describe("a line of IRC", function()
  it("is tags, a source, a command and words", function()
    assert.same({
      tags = { time = "2026-11-02T09:14:00.000Z", ["+x"] = "" },
      source = "ann!a@host.example", nick = "ann", user = "a", host = "host.example",
      command = "PRIVMSG", params = { "#lobby", "hello there" },
    }, (message.parse "@time=2026-11-02T09:14:00.000Z;+x :ann!a@host.example PRIVMSG #lobby :hello there\r\n"))
  end)

  local cases = {
    { "PING x", { command = "PING", params = { "x" } } },
    { "ping :x y", { command = "PING", params = { "x y" } } },
    { "PING", { command = "PING", params = {} } },
    { "PING   a    b  ", { command = "PING", params = { "a", "b" } } },
    { "PRIVMSG #a :", { command = "PRIVMSG", params = { "#a", "" } } },
    { "PRIVMSG #a ::)", { command = "PRIVMSG", params = { "#a", ":)" } } },
    { ":irc.example 001 me :Hi", { source = "irc.example", nick = "irc.example", command = "001", params = { "me", "Hi" } } },
    { ":ann@host QUIT", { source = "ann@host", nick = "ann", host = "host", command = "QUIT", params = {} } },
    { ":ann!@h QUIT", { source = "ann!@h", nick = "ann", user = "", host = "h", command = "QUIT", params = {} } },
    { ":a!b!c@d@e X", { source = "a!b!c@d@e", nick = "a", user = "b!c", host = "d@e", command = "X", params = {} } },
    { "@a=1;a=2;;=3 X", { tags = { a = "2" }, command = "X", params = {} } },
    { "@a=\\:\\s\\\\\\r\\n\\b\\ X", { tags = { a = "; \\\r\nb" }, command = "X", params = {} } },
    { "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 :17",
      { command = "X", params = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15 16 :17" } } },
  }
  for _, case in ipairs(cases) do
    it(("%q is read"):format(case[1]), function()
      assert.same(case[2], (message.parse(case[1])))
    end)
  end

  local refused = {
    { "", "no command" }, { "   ", "no command" }, { ":", "no command" }, { ":ann", "no command" }, { ":ann ", "no command" },
    { "@a=1", "tags and nothing else" }, { "@a=1 ", "no command" }, { "@ :x ", "no command" }, { "12", "no command" },
    { "1234 x", "no command" }, { "PR1V x", "no command" }, { "PRIV-MSG x", "no command" }, { "\xFF\xFE", "no command" },
    { "PING a\0b", "a NUL in a line" }, { "PING a\r\nQUIT", "a line end in a line" }, { "PING a\rQUIT", "a line end in a line" },
    { ("X"):rep(511), "longer than 512 bytes" }, { "@" .. ("a"):rep(8190) .. " PING", "more than 8191 bytes of tags" },
  }
  for _, case in ipairs(refused) do
    it(("%q is refused"):format(case[1]:sub(1, 40)), function()
      local found, why = message.parse(case[1])
      assert.is_nil(found)
      assert.equal(case[2], why)
    end)
  end

  it("may be as long as the standard says, and as the server says", function()
    assert.truthy(message.parse("@" .. ("a"):rep(8189) .. " " .. ("X"):rep(510)))
    assert.truthy(message.parse(("X"):rep(600), 1024))
  end)
end)

describe("a line to send", function()
  it("has spaces in its last word alone", function()
    assert.equal("KICK #lobby ann :be kind", message.format("KICK", "#lobby", "ann", "be kind"))
    assert.equal("NICK ann", message.format("NICK", "ann"))
    assert.equal("PRIVMSG ann ::)", message.format("PRIVMSG", "ann", ":)"))
    assert.equal("PRIVMSG ann :", message.format("PRIVMSG", "ann", ""))
    assert.equal("JOIN #lobby", message.format("JOIN", "#lobby", nil))
    assert.equal("CAP", message.format "CAP")
  end)
  it("is one line, whatever it is made of", function()
    assert.equal("PRIVMSG #a :hi  QUIT :x y", message.format("PRIVMSG", "#a", "hi\r\nQUIT :x\0y"))
    for _, word in ipairs { "", "a b", "a\nb", "a\rb", "a\0b", ":a" } do
      assert.is_nil((message.format("KICK", "#a", word, "x")))
    end
    assert.is_nil((message.format("X\r\nQUIT", "a", "b")))
  end)
end)

describe("bytes that come as they come", function()
  it("are cut into lines", function()
    local cut = message.cutter()
    assert.same({}, cut "PI")
    assert.same({ "PING a", "PING b" }, cut "NG a\r\nPING b\nPI")
    assert.same({ "PING c", "", "" }, cut "NG c\r\n\r\n\n")
  end)
  it("one at a time give the same", function()
    local cut, lines = message.cutter(), {}
    for byte in ("PING a\r\nPING b\r\n"):gmatch "." do
      for _, line in ipairs(cut(byte)) do
        lines[#lines + 1] = line
      end
    end
    assert.same({ "PING a", "PING b" }, lines)
  end)
  it("without an end are not kept", function()
    local cut = message.cutter()
    for _ = 1, 100 do
      assert.same({}, cut(("x"):rep(10000)))
    end
    assert.same({ "PING a" }, cut "xx\r\nPING a\r\n")
    assert.same({ "PING b" }, cut(("y"):rep(20000) .. "\nPING b\n"))
  end)
end)
