-- How a member stands: notes, names, score, reputation, immunity, a new start.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

describe("of a member", function()
  local chat
  before_each(function()
    chat = new_chat()
  end)

  it("notes are kept, and shown to who asks alone", function()
    assert.equal("There is no note about ann.", (chat.say("mod", "!notes ann")))
    assert.equal("Say what is to be noted: !note @WHO TEXT.", (chat.say("mod", "!note ann ")))
    assert.equal("Noted about ann. !notes shows it.", (chat.say("mod", "!note ann was tired\n!kick \27")))
    assert.equal("Noted about sue. !notes shows it.", (chat.say("mod", "!note sue is away"))) -- nobody is hurt by it
    chat.now = chat.now + 86400
    local text, privately = chat.say("kim", "!notes ann", { in_moderators = true })
    assert.equal("1 note about ann, the newest first:\n2026-05-04 13:32 UTC, mod: was tired !kick ␛", text)
    assert.is_true(privately)
    assert.equal("mod", chat.value "SELECT author FROM note")
  end)

  it("another name is found in any spelling", function()
    assert.equal("No other name of ann is known.", (chat.say("mod", "!alias ann")))
    assert.equal("From now on 'Änn Lee' means ann, too.", (chat.say("mod", '!alias ann "Änn Lee"')))
    assert.equal("'ANN LEE' means ann already.", (chat.say("mod", '!alias ann "ANN LEE"')))
    assert.equal("From now on 'ann lee' means bob, too. Others have that name, too.", (chat.say("mod", '!alias bob "ann lee"')))
    assert.equal("Other names of ann: Änn Lee.", (chat.say("mod", "!alias ann")))
    local usage = "A name with spaces stands between quotation marks: !alias @WHO [NAME]."
    assert.equal(usage, (chat.say("mod", "!alias ann a b")))
    usage = "A name has 1 to 100 bytes that can be seen: !alias @WHO [NAME]."
    assert.equal(usage, (chat.say("mod", "!alias ann @")))
    assert.equal(usage, (chat.say("mod", "!alias ann " .. ("x"):rep(101))))
    assert.equal(usage, (chat.say("mod", "!alias ann \1")))
  end)

  it("the score is shown with what is in force", function()
    chat.said("ann", "m1")
    chat.say("mod", "!warn ann x")
    chat.say("mod", "!mute 1h ann x")
    chat.say("sue", "!ban ann x")
    chat.say("sue", "!immune ann on x")
    assert.equal("ann: drama 0.10, last message 0.10, reputation 50, 2 offences lately, 1 warning, immune.\n"
      .. "In force: ban until somebody lifts it (case 3).\nIn force: mute until 14:32 UTC (1 h) (case 2).", (chat.say("mod", "!score ann")))
    assert.equal("bob: drama 0.00, last message 0.00, reputation 50, 0 offences lately, 0 warnings.", (chat.say("mod", "!score bob")))
  end)

  it("the reputation is shown to moderators and changed by seniors, with a reason", function()
    assert.equal("Reputation of ann: 60, was 50, for: helps.", (chat.say("sue", "!reputation ann 60 helps")))
    assert.equal("Reputation of ann: 60.\nChanged at 13:32 UTC from 50 to 60 by hand: helps", (chat.say("mod", "!reputation ann")))
    local range = "A reputation is a whole number from 0 to 100: !reputation @WHO [0-100 REASON]."
    for _, value in ipairs { "101 x", "-1 x", "1.5 x", "x", "nan x", "0x10 x" } do
      assert.equal(range, (chat.say("sue", "!reputation ann " .. value)), value)
    end
    assert.equal("A change needs a reason: !reputation @WHO [0-100 REASON].", (chat.say("sue", "!reputation ann 10")))
    assert.equal("To change a reputation takes the rank of senior: !reputation @WHO [0-100 REASON].",
      (chat.say("mod", "!reputation ann 10 x")))
    assert.equal("Reputation of ann: 0, was 60, for: x.", (chat.say("sue", "!reputation ann 0 x")))
    assert.equal("sue", chat.value "SELECT moderator FROM reputation_change")
  end)

  it("immunity is switched on and off, with a reason", function()
    local usage = ": !immune @WHO on|off REASON."
    assert.equal("Nothing changed: ann is not immune already.", (chat.say("sue", "!immune ann off x")))
    assert.equal("Immune: ann is scored as ever, and no policy sanctions them. For: x.", (chat.say("sue", "!immune ann ON x")))
    assert.equal("Nothing changed: ann is immune already.", (chat.say("sue", "!immune ann on x")))
    assert.equal("No longer immune: ann. For: y.", (chat.say("sue", "!immune ann off y")))
    assert.equal("Say on or off" .. usage, (chat.say("sue", "!immune ann")))
    assert.equal("Say on or off" .. usage, (chat.say("sue", "!immune ann yes x")))
    assert.equal("It needs a reason" .. usage, (chat.say("sue", "!immune ann on")))
    assert.equal(2, chat.value "SELECT count(*) FROM immunity")
  end)

  it("a reset is a case", function()
    chat.say("mod", "!note ann x")
    assert.equal("Reset of ann: their strikes are over (case 1). For: x.", (chat.say("sue", "!reset ann topic x")))
    assert.equal("Reset of ann: all that is counted begins anew (case 2). For: x all.", (chat.say("sue", "!reset ann x all")))
    assert.equal("Reset of ann: all that is counted begins anew, notes and other names are cleared, immunity ends (case 3). For: x.",
      (chat.say("sue", "!reset ann all x")))
    assert.equal("A reset needs a reason: !reset @WHO [topic|all] REASON.", (chat.say("sue", "!reset ann all")))
    assert.equal("There is no note about ann.", (chat.say("mod", "!notes ann")))
    assert.equal("topic,no,all", chat.value "SELECT group_concat(coalesce(scope, 'no')) FROM (SELECT scope FROM sanction ORDER BY id)")
    assert.equal("Undone: case 3, reset of ann (case 4).", (chat.say("sue", "!undo 3")))
  end)
end)
