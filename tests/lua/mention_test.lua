-- Where somebody's names stand in texts.

local mention = require "decorum.mention"
local sqlite = require "host.sqlite"

describe("mentions of Ann, ann marie, [bob], Zoë, 李小龍, 이철수, al, x.y", function()
  local db = sqlite.open(":memory:", "create")
  local mentions = mention.of(db, { "Ann", "ann marie", "[bob]", "Zoë", "李小龍", "이철수", "al", "x.y", 'a\\b"c', "한 " }, "member 7")

  for text, expected in pairs {
    ["ANN: hi ann"] = "member 7: hi member 7",
    ["ann"] = "member 7",
    ["ann marie and Ann"] = "member 7 and member 7",
    ["hi [BOB]!"] = "hi member 7!",
    ["x[bob]x"] = "xmember 7x",
    ["zoë ZOË zoëx"] = "member 7 member 7 zoëx",
    ["ann_ ann-x @ann #ann"] = "ann_ member 7-x @member 7 #member 7",
    ["我是李小龍嗎"] = "我是member 7嗎",
    ["이철수야"] = "member 7야",
    ["Annさん"] = "member 7さん",
    ["xay x.y"] = "xay member 7",
    ['{"a":"a\\\\b\\"c"} a\\b"c'] = '{"a":"member 7"} member 7',
    ["\xff\xfeann\xff ann"] = "\xff\xfemember 7\xff member 7",
    ["a\0ann"] = "a\0member 7",
  } do
    it(("%q"):format(text), function()
      assert.equal(expected, (mentions.replaced(text)))
    end)
  end

  for _, text in ipairs { "", "Annabel plans", "cannot", "éann année ánn", "al is too short", "xay" } do
    it(("none in %q"):format(text), function()
      assert.is_nil(mentions.replaced(text))
    end)
  end

  it("are counted", function()
    assert.equal(3, select(2, mentions.replaced "ann ann Annabel zoë"))
  end)

  it("are replaced in a column, but where nothing is another name alone", function()
    db:exec [[CREATE TABLE said (id INTEGER PRIMARY KEY, text, who);
      INSERT INTO said VALUES (1, 'hi ann, ann', 'AL'), (2, 'plan', 'bob'), (3, NULL, 'ann'), (4, x'616e6e', NULL)]]
    assert.same({ 1, 2 }, { mentions.replace("said", "id", "text") })
    assert.equal(2, mentions.replace_whole("said", "id", "who"))
    local rows = {}
    for i, text, who in db:prepare("SELECT text, who FROM said ORDER BY id"):rows() do
      rows[i] = tostring(text) .. "|" .. tostring(who)
    end
    assert.same({ "hi member 7, member 7|member 7", "plan|bob", "nil|member 7", "ann|nil" }, rows)
  end)

  it("of nobody are none", function()
    local none = mention.of(db, {}, "member 7")
    assert.is_nil(none.replaced "ann")
    assert.equal(0, none.replace_whole("said", "id", "who"))
  end)
end)
