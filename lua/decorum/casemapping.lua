--- When are two nicks, or two names of channels, the same? Each server says by which casemapping.
--
--   casemapping.rfc1459 "Ann[x]"    "ann{x}": to IRC's first servers []\^ were the capitals of {}|~
--   casemapping.ascii "Ann[x]"      "ann[x]"
--
-- Bytes above 127 stay as they are. The ranges are of bytes, whatever the locale.

local casemapping = {}

local capitals = {}
for byte = 65, 90 do
  capitals[string.char(byte)] = string.char(byte + 32)
end
local brackets = { ["["] = "{", ["]"] = "}", ["\\"] = "|" }
local all = { ["^"] = "~" }
for capital, small in pairs(capitals) do
  brackets[capital], all[capital] = small, small
end
for _, bracket in ipairs { "[", "]", "\\" } do
  all[bracket] = brackets[bracket]
end

---@param text string
---@return string
function casemapping.ascii(text)
  return (text:gsub("[A-Z]", capitals))
end

---@param text string
---@return string
function casemapping.rfc1459(text)
  return (text:gsub("[A-Z%[%]\\^]", all))
end

-- As rfc1459, but ^ and ~ are two.
casemapping["rfc1459-strict"] = function(text)
  return (text:gsub("[A-Z%[%]\\]", brackets))
end
casemapping["strict-rfc1459"] = casemapping["rfc1459-strict"]

return casemapping
