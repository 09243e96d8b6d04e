-- Who is meant by a command, who gives it, and whether they may.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

describe("who is meant", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.db:exec [[
      INSERT INTO member(id, name) VALUES (101, 'Zoë Lee'), (102, '12345'), (103, 'Max'), (104, 'MAX'), (105, 'max%s'), (106, 'o''brien')]]
    chat.db:prepare("INSERT INTO account VALUES ('irc', '12345', 103), ('discord', '99', 104), ('irc', 'zo{e}', 101)"):run()
    chat.db:exec "INSERT INTO presence(platform, platform_id, member) VALUES ('irc', 'zoe|away', 101)"
    chat.db:exec "INSERT INTO alias(member, name, folded) VALUES (101, 'Änn the Great', fold('Änn the Great'))"
  end)

  local function meant(text)
    chat.say("mod", "!warn " .. text .. " test")
    local case = chat.value "SELECT max(case_no) FROM sanction"
    return case and chat.value("SELECT member FROM sanction WHERE case_no = ?", case)
  end

  local ways = {
    { "@ann", "ann" }, { "ann", "ann" }, { "ANN", "ann" }, { "@Ann,", "ann" }, { "ann:", "ann" }, { '"ann"', "ann" }, { '@"ann"', "ann" },
    { "<@ann>", "ann" }, { "<@!ann>", "ann" }, { "irc:ann", "ann" }, { '"Zoë Lee"', 101 }, { '"zoë lee"', 101 }, { '"ZOE LEE"', 101 },
    { '"änn THE great"', 101 }, { "ZO[E]", 101 }, { "Zoe|Away", 101 }, { "12345", 103 }, { "<@12345>", 103 }, { "member:102", 102 },
    { "discord:99", 104 }, { "Max", 103 }, { "MAX", 104 }, { "max%s", 105 }, { "o'brien", 106 }, { "аnn", "ann" }, -- a Cyrillic а
  }
  for _, way in ipairs(ways) do
    it("is found by " .. way[1], function()
      assert.equal(type(way[2]) == "string" and chat[way[2]] or way[2], meant(way[1]))
    end)
  end

  it("may be several, who are told apart by their ids", function()
    assert.equal("'max' may be irc:12345 (Max) or discord:99 (MAX): name one by what stands before the name.",
      chat.say("mod", "!warn max x"))
    chat.db:exec "INSERT INTO alias(member, name, folded) VALUES (102, 'ann', 'ann'), (101, 'twin', 'twin'), (102, 'twin', 'twin')"
    assert.equal(chat.ann, meant "irc:ann")
    assert.equal("'twin' may be irc:zo{e} (Zoë Lee) or member:102 (12345): name one by what stands before the name.",
      chat.say("mod", "!warn twin x"))
    assert.equal(1, chat.value "SELECT count(*) FROM sanction")
  end)

  it("must be known, and nobody is made known by a command", function()
    local members = chat.value "SELECT count(*) FROM member"
    for text, answer in pairs {
      ["!warn @annn x"] = "Nobody is known as 'annn', did you mean 'ann'?",
      ["!warn <@ann5> x"] = "Nobody is known as 'ann5', did you mean 'ann'?",
      ["!warn qqqqqq x"] = "Nobody is known as 'qqqqqq'.",
      ["!warn member:9999 x"] = "Nobody is known as 'member:9999'.",
      ["!warn member:1e2 x"] = "Nobody is known as 'member:1e2'.",
      ["!warn irc:nobody x"] = "Nobody is known as 'irc:nobody'.",
      ['!warn "\u{200b}" x'] = "Nobody is known as '‹U+200B›'.",
      ["!warn \0 x"] = "Nobody is known as '␀'.",
      ["!warn \xff\xfe x"] = "Nobody is known as '\u{fffd}\u{fffd}'.",
      ["!warn ';DROP x"] = "Nobody is known as '';DROP'.",
      ["!warn %s%d x"] = "Nobody is known as '%s%d'.",
      ["!warn"] = "Say who is meant: !warn @WHO REASON.",
      ['!warn "ann" '] = "A warning needs a reason: !warn @WHO REASON.",
    } do
      assert.equal(answer, chat.say("mod", text), text)
      assert.equal(answer, chat.say("newcomer", text, { rank = 1 }), text)
    end
    assert.equal(members, chat.value "SELECT count(*) FROM member")
  end)

  it("is cut short and made visible in an answer, and never begins a line", function()
    chat.db:prepare("INSERT INTO member(id, name) VALUES (200, ?), (201, ?)"):run("!ban\n!kick \27[2J\u{202e}" .. ("x"):rep(500), "%d")
    local text = chat.say("mod", "!score member:200")
    assert.truthy(text:find("member !ban !kick ␛[2J‹U+202E›xx", 1, true) == 1)
    assert.truthy(#text < 250)
    assert.falsy(text:find "[\n\27]")
    assert.equal("Warned member %d for: %s (case 1). It is recorded only: there is no connection to where they are.",
      chat.say("mod", "!warn member:201 %s"))
  end)
end)

describe("who gives a command", function()
  local chat
  before_each(function()
    chat = new_chat()
  end)

  it("has the rank that the platform says, or where it is sure who they are, that of the file", function()
    assert.truthy(chat.say("stranger", "!warn ann x", { rank = 1 }))
    assert.falsy(chat.say("mod", "!warn ann x", { rank = 0, is_sure = false }))
    assert.truthy(chat.say("mod", "!warn ann x", { rank = 0, is_sure = true }))
    assert.equal("!kick is for the rank of senior; yours is moderator.", chat.say("sue", "!kick ann x", { rank = 1, is_sure = false }))
    assert.equal(2, chat.value "SELECT count(*) FROM sanction")
  end)

  it("keeps the rank that stands in the file", function()
    chat.say("ann", "!warn bob x", { rank = 2 })
    assert.equal(0, chat.value("SELECT rank FROM member WHERE name = 'ann'"))
  end)

  it("is named in rows by an id that stays, whatever the nick", function()
    chat.directory.rename("irc", "mod", "moddy")
    chat.say("moddy", "!warn ann x")
    assert.equal("mod", chat.value "SELECT moderator FROM sanction")
    chat.say("guest-op", "!warn ann x", { rank = 1 })
    assert.equal("guest-op", chat.value "SELECT moderator FROM sanction WHERE case_no = 2")
  end)

  for _, way in ipairs {
    { "mod", "mod" }, { "mod", "kim" }, { "mod", "sue" }, { "mod", "own" }, { "sue", "tom" }, { "sue", "own" }, { "own", "own" },
  } do
    it(("does not act on equals or higher: %s on %s"):format(way[1], way[2]), function()
      for _, text in ipairs { "!warn %s x", "!mute 1h %s x", "!kick %s x", "!immune %s on x", "!reset %s x", "!reputation %s 1 x" } do
        local answer = chat.say(way[1], text:format(way[2]))
        assert.truthy(answer:find "rank" or answer:find "themselves", answer)
      end
      assert.equal(0, chat.value "SELECT count(*) FROM sanction")
      assert.equal(0, chat.value "SELECT (SELECT count(*) FROM immunity) + (SELECT count(*) FROM reputation_change)")
    end)
  end

  it("does not act on whom the platform gives a rank just now", function()
    chat = new_chat { rank_of = function(platform, id)
      return platform == "irc" and id == "ann" and 1 or nil
    end }
    assert.equal("The rank of ann is yours or higher.", chat.say("mod", "!warn ann x"))
    assert.truthy(chat.say("sue", "!warn ann x"):find "^Warned ann")
  end)
end)

describe("what is a command", function()
  local chat = new_chat()

  it("is what begins with the prefix and the name of one", function()
    for _, text in ipairs { "hello", "", "!", "!!!", "! warn ann x", "!1", "say !warn ann x", "!important things", "!warn: ann x",
      "!привет" } do
      assert.is_false(chat.say("mod", text), text)
    end
    assert.is_false(chat.say("mod", "!warn ann x", { kind = "notice" }))
    assert.is_false(chat.say("mod", "!warn ann x", { kind = "action" }))
    assert.is_false(chat.say("mod", "!warn ann x", { type = "edit" }))
    assert.truthy(chat.say("mod", "!WARN ann x"))
    assert.truthy(chat.say("mod", "!warn\tann\nx"))
  end)

  it("is chat of a member's, but for those of members", function()
    for _, known in ipairs(chat.all) do
      local is_members = ("flag appeal data help why case "):find(known.name .. " ", 1, true)
      assert.equal(not is_members, chat.say("ann", "!" .. known.name .. " bob 12 x") == false and not is_members, known.name)
    end
    assert.is_false(chat.say("ann", "!mut bob"))
    assert.is_false(chat.say("ann", "!halp"))
  end)

  it("is chat, too, where a member says more than the command is", function()
    for _, text in ipairs { "!why not", "!why", "!case 1 is closed", "!data is beautiful", "!help me please", "!help you idiot",
      "!case" } do
      assert.is_false(chat.say("ann", text), text)
    end
  end)

  it("is assessed if it is a member's, said in public, that came to nothing", function()
    local _, _, is_chat = chat.say("cid", "!appeal you are all idiots")
    assert.is_true(is_chat)
    _, _, is_chat = chat.say("ann", "!flag @nobody you are all idiots")
    assert.is_true(is_chat)
    _, _, is_chat = chat.say("ann", "!flag @nobody you are all idiots", { direct = true })
    assert.is_nil(is_chat)
    _, _, is_chat = chat.say("mod", "!warn @nobody x")
    assert.is_nil(is_chat)
  end)

  it("may have another prefix", function()
    local other = new_chat { prefix = "%." }
    assert.is_false(other.say("mod", "!warn ann x"))
    assert.equal("A warning needs a reason: %.warn @WHO REASON.", other.say("mod", "%.warn ann"))
  end)

  it("has at most eight lines where others read it", function()
    for i = 1, 30 do
      chat.say("mod", ("!note ann note %d"):format(i))
      chat.say("mod", ("!warn bob reason %d"):format(i))
    end
    for _, text in ipairs { "!cases", "!cases bob", "!notes ann", "!help", "!why 1" } do
      local _, breaks = chat.say("mod", text):gsub("\n", "")
      assert.truthy(breaks < 8, text)
    end
    assert.truthy(chat.say("mod", "!notes ann"):find "\n24 more: decorum report chat.db member member=%d+$")
  end)
end)
