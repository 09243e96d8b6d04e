-- !sb, and where cases of shadow bans are to be seen.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

local MODS, DIRECT = { in_moderators = true, channel = "#mods" }, { direct = true }

describe("a shadow ban", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.db:exec "UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode'"
    chat.db:prepare("INSERT INTO privilege VALUES (?, privilege_bit('SHADOW_BAN_ADMIN') | privilege_bit('USE'))"):run(chat.kim)
  end)

  local function bans()
    return chat.value "SELECT count(*) FROM shadow_ban"
  end

  it("is nobody's but of who has the privilege, and only among moderators or to the bot alone", function()
    for _, text in ipairs { "!sb", "!sb help", "!sb list", "!sb start ann x" } do
      assert.is_nil((chat.say("own", text)))
      assert.is_nil((chat.say("kim", text)))
      for _, where in ipairs { MODS, DIRECT, {} } do
        assert.is_nil((chat.say("sue", text, where)))
        assert.is_false(chat.say("ann", text, where))
      end
      assert.is_nil((chat.say("kim", text, { direct = true, is_sure = false })))
    end
    assert.is_nil((chat.say("kim", "!sbb", {}) or nil))
    assert.equal(0, bans())
    assert.falsy(chat.say("own", "!help"):find "!sb")
    assert.truthy(chat.say("own", "!help", DIRECT):find "!sb")
    assert.falsy(chat.say("sue", "!help", DIRECT):find "!sb")
    assert.truthy(chat.say("sue", "!help sb", DIRECT):find "^There is no command 'sb'")
  end)

  it("is started with its case, in one go", function()
    assert.equal("Shadow ban of ann started: over 15 days answers slow down, go missing, fail, and stop (case 1). For: floods.",
      (chat.say("kim", "!sb start @ann floods", MODS)))
    assert.equal(1, chat.value "SELECT case_no FROM shadow_ban_case JOIN shadow_ban ON ban = shadow_ban.rowid")
    assert.equal(chat.kim, chat.value "SELECT initiated_by FROM shadow_ban")
    assert.equal("shadow_ban 1296000.0 kim", chat.value "SELECT action || ' ' || duration_s || ' ' || moderator FROM sanction")
    assert.equal("Shadow ban of bob started: over 2.5 days answers slow down, go missing, fail, and stop (case 2). For: 3 floods.",
      (chat.say("own", "!sb start bob 2.5 3 floods", DIRECT)))
    assert.is_nil(chat.value("SELECT initiated_by FROM shadow_ban WHERE member = ?", chat.bob))
    assert.equal("case 2", chat.value("SELECT why FROM shadow_ban_audit WHERE member = ?", chat.bob))
    require("decorum.job").perform(chat.db, "tick", chat.now)
    assert.equal(2, chat.value "SELECT count(*) FROM shadow_ban_case")
  end)

  for text, answer in pairs {
    ["!sb start ann"] = "A shadow ban needs a reason", ["!sb start ann 10"] = "A shadow ban needs a reason",
    ["!sb start ann 0 x"] = "The days must be above 0 and at most 365.",
    ["!sb start ann 366 x"] = "The days must be above 0 and at most 365.",
    ["!sb start sue x"] = "The rank of sue is yours or higher.", ["!sb start kim x"] = "Nobody acts on themselves: ask another moderator.",
    ["!sb start annn x"] = "Nobody is known as 'annn', did you mean 'ann'?", ["!sb lift ann"] = "There is no shadow ban of ann.",
    ["!sb jump ann 0.4"] = "There is no shadow ban of ann.", ["!sb status ann"] = "There is no shadow ban of ann.",
    ["!sb what"] = "It is one of these: !sb start", ["!sb start cid x"] = "Admins cannot be shadow banned.",
  } do
    it("is refused: " .. text, function()
      chat.db:prepare("INSERT INTO privilege VALUES (?, privilege_bit('GUILD_ADMIN'))"):run(chat.cid)
      assert.equal(1, chat.say("kim", text, MODS):find(answer, 1, true), chat.say("kim", text, MODS))
      assert.equal(0, bans() + chat.value "SELECT count(*) FROM sanction")
    end)
  end

  it("is refused where they are off, for minors in secret, and twice, and then leaves no case", function()
    chat.db:exec "UPDATE setting SET value = 'off' WHERE name = 'shadow_ban_mode'"
    assert.equal("Shadow bans are off in this community.", (chat.say("own", "!sb start ann x", MODS)))
    chat.db:exec [[
      INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'own', 'rule 7');
      UPDATE setting SET value = 'covert' WHERE name = 'shadow_ban_mode'; UPDATE member SET minor = 1 WHERE name = 'ann']]
    assert.equal("Members who are marked as minors or paying are not shadow banned covertly.", (chat.say("own", "!sb start ann x", MODS)))
    assert.truthy(chat.say("own", "!sb start bob x", MODS):find "^Shadow ban of bob started")
    assert.truthy(chat.say("own", "!sb start bob x", MODS)
      :find "^Member %d+ is already shadow banned %(stage 1.00/5.00, progress 0.000%)%.")
    assert.equal(1, chat.value "SELECT count(*) FROM sanction")
  end)

  it("is looked at, moved and lifted", function()
    assert.equal("Nobody is shadow banned.", (chat.say("kim", "!sb list", MODS)))
    chat.say("kim", "!sb start ann 10 floods", MODS)
    chat.now = chat.now + 86400
    local line = "ann: █░░░░░░░░░ 10 %, stage 1.40 (latency), 100 % of messages answered, next phase in 1 d 12 h; by kim, case 1, honest: "
      .. "floods"
    assert.equal(line, (chat.say("kim", "!sb status ann", MODS)))
    assert.equal("1 shadow ban, the furthest first:\n" .. line, (chat.say("kim", "!sb status", DIRECT)))
    assert.truthy(chat.say("kim", "!sb jump ann 0.5", MODS):find("stage 3.00 (fake_503)", 1, true))
    for _, progress in ipairs { "1.1", "-1", "nan", "x", "", "0x1", "1e0", "1.1.1" } do
      assert.truthy(chat.say("kim", "!sb jump ann " .. progress, MODS):find "^Say how far", progress)
    end
    assert.equal("The shadow ban of ann is lifted; undone: case 1 by case 2.", (chat.say("kim", "!sb lift ann has apologised", MODS)))
    assert.equal(0, bans())
    assert.equal("has apologised", chat.value "SELECT reason FROM sanction WHERE undoes = 1")
    chat.db:prepare("INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'by hand', ?)"):run(chat.bob, chat.now)
    assert.equal("The shadow ban of bob is lifted.", (chat.say("own", "!sb lift bob", MODS)))
    require("decorum.job").perform(chat.db, "tick", chat.now)
    assert.equal(0, bans())
  end)

  it("of several cases is lifted with those that stand", function()
    chat.say("kim", "!sb start ann 10 floods", MODS)
    chat.db:prepare("INSERT INTO sanction(member, action, at, reason) VALUES (?, 'shadow_ban', ?, 'again')"):run(chat.ann, chat.now)
    require("decorum.job").perform(chat.db, "tick", chat.now)
    assert.truthy(chat.say("own", "!undo 1", MODS):find "^Undone: case 1")
    assert.equal("The shadow ban of ann is lifted; undone: case 2 by case 4.", (chat.say("kim", "!sb lift ann", MODS)))
  end)

  it("has a case that is there among moderators alone, and for a member who is told of it", function()
    chat.say("mod", "!warn ann x")
    chat.say("kim", "!sb start ann floods", MODS)
    for _, who in ipairs { "mod", "sue", "own" } do
      assert.equal("There is no case 2.", (chat.say(who, "!case 2")))
      assert.equal("There is no case 2.", (chat.say(who, "!why 2")))
      assert.equal("There is no case 2.", (chat.say(who, "!reason 2 x")))
      assert.equal(2, select(2, chat.say(who, "!cases"):gsub("[^\n]+", "")))
      assert.equal("1 case of ann, the newest first:\n1: warning, 13:32 UTC, by mod: x", (chat.say(who, "!cases ann")))
      assert.truthy(chat.say(who, "!case 2", MODS):find "^Case 2: shadow ban of ann")
      assert.truthy(chat.say(who, "!cases ann", DIRECT):find "\n2: shadow ban for 15 d")
      assert.falsy(chat.say(who, "!score ann"):find "shadow")
      assert.truthy(chat.say(who, "!score ann", MODS):find "In force: a shadow ban, phase latency")
    end
    assert.equal("There is no case 2.", (chat.say("sue", "!undo 2")))
    assert.equal("There is no case from 2 to 3.", (chat.say("sue", "!undo 2-3")))
    chat.say("sue", "!undo 1")
    assert.equal("There is nothing to undo.", (chat.say("sue", "!undo ann 1h")))
    assert.equal("Not undone: 1 case (2): shadow bans are for who has the privilege SHADOW_BAN_ADMIN.",
      (chat.say("sue", "!undo ann 1h", MODS)))
    assert.equal("Shadow bans are for who has the privilege SHADOW_BAN_ADMIN.", (chat.say("sue", "!undo 2", MODS)))
    assert.truthy(chat.say("ann", "!case 2"):find "^Case 2: shadow ban of ann")
    assert.truthy(chat.say("ann", "!appeal 2 I did not"):find "is noted")
    assert.falsy(chat.say("sue", "!queue"):find "appeal of case 2")
    assert.truthy(chat.say("sue", "!queue", MODS):find "appeal of case 2")
    assert.equal("There is no review 1.", (chat.say("sue", "!queue 1")))
    assert.equal("Shadow bans are for who has the privilege SHADOW_BAN_ADMIN.", (chat.say("sue", "!queue uphold 1", MODS)))
    assert.truthy(chat.say("own", "!queue uphold 1", MODS):find "^Review 1 is upheld: case 2 of ann is undone %(case 4%)")
    assert.equal("There is no case 4.", (chat.say("own", "!case 4")))
    assert.falsy(chat.say("own", "!cases"):find "\n4: ")
    assert.truthy(chat.say("own", "!cases", MODS):find "\n4: undo of 2")
  end)

  it("in secret is not there for the member", function()
    chat.db:exec [[
      INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'own', 'rule 7');
      UPDATE setting SET value = 'covert' WHERE name = 'shadow_ban_mode']]
    chat.say("own", "!sb start ann floods", MODS)
    assert.equal("You have no case 1.", (chat.say("ann", "!case 1")))
    assert.equal("You have no case 1.", (chat.say("ann", "!why 1", DIRECT)))
    assert.equal("You have no case 1.", (chat.say("ann", "!appeal 1 x")))
    assert.equal("There is no case of yours to object to.", (chat.say("ann", "!appeal x")))
    chat.db:exec "UPDATE member SET paying = 1 WHERE name = 'ann'"
    assert.truthy(chat.say("ann", "!case 1"):find "^Case 1: shadow ban of ann")
  end)
end)
