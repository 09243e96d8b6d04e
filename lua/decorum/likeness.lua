--- What is kept of a text to know spam by, also when the text itself is gone: a number that is the same for texts that
--- say the same, and how many links it has.

local system = require "host.system"

local likeness = {}

local LENGTH_MIN = 12 -- of what is compared: "thank you!" is nobody's spam

---The key of a text. White space, punctuation and a number at either end make no difference: "Buy NOW -- 50% off! (17)" says
---the same as "buy now: 50 off". Numbers within do: lines of a program's output that somebody pastes are not the same.
---The text cannot be read from the key, but a guess can be checked.
---@param folded string the text as the SQL function fold() gives it
---@return integer? key 47 bits, which are six bytes in the file; nil if the text is too short to tell
function likeness.key(folded)
  local said = folded:gsub("[%s%p]+", ""):gsub("^%d+", ""):gsub("%d+$", "")
  if #said < LENGTH_MIN or utf8.len(said) < LENGTH_MIN then
    return nil
  end
  return tonumber(system.hash(said):sub(1, 12), 16) >> 1
end

---How many links a text has: http://, https://, or www. without either.
---@param text string
---@return integer
function likeness.links(text)
  if not text:find("[.:][%w/]") then
    return 0
  end
  text = text:lower()
  local _, schemes = text:gsub("https?://[^%s/]", "")
  local _, hosts = text:gsub("%f[%w/]www%.%w", "")
  return schemes + hosts
end

return likeness
