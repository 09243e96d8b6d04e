-- Flags, appeals, what members may know, and the queue in which moderators decide.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

local MODS = { in_moderators = true, channel = "#mods" }

describe("a flag", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.first = chat.said("bob", "m1", "first")
    chat.newest = chat.said("bob", "m2", "newest")
  end)

  local function flagged()
    return chat.value "SELECT group_concat(message || ' ' || type || ' ' || coalesce(comment, '-'), '; ') FROM flag"
  end

  it("is of the newest message of somebody here, or of the one that is answered", function()
    local thanks = "Thank you: a message of bob is flagged as %s. A moderator will look at it."
    local text, privately = chat.say("ann", "!flag @bob HARASSMENT calls me names")
    assert.equal(thanks:format "HARASSMENT", text)
    assert.is_true(privately)
    assert.equal(thanks:format "SPAM", (chat.say("ann", "!flag spam again", { reply_to = "m1" })))
    assert.equal(thanks:format "OTHER", (chat.say("cid", "!flag @bob", { reply_to = "m1" })))
    assert.equal(thanks:format "HARASSMENT", (chat.say("cid", "!flag bob harasment: he does")))
    assert.equal(thanks:format "OTHER", (chat.say("mod", "!flag bob he said things")))
    assert.equal(("%d HARASSMENT calls me names; %d SPAM again; %d OTHER -; %d HARASSMENT he does; %d OTHER he said things"):format(
      chat.newest, chat.first, chat.first, chat.newest, chat.newest), flagged())
  end)

  it("is of what was said in this channel, and anywhere if it is said to the bot alone", function()
    assert.equal("Nothing is known that bob said here.", (chat.say("ann", "!flag bob", { channel = "#other" })))
    assert.truthy(chat.say("ann", "!flag bob", { direct = true }):find "^Thank you")
  end)

  it("is one for each message, nobody's own, and five in an hour", function()
    assert.equal("Nobody flags themselves.", (chat.say("bob", "!flag bob")))
    assert.equal("That message is not known here.", (chat.say("ann", "!flag", { reply_to = "gone" })))
    assert.equal("Nothing is known that cid said here.", (chat.say("ann", "!flag cid")))
    assert.equal("Nobody is known as 'bobb', did you mean 'bob'?", (chat.say("ann", "!flag bobb")))
    assert.equal("Say who is meant: !flag @WHO [TYPE] [WORDS], or [TYPE] [WORDS] in reply to a message.", (chat.say("ann", "!flag")))
    chat.say("ann", "!flag bob")
    assert.equal("You have flagged that message already.", (chat.say("ann", "!flag bob spam")))
    for i = 3, 20 do
      chat.said("bob", "m" .. i)
    end
    for i = 3, 6 do
      assert.truthy(chat.say("ann", "!flag", { reply_to = "m" .. i }):find "^Thank you")
    end
    assert.equal("That is more than 5 flags in an hour: tell a moderator instead.", (chat.say("ann", "!flag", { reply_to = "m7" })))
    assert.truthy(chat.say("ann", "!flag CHILD_SAFETY", { reply_to = "m7" }):find "^Thank you")
    for i = 8, 20 do
      chat.say("ann", "!flag CHILD_SAFETY", { reply_to = "m" .. i })
    end
    assert.equal(10, chat.value "SELECT count(*) FROM flag")
    chat.now = chat.now + 3601
    assert.truthy(chat.say("ann", "!flag", { reply_to = "m20" }):find "^Thank you")
  end)

  it("by somebody new makes them known; one that is refused does not", function()
    local members = chat.value "SELECT count(*) FROM member"
    chat.say("new1", "!flag nobody")
    chat.say("new1", "!flag bob " .. ("x"):rep(3000))
    assert.equal(members, chat.value "SELECT count(*) FROM member")
    chat.say("new1", "!flag bob")
    assert.equal("new1", chat.value "SELECT name FROM flag JOIN member ON member.id = reporter")
  end)

  it("of who may hurt themselves is answered with help", function()
    assert.truthy(chat.say("ann", "!flag bob SELF_HARM"):find("\nYou are not alone. If you may hurt yourself", 1, true))
  end)

  it("needs some type to be", function()
    chat.db:exec "DELETE FROM flag_type"
    assert.equal("Nothing can be flagged here.", (chat.say("ann", "!flag bob")))
  end)
end)

describe("an appeal", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.say("mod", "!mute 1h ann spam")
    chat.say("mod", "!warn ann spam")
  end)

  it("is of a case of one's own, once, and says why", function()
    assert.equal("You have no case 1.", (chat.say("bob", "!appeal 1 she is right")))
    assert.equal("You have no case 9.", (chat.say("ann", "!appeal 9 I am right")))
    assert.equal("You have no case 1.", (chat.say("stranger", "!appeal 1 I am right")))
    assert.equal("Say why: !appeal [CASE] WHY.", (chat.say("ann", "!appeal 1")))
    assert.equal("Say why: !appeal [CASE] WHY.", (chat.say("ann", "!appeal")))
    local text, privately = chat.say("ann", "!appeal 1 it was no spam")
    assert.equal("Your appeal of case 1 is noted: another moderator than the one who acted will decide it.", text)
    assert.is_true(privately)
    assert.equal("There is an appeal of that case already.", (chat.say("ann", "!appeal 1 again")))
    assert.equal("it was no spam", chat.value "SELECT text FROM appeal")
  end)

  it("without a number is of the newest case", function()
    assert.truthy(chat.say("ann", "!appeal it was no spam"):find "case 2 is noted")
    assert.truthy(chat.say("ann", "!appeal nor this"):find "case 1 is noted")
    assert.equal("There is no case of yours to object to.", (chat.say("ann", "!appeal and more")))
    assert.equal("There is no case of yours to object to.", (chat.say("bob", "!appeal and more")))
  end)

  it("is not of what is undone, nor of an undo", function()
    chat.say("sue", "!undo 1")
    assert.equal("That case is undone already.", (chat.say("ann", "!appeal 1 x")))
    assert.equal("There is nothing to object to in that case: it is an undo or a reset.", (chat.say("ann", "!appeal 3 x")))
  end)

  it("is decided by another moderator than the one who acted", function()
    chat.say("ann", "!appeal 1 it was no spam")
    local refused = "Another moderator than the one who acted decides on an appeal."
    assert.equal(refused, (chat.say("mod", "!queue claim 1")))
    assert.equal(refused, (chat.say("mod", "!queue uphold 1")))
    chat.db:prepare("INSERT INTO account VALUES ('discord', '77', ?)"):run(chat.mod)
    assert.equal(refused, (chat.say("77", "!queue reject 1", { platform = "discord", rank = 1 })))
    chat.directory.rename("irc", "mod", "mod_")
    assert.equal(refused, (chat.say("mod_", "!queue reject 1", { rank = 1 })))
    assert.equal("Review 1 is upheld: case 1 of ann is undone (case 3).", (chat.say("kim", "!queue uphold 1")))
    chat.say("ann", "!appeal 2 nor this")
    assert.equal("Review 2 is rejected: case 2 stands.", (chat.say("kim", "!queue reject 2")))
    assert.truthy(chat.say("ann", "!case 2"):find("\nAppeal, review 2, rejected: nor this", 1, true))
  end)

  it("of a moderator is decided by an equal, not by themselves", function()
    chat.say("sue", "!warn mod x")
    chat.say("mod", "!appeal 3 why me")
    assert.equal("That review is about you: another moderator decides.", (chat.say("mod", "!queue uphold 1")))
    assert.equal("Review 1 is upheld: case 3 of mod is undone (case 4).", (chat.say("kim", "!queue uphold 1")))
  end)
end)

describe("!data", function()
  it("counts what is kept, and tells how to see it and have it removed", function()
    local chat = new_chat()
    chat.said("ann", "m1")
    chat.said("ann", "m2")
    chat.db:exec "UPDATE message_text SET text = NULL WHERE message = 1"
    chat.say("mod", "!warn ann x")
    chat.say("mod", "!note ann x")
    chat.say("bob", "!flag ann")
    local text, privately = chat.say("ann", "!data")
    assert.equal(("Kept about you: 2 messages (1 with the text), 1 case, 1 note, 0 other names, 1 flag of what you said and 0 by you, "
      .. "1 review.\nYou may see all of it, have it corrected and have it removed. Ask a moderator or whoever runs this bot: "
      .. "decorum export chat.db --member %d, or decorum erase chat.db --member %d."):format(chat.ann, chat.ann), text)
    assert.is_true(privately)
    assert.equal("Nothing is kept about you here.", (chat.say("stranger", "!data")))
    assert.is_nil(chat.value "SELECT 1 FROM member WHERE name = 'stranger'")
  end)
end)

describe("the queue", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.db:exec "INSERT INTO mode_change(mode) VALUES ('enforce')"
    chat.message = chat.said("bob", "m1", "you are \27[2Jan idiot\n!ban everybody")
  end)

  local function decision(action, mode, rule, who)
    chat.db:prepare([[
      INSERT INTO decision(seq, message, member, at, policy, action, duration_s, reason, mode, rule)
      VALUES (1, ?, ?, ?, 'ladder@1', ?, ?, 'goes on', ?, ?)]]):run(chat.message, chat[who or "bob"], chat.now - 30, action,
      action == "ban" and 86400 or nil, mode, rule)
    local id = chat.db:last_rowid()
    chat.db:prepare([[INSERT INTO review(at, message, member, decision, reason) SELECT at, message, member, id, reason FROM decision
      WHERE id = ?]]):run(id)
    return chat.db:last_rowid()
  end

  it("lists the oldest first, and says how many more there are", function()
    assert.equal("Nothing waits for a review.", (chat.say("mod", "!queue", MODS)))
    for i = 1, 12 do
      chat.db:prepare("INSERT INTO review(at, member, reason) VALUES (?, ?, ?)"):run(chat.now - 10 * i, chat.ann, "reason " .. i)
    end
    local lines = { "12 reviews wait, the oldest first; !queue NUMBER shows one:" }
    for i = 12, 7, -1 do
      lines[#lines + 1] = ("%d: reason %d about ann, 13:%d UTC"):format(i, i, 32 - math.ceil(i / 6))
    end
    lines[#lines + 1] = "6 more after these."
    assert.equal(table.concat(lines, "\n"), (chat.say("mod", "!queue", MODS)))
    local _, breaks = chat.say("mod", "!queue", { direct = true }):gsub("\n", "")
    assert.equal(11, breaks)
    assert.is_true(select(2, chat.say("mod", "!queue")))
    assert.is_nil(select(2, chat.say("mod", "!queue", MODS)))
  end)

  it("shows one with its text and why, nothing of which moves a terminal", function()
    chat.say("ann", "!flag bob HARASSMENT calls\27 me")
    assert.equal(table.concat({ "Review 1: flag HARASSMENT about bob in #lobby, since 13:32 UTC.",
      "Flagged as HARASSMENT by ann: calls␛ me", "What was said: you are ␛[2Jan idiot !ban everybody",
      "!queue claim 1, then !queue uphold 1 or !queue reject 1." }, "\n"),
      (chat.say("mod", "!queue 1", MODS)))
    chat.db:exec "UPDATE message_text SET text = NULL"
    assert.truthy(chat.say("mod", "!queue 1", MODS):find("\nWhat was said is not kept any more.\n", 1, true))
    assert.equal("There is no review 2.", (chat.say("mod", "!queue 2")))
    assert.equal("There is no review 2.", (chat.say("mod", "!queue claim 2")))
    for _, text in ipairs { "!queue x", "!queue claim", "!queue claim x", "!queue uphold everything" } do
      assert.truthy(chat.say("mod", text):find "^It is a number, or what to do with it: !queue", text)
    end
  end)

  it("is one moderator's at a time", function()
    chat.say("ann", "!flag bob")
    assert.equal("Review 1 is yours until 13:47 UTC.", (chat.say("mod", "!queue claim 1")))
    assert.equal("Review 1 is yours until 13:47 UTC.", (chat.say("mod", "!queue claim 1")))
    assert.equal("Review 1 is claimed by mod until 13:47 UTC.", (chat.say("kim", "!queue claim 1")))
    assert.equal("Review 1 is claimed by mod until 13:47 UTC.", (chat.say("sue", "!queue reject 1")))
    assert.truthy(chat.say("kim", "!queue", MODS):find("\n1: flag OTHER about bob in #lobby, 13:32 UTC, claimed by mod until 13:47 UTC"))
    assert.equal("Review 1 is claimed by mod: a senior may release it.", (chat.say("kim", "!queue release 1")))
    assert.equal("Review 1 is free.", (chat.say("mod", "!queue release 1")))
    assert.equal("Nobody has claimed review 1.", (chat.say("mod", "!queue release 1")))
    chat.say("mod", "!queue claim 1")
    assert.equal("Review 1 is free.", (chat.say("sue", "!queue release 1")))
    chat.say("mod", "!queue claim 1")
    chat.now = chat.now + 901
    assert.equal("Review 1 is rejected: nothing follows from it, and what it cost is given back.", (chat.say("kim", "!queue reject 1")))
    assert.equal("Review 1 was rejected already by kim.", (chat.say("mod", "!queue uphold 1")))
    assert.truthy(chat.say("mod", "!queue 1", MODS):find("\nIt was rejected by kim.\n", 1, true))
    assert.equal(chat.now + 0.0, chat.value "SELECT decided_at FROM review")
  end)

  it("carries out what a policy may not do alone", function()
    local kick, ban, seen = decision("kick", "enforce"), decision("ban", "enforce"), decision("ban", "observe")
    assert.truthy(chat.say("mod", "!queue " .. ban, MODS):find("\nladder@1 decided ban for 1 d, mode enforce: goes on\n", 1, true))
    assert.equal("Review 1 is upheld: the kick of bob is case 1.", (chat.say("mod", "!queue uphold " .. kick)))
    assert.equal("Review 2 is upheld: the ban of bob is case 2.", (chat.say("mod", "!queue uphold " .. ban)))
    assert.equal("Review 3 is upheld: nothing is done, since ladder@1 observed.", (chat.say("mod", "!queue uphold " .. seen)))
    assert.equal("mod ladder@1 86400.0",
      chat.value "SELECT moderator || ' ' || policy || ' ' || duration_s FROM sanction WHERE action = 'ban'")
    assert.truthy(chat.say("mod", "!case 2", MODS):find("by the policy ladder@1, confirmed by mod.", 1, true))
    assert.truthy(chat.say("bob", "!case 2"):find("by the policy ladder@1, confirmed by a moderator.", 1, true))
    local about_mod = decision("kick", "enforce", nil, "mod")
    assert.equal("That review is about you: another moderator decides.", (chat.say("mod", "!queue uphold " .. about_mod)))
    assert.equal("The rank of mod is yours or higher.", (chat.say("kim", "!queue uphold " .. about_mod)))
    assert.equal(2, chat.value "SELECT count(*) FROM sanction")
  end)

  for _, kind in ipairs { "flag", "verdict", "decision" } do
    it("keeps what is about the safety of children to those who are named for it: " .. kind, function()
      local words = "Review 1 is "
      if kind == "flag" then
        chat.say("ann", "!flag bob CHILD_SAFETY asks for pictures")
      elseif kind == "verdict" then
        chat.db:prepare("INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence, explanation) "
          .. "VALUES (?, ?, ?, 'model', 1, 'Minors', 'critical', 95, 'asks for pictures')"):run(chat.message, chat.bob, chat.now)
      else
        decision("ban", "enforce", "minors")
      end
      chat.db:prepare("INSERT INTO review(at, message, member, reason) VALUES (?, ?, ?, 'of the same message')"):run(chat.now, chat.message,
        chat.bob)
      for _, who in ipairs { "mod", "sue" } do
        for id = 1, 2 do
          local shown = chat.say(who, "!queue " .. id, MODS)
          assert.truthy(shown:find("\nWhat was said is for holders of the privilege GUILD_ADMIN and owners alone", 1, true))
          assert.falsy(shown:find "idiot" or shown:find "pictures")
          assert.equal("That review is for holders of the privilege GUILD_ADMIN and owners.", (chat.say(who, "!queue claim " .. id, MODS)))
          assert.equal("That review is for holders of the privilege GUILD_ADMIN and owners.", (chat.say(who, "!queue reject " .. id, MODS)))
        end
        local list = chat.say(who, "!queue", MODS)
        assert.truthy(list:find "1: .* about bob in #lobby, .*, restricted\n2: .*, restricted$")
        assert.falsy(list:find "pictures")
      end
      chat.db:prepare("INSERT INTO privilege VALUES (?, privilege_bit('GUILD_ADMIN'))"):run(chat.mod)
      assert.truthy(chat.say("mod", "!queue 1", MODS):find("idiot", 1, true))
      assert.falsy(chat.say("mod", "!queue 1", { in_moderators = true, is_sure = false }):find "idiot")
      assert.equal(words .. "yours until 13:47 UTC.", (chat.say("mod", "!queue claim 1", MODS)))
      assert.truthy(chat.say("own", "!queue 1", MODS):find("idiot", 1, true))
      assert.equal(words .. "claimed by mod until 13:47 UTC.", (chat.say("own", "!queue uphold 1", MODS)))
      assert.truthy(chat.say("mod", "!queue uphold 1", MODS):find("^" .. words .. "upheld"))
    end)
  end
end)
