-- Rows as a box, JSON and CSV.
local grid = require "decorum.grid"
local json = require "host.json"
local progress = require "decorum.progress"
local system = require "host.system"

local function rows(...)
  return { title = "Title", columns = { "name", "n" }, rows = { ... } }
end

describe("a box", function()
  it("aligns text left, numbers right, and counts columns of the terminal", function()
    assert.equal([[
Title
┌────────┬─────┐
│ name   │ n   │
├────────┼─────┤
│ añb    │ 1.5 │
│ 鍵盤猫 │  12 │
│        │     │
└────────┴─────┘
]], grid.box(rows({ "añb", 1.5 }, { "鍵盤猫", 12.0 }, { nil, nil })))
  end)
  it("says that there is nothing", function()
    assert.equal("Title\n(nothing)\n", grid.box(rows()))
  end)
  it("breaks long text between words, and long words", function()
    local text = ("word "):rep(30) .. ("ø"):rep(100)
    local box = grid.box(rows({ text, 1 }))
    local found = {}
    for cell in box:gmatch "│ ([^│]*) │[^\n]*\n" do
      assert.is_true(system.width(cell) <= 44)
      found[#found + 1] = cell:gsub("%s+$", "")
    end
    table.remove(found, 1) -- the header
    assert.equal((text:gsub("%s", "")), (table.concat(found):gsub("%s", "")))
  end)
  it("breaks wide characters between them", function()
    local box = grid.box(rows({ ("你好世界"):rep(9), 1 }))
    assert.is_truthy(utf8.len(box))
    local _, count = box:gsub("你", "")
    assert.equal(9, count)
  end)
  it("takes text that is no UTF-8", function()
    assert.is_string(grid.box(rows({ ("\xff"):rep(200), 1 })))
  end)
end)

describe("JSON", function()
  it("keeps integers, floats, text and NULL apart", function()
    local text = grid.json(rows({ 'a "b"\n', 9007199254740993 }, { nil, 0.1 }))
    assert.equal('[{"name":"a \\"b\\"\\n","n":9007199254740993},\n{"name":null,"n":0.1}]\n', text)
    assert.equal(9007199254740993, json.decode(text)[1].n)
  end)
  it("has no numbers that JSON has not", function()
    assert.equal('[{"name":null,"n":null}]\n', grid.json(rows({ math.huge, 0 / 0 })))
  end)
end)

describe("CSV", function()
  it("quotes what needs it", function()
    assert.equal('name,n\r\n"a ""b"", c",1\r\n"two\nlines",\r\n', grid.csv(rows({ 'a "b", c', 1 }, { "two\nlines", nil })))
  end)
  it("disarms what a spreadsheet would compute, but not numbers", function()
    assert.equal("name,n\r\n'=1+1,-1\r\n", grid.csv(rows({ "=1+1", -1 })))
  end)
end)

describe("a large number", function()
  it("is grouped", function()
    assert.equal("1,234,567", progress.grouped(1234567))
    assert.equal("123", progress.grouped(123))
    assert.equal("0", progress.grouped(0.4))
  end)
end)

describe("JSON that comes in", function()
  it("is refused with the reason", function()
    local value, why = json.decode "{\"a\":1,\"a\":2}"
    assert.is_nil(value)
    assert.matches("duplicate object key", why)
    assert.is_nil((json.decode '"\xff"'))
    assert.is_nil((json.decode(("["):rep(5000))))
    assert.is_nil((json.decode ""))
  end)
end)
