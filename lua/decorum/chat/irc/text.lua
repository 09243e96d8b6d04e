--- What people write, and what is written to them: bytes made UTF-8, formatting codes, CTCP, lines cut where they may be.
--
--   text.utf8 "caf\xE9"                 "café": a byte that is no UTF-8 is taken for Windows-1252
--   text.plain "\3" .. "4,1i\2diot\15"  "idiot": no colours, nothing bold
--   text.ctcp "\1ACTION waves\1"        "ACTION", "waves"
--   text.split("one two", 5)            { "one", "two" }

local text = {}

-- Windows-1252 from 0x80 to 0x9F (as in the WHATWG Encoding Standard); from 0xA0 on it is Latin-1.
local windows = {
  0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
  0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
}

---The same text if it is UTF-8; else each byte that belongs to no character as Windows-1252 has it. No byte is lost, and
---what somebody wrote with an old client can be read and judged.
---@param bytes string
---@return string
function text.utf8(bytes)
  local length, bad = utf8.len(bytes)
  if length then
    return bytes
  end
  local parts, from = {}, 1
  while bad do
    local byte = bytes:byte(bad)
    parts[#parts + 1] = bytes:sub(from, bad - 1)
    parts[#parts + 1] = utf8.char(windows[byte - 0x7F] or byte)
    from = bad + 1
    length, bad = utf8.len(bytes, from)
    if length then
      break
    end
  end
  parts[#parts + 1] = bytes:sub(from)
  return table.concat(parts)
end

---Without formatting codes (colours, bold, italic and so on) and other control characters but tabs.
---@param said string
---@return string
function text.plain(said)
  if not said:find "[%z\1-\8\10-\31\127]" then
    return said
  end
  said = said:gsub("\3(%d?%d?)(,?%d?%d?)", function(ink, paper)
    return ink ~= "" and paper:find "^,%d" and "" or paper -- a comma without a digit before and behind it is text
  end)
  said = said:gsub("\4(%x?%x?%x?%x?%x?%x?)(,?%x?%x?%x?%x?%x?%x?)", function(ink, paper)
    if #ink < 6 then
      return ink .. paper
    end
    return #paper == 7 and paper:byte() == 44 and "" or paper
  end)
  return (said:gsub("[%z\1-\8\10-\31\127]", ""))
end

---Of a CTCP message, its command in capitals and what follows; else nil.
---@param said string
---@return string?, string?
function text.ctcp(said)
  if said:byte() ~= 1 then
    return nil
  end
  local command, rest = said:match "^\1([^ \1]*) ?([^\1]*)"
  return command:upper(), rest
end

-- Where to cut: behind the last space that leaves at least half a line; else before a character.
local function cut(said, from, most)
  local last = from + most - 1
  for at = last + 1, from + most // 2, -1 do
    if said:byte(at) == 32 then
      return at - 1, at + 1
    end
  end
  while last > from and said:byte(last + 1) & 0xC0 == 0x80 do
    last = last - 1
  end
  return last, last + 1
end

---What is to be said, as lines of at most so many bytes: cut at line ends, between words where there are some, never
---within a character. Without NULs, and without the byte that would make it a CTCP message.
---@param said string
---@param most integer bytes, at least 4
---@param lines_most integer? more than so many lines end in an ellipsis
---@return string[] at least one, none of them empty
function text.split(said, most, lines_most)
  local lines = {}
  said = text.utf8(said):gsub("[%z\1]", "")
  for line in said:gmatch "[^\r\n]+" do
    local from = 1
    while #line - from + 1 > most do
      local last, next_from = cut(line, from, most)
      lines[#lines + 1] = line:sub(from, last)
      from = next_from
    end
    lines[#lines + 1] = line:sub(from)
  end
  for i = #lines, 1, -1 do
    if not lines[i]:find "%S" then
      table.remove(lines, i)
    end
  end
  if lines_most and #lines > lines_most then
    local last = text.split(lines[lines_most], math.max(most - 4, 4))[1]
    lines = table.move(lines, 1, lines_most - 1, 1, {})
    lines[lines_most] = last .. " …"
  end
  if not lines[1] then
    lines[1] = "…"
  end
  return lines
end

return text
