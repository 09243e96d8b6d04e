--- What is kept of a text to know spam by, also when the text itself is gone: a key that is the same for texts that say
--- the same, and how many links it has.

local likeness = {}

local LENGTH_MIN = 12 -- characters of what is compared: "thank you!" is nobody's spam

-- Bytes of letters, also of those that are not ASCII.
local letter = {}
for byte = 0, 255 do
  letter[byte] = byte >= 0x80 or string.char(byte):find "%a" ~= nil
end

---The key: SQL that makes a number of what said() gives, or NULL of nil: 47 bits, which are six bytes in the file. The text
---cannot be read from it, but a guess can be checked.
---@param parameter string of the statement, such as "?6"
---@return string
function likeness.key(parameter)
  return ("iif(%s IS NULL, NULL, CAST(dice(%s) * 140737488355328 AS INTEGER))"):format(parameter, parameter)
end

---What of a text is compared. What stands before its first letter and behind its last makes no difference, nor does what fold() evens
---out: "Buy NOW, 50% off!! (17)" says the same as "buy now, 50% OFF". Numbers within do: lines of a program's output that
---somebody pastes are not the same.
---@param folded string the text as the SQL function fold() gives it
---@return string? nil if the text is too short to tell
function likeness.said(folded)
  local first, last = 1, #folded
  while first <= last and not letter[folded:byte(first)] do
    first = first + 1
  end
  while last > first and not letter[folded:byte(last)] do
    last = last - 1
  end
  if last - first + 1 < LENGTH_MIN or utf8.len(folded, first, last) < LENGTH_MIN then
    return nil
  end
  return folded:sub(first, last)
end

---How many links a text has: http://, https://, or www. without either.
---@param text string
---@return integer
function likeness.links(text)
  if not (text:find("://", 1, true) or text:find("www.", 1, true) or text:find("WWW.", 1, true)) then
    return 0
  end
  text = text:lower()
  local _, schemes = text:gsub("https?://[^%s/]", "")
  local _, hosts = text:gsub("%f[%w/]www%.%w", "")
  return schemes + hosts
end

return likeness
