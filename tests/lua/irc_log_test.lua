-- Raw IRC logs: what each line is, at what time, under which id.
local irc_log = require "decorum.chat.irc_log"

local function read(lines, date, channel)
  local reader = irc_log.reader { start = irc_log.date(date or "2005-10-07"), channel = channel or "#lobby" }
  local events = {}
  for i, line in ipairs(lines) do
    events[i] = table.pack(reader(line))
  end
  return events
end

-- The times of messages at these stamps, as hours since the log's day began.
local function hours(stamps)
  local lines = {}
  for i, stamp in ipairs(stamps) do
    lines[i] = ("[%s] <ann> text %d"):format(stamp, i)
  end
  local result = {}
  for i, event in ipairs(read(lines)) do
    result[i] = (event[1].at - irc_log.date "2005-10-07") / 3600
  end
  return result
end

describe("a line of a raw IRC log", function()
  local cases = {
    { "[09:14] <ann> hello there", "message", { type = "message", kind = "message", member = "ann", text = "hello there" } },
    { "[09:14] <ann> ", "message", { member = "ann", text = "" } },
    { "[09:14] <bur[n] er> vi", "message", { member = "bur{n}er", name = "bur[n]er", text = "vi" } },
    { "[09:14] <[PervertedMonk] > ok", "message", { member = "{pervertedmonk}", name = "[PervertedMonk]" } },
    { "[09:14] <Guard] [an> hm", "message", { member = "guard}{an", name = "Guard][an" } },
    { "[09:14]  * ann waves", "action", { type = "message", kind = "action", member = "ann", text = "waves" } },
    { "=== ann waves at bob", "action", { type = "message", kind = "action", member = "ann", text = "waves at bob" } },
    { "[05:12] -ann:#lobby- to all", "notice", { type = "message", kind = "notice", member = "ann", text = "to all" } },
    { "=== ann [~ann@host.example]  has joined #lobby", "join", { type = "join", member = "ann" } },
    { "=== bur[n] er [~n@host.example]  has joined #lobby", "join", { member = "bur{n}er", name = "bur[n]er" } },
    { "=== cat [n=[away] @host.example]  has joined #lobby", "join", { member = "cat" } },
    { "=== cat [[H] -12@host.example]  has left #lobby [\"Leaving\"]", "leave", { member = "cat" } },
    { "=== ann [~ann@host.example]  has left #lobby [\"bye\"]", "leave", { type = "leave", member = "ann" } },
    { "=== ann is now known as ann_away", "nick", { type = "nick", member = "ann", to = "ann_away" } },
    { "=== ann was kicked off #lobby by bob (no (more) flood)", "kick",
      { type = "kick", member = "ann", by = "bob", reason = "no (more) flood" } },
    { "=== mode/#lobby [+o ann]  by ChanServ", "mode" },
    { "=== ..[topic/#lobby:ann] : Welcome", "topic" },
    { "", "blank" },
    { "   ", "blank" },
  }
  for _, case in ipairs(cases) do
    it(("%q is a %s"):format(case[1], case[2]), function()
      local event, kind, why = table.unpack(read({ case[1] })[1], 1, 3)
      assert.equal(case[2], kind)
      assert.is_nil(why)
      for key, value in pairs(case[3] or {}) do
        assert.equal(value, event[key])
      end
      assert.equal(case[3] ~= nil, event ~= nil)
    end)
  end

  for _, line in ipairs { "-!- lag is 3 seconds", "[21:1", "[25:00] <ann> late", "[09:60] <ann> late", "[09:14] ann: text",
    "[01:09] (ann/#lobby) text", "=== irc.example.net -> other.example.net", "===", "\0\1\2" } do
    it(("%q is unparsed, and says so"):format(line), function()
      local event, kind, why = table.unpack(read({ line })[1], 1, 3)
      assert.is_nil(event)
      assert.is_nil(kind)
      assert.equal("not a line of an IRC log", why)
    end)
  end

  it("knows a nick with a ] in an unstamped action once it was seen", function()
    local events = read { "[09:14] <bur[n] er> vi", "=== bur[n] er waves" }
    assert.equal("bur{n}er", events[2][1].member)
    assert.equal("bur[n]er", events[2][1].name)
    assert.equal("waves", events[2][1].text)
  end)
end)

describe("the clock of a raw IRC log", function()
  it("takes the date from the first day in a name", function()
    assert.equal(1128643200, irc_log.date "chan-2005-10-07.log")
    assert.equal(951782400, irc_log.date "2000-02-29")
    assert.is_nil(irc_log.date "1900-02-29")
    assert.is_nil(irc_log.date "2005-13-01.log")
    assert.is_nil(irc_log.date "log")
  end)
  it("goes on over midnight", function()
    assert.same({ 23.75, 24, 25 }, hours { "23:45", "00:00", "01:00" })
  end)
  it("understands a 12-hour clock that counts from 1 to 12", function()
    assert.same({ 9, 12.75, 13, 23, 24.5, 25 }, hours { "09:00", "12:45", "01:00", "11:00", "12:30", "01:00" })
  end)
  it("understands a 12-hour clock that counts from 0 to 11", function()
    assert.same({ 11.75, 12, 13 }, hours { "11:45", "00:00", "01:00" })
  end)
  it("knows a quiet night from half a day once it saw an hour above 12", function()
    assert.same({ 20, 33.75 }, hours { "20:00", "09:45" })
  end)
  it("lets a clock be set back by an hour", function()
    assert.same({ 2.75, 2, 2.5 }, hours { "02:45", "02:00", "02:30" })
  end)
  it("gives a line without a stamp the time of the last one", function()
    local events = read { "=== ann waves", "[09:14] <ann> hi", "=== ann waves" }
    assert.equal(irc_log.date "2005-10-07", events[1][1].at)
    assert.equal(events[2][1].at, events[3][1].at)
  end)
end)

describe("the id of a message", function()
  it("is the same in another reading of the log", function()
    local lines = { "[09:14] <ann> hi", "[09:14] <ann> hi", "[09:15] <ann> hi" }
    local first, second = read(lines), read(lines)
    for i = 1, #lines do
      assert.equal(first[i][1].id, second[i][1].id)
    end
  end)
  it("differs for what is said twice in a minute, elsewhere, later, by others", function()
    local seen = {}
    for _, event in ipairs(read { "[09:14] <ann> hi", "[09:14] <ann> hi", "[09:15] <ann> hi", "[09:15] <bob> hi", "[09:15]  * bob hi" }) do
      assert.is_nil(seen[event[1].id])
      seen[event[1].id] = true
    end
    assert.is_nil(seen[read({ "[09:14] <ann> hi" }, nil, "#other")[1][1].id])
    assert.is_nil(seen[read({ "[09:14] <ann> hi" }, "2005-10-08")[1][1].id])
  end)
  it("of a join does not depend on who joined, but on the time, the channel and how many did", function()
    local function ids(nicks, channel)
      local lines = { "[09:14] <ann> hi" }
      for i, nick in ipairs(nicks) do
        lines[i + 1] = ("=== %s [~x@host]  has joined #lobby"):format(nick)
      end
      local events = read(lines, nil, channel)
      return events[2][1].id, events[3][1].id
    end
    local first, second = ids { "bob", "cid" }
    assert.not_equal(first, second)
    assert.same({ first, second }, { ids { "dan", "dan" } })
    assert.not_equal(first, (ids({ "bob", "cid" }, "#other")))
  end)
  it("differs for what is said again when the clock was set back", function()
    local events = read { "[02:30] <ann> hi", "[03:00] <ann> so", "[02:30] <ann> hi" }
    assert.not_equal(events[1][1].id, events[3][1].id)
  end)
end)

-- Reads lines of a log that tells its days; each event without what the reader adds.
local function read_dated(text)
  local reader = irc_log.reader { channel = "#lobby" }
  local events, kinds = {}, {}
  for line in text:gmatch "[^\n]+" do
    local event, kind, why = reader(line)
    kinds[#kinds + 1] = kind or why
    events[#events + 1] = event
  end
  return events, kinds
end

local function shown(events)
  local lines = {}
  for i, event in ipairs(events) do
    lines[i] = ("%s %s %s=%s %s"):format(os.date("!%Y-%m-%d %H:%M:%S", event.at), event.kind or event.type, event.member,
      event.name, event.text or event.to or event.reason or "")
  end
  return lines
end

describe("a log of irssi", function()
  local text = [[
--- Log opened Mon Nov 02 23:50:07 2026
23:50 -!- Ann [~ann@host.example] has joined #lobby
23:50 -!- Irssi: #lobby: Total of 3 nicks [1 ops, 0 halfops, 0 voices, 2 normal]
23:51 < Ann> hello <there>
23:52 <@bob> hi
23:52 <+Ann[x]> -!- not news
23:53  * Ann waves
23:53 -bob:#lobby- to all
23:54 -!- mode/#lobby [+v Ann] by bob
23:54 -!- bob changed the topic of #lobby to: Hello
--- Day changed Tue Nov 03 2026
00:01 -!- Ann is now known as Anna
00:02 -!- Anna was kicked from #lobby by bob [no [more] flood]
00:03:04 -!- Anna [~ann@host.example] has left #lobby [bye]
00:04 -!- carl [c@x] has quit [Ping timeout: 240 seconds]
00:05 -!- You're now known as dan
00:06 <> nobody
25:00 < Ann> late
--- Log closed Tue Nov 03 00:07:00 2026]]
  it("is told by its first line, and read", function()
    local events, kinds = read_dated(text)
    assert.same({
      "2026-11-02 23:50:00 join ann=Ann ",
      "2026-11-02 23:51:00 message ann=Ann hello <there>",
      "2026-11-02 23:52:00 message bob=bob hi",
      "2026-11-02 23:52:00 message ann{x}=Ann[x] -!- not news",
      "2026-11-02 23:53:00 action ann=Ann waves",
      "2026-11-02 23:53:00 notice bob=bob to all",
      "2026-11-03 00:01:00 nick ann=Anna anna",
      "2026-11-03 00:02:00 kick anna=Anna no [more] flood",
      "2026-11-03 00:03:04 leave anna=Anna ",
      "2026-11-03 00:04:00 leave carl=carl ",
    }, shown(events))
    assert.same({ "note", "join", "note", "message", "message", "message", "action", "notice", "mode", "topic", "note", "nick", "kick",
      "leave", "leave", "note", "not a line of an IRC log", "not a line of an IRC log", "note" }, kinds)
    assert.equal("bob", events[8].by)
  end)
  it("begins on a day that is told elsewhere, where it does not tell it", function()
    local reader = irc_log.reader { start = irc_log.date "2026-11-02", channel = "#lobby" }
    assert.equal(irc_log.date "2026-11-02" + 23 * 3600, reader("23:00 < ann> hi").at)
    assert.equal(irc_log.date "2026-11-03" + 60, reader("00:01 < ann> hi").at)
    assert.is_true(irc_log.is_dated "--- Day changed Tue Nov 03 2026")
    assert.is_false(irc_log.is_dated "23:00 < ann> hi")
    assert.is_false(irc_log.is_dated "--- Day changed Tue Nov 31 2026")
    assert.is_false(irc_log.is_dated "[23:00] <ann> hi")
  end)
end)

describe("a log of WeeChat", function()
  local text = [[
2026-11-02 23:50:00|-->|Ann (~ann@host.example) has joined #lobby
2026-11-02 23:50:01|--|Channel #lobby: 3 nicks (1 op, 0 voices, 2 normals)
2026-11-02 23:51:02|Ann|hello|there
2026-11-02 23:52:00|@bob|hi
2026-11-02 23:53:00| *|Ann waves
2026-11-02 23:53:00|--|Notice(bob): to all
2026-11-02 23:54:00|--|Mode #lobby [+v Ann] by bob
2026-11-02 23:54:00|--|bob has changed topic for #lobby from "a" to "b"
2026-11-03 00:01:00|--|Ann is now known as Anna
2026-11-03 00:02:00|<--|bob has kicked Anna (no (more) flood)
2026-11-03 00:03:00|<--|Anna (~ann@host.example) has left #lobby (bye)
2026-11-03 00:04:00|<--|carl (c@x) has quit (Ping timeout: 240 seconds)
2026-11-03 00:05:00|=!=|irc: error
2026-11-31 00:05:00|ann|no such day
2026-11-03 00:06:00 ann no tabs]]
  it("is told by its first line, and read", function()
    local events, kinds = read_dated((text:gsub("|", "\t")))
    assert.same({
      "2026-11-02 23:50:00 join ann=Ann ",
      "2026-11-02 23:51:02 message ann=Ann hello\tthere",
      "2026-11-02 23:52:00 message bob=bob hi",
      "2026-11-02 23:53:00 action ann=Ann waves",
      "2026-11-02 23:53:00 notice bob=bob to all",
      "2026-11-03 00:01:00 nick ann=Anna anna",
      "2026-11-03 00:02:00 kick anna=Anna no (more) flood",
      "2026-11-03 00:03:00 leave anna=Anna ",
      "2026-11-03 00:04:00 leave carl=carl ",
    }, shown(events))
    assert.same({ "join", "note", "message", "message", "action", "notice", "mode", "topic", "nick", "kick", "leave", "leave", "note",
      "not a line of an IRC log", "not a line of an IRC log" }, kinds)
  end)
  it("tells its day", function()
    assert.is_true(irc_log.is_dated "2026-11-02 23:50:00\tann\thi")
  end)
end)

describe("any line of a log", function()
  it("is read or refused", function()
    math.randomseed(5)
    local starts = { "--- Log opened Mon Nov 02 12:00:00 2026", "2026-11-02 12:00:00\tann\thi", "[12:00] <ann> hi" }
    local pieces = { "12:00 ", "-!- ", "< ann> ", "2026-11-02 12:00:00\t", "-->\t", "<--\t", "--\t", " *\t", "ann ", "[x] ", "(x) ",
      "has joined ", "was kicked from ", "has kicked ", "=== ", "\xFF", "\0", "---", " Log opened ", "is now known as ", "#x ", "Notice(" }
    for _, start in ipairs(starts) do
      local reader = irc_log.reader { start = 0, channel = "#lobby" }
      reader(start)
      for _ = 1, 3000 do
        local parts = {}
        for i = 1, math.random(0, 6) do
          parts[i] = pieces[math.random(#pieces)]
        end
        local event, kind, why = reader(table.concat(parts))
        assert.truthy(kind or why)
        assert.truthy(not event or (event.member and event.name and event.at))
      end
    end
  end)
end)
