-- The reader of CSV.
local csv = require "decorum.csv"

-- The records of a text as { line, fields... }; or the records before an error, and the error.
local function read(text, separator)
  local from = 1
  local rows = csv.reader(function(size)
    local piece = text:sub(from, from + size - 1)
    from = from + size
    return piece ~= "" and piece or nil
  end, separator or ",")
  local records = {}
  local fields, line, where = rows()
  while fields do
    records[#records + 1] = { line, table.unpack(fields) }
    fields, line, where = rows()
  end
  return records, line and ("%d: %s"):format(where, line)
end

describe("CSV", function()
  it("is fields and lines", function()
    assert.same({ { 1, "a", "b" }, { 2, "1", "" }, { 3, "", "" } }, (read "a,b\n1,\n,\n"))
    assert.same({ { 1, "a", "b" }, { 2, "1", "2" } }, (read "a,b\r\n1,2"))
    assert.same({ { 1, "a", "b" }, { 2, "1", "2" } }, (read "a,b\r\n1,2\r"))
    assert.same({ { 1, "a" } }, (read "a"))
  end)
  it("may be nothing at all", function()
    assert.same({}, (read ""))
    assert.same({}, (read "\n\r\n"))
  end)
  it("has quoted fields, with marks, separators and line ends in them", function()
    local text = 'id,text\r\n1,"he said ""hi"", and left"\r\n2,"two\nlines\r\nor three"\r\n3,""\r\n"4","""",'
    assert.same({ { 1, "id", "text" }, { 2, "1", 'he said "hi", and left' }, { 3, "2", "two\nlines\r\nor three" },
      { 6, "3", "" } }, (read(text)))
    assert.same({ { 1, '"' }, { 2, "" }, { 3, ",\n" } }, (read '""""\n""\n",\n"'))
  end)
  it("takes a mark inside a field as a character", function()
    assert.same({ { 1, '5" pipe', 'a""b' } }, (read '5" pipe,a""b'))
  end)
  it("passes over empty lines and a byte order mark, and counts the lines", function()
    assert.same({ { 1, "a", "b" }, { 4, "1", "2" } }, (read "\xEF\xBB\xBFa,b\r\n\r\n\n1,2\n\n"))
    assert.same({ { 1, "a,b" } }, (read '\xEF\xBB\xBF"a,b"'))
  end)
  it("may have other separators", function()
    assert.same({ { 1, "a,b", "c\td" } }, (read('a,b\t"c\td"', "\t")))
    assert.same({ { 1, "a", "b^" } }, (read('"a"^"b^"', "^")))
    assert.same({ { 1, "a", "]" } }, (read('"a"]"]"', "]")))
  end)
  it("keeps what is no UTF-8, and lone carriage returns in a line", function()
    assert.same({ { 1, "\xff", "a\rb" } }, (read "\xff,a\rb"))
  end)
end)

describe("CSV is refused, with its line,", function()
  local function refused(text, why)
    local _, error_ = read(text)
    assert.equal(why, error_)
  end
  it("if it is ragged", function()
    refused("a,b\n1,2\n\n1,2,3\n", "4: 3 fields, but the header has 2")
    refused('a,b\n"1\n\n"\n', "2: 1 field, but the header has 2")
  end)
  it("if a quotation mark is not closed, or is closed too early", function()
    refused('a,b\n1,2\n"3\n",\n4,"5\n6\n', "5: a quotation mark that is not closed")
    refused('a,b\n"1" ,2\n', "2: text behind a closing quotation mark")
    refused('a,b\n1,"2\n3"4\n', "3: text behind a closing quotation mark")
    refused('a,"b"\rc', "1: text behind a closing quotation mark")
  end)
  it("if it has a NUL", function()
    refused('a,b\n1,"2\n\0"\n', "3: a NUL byte; the file must be text in UTF-8")
    refused("\xFF\xFEa\0,\0b\0\n\0", "1: a NUL byte; the file must be text in UTF-8")
  end)
  it("if a record has no end in sight", function()
    local first = true
    local rows = csv.reader(function(size)
      local piece = (first and 'a\n"' or "") .. ("x"):rep(size - 3)
      first = false
      return piece
    end, ",")
    assert.same({ "a" }, (rows()))
    local fields, why, line = rows()
    assert.is_nil(fields)
    assert.equal("longer than 67108864 bytes; is a quotation mark not closed?", why)
    assert.equal(2, line)
  end)
end)

it("CSV is the same wherever the buffer happens to end", function()
  -- The buffer is filled in steps of 65536 bytes: each byte of `tail` comes to stand first in a step.
  local tail = '","a""b"""\r\n"c,\r\n",\r\n\r\n"""",d\r\n"e\n","f"\r\n'
  for shift = 0, #tail + 2 do
    local long = ("x"):rep(65536 - shift)
    assert.same({ { 1, long .. ",", 'a"b"' }, { 2, "c,\r\n", "" }, { 5, '"', "d" }, { 6, "e\n", "f" } },
      (read('"' .. long .. "," .. tail:gsub('^","', '","'))))
  end
end)

it("CSV with fields of some megabytes is read in time that grows with their length alone", function()
  local text = ('word ""quoted"" and, \r\n'):rep(400000)
  local records = read('id,text\n1,"' .. text .. '"\n2,' .. ("y"):rep(5000000) .. "\n")
  assert.equal(text:gsub('""', '"'), records[2][3])
  assert.equal(5000000, #records[3][3])
  assert.equal(400003, records[3][1])
end)
