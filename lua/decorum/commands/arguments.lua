--- What stands behind a command's name, taken word by word.
--
--     local arguments = Arguments.of '1h @"ann lee" spam and more'
--     arguments:duration()     -- 3600; nil, and nothing is taken, if the next word is none
--     arguments:who()          -- { text = "ann lee", is_exact = true }
--     arguments:words()        -- "spam and more"

local failure = require "decorum.failure"

---@class Arguments
---@field rest string what is not taken yet
local Arguments = {}
Arguments.__index = Arguments

local SECONDS = { s = 1, m = 60, h = 3600, d = 86400, w = 604800 }
local DURATION_MOST = 365 * 86400 -- a longer one is meant to have no end
local TEXT_MOST = 2000 -- bytes: what people read, and not a file

---@param text string
---@return Arguments
function Arguments.of(text)
  return setmetatable({ rest = text:match "^%s*(.*)$" }, Arguments)
end

---The next word, which stays.
---@return string?
function Arguments:peek()
  return self.rest:match "^(%S+)"
end

---@return string?
function Arguments:word()
  local word, rest = self.rest:match "^(%S+)%s*(.*)$"
  self.rest = rest or ""
  return word
end

---@class Who
---@field text string as they were called
---@field is_exact boolean? between quotation marks: nothing of it is left out
---@field is_id boolean? a platform's way to name an id

---@return Who?
function Arguments:who()
  local mention, rest = self.rest:match '^@?"([^"]+)"%s*(.*)$'
  if mention then
    self.rest = rest
    return { text = mention, is_exact = true }
  end
  local word = self:word()
  local id = word and word:match "^<@!?([^<>]+)>[,:]?$"
  if id then
    return { text = id, is_id = true }
  end
  return word and { text = word:match "^(.-.)[,:]?$" }
end

---@return number? seconds
function Arguments:duration()
  local word = self:peek()
  local text = word and word:lower()
  if not text or text:gsub("%d+[smhdw]", "") ~= "" then
    return nil
  end
  local seconds = 0
  for count, unit in text:gmatch "(%d+)(%a)" do
    seconds = seconds + tonumber(count) * SECONDS[unit]
  end
  if seconds < 1 then
    failure.raise("duration", "that is no time at all: it takes 1 s at least, as in 30s, 10m, 2h, 1d12h, 1w")
  elseif seconds > DURATION_MOST then
    failure.raise("duration", "that is too long: 365 d at most; without a time it lasts until somebody lifts it")
  end
  self:word()
  return seconds
end

-- A number of a case or a review; nil if it is none.
local function number_of(digits)
  if digits and #digits > 15 then
    failure.raise("number", "there is none with so large a number")
  end
  return digits and math.tointeger(tonumber(digits))
end

---@return integer?
function Arguments:number()
  local word = self:peek()
  local number = number_of(word and word:match "^#?(%d+)[.,:]?$")
  if number then
    self:word()
  end
  return number
end

---@return integer? first
---@return integer? last
function Arguments:range()
  local word = self:peek()
  local from, to = (word or ""):match "^#?(%d+)%-#?(%d+)$"
  local first, last = number_of(from), number_of(to)
  if first then
    self:word()
  end
  return first, last
end

---All that is left, on one line; nil if nothing in it can be seen.
---@return string?
function Arguments:words()
  local text = self.rest:gsub("%s+", " "):match "^ ?(.-) ?$"
  if #text > TEXT_MOST then
    failure.raise("text", ("that is too long: %d bytes at most"):format(TEXT_MOST))
  end
  self.rest = ""
  return text:find "[^%c ]" and text or nil
end

return Arguments
