-- Thousands of random lines by people of every rank: nothing is raised, nothing breaks a rule.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

local LINES = 20000

local words = { "ann", "@bob", "cid", '"ann"', "<@mod>", "sue", "own", "nobody", "irc:ann", "member:1", "1", "2", "#3", "1-9", "99999",
  "1h", "10m", "0s", "400d", "on", "off", "all", "topic", "policy", "ladder", "ladder@1", "spam", "2h", "claim", "uphold", "reject",
  "release", "start", "lift", "jump", "status", "list", "help", "0.5", "enforce", "observe", "HARASSMENT", "CHILD_SAFETY", "SELF_HARM",
  "x", "because", "'; DROP TABLE member;--", "%s%d%n", "\0", "\27[2J", "\u{202e}\u{200b}", "\xff\xfe\x80", "\n!ban ann x", '"', '"" ""',
  "<@>", "@", ":", "-1", "1e9", "nan", ("x"):rep(3000), ("9"):rep(40), "mute", "score", "é" }

describe("random commands", function()
  local chat = new_chat { rank_of = function(_, id)
    return id == "cid" and 1 or 0
  end }
  chat.policy "ladder"
  chat.policy "spam"
  chat.db:exec [[
    INSERT INTO connection(platform, moderators) VALUES ('irc', '#mods');
    UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode']]
  local people = { "ann", "bob", "cid", "mod", "kim", "sue", "tom", "own", "stranger" }
  local names = { "mut", "", "!", "zz" }
  for _, known in ipairs(chat.all) do
    names[#names + 1] = known.name
  end
  for i, who in ipairs { "ann", "bob", "cid", "mod" } do
    chat.said(who, "m" .. i, "text of " .. who)
  end

  -- What members may not touch, as one text: all but their flags and appeals.
  local function untouchable()
    local parts = {}
    for _, name in ipairs { "sanction", "note", "alias", "immunity", "reputation_change", "mode_change", "case_note", "shadow_ban",
      "channel", "member", "privilege", "verdict", "decision", "setting" } do
      parts[#parts + 1] = name .. " " .. chat.value(("SELECT count(*) FROM %s"):format(name))
    end
    parts[#parts + 1] = chat.value "SELECT count(*) FROM review WHERE outcome IS NOT NULL OR claimed_by IS NOT NULL"
    return table.concat(parts, ", ")
  end

  -- Half of them are such as people say, the others any words in any order.
  local function line(random)
    local name = names[random(#names)]
    if random(2) == 1 then
      return ("!%s %s %s because"):format(name, people[random(#people)], ({ "", "1h", "on", "10m", "60", "2d" })[random(6)])
    end
    local parts = { "!" .. name }
    for i = 2, random(6) do
      parts[i] = words[random(#words)]
    end
    return table.concat(parts, " ")
  end

  it("raise nothing, and let no member act", function()
    math.randomseed(20260504)
    local random, answered = math.random, 0
    for i = 1, LINES do
      local who, text = people[random(#people)], line(random)
      local is_member = (chat.ranks[who] or 0) == 0
      local where = ({ {}, { direct = true }, { in_moderators = true, channel = "#mods" }, { reply_to = "m" .. random(5) } })[random(4)]
      local before = is_member and untouchable()
      chat.now = chat.now + random(60)
      local done, answer = pcall(chat.say, who, text, where)
      assert(done, ("line %d, %s: %s: %s"):format(i, who, text:sub(1, 200), answer))
      if is_member then
        local after = untouchable()
        if who == "stranger" and text:find "^!flag" then
          before, after = before:gsub("member %d+", ""), after:gsub("member %d+", "") -- whose flag it is
        end
        assert.equal(before, after, who .. ": " .. text)
      end
      if answer then
        answered = answered + 1
        assert.truthy(utf8.len(answer), text)
        assert.falsy(answer:find "[\0-\9\11-\31\127]", text)
        assert.truthy(select(2, answer:gsub("\n", "")) < 12, text)
        for one in answer:gmatch "[^\n]+" do
          assert.truthy(#one <= 410 and one:find "^[%w'\x80-\xff!]", one)
        end
      end
    end
    assert.truthy(answered > LINES / 4, answered)
  end)

  it("sanctioned nobody of an equal or higher rank, and left a sound file", function()
    assert.truthy(chat.value "SELECT count(*) FROM sanction" > 100)
    assert.equal(0, chat.value [[
      SELECT count(*) FROM sanction JOIN member AS target ON target.id = sanction.member
        JOIN account ON account.platform_id = sanction.moderator JOIN member AS actor ON actor.id = account.member
      WHERE target.rank >= actor.rank AND NOT EXISTS (SELECT 1 FROM appeal WHERE appeal.case_no = sanction.undoes)]])
    assert.equal(0, chat.value([[
      SELECT count(*) FROM sanction WHERE member = ? AND moderator IN ('mod', 'kim') AND action <> 'undo']], chat.cid))
    assert.equal("ok", chat.value "PRAGMA integrity_check")
    assert.is_nil(chat.value "PRAGMA foreign_key_check")
    assert.equal(chat.value "SELECT count(*) FROM sanction", chat.value "SELECT max(case_no) FROM sanction")
  end)
end)

describe("a command that fails half-way", function()
  it("leaves nothing behind, and says so without a line of the program", function()
    local chat = new_chat()
    chat.db:exec [[
      CREATE TEMP TRIGGER too_much BEFORE INSERT ON sanction WHEN NEW.member = (SELECT id FROM member WHERE name = 'bob')
      BEGIN SELECT RAISE(ABORT, 'this is not done here'); END]]
    chat.db:exec "BEGIN; SAVEPOINT outer"
    assert.equal("This is not done here.", chat.say("mod", "!warn bob x"))
    assert.truthy(chat.say("mod", "!warn ann x"))
    chat.db:exec "RELEASE outer; COMMIT"
    assert.equal(1, chat.value "SELECT count(*) FROM sanction")
    chat.db:exec "DROP VIEW case_reason"
    local done, why = pcall(chat.say, "mod", "!case 1")
    assert.is_false(done)
    assert.equal("no such table: case_reason", why)
  end)

  it("is told to the log if the program is at fault", function()
    local chat = new_chat { rank_of = function()
      error "oops"
    end }
    local done, fault = pcall(chat.say, "mod", "!warn ann x")
    assert.is_false(done)
    assert.truthy(fault:find "command_fuzz_test.lua:%d+: oops")
    assert.is_false(chat.db:in_transaction())
  end)

  it("raises what no other words would mend", function()
    local chat = new_chat()
    chat.db:exec "PRAGMA query_only = 1"
    local done, why = pcall(chat.say, "mod", "!warn ann x")
    assert.is_false(done)
    assert.equal("attempt to write a readonly database", why)
  end)
end)
