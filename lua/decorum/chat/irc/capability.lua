--- Capabilities (CAP 302): what both sides know, asked for before the server lets the bot in.
--
--   local caps = capability.new()
--   caps:start()                                          { "CAP LS 302" }
--   caps:see { "*", "LS", "*", "server-time batch" }      {}: more comes
--   caps:see { "*", "LS", "sasl=PLAIN" }                  { "CAP REQ :batch sasl server-time" }
--   caps:see { "*", "ACK", "batch sasl server-time" }     {}, "settled": nothing is asked for any more
--   caps:has "batch"                                      true
--
-- "settled" is told once: then SASL may begin, and CAP END ends. What a server offers later (CAP NEW) is asked for,
-- what it takes back (CAP DEL) is gone.

local capability = {}
capability.__index = capability

local wanted = {
  "account-notify", "account-tag", "batch", "chghost", "echo-message", "extended-join", "message-tags", "multi-prefix", "sasl",
  "server-time", "setname", "userhost-in-names",
}
local is_wanted = {}
for _, name in ipairs(wanted) do
  is_wanted[name] = true
end

local LINE_MOST = 400 -- bytes of names in one REQ: fits any line

---@param without_sasl boolean? nothing to log in with: sasl is not asked for
---@return table
function capability.new(without_sasl)
  return setmetatable({ offered = {}, enabled = {}, asked = {}, without_sasl = without_sasl }, capability)
end

---@return string[]
function capability.start()
  return { "CAP LS 302" }
end

---@param name string
---@return boolean
function capability:has(name)
  return self.enabled[name] == true
end

---The value that came with a capability, "" if none did, nil if it is not offered.
---@param name string
---@return string?
function capability:value(name)
  return self.offered[name]
end

-- The names and values in a list.
local function each(list)
  return list:gmatch "([^ =]+)=?([^ ]*)"
end

-- Keeps what is offered of what is wanted: a server may offer anything.
local function offer(caps, list)
  for name, value in each(list) do
    if is_wanted[name] then
      caps.offered[name] = value
    end
  end
end

-- Asks for those of the names that are wanted and not asked for already.
local function request(caps, names)
  local lines, batch, length = {}, {}, 0
  local function flush()
    if batch[1] then
      lines[#lines + 1] = "CAP REQ :" .. table.concat(batch, " ")
      batch, length = {}, 0
    end
  end
  for _, name in ipairs(names) do
    if length + #name + 1 > LINE_MOST then
      flush()
    end
    batch[#batch + 1], length = name, length + #name + 1
    caps.asked[name] = true
  end
  flush()
  return lines
end

local function missing(caps)
  local names = {}
  for _, name in ipairs(wanted) do
    if caps.offered[name] and not caps.enabled[name] and not caps.asked[name] and not (name == "sasl" and caps.without_sasl) then
      names[#names + 1] = name
    end
  end
  return names
end

local read = {}

function read.LS(caps, list, more)
  offer(caps, list)
  if more then
    return {}
  end
  caps.has_listed = true
  return request(caps, missing(caps))
end

function read.NEW(caps, list)
  offer(caps, list)
  return request(caps, missing(caps))
end

function read.DEL(caps, list)
  for name in each(list) do
    caps.offered[name], caps.enabled[name], caps.asked[name] = nil, nil, nil
  end
  return {}
end

function read.ACK(caps, list)
  for name in list:gmatch "[^ ]+" do
    local is_off = name:byte() == 45
    name = name:gsub("^[-~=]+", "")
    caps.asked[name] = nil
    caps.enabled[name] = is_wanted[name] and not is_off or nil
  end
  return {}
end

-- A request is refused as a whole: each of several names is asked for again, alone.
function read.NAK(caps, list)
  local names = {}
  for name in each(list) do
    if caps.asked[name] then
      names[#names + 1] = name
    end
  end
  local lines = {}
  for _, name in ipairs(names) do
    caps.asked[name] = nil
    if #names > 1 then
      table.move(request(caps, { name }), 1, 1, #lines + 1, lines)
    else
      caps.offered[name] = nil
    end
  end
  return lines
end

---Reads a CAP line's parameters.
---@param params string[] who it is for, the subcommand, perhaps *, the list
---@return string[] lines to send
---@return string? "settled", once, when all that was asked for is answered
function capability:see(params)
  local subcommand, list = (params[2] or ""):upper(), params[#params]
  local reads = read[subcommand]
  if not reads or #params < 3 then
    return {}
  end
  local lines = reads(self, list, #params > 3 and params[3] == "*")
  if self.has_listed and not self.is_settled and next(self.asked) == nil then
    self.is_settled = true
    return lines, "settled"
  end
  return lines
end

return capability
