-- JSON: what encode writes, and what it refuses.
local json = require "host.json"

local function refused(value, why)
  local ok, message = pcall(json.encode, value)
  assert.is_false(ok)
  assert.matches(why, message, 1, true)
end

describe("host.json", function()
  it("writes the same bytes for the same value", function()
    local one = { b = 1, a = { c = true, aa = false }, ab = "x", ["a\0"] = 2, ["é"] = 3, B = 4 }
    local other = {}
    for _, key in ipairs { "é", "ab", "a\0", "B", "b", "a" } do
      other[key] = one[key]
    end
    local text = '{"B":4,"a":{"aa":false,"c":true},"a\\u0000":2,"ab":"x","b":1,"é":3}'
    assert.equal(text, json.encode(one))
    assert.equal(text, json.encode(other))
  end)
  it("tells arrays from objects", function()
    assert.equal("[1,2,3]", json.encode { 1, 2, 3 })
    assert.equal("{}", json.encode {})
    assert.equal("[]", json.encode(json.array {}))
    assert.equal('[{},[],["x"]]', json.encode { {}, json.array {}, { "x" } })
    local list = {}
    assert.equal(list, json.array(list))
    list[1] = json.null
    assert.equal("[null]", json.encode(list))
    assert.equal('{"1":2}', json.encode { ["1"] = 2 })
  end)
  it("keeps all bits of numbers", function()
    for _, pair in ipairs {
      { math.maxinteger, "9223372036854775807" }, { math.mininteger, "-9223372036854775808" }, { 0, "0" },
      { 0.1, "0.1" }, { 1 / 3, "0.3333333333333333" }, { 1e300, "1e+300" }, { 5e-324, "4.94065645841247e-324" },
      { 0.1 + 0.2, "0.30000000000000004" }, { 2.0 ^ 53, "9007199254740992.0" }, { 2.0 ^ 70, "1.1805916207174113e+21" },
    } do
      local value, text = table.unpack(pair)
      assert.equal(text, json.encode(value))
      local back = json.decode("[" .. text .. "]")[1]
      assert.equal(value, back)
      assert.equal(math.type(value), math.type(back))
    end
    assert.equal("1.0", json.encode(1.0))
    assert.equal("-0.0", json.encode(-0.0))
  end)
  it("knows null, which decode has as nil", function()
    assert.equal("null", json.encode(json.null))
    assert.equal("null", json.encode(nil))
    assert.equal('{"a":null}', json.encode { a = json.null })
    assert.is_nil(json.decode('{"a":null}').a)
  end)
  it("escapes what it must, as quote does", function()
    local every = {}
    for byte = 0, 127 do
      every[#every + 1] = string.char(byte)
    end
    local text = table.concat(every) .. "añ🙂\u{2028}"
    assert.equal(json.quote(text), json.encode(text))
    assert.equal(text, json.decode("[" .. json.encode(text) .. "]")[1])
    assert.equal([["\"\\\n\u0001é/"]], json.encode("\"\\\n\1é/"))
  end)
  it("refuses what JSON has not", function()
    refused(0 / 0, "must be finite, not ")
    refused(math.huge, "must be finite, not inf")
    refused(-math.huge, "must be finite, not -inf")
    refused(print, "JSON has no function")
    refused({ a = { coroutine.create(print) } }, "JSON has no thread")
    refused(io.stdout, "JSON has no userdata")
    for _, bytes in ipairs { "\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf5\x80\x80\x80" } do
      refused(bytes, "text must be UTF-8")
      refused({ [bytes] = 1 }, "text must be UTF-8")
    end
    assert.has_error(json.encode)
    assert.has_error(function() json.array "x" end)
  end)
  it("refuses tables that are neither array nor object", function()
    refused({ 1, 2, x = 3 }, "an array cannot have keys of text too")
    refused(json.array { x = 3 }, "an array cannot have keys of text too")
    refused({ [1] = 1, [3] = 3 }, "an array of 3 cannot have holes")
    refused({ [math.maxinteger] = 1 }, "cannot have holes")
    refused({ [1.5] = 1 }, "not 1.5")
    refused({ [0] = 1 }, "not 0")
    refused({ [-1] = 1 }, "not -1")
    refused({ [true] = 1 }, "not true")
  end)
  it("refuses a table within itself", function()
    local circle = {}
    circle.a = { circle }
    refused(circle, "a table within itself")
    local deep = 1
    for _ = 1, 500 do
      deep = { deep }
    end
    assert.equal(("["):rep(500) .. "1" .. ("]"):rep(500), json.encode(deep))
    refused({ deep }, "nested deeper than 500")
  end)
  it("leaves metatables of others alone", function()
    local sly = setmetatable({ a = 1 }, { __index = error, __pairs = error, __len = error })
    assert.equal('{"a":1}', json.encode(sly))
  end)
  it("says itself what random values were", function()
    math.randomseed(7)
    local function value(depth)
      local kind = math.random(depth > 4 and 4 or 6)
      if kind == 1 then
        return math.random(0)
      elseif kind == 2 then
        return math.random() * 2.0 ^ math.random(-300, 300)
      elseif kind == 3 then
        return utf8.char(math.random(0, 0xD7FF), math.random(0xE000, 0x10FFFF))
      elseif kind == 4 then
        return math.random(2) == 1
      end
      local made = {}
      for i = 1, math.random(5) do
        made[kind == 5 and i or "k" .. math.random(100)] = value(depth + 1)
      end
      return made
    end
    for _ = 1, 2000 do
      local one = { value(1) }
      local text = json.encode(one)
      assert.same(one, json.decode(text))
      assert.equal(text, json.encode(json.decode(text)))
    end
  end)
end)
