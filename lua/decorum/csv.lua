--- CSV as RFC 4180 has it, in a stream.
--
--   local rows = csv.reader(function(size) return handle:read(size) end, ",")
--   rows()    -- { "id", "text" }, 1          the first record is the header like any other; 1 is its line
--   rows()    -- { "7", "he said \"hi\"" }, 2
--   rows()    -- nil at the end; nil, what is wrong, and in which line, if it cannot be read
--
-- Lines end with CRLF or LF, the last one may have no end. A field that begins with a quotation mark ends with
-- one, has each mark inside it twice, and may hold separators and line ends; elsewhere a mark is a character
-- like others. Lines without a character are passed over, a byte order mark is too. Another number of fields
-- than the header's, text behind a closing mark, a quotation without an end, a NUL and a record longer than
-- RECORD_MAX are errors: a table that is read in two ways is measured in two ways.
--
-- HOW IT WORKS: the buffer begins with a record. Where it ends before the record does, it is filled to twice
-- its length, and the record is read from its beginning again: so a long field costs no more than twice its
-- length, and nothing needs to be remembered in the middle of a record.

local csv = {}

local CHUNK = 65536 -- bytes read at a time
local RECORD_MAX = 67108864 -- bytes of a record; what is longer is most likely a quotation mark that is not closed

---@class CsvSource
---@field read fun(size: integer): string? some bytes, at most so many; nil at the end
---@field buffer string
---@field from integer where in the buffer the next record begins
---@field line integer the number of its line
---@field ended boolean is everything in the buffer?
---@field bytes integer bytes read so far
---@field separator string
---@field field_end string pattern for what ends a field without quotation marks

-- Brings more bytes into the buffer, at least as many as the unread ones in it.
local function fill(source)
  local pieces = { source.buffer:sub(source.from) }
  local missing = math.max(CHUNK, #pieces[1])
  local is_first = source.bytes == 0
  while missing > 0 and not source.ended do
    local piece = source.read(CHUNK) or ""
    source.ended = piece == ""
    source.bytes = source.bytes + #piece
    missing = missing - #piece
    pieces[#pieces + 1] = piece
  end
  source.buffer, source.from = table.concat(pieces), 1
  if is_first then
    source.buffer = source.buffer:gsub("^\xEF\xBB\xBF", "")
  end
end

-- The fields of a line without quotation marks.
local function split(line, separator)
  local fields, from = {}, 1
  while true do
    local at = line:find(separator, from, true)
    if not at then
      fields[#fields + 1] = line:sub(from)
      return fields
    end
    fields[#fields + 1] = line:sub(from, at - 1)
    from = at + 1
  end
end

-- A field that begins with the quotation mark at `from`. Gives it and where the bytes behind its closing mark
-- begin; nil if there is no closing mark. At the end of the buffer it may turn out to be the first of two.
local function quoted_field(buffer, from)
  local at, has_marks = from + 1, false
  while true do
    local mark = buffer:find('"', at, true)
    if not mark then
      return nil
    elseif buffer:byte(mark + 1) ~= 34 then
      local field = buffer:sub(from + 1, mark - 1)
      return has_marks and field:gsub('""', '"') or field, mark + 1
    end
    has_marks, at = true, mark + 2
  end
end

-- Reads one field. Gives it, where the bytes behind it begin, and whether it is the record's last; nil if the
-- buffer ends first; nil, what is wrong and where if it is malformed.
local function read_field(source, from)
  local buffer = source.buffer
  local field, at
  if buffer:byte(from) ~= 34 then
    at = buffer:find(source.field_end, from) or source.ended and #buffer + 1
    if not at then
      return nil
    end
    field = buffer:sub(from, at - 1)
    if at > #buffer or buffer:byte(at) == 10 then
      field = field:gsub("\r$", "")
    end
  else
    field, at = quoted_field(buffer, from)
    if not field then
      return nil, source.ended and "a quotation mark that is not closed" or nil, from
    end
    at = buffer:match("^\r()\n", at) or source.ended and buffer:match("^\r()$", at) or at
    if not source.ended and #buffer <= at then
      return nil
    elseif at <= #buffer and not buffer:find("^" .. source.field_end, at) then
      return nil, "text behind a closing quotation mark", at
    end
  end
  return field, at + 1, at > #buffer or buffer:byte(at) == 10
end

-- Reads a record that has quotation marks. Gives its fields and where the next record begins; nil, what is wrong
-- and where.
local function read_record(source)
  local fields, from = {}, source.from
  while true do
    local field, after, is_last = read_field(source, from)
    if not field then
      return nil, after, is_last
    end
    fields[#fields + 1] = field
    if is_last then
      return fields, after
    end
    from = after
  end
end

-- The next record: its fields, and where the one behind it begins. Nil, what is wrong and where, if it cannot be
-- read.
local function next_record(source)
  while true do
    local buffer, from = source.buffer, source.from
    local stop = buffer:find("\n", from, true) or source.ended and #buffer + 1
    local line = stop and buffer:sub(from, stop - 1)
    if line and not line:find('"', 1, true) then
      return split(line:byte(-1) == 13 and line:sub(1, -2) or line, source.separator), stop + 1
    end
    local fields, after, where
    if line then
      fields, after, where = read_record(source)
    end
    if fields or after then
      return fields, after, where
    elseif #buffer - from >= RECORD_MAX then
      return nil, ("longer than %d bytes; is a quotation mark not closed?"):format(RECORD_MAX), from
    end
    fill(source)
  end
end

local function line_ends(text)
  local _, count = text:gsub("\n", "")
  return count
end

-- What is wrong with a record, and in which of its lines; nil if nothing is.
local function objection(source, record, fields, width)
  local nul = record:find("\0", 1, true)
  if nul then
    return "a NUL byte; the file must be text in UTF-8", source.line + line_ends(record:sub(1, nul))
  elseif width and #fields ~= width then
    return ("%d field%s, but the header has %d"):format(#fields, #fields == 1 and "" or "s", width), source.line
  end
end

---@param read fun(size: integer): string? the next bytes, at most so many; nil at the end
---@param separator string one byte: "," or a tab, say
---@return fun(): string[]?, any, any fields, line, bytes read so far; nil; or nil, why, line
function csv.reader(read, separator)
  local source = {
    read = read, buffer = "", from = 1, line = 1, ended = false, bytes = 0,
    separator = separator, field_end = "[\n" .. separator:gsub("%W", "%%%0") .. "]",
  }
  local width
  return function()
    while not (source.ended and source.from > #source.buffer) do
      local blank = source.buffer:match("^\r?\n()", source.from)
      if blank then
        source.from, source.line = blank, source.line + 1
      elseif source.from >= #source.buffer and not source.ended then
        fill(source)
      else
        local fields, after, at = next_record(source)
        if not fields then
          return nil, after, source.line + line_ends(source.buffer:sub(source.from, at))
        end
        local record = source.buffer:sub(source.from, after - 1)
        local why, where = objection(source, record, fields, width)
        if why then
          return nil, why, where
        end
        local line = source.line
        width = width or #fields
        source.from, source.line = after, line + line_ends(record)
        return fields, line, source.bytes
      end
    end
  end
end

return csv
