-- Sanctions by command, what is told of cases, and how they are taken back.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

local RECORDED = " It is recorded only: there is no connection to where they are."

describe("a sanction", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.db:exec "INSERT INTO connection(platform, moderators) VALUES ('irc', '#mods')"
  end)

  local hour = "Muted ann until 14:32 UTC (1 h) for: spam and more (case 1)."
  local answers = {
    { "!mute 1h @ann spam and more", hour, 3600 }, { "!mute @ann 1h spam and more", hour, 3600 },
    { "!mute   1H\t@ANN\nspam\r\nand   more  ", hour, 3600 }, { '!mute "ann" 60m spam and more', hour, 3600 },
    { "!mute 30s ann x", "Muted ann until 13:32 UTC (30 s) for: x (case 1).", 30 },
    { "!mute ann 1d12h x", "Muted ann until 2026-05-06 01:32 UTC (1 d 12 h) for: x (case 1).", 129600 },
    { "!mute ann 1w x", "Muted ann until 2026-05-11 13:32 UTC (7 d) for: x (case 1).", 604800 },
    { "!mute ann 11h x", "Muted ann until 2026-05-05 00:32 UTC (11 h) for: x (case 1).", 39600 },
    { "!mute 365d ann x", "Muted ann until 2027-05-04 13:32 UTC (365 d) for: x (case 1).", 31536000 },
    { "!mute 2h ann 1h x", "Muted ann until 15:32 UTC (2 h) for: 1h x (case 1).", 7200 },
    { "!mute ann 1y x", "Muted ann, until somebody lifts it, for: 1y x (case 1)." },
    { "!mute ann 1h30 x", "Muted ann, until somebody lifts it, for: 1h30 x (case 1)." },
    { "!mute ann -5m x", "Muted ann, until somebody lifts it, for: -5m x (case 1)." },
    { "!warn ann x", "Warned ann for: x (case 1)." },
    { "!timeout 10m ann x", "Timed out ann until 13:42 UTC (10 min) for: x (case 1).", 600 },
    { "!kick ann x", "Kicked ann for: x (case 1)." },
    { "!ban ann x", "Banned ann, until somebody lifts it, for: x (case 1)." },
    { "!tempban ann 2d x", "Banned ann until 2026-05-06 13:32 UTC (2 d) for: x (case 1).", 172800 },
  }
  for _, case in ipairs(answers) do
    it("is answered with its end and number: " .. case[1]:gsub("%s", " "), function()
      assert.equal(case[2], chat.say("sue", case[1]))
      assert.equal(case[3] and case[3] + 0.0, chat.value "SELECT duration_s FROM sanction")
      assert.equal("sue " .. chat.ann, chat.value "SELECT moderator || ' ' || member FROM sanction WHERE case_no = 1")
      assert.equal(chat.now + 0.0, chat.value "SELECT at FROM sanction")
    end)
  end

  local TOO_LONG = "That is too long: 365 d at most; without a time it lasts until somebody lifts it."
  local refusals = {
    { "!mute ann 1h", "A mute needs a reason: !mute [TIME] @WHO REASON." },
    { "!mute ann", "A mute needs a reason: !mute [TIME] @WHO REASON." },
    { "!mute 1h ann \1\2 \3", "A mute needs a reason: !mute [TIME] @WHO REASON." },
    { "!kick ann  \t ", "A kick needs a reason: !kick @WHO REASON." },
    { "!mute 1h", "Say who is meant: !mute [TIME] @WHO REASON." },
    { "!mute 0s ann x", "That is no time at all: it takes 1 s at least, as in 30s, 10m, 2h, 1d12h, 1w." },
    { "!mute 366d ann x", TOO_LONG }, { "!mute ann 365d1s x", TOO_LONG }, { "!mute 99999999999999999999999999d ann x", TOO_LONG },
    { "!timeout ann x", "A timeout has an end, as in 30s, 10m, 2h, 1d12h, 1w: !timeout TIME @WHO REASON." },
    { "!tempban ann x", "A tempban has an end, as in 30s, 10m, 2h, 1d12h, 1w: !tempban TIME @WHO REASON." },
    { "!warn ann " .. ("x"):rep(2001), "That is too long: 2000 bytes at most." },
    { "!warn ann " .. ("x"):rep(1000000), "That is too long: 2000 bytes at most." },
  }
  for _, case in ipairs(refusals) do
    it("is refused: " .. case[1]:sub(1, 40):gsub("%c", "?"), function()
      assert.equal(case[2], chat.say("sue", case[1]))
      assert.equal(0, chat.value "SELECT count(*) FROM sanction")
    end)
  end

  it("is owed to the platform, and only recorded where none is connected", function()
    chat.say("mod", "!mute 1h ann x")
    assert.equal("dm,mute,unmute", chat.value "SELECT group_concat(call) FROM (SELECT call FROM outbox ORDER BY id)")
    chat.db:exec "DELETE FROM connection"
    assert.equal("Warned ann for: x (case 2)." .. RECORDED, chat.say("mod", "!warn ann x"))
  end)

  it("keeps the message it answers, if the member wrote it", function()
    local message = chat.said("ann", "m1")
    chat.say("mod", "!warn ann x", { reply_to = "m1" })
    chat.say("mod", "!warn bob x", { reply_to = "m1" })
    chat.say("mod", "!warn ann x", { reply_to = "m2" })
    assert.equal(message .. ",no,no",
      chat.value "SELECT group_concat(coalesce(message, 'no')) FROM (SELECT message FROM sanction ORDER BY id)")
  end)

  it("shows a hostile reason on one line, cut, and keeps it as it was said", function()
    local reason = "100% 'DROP TABLE sanction; \27[31m\u{202e}!ban %s \0 \xff" .. ("é"):rep(150)
    local answer = chat.say("mod", "!warn ann " .. reason)
    assert.equal(1, answer:find("Warned ann for: 100% 'DROP TABLE sanction; ␛[31m‹U+202E›!ban %s ␀ \u{fffd}é", 1, true))
    assert.truthy(utf8.len(answer) and #answer < 300 and answer:find "é… %(case 1%)%.$")
    assert.equal(reason, chat.value "SELECT reason FROM sanction")
  end)
end)

describe("taking back", function()
  local chat
  before_each(function()
    chat = new_chat()
  end)

  it("is a case of its own, once", function()
    chat.say("sue", "!mute ann x")
    assert.equal("Undone: case 1, mute of ann (case 2).", chat.say("sue", "!undo 1 mistaken"))
    assert.equal("Case 1 is undone already, by case 2.", chat.say("sue", "!undo #1"))
    assert.equal("Case 2 is an undo, and cannot be undone: sanction anew instead.", chat.say("sue", "!undo 2"))
    assert.equal("mistaken", chat.value "SELECT reason FROM sanction WHERE undoes = 1")
    assert.equal("There is no case 99999.", chat.say("sue", "!undo 99999"))
    assert.equal("There is none with so large a number.", chat.say("sue", "!undo 99999999999999999999"))
    assert.equal("There is no case 0.", chat.say("sue", "!undo 0"))
    chat.say("sue", "!kick ann x")
    assert.equal("Undone: case 3, kick of ann (case 4). It no longer counts; what was done stays done.", chat.say("sue", "!undo 3"))
    assert.equal("no reason given", chat.value "SELECT reason FROM sanction WHERE undoes = 3")
  end)

  it("lifts what is in force", function()
    assert.equal("There is no mute of ann in force.", chat.say("mod", "!unmute ann"))
    chat.say("mod", "!mute 1h ann x")
    chat.say("mod", "!timeout 1h ann x")
    chat.say("sue", "!ban ann x")
    chat.say("mod", "!mute 1s ann x")
    chat.now = chat.now + 2
    assert.equal("Unmuted ann: cases 1-2 are undone (cases 5-6).", chat.say("mod", "!unmute ann better now"))
    assert.equal("There is no mute of ann in force.", chat.say("mod", "!unmute ann"))
    assert.equal("!unban is for the rank of senior; yours is moderator.", chat.say("mod", "!unban ann"))
    assert.equal("Unbanned ann: case 3 is undone (case 7).", chat.say("sue", "!unban ann"))
    chat.say("sue", "!mute mod x")
    assert.equal("Nobody acts on themselves: ask another moderator.", chat.say("mod", "!unmute mod"))
    assert.equal("The rank of mod is yours or higher.", chat.say("kim", "!unmute mod"))
  end)

  it("of a range says what could not be", function()
    for _ = 1, 3 do
      chat.say("sue", "!warn ann x")
    end
    chat.say("own", "!warn sue x")
    chat.say("sue", "!undo 2")
    assert.equal("Undone: 2 cases (1, 3), by 6-7. Not undone: 3 cases (2, 4-5): case 2 is undone already, by case 5.",
      chat.say("sue", "!undo 1-5 all wrong"))
    assert.equal("There is no case from 100 to 200.", chat.say("sue", "!undo 100-200"))
    assert.equal("There is no case from 5 to 1.", chat.say("sue", "!undo 5-1"))
  end)

  it("of what a policy did, by name or version, or of one member's cases, as far back as said", function()
    chat.policy "ladder"
    chat.policy "spam"
    local function by(policy, minutes, who)
      chat.db:prepare "INSERT INTO sanction(member, action, at, reason, policy) VALUES (?, 'warn', ?, 'x', ?)":run(chat[who],
        chat.now - 60 * minutes, policy)
    end
    by("ladder@1", 200, "ann")
    by("ladder@1", 100, "ann")
    by("ladder@2", 50, "bob")
    by("spam@1", 40, "ann")
    by("ladderb@1", 30, "ann")
    by("ladder2@1", 30, "cid")
    by("ladder@1", 10, "sue")
    assert.equal("Undone: 1 case (2), by 8. Not undone: 1 case (7): nobody acts on themselves: ask another moderator.",
      chat.say("sue", "!undo policy ladder@1 2h"))
    assert.equal("Undone: 1 case (3), by 9. Not undone: 1 case (7): nobody acts on themselves: ask another moderator.",
      chat.say("sue", "!undo policy ladder 2h too strict"))
    assert.equal("too strict", chat.value "SELECT reason FROM sanction WHERE undoes = 3")
    assert.equal("Undone: 2 cases (4-5), by 10-11.", chat.say("sue", "!undo ann 2h"))
    assert.equal("There is nothing to undo.", chat.say("sue", "!undo @ann 2h"))
    assert.equal("There is no policy 'lader', did you mean 'ladder'?", chat.say("sue", "!undo policy lader 2h"))
    assert.equal("There is no policy 'ladder@7', did you mean 'ladder'?", chat.say("sue", "!undo policy ladder@7 2h"))
    assert.equal("6,7", chat.value [[
      SELECT group_concat(case_no) FROM sanction
      WHERE action <> 'undo' AND at > 1777901520 - 7200 AND case_no NOT IN (SELECT undoes FROM sanction WHERE undoes)]])
  end)

  it("says what is missing", function()
    chat.policy "ladder"
    for text, answer in pairs { ["!undo"] = "Say which case", ["!undo ann"] = "Say how far back",
      ["!undo policy ladder"] = "Say how far back",
      ["!undo policy"] = "Nobody is known as 'policy'" } do
      assert.equal(1, chat.say("sue", text):find(answer, 1, true), text)
    end
  end)

  it("takes back at most 500 at a time, in one answer", function()
    chat.policy "spam"
    chat.db:prepare([[
      INSERT INTO sanction(member, action, at, reason, policy)
      WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 502) SELECT ?, 'delete', ?, 'x', 'spam@1' FROM n]]):run(chat.ann,
      chat.now - 60)
    assert.equal("Undone: 500 cases (3-502), by 503-1002. There are more than 500: say it again for the others.",
      chat.say("sue", "!undo policy spam 1h"))
    assert.equal("Undone: 2 cases (1-2), by 1003-1004.", chat.say("sue", "!undo policy spam 1h"))
    assert.equal(1004, chat.value "SELECT max(case_no) FROM sanction")
  end)
end)

describe("a case", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.say("mod", "!mute 1h ann spam")
  end)

  it("is shown with what came of it", function()
    chat.db:exec [[
      INSERT INTO outbox(key, platform, call, case_no, due_at, state, outcome)
        VALUES ('a', 'irc', 'mute', 1, 0, 'done', 'no quiet lists here: banned from speaking'), ('b', 'irc', 'dm', 1, 0, 'failed', NULL),
          ('c', 'discord', 'mute', 1, 0, 'pending', NULL)]]
    chat.say("mod", "!reason 1 links to a shop")
    chat.say("ann", "!appeal 1 it is mine")
    chat.say("sue", "!undo 1 well then")
    assert.equal(table.concat({ "Case 1: mute of ann at 13:32 UTC for 1 h, until 14:32 UTC, by mod.", "Reason: links to a shop",
      "Undone by case 2, by sue: well then", "Appeal, review 1, waiting: it is mine", "Carried out on discord: mute pending",
      "Carried out on irc: mute done (no quiet lists here: banned from speaking), dm failed" }, "\n"), (chat.say("kim", "!case 1")))
    assert.equal("Case 2: undo of case 1, of ann at 13:32 UTC, by sue.\nReason: well then", (chat.say("kim", "!case 2")))
    assert.equal("There is no case 3.", (chat.say("kim", "!case 3")))
    assert.equal("There is no case 3.", (chat.say("kim", "!why 3")))
    assert.equal("There is no case 3.", (chat.say("kim", "!reason 3 x")))
    assert.equal("Say which case: !case CASE.", (chat.say("kim", "!case ann")))
  end)

  it("is answered where everybody reads it among moderators alone", function()
    assert.is_true(select(2, chat.say("mod", "!case 1")))
    assert.is_nil(select(2, chat.say("mod", "!case 1", { in_moderators = true })))
    assert.is_true(select(2, chat.say("ann", "!case 1")))
  end)

  it("is known to its member, who is not told which moderator it was", function()
    assert.equal("Case 1: mute of ann at 13:32 UTC for 1 h, until 14:32 UTC, by a moderator.\nReason: spam", (chat.say("ann", "!case 1")))
    assert.falsy(chat.say("ann", "!why 1"):find "mod[^e]")
    for _, text in ipairs { "!case 1", "!why 1", "!case 7" } do
      assert.equal("You have no case " .. text:match "%d" .. ".", (chat.say("bob", text)))
      assert.equal("You have no case " .. text:match "%d" .. ".", (chat.say("stranger", text)))
    end
    assert.is_false(chat.say("ann", "!reason 1 nothing"))
    assert.is_false(chat.say("ann", "!cases"))
  end)

  it("of a policy is explained by its score, rule, judgement and version", function()
    local message = chat.said("ann", "m1", "you idiot")
    chat.policy "ladder"
    local seq = chat.value "SELECT max(seq) FROM assessment"
    chat.db:prepare("INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence, explanation) "
      .. "VALUES (?, ?, ?, 'model', 1, 'harassment', 'high', 91, 'calls a name')"):run(message, chat.ann, chat.now - 60)
    chat.db:prepare([[
      INSERT INTO decision(seq, message, member, at, policy, action, duration_s, rule, reason, mode, trace, facts)
      VALUES (?, ?, ?, ?, 'ladder@1', 'mute', 1800, 'harassment', 'drama 0.10', 'enforce',
        '{"signals":[{"name":"heat","points":4,"words":"drama 0.10"},{"name":"repeat","points":1,"words":"1 recent"}],"points":5,"rung":2}',
        '{}')]]):run(seq + 1, message, chat.ann, chat.now - 60)
    chat.db:prepare("INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message) "
      .. "VALUES (?, 'mute', 1800, ?, 'drama 0.10', 'ladder@1', 1, ?)"):run(chat.ann, chat.now - 60, message)
    local lines = { "Case 2: mute of ann at 13:31 UTC for 30 min, until 14:01 UTC, by the policy ladder@1.", "Reason: drama 0.10",
      "The policy ladder@1 decided it at 13:31 UTC, and its mode was enforce.",
      "Rule: harassment: Do not insult, mock or pursue other members.",
      "How it came to it: heat +4: drama 0.10; repeat +1: 1 recent; 5 points reach rung 2",
      "The message was judged by the scorer: 0.10. A model's verdict: harassment, 91 % sure: calls a name.",
      "Drama 0.10 is made of: 0.10 at 13:31 UTC (+0.10)." }
    assert.equal(table.concat(lines, "\n"), (chat.say("ann", "!why 2")))
    lines[8] = "All of it: decorum report chat.db explain case=2"
    assert.equal(table.concat(lines, "\n"), (chat.say("mod", "!why 2")))
    chat.db:prepare("INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence, explanation) "
      .. "VALUES (?, ?, ?, 'model', 1, 'minors', 'high', 91, 'asks for pictures')"):run(message, chat.ann, chat.now - 60)
    chat.db:exec "UPDATE decision SET seq = (SELECT max(seq) FROM log_entry)"
    for who, is_shown in pairs { ann = false, mod = false, own = true } do
      assert.equal(is_shown, chat.say(who, "!why 2"):find "minors, 91 %% sure: asks for pictures" ~= nil)
      assert.equal(not is_shown, chat.say(who, "!why 2"):find "minors, 91 %% sure%." ~= nil)
    end
    assert.equal("Case 1: mute of ann at 13:32 UTC for 1 h, until 14:32 UTC, by mod.\nReason: spam\n"
      .. "A person decided it; no policy and no score had a part in it.", (chat.say("mod", "!why 1")))
  end)
end)
