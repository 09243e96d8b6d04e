--- Logging in before anything else (SASL): PLAIN with a password, EXTERNAL with the certificate of the connection.
--
--   local login = sasl.new { account = "decorum", password = "secret" }
--   login:start()                        "AUTHENTICATE PLAIN"
--   login:see("AUTHENTICATE", { "+" })   { "AUTHENTICATE ZGVjb3J1bQBkZWNvcnVtAHNlY3JldA==" }
--   login:see("903", { ... })            {}, "done"
--   login:see("904", { ... })            {}, "failed", "SASL authentication failed"

local sasl = {}
sasl.__index = sasl

local CHUNK = 400 -- bytes of base64 in a line
local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

---@param bytes string
---@return string
function sasl.base64(bytes)
  local encoded = {}
  for i = 1, #bytes, 3 do
    local a, b, c = bytes:byte(i, i + 2)
    local bits = a << 16 | (b or 0) << 8 | (c or 0)
    for place = 0, 3 do
      local digit = (bits >> (18 - 6 * place) & 63) + 1
      encoded[#encoded + 1] = (place == 2 and not b or place == 3 and not c) and "=" or DIGITS:sub(digit, digit)
    end
  end
  return table.concat(encoded)
end

---@param options { account: string?, password: string?, mechanism: string? }
---@return table
function sasl.new(options)
  return setmetatable({ options = options, mechanism = (options.mechanism or "PLAIN"):upper() }, sasl)
end

---Does the server's list of mechanisms have ours? A server that lists none may have it.
---@param list string the value of the capability
---@return boolean
function sasl:is_offered(list)
  return list == "" or ("," .. list:upper() .. ","):find("," .. self.mechanism .. ",", 1, true) ~= nil
end

---@return string line
function sasl:start()
  return "AUTHENTICATE " .. self.mechanism
end

local function answer(login)
  local options = login.options
  local account = options.account or ""
  local said = login.mechanism == "EXTERNAL" and account or account .. "\0" .. account .. "\0" .. (options.password or "")
  local encoded, lines = sasl.base64(said), {}
  for from = 1, #encoded, CHUNK do
    lines[#lines + 1] = "AUTHENTICATE " .. encoded:sub(from, from + CHUNK - 1)
  end
  if #encoded % CHUNK == 0 then -- also an empty one
    lines[#lines + 1] = "AUTHENTICATE +"
  end
  return lines
end

local failures = { ["902"] = true, ["904"] = true, ["905"] = true, ["906"] = true, ["907"] = true }

---@param command string
---@param params string[]
---@return string[] lines to send
---@return string? outcome "done" or "failed"
---@return string? why it failed, in the server's words
function sasl:see(command, params)
  if command == "AUTHENTICATE" and params[1] == "+" and not self.has_answered then
    self.has_answered = true
    return answer(self)
  elseif command == "AUTHENTICATE" and self.has_answered then
    return { "AUTHENTICATE *" } -- a challenge that these mechanisms do not have: 906 follows
  elseif command == "903" then
    return {}, "done"
  elseif failures[command] then
    return {}, "failed", params[#params] or "no reason given"
  end
  return {}
end

return sasl
