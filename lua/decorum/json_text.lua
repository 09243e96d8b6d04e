--- Values as JSON, in an order that is given.
--
--   json_text.value(0.1)                                     -- 0.1: as many digits as bring it back, up to 17
--   json_text.value(nil)                                     -- null, as are NaN and the infinities
--   json_text.object { { "a", "1" }, { "b", '"x"' } }        -- {"a":1,"b":"x"}: names, and values that are JSON

local json = require "host.json"

local json_text = {}

---@param value nil|boolean|number|string
---@return string
function json_text.value(value)
  if value == nil then
    return "null"
  elseif type(value) == "string" then
    return json.quote(value)
  elseif math.type(value) == "float" then
    if value ~= value or math.abs(value) == math.huge then
      return "null"
    end
    local short = ("%.15g"):format(value)
    return tonumber(short) == value and short or ("%.17g"):format(value)
  end
  return tostring(value)
end

---@param members { [1]: string, [2]: string }[] name, value as JSON
---@param separator string? between two members
---@return string
function json_text.object(members, separator)
  local texts = {}
  for i, member in ipairs(members) do
    texts[i] = json.quote(member[1]) .. ":" .. member[2]
  end
  return "{" .. table.concat(texts, separator or ",") .. "}"
end

return json_text
