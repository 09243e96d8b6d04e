-- What a shadow ban makes of an answer, in each mode.
local community = require "decorum.community"
local shadow_ban = require "decorum.shadow_ban"

local DAY = 86400
local db = community.in_memory()
local effect_of = shadow_ban.effects(db)

db:exec [[
  INSERT INTO member(id, name, minor, paying) VALUES (1, 'ann', 0, 0), (2, 'bob', 0, 0), (3, 'kid', 1, 0), (4, 'customer', 0, 1);
  INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ann', 'rule 7');
  UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode';
  INSERT INTO sanction(member, action, at, moderator, reason) VALUES (2, 'shadow_ban', 0, 'ann', 'floods');
  INSERT INTO shadow_ban(member, reason, now) VALUES (2, 'floods', 0), (3, 'floods', 0), (4, 'floods', 0), ('guest', 'floods', 0);
  INSERT INTO shadow_ban_case VALUES (1, (SELECT rowid FROM shadow_ban WHERE member = 2))]]

local function set_mode(mode)
  db:prepare("UPDATE setting SET value = ? WHERE name = 'shadow_ban_mode'"):run(mode)
end

-- How many of 400 answers are of each kind, and the least and largest delay of those that are answers.
local function counts(member, now, command)
  local found = { answer = 0, text = 0, silence = 0, least = math.huge, largest = 0 }
  local texts = {}
  for seed = 1, 400 do
    local effect = effect_of { member = member, now = now, seed = tostring(seed), model = "haiku", command = command }
    found[effect.kind] = found[effect.kind] + 1
    if effect.kind == "answer" then
      found.least, found.largest = math.min(found.least, effect.delay_s), math.max(found.largest, effect.delay_s)
    end
    texts[effect.text or ""] = effect.delay_s
  end
  return found, texts
end

describe("off", function()
  it("is no effect, however far a ban has come", function()
    set_mode "off"
    assert.same({ kind = "answer", delay_s = 0.0 }, effect_of { member = 2, now = 20 * DAY, seed = "s" })
  end)
end)

describe("honest", function()
  before_each(function()
    set_mode "honest"
  end)

  it("is slower first", function()
    local found = counts(2, 1.5 * DAY)
    assert.equal(400, found.answer)
    assert.near(0.25 * 10 * 4 * 0.85, found.least, 0.1)
    assert.near(0.25 * 10 * 4 * 1.15, found.largest, 0.1)
  end)

  it("says then that it is so, and of which case, at once", function()
    local found, texts = counts(2, 10.5 * DAY)
    assert.equal(0, found.silence)
    assert.is_true(found.text > 300 and found.text < 360) -- 82 %
    assert.same({ [""] = texts[""], ["Your use of this bot is limited (case 1). !appeal to object."] = 0.0 }, texts)
  end)

  it("says so to all that is asked at the end", function()
    assert.equal(400, (counts(2, 15 * DAY)).text)
  end)

  it("names no case of a ban without one", function()
    local _, texts = counts("guest", 15 * DAY)
    assert.same({ ["Your use of this bot is limited. !appeal to object."] = 0.0 }, texts)
  end)
end)

describe("covert", function()
  before_each(function()
    set_mode "covert"
  end)

  it("is silence, a fake error after some time, or slower", function()
    local found, texts = counts(2, 10.5 * DAY)
    assert.is_true(found.silence > 220 and found.silence < 290) -- 64 %
    assert.is_true(found.text > 45 and found.text < 100) -- 18 %
    local fake = "503 Service Unavailable: no capacity available for model haiku. Retries exhausted (3/3). Please try again later."
    assert.is_true(texts[fake] >= 14 * 0.8 and texts[fake] <= 14 * 1.2)
    texts[fake], texts[""] = nil, nil
    assert.same({}, texts)
  end)

  it("is silence at the end", function()
    assert.equal(400, (counts(2, 15 * DAY)).silence)
  end)

  it("is honest with minors and customers", function()
    for _, member in ipairs { 3, 4 } do
      local found, texts = counts(member, 10.5 * DAY)
      assert.equal(0, found.silence)
      assert.is_true(found.text > 300)
      assert.equal(0.0, texts["Your use of this bot is limited. !appeal to object."])
    end
  end)
end)

describe("in any mode", function()
  for _, mode in ipairs { "off", "honest", "covert" } do
    it("nothing happens to who has no ban, nor to what is a right: " .. mode, function()
      set_mode(mode)
      for _, command in ipairs { "appeal", "flag", "data" } do
        assert.equal(400, (counts(2, 15 * DAY, command)).answer)
        assert.equal(0.0, (counts(2, 15 * DAY, command)).largest)
      end
      assert.equal(0.0, (counts(1, 15 * DAY)).largest)
    end)
  end

  it("the same seed has the same effect, and more tool calls only add to the delay", function()
    set_mode "covert"
    local reply = { member = 2, now = 3 * DAY, seed = "a", model = "opus" }
    local first = effect_of(reply)
    assert.same(first, effect_of(reply))
    reply.tool_calls = 3
    local second = effect_of(reply)
    assert.equal(first.kind, second.kind)
    assert.near(first.delay_s * (1 + 0.35 * math.log(4)), second.delay_s, 1e-9)
  end)
end)
