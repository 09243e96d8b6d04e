-- What members and moderators are told when a call of the outbox is made.
local community = require "decorum.community"
local notice = require "decorum.notice"

local NOW = 1777901520 -- 2026-05-04 13:32 UTC

describe("a notice", function()
  local db, words
  before_each(function()
    db = community.in_memory()
    words = notice.words(db)
    db:exec(([[
      INSERT INTO connection(platform, moderators) VALUES ('irc', '#mods');
      INSERT INTO member(id, name) VALUES (7, 'ann'), (8, 'bob');
      INSERT INTO account VALUES ('irc', 'ann', 7);
      INSERT INTO channel VALUES (1, 'irc', '#lobby');
      INSERT INTO message(id, platform, platform_id, channel, member, at, live) VALUES (1, 'irc', 'm1', 1, 7, NOW, 1);
      INSERT INTO message_text VALUES (1, 'SECRET')]]):gsub("NOW", NOW))
  end)

  -- The new rows of the outbox, with the words of those that tell something, in the order they were written.
  local seen = 0
  local function told()
    local found = {}
    for _, id, call, case_no, decision, review, notification, member in db:prepare([[
      SELECT id, call, case_no, decision, review, notification, member FROM outbox WHERE id > ? ORDER BY id]]):rows(seen) do
      found[#found + 1] = call .. ": " .. tostring(words { call = call, case_no = case_no, decision = decision, review = review,
        notification = notification, member = member, platform = "irc", now = NOW })
      seen = id
    end
    return found
  end
  before_each(function()
    seen = 0
  end)

  -- A decision about ann's message, and its sanction if there is one.
  local function decide(action, mode, duration_s, rule, reason)
    db:prepare([[INSERT INTO decision(seq, message, member, at, policy, action, duration_s, rule, reason, mode)
      VALUES (1, 1, 7, ?, 'ladder@1', ?, ?, ?, ?, ?)]]):run(NOW, action, duration_s, rule, reason or "drama 0.68, this message 0.83", mode)
    local id = db:last_rowid()
    if mode == "enforce" then
      db:prepare([[INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message)
        SELECT member, action, duration_s, at, reason, policy, id, message FROM decision WHERE id = ?]]):run(id)
    end
    return id
  end

  local function by_hand(action, duration_s)
    local add = "INSERT INTO sanction(member, action, duration_s, at, reason, moderator) VALUES (7, ?, ?, ?, 'spam', 'MODERATOR')"
    db:prepare(add):run(action, duration_s, NOW)
  end

  it("of a policy's sanction says why, by which rule and policy, until when, and how to object", function()
    decide("warn", "enforce")
    assert.same({ "warn: This is a warning: drama 0.68, this message 0.83. It was automatic, by the policy ladder@1 (case 1). "
      .. "To object: !appeal 1 WHY", "say: Warned ann in #lobby (case 1): ladder@1: drama 0.68, this message 0.83" }, told())
    decide("mute", "enforce", 1800, "harassment")
    assert.same({ "dm: You are muted until 14:02 UTC (30 min): drama 0.68, this message 0.83. The rule: Do not insult, mock or pursue "
      .. "other members. It was automatic, by the policy ladder@1 (case 2). To object: !appeal 2 WHY",
      "mute: case 2: drama 0.68, this message 0.83", "unmute: case 2: drama 0.68, this message 0.83",
      "say: Muted ann for 30 min in #lobby (case 2): ladder@1: drama 0.68, this message 0.83" }, told())
    decide("timeout", "enforce", 300, "raid")
    assert.equal("dm: You are timed out until 13:37 UTC (5 min): drama 0.68, this message 0.83. The rule: Raid. It was automatic, by the "
      .. "policy ladder@1 (case 3). To object: !appeal 3 WHY", told()[1])
    decide("delete", "enforce")
    local lines = told()
    assert.equal("dm: Your message in #lobby was removed: drama 0.68, this message 0.83. It was automatic, by the policy ladder@1 "
      .. "(case 4). To object: !appeal 4 WHY", lines[1])
    assert.equal("say: Removed a message of ann in #lobby (case 4): ladder@1: drama 0.68, this message 0.83", lines[3])
    decide("slowmode", "enforce", 600)
    lines = told()
    assert.equal("dm: Slow mode holds in #lobby until 13:42 UTC (10 min): drama 0.68, this message 0.83. It was automatic, by the policy "
      .. "ladder@1 (case 5). To object: !appeal 5 WHY", lines[1])
    assert.equal("say: Slow mode after a message of ann for 10 min in #lobby (case 5): ladder@1: drama 0.68, this message 0.83", lines[4])
  end)

  it("does not tell that something was done which the platform cannot do", function()
    words = notice.words(db, nil, { delete = "nothing is removed" })
    decide("delete", "enforce", nil, nil, "spam")
    decide("slowmode", "enforce", 600, nil, "spam")
    local lines = told()
    assert.equal("dm: Your message in #lobby breaks the rules, and would be removed if it could be: spam. It was automatic, by the policy "
      .. "ladder@1 (case 1). To object: !appeal 1 WHY", lines[1])
    assert.equal("say: Told ann that a message breaks the rules, as none can be removed in #lobby (case 1): ladder@1: spam", lines[3])
    assert.matches("^dm: Please write slowly in #lobby until 13:42 UTC %(10 min%): spam%.", lines[4])
    assert.equal("say: Asked ann to write slowly, as there is no slow mode for 10 min in #lobby (case 2): ladder@1: spam", lines[7])
  end)

  it("of a person's sanction does not name the person", function()
    by_hand("warn")
    by_hand("mute")
    by_hand("kick")
    by_hand("ban", 86400)
    db:exec(("INSERT INTO sanction(action, undoes, at, reason, moderator) VALUES ('undo', 2, %d, 'mistaken', 'MODERATOR')"):format(NOW))
    assert.same({ "warn: This is a warning: spam. It was done by a moderator (case 1). To object: !appeal 1 WHY",
      "dm: You are muted until a moderator lifts it: spam. It was done by a moderator (case 2). To object: !appeal 2 WHY",
      "mute: case 2: spam",
      "dm: You are removed from here, and may come back: spam. It was done by a moderator (case 3). To object: !appeal 3 WHY",
      "kick: case 3: spam",
      "dm: You are banned until 2026-05-05 13:32 UTC (1 d): spam. It was done by a moderator (case 4). To object: !appeal 4 WHY",
      "ban: case 4: spam", "unban: case 4: spam", "unmute: case 5: mistaken",
      "dm: Case 2 was undone: your mute no longer counts (mistaken)." }, told())
  end)

  it("of what a policy proposed says that a person confirmed it", function()
    db:prepare("INSERT INTO review(at, message, member, decision, reason) VALUES (?, 1, 7, ?, 'drama')"):run(NOW, decide("kick", "observe"))
    db:exec "UPDATE decision SET mode = 'enforce'; UPDATE review SET outcome = 'upheld', decided_by = 'MODERATOR'"
    assert.same({ "say: Review 1: whether to kick ann in #lobby (ladder@1: drama); !queue 1",
      "dm: You are removed from here, and may come back: drama 0.68, this message 0.83. It was proposed by the policy ladder@1 and "
      .. "confirmed by a moderator (case 1). To object: !appeal 1 WHY", "kick: case 1: drama 0.68, this message 0.83" }, told())
  end)

  it("gives the newest reason", function()
    by_hand("mute")
    db:exec "INSERT INTO case_note(case_no, author, text) VALUES (1, 'x', 'links to a shop')"
    assert.truthy(told()[1]:find("until a moderator lifts it: links to a shop.", 1, true))
  end)

  it("of an honest shadow ban says that use is limited", function()
    db:exec "UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode'"
    by_hand("shadow_ban")
    assert.same({ "dm: Your use of this bot is limited: spam. It was done by a moderator (case 1). To object: !appeal 1 WHY" }, told())
  end)

  it("to moderators of a policy that observes says what it would have done", function()
    for action, would in pairs { warn = "have warned ann in #lobby", mute = "have muted ann for 30 min in #lobby",
      kick = "have asked whether to kick ann in #lobby" } do
      assert.equal(("Would %s (ladder@1: drama 0.68, this message 0.83); observing: !policy enforce"):format(would),
        words { call = "say", decision = decide(action, "observe", action == "mute" and 1800 or nil), now = NOW })
    end
    assert.is_nil(words { call = "say", decision = decide("notify", "observe"), now = NOW })
  end)

  it("of a review has no text of the message, and says of a child's safety for whom it is", function()
    db:exec(([[INSERT INTO flag(message, reporter, type, at, comment) VALUES (1, 8, 'HARASSMENT', NOW, 'SECRET');
      INSERT INTO flag(message, reporter, type, at, comment) VALUES (1, 7, 'CHILD_SAFETY', NOW, 'SECRET');
      INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence)
        VALUES (1, 7, NOW, 'model', 1, 'minors', 'high', 99)
      ]]):gsub("NOW", NOW))
    by_hand("warn")
    db:exec "INSERT INTO appeal(case_no, text) VALUES (1, 'SECRET')"
    db:exec "UPDATE review SET outcome = 'rejected', decided_by = 'x' WHERE appeal = 1"
    assert.same({ "say: Review 1: flag HARASSMENT about ann in #lobby; !queue 1",
      "say: Review 2: flag CHILD_SAFETY about ann in #lobby; for holders of GUILD_ADMIN and owners alone, at once; !queue 2",
      "say: Review 3: VIOLATION: minors about ann in #lobby; for holders of GUILD_ADMIN and owners alone, at once; !queue 3",
      "warn: This is a warning: spam. It was done by a moderator (case 1). To object: !appeal 1 WHY",
      "say: Review 4: appeal of case 1 about ann; !queue 4",
      "dm: Your appeal of case 1 was looked at by another moderator and rejected: the case stands." }, told())
    assert.is_nil(words { call = "dm", review = 1, now = NOW })
  end)

  it("of each kind of notification", function()
    db:exec(([[
      INSERT INTO assessment(seq, message, member, at, source, toxicity, off_topic, topic)
        SELECT seq, 1, 7, NOW, 'model', 0, 1, 'cars' FROM next_seq;
      INSERT INTO notification(member, kind, message, at) VALUES (7, 'topic', 1, NOW), (7, 'topic_owner', 1, NOW);
      INSERT INTO notification(member, kind, message, at, details)
        VALUES (7, 'coherence', 1, NOW, '{"baseline":0.85,"current":0.3,"drop":0.55,"flag":null}')]]):gsub("NOW", NOW))
    db:prepare("INSERT INTO notification(member, kind, message, at, decision) VALUES (7, 'moderators', 1, ?, ?)"):run(NOW,
      decide("notify", "observe", nil, nil, "look at this"))
    assert.same({ "reply: Please stay on the topic of #lobby (this was about cars).",
      "say: Off topic in #lobby: ann was reminded of the topic three times and goes on.",
      "say: Unlike themselves in #lobby: ann makes less sense than usual (0.30, usually 0.85). Is all well?",
      "say: For your attention in #lobby: ann: ladder@1: look at this" }, told())
  end)

  it("is one short line, whatever people are called and write, and begins with no other bot's command", function()
    db:prepare("UPDATE member SET name = ? WHERE id = 7"):run("!op %s\n\27[2J\u{202e}" .. ("ü"):rep(300))
    db:prepare("UPDATE channel SET name = ?"):run("#" .. ("ö"):rep(300) .. "\n")
    db:exec "UPDATE rule SET description = 'a' || char(10) || replace(hex(zeroblob(500)), '00', 'é')"
    for _, action in ipairs { "warn", "mute", "kick", "ban", "delete", "slowmode" } do
      decide(action, "enforce", 1800, "harassment", "\n!ban\0\xff%d" .. ("é"):rep(1000))
      by_hand(action)
    end
    local lines = told()
    assert.truthy(#lines > 20)
    for _, line in ipairs(lines) do
      local text = line:match "^[%w_]+: (.*)$"
      assert.truthy(#text < 600 and utf8.len(text) and not text:find "[%c]" and text:find "^[%w\x80-\xff]", text)
    end
    assert.truthy(table.concat(lines, "\n"):find("say: Warned member !op %s ␛[2J‹U+202E›ü", 1, true))
  end)

  it("is what was said already in answer to a command, and nothing of what is not there", function()
    assert.equal("Undone.", words { call = "say", text = "Undone.", now = NOW })
    assert.is_nil(words { call = "say", now = NOW })
    for _, what in ipairs { "case_no", "decision", "review", "notification" } do
      for _, call in ipairs { "say", "dm", "warn", "reply", "mute" } do
        assert.is_nil(words { call = call, [what] = 99, now = NOW } or nil)
      end
    end
  end)
end)
