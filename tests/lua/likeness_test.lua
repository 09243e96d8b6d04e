-- What is kept of a text to know spam by.
local likeness = require "decorum.likeness"
local sqlite = require "host.sqlite"
local system = require "host.system"

local db = sqlite.open(":memory:", "create")
local fold = db:prepare "SELECT fold(?)"

local key_of = db:prepare("SELECT " .. likeness.key "?1")

local function key(text)
  return (key_of:row(likeness.said((fold:row(text)))))
end

describe("the key of a text", function()
  local cheap = "cheap watches here"
  for _, case in ipairs {
    { "CHEAP  Watches here!!", "letter case, the amount of white space and punctuation at the end" },
    { "17: cheap watches here (4711)", "a number at either end" },
    { "сheap wаtches here", "letters of other scripts that look so" },
    { "chéap wátches\u{200B} here", "accents and invisible characters" },
  } do
    it("is the same whatever " .. case[2], function()
      assert.equal(key(cheap), key(case[1]))
    end)
  end

  it("is another for another text", function()
    assert.not_equal(key(cheap), key "cheap watches there")
  end)

  it("is another where a number within is", function()
    assert.not_equal(key "64 bytes: icmp_req=4 ttl=64 ms", key "64 bytes: icmp_req=5 ttl=64 ms")
  end)

  it("is another where other marks stand within", function()
    assert.not_equal(key "cheap watches, here", key(cheap))
  end)

  it("is that of the text as it is folded: the upper 47 bits of the hash behind dice()", function()
    local expected = tonumber(system.hash("cheap watches here"):sub(1, 12), 16) >> 1
    assert.equal(expected, key(cheap))
  end)

  it("is none below 12 characters, however many bytes", function()
    assert.is_nil(key "yes, thanks!")
    assert.is_nil(key "abcdefghijk 1234567890 .............")
    assert.is_nil(key "ありがとうございます")
    assert.is_not_nil(key "abcdefghijkl")
    assert.is_not_nil(key "どうもありがとうございます")
    assert.is_nil(key "")
  end)
end)

describe("the links of a text", function()
  for _, case in ipairs {
    { "none here", 0 },
    { "and so on... no/link: at all, 1/2", 0 },
    { "see http://a.example", 1 },
    { "HTTPS://A.EXAMPLE and Www.b.example", 2 },
    { "http://www.a.example is one", 1 },
    { "(www.a.example),www.b.example", 2 },
    { "awww.cute and http:// alone", 0 },
    { "http://a.example/?u=http://b.example", 2 },
    { "", 0 },
  } do
    it(("are %d in %q"):format(case[2], case[1]), function()
      assert.equal(case[2], likeness.links(case[1]))
    end)
  end
end)
