--- What a server can do, as it says in 005 (ISUPPORT).
--
--   local server = isupport.new(function(what, fields) log.warn(what, fields) end)
--   server:see { "decorum", "PREFIX=(qaohv)~&@%+", "CHANMODES=beI,k,l,imnst", "CASEMAPPING=ascii", "are supported by this server" }
--   server.fold "Ann"                 "ann"
--   server:rank "@"                   2
--   server:kind_of "b"                "list"
--   server:is_channel "#lobby"        true
--   server:has_quiet_list()           false
--
-- A server is not believed everything: what cannot be (absurd numbers, a mode that is two things, no operators at all)
-- is said once and the safe default stays. A list mode that is also a prefix is a prefix: setting it with a mask might
-- make somebody an owner. So q is a list of the silenced only where it is nothing else.

local casemapping = require "decorum.casemapping"

local isupport = {}
isupport.__index = isupport

local PREFIX, CHANMODES = "(ov)@+", "b,k,l,imnpst"

-- Numbers: the name of the field, the default, the least and the most that is believed.
local numbers = {
  NICKLEN = { "nick_most", 30, 1, 512 },
  TOPICLEN = { "topic_most", 300, 1, 8000 },
  LINELEN = { "line_most", 512, 512, 8191 },
  MODES = { "modes_most", 3, 1, 100 },
}
local MODES_MOST = 12 -- in one line, even where the server knows no limit

local function parse_prefix(value)
  local modes, symbols = value:match "^%((%a+)%)(%p+)$"
  if not modes or #modes ~= #symbols then
    return nil
  end
  local found = { modes = modes, symbols = symbols, mode_of = {}, symbol_of = {} }
  for i = 1, #modes do
    local mode, symbol = modes:sub(i, i), symbols:sub(i, i)
    if found.symbol_of[mode] or found.mode_of[symbol] or symbol:find "[#:!*?,]" then
      return nil
    end
    found.symbol_of[mode], found.mode_of[symbol] = symbol, mode
  end
  -- Without operators, or with a voice above them, nothing could be told of anybody's rank.
  local operator, voice = modes:find("o", 1, true), modes:find("v", 1, true)
  if not operator or (voice and voice < operator) then
    return nil
  end
  return found
end

-- The kind of each mode, by the four groups of CHANMODES.
local kinds = { "list", "always", "set", "flag" }

local function parse_modes(value)
  local groups, found = {}, {}
  for group in (value .. ","):gmatch "([^,]*)," do
    groups[#groups + 1] = group
  end
  if #groups < 4 or value:find "[^%a,]" then
    return nil
  end
  for i, kind in ipairs(kinds) do
    for mode in groups[i]:gmatch "." do
      if found[mode] then
        return nil
      end
      found[mode] = kind
    end
  end
  return found
end

---@param complain fun(what: string, fields: table)
---@return table
function isupport.new(complain)
  local server = setmetatable({
    tokens = {},
    fold = casemapping.rfc1459,
    casemapping = "rfc1459",
    channel_types = "#&",
    status_symbols = "",
    prefix = parse_prefix(PREFIX),
    modes = parse_modes(CHANMODES),
    extban = nil,
    targets_most = {},
    complain = complain,
    complained = {},
  }, isupport)
  for _, number in pairs(numbers) do
    server[number[1]] = number[2]
  end
  return server
end

-- Says once what is not believed.
local function doubt(server, name, value)
  if not server.complained[name] then
    server.complained[name] = true
    server.complain("the server says what cannot be; the default stays", { token = name, value = value:sub(1, 100) })
  end
end

local read = {}

function read.CASEMAPPING(server, value)
  local name = value:lower()
  local fold = casemapping[name]
  if not fold then
    doubt(server, "CASEMAPPING", value)
  elseif server.is_settled and name ~= server.casemapping then
    doubt(server, "CASEMAPPING", value) -- people are known by it already
  else
    server.fold, server.casemapping = fold, name
  end
end

function read.CHANTYPES(server, value)
  if value:find "^[#&!+~]+$" then
    server.channel_types = value
  else
    doubt(server, "CHANTYPES", value)
  end
end

function read.PREFIX(server, value)
  local found = parse_prefix(value)
  if not found or (server.is_settled and value ~= server.tokens.PREFIX) then
    return doubt(server, "PREFIX", value)
  end
  server.prefix = found
end

function read.CHANMODES(server, value)
  local found = parse_modes(value)
  if found and found.b == "list" then
    server.modes = found
  else
    doubt(server, "CHANMODES", value)
  end
end

function read.EXTBAN(server, value)
  local symbol, letters = value:match "^([^%w,:]?),(%a+)$"
  if symbol then
    server.extban = { symbol = symbol, letters = letters }
  else
    doubt(server, "EXTBAN", value)
  end
end

function read.STATUSMSG(server, value)
  if value:find "^%p*$" and not value:find "[#:]" then
    server.status_symbols = value
  else
    doubt(server, "STATUSMSG", value)
  end
end

function read.TARGMAX(server, value)
  for command, most in value:gmatch "(%a+):(%d*)" do
    server.targets_most[command:upper()] = math.tointeger(tonumber(most))
  end
end

local function read_number(server, name, value)
  local field, default, least, most = table.unpack(numbers[name])
  local number = #value <= 9 and value:find "^%d+$" and math.tointeger(tonumber(value))
  if name == "MODES" and value == "" then
    server[field] = MODES_MOST -- as many as one likes
  elseif number and number >= least and number <= most then
    server[field] = name == "MODES" and math.min(number, MODES_MOST) or number
  else
    server[field] = default
    doubt(server, name, value)
  end
end

-- A token that is taken back: its default again. Who is known by a mapping or a prefix stays known by it.
local function forget(server, name)
  server.tokens[name] = nil
  if numbers[name] then
    server[numbers[name][1]] = numbers[name][2]
  elseif name == "CHANMODES" then
    server.modes = parse_modes(CHANMODES)
  elseif name == "EXTBAN" then
    server.extban = nil
  elseif name == "STATUSMSG" then
    server.status_symbols = ""
  elseif name == "TARGMAX" then
    server.targets_most = {}
  end
end

local function unescape(value)
  return (value:gsub("\\x(%x%x)", function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

---Reads the parameters of a 005.
---@param params string[] our nick, the tokens, and words for people
function isupport:see(params)
  for i = 2, #params - 1 do
    local name, value = params[i]:match "^(%-?[%a%d]+)=?(.*)$"
    if name and name:byte() == 45 then
      forget(self, name:sub(2):upper())
    elseif name then
      name, value = name:upper(), unescape(value)
      if read[name] then
        read[name](self, value)
      elseif numbers[name] then
        read_number(self, name, value)
      end
      self.tokens[name] = value
    end
  end
end

---From now on people are known by the server's casemapping: it stays.
function isupport:settle()
  self.is_settled = true
end

---What a mode is: "prefix" (a rank), "list", "always" (has an argument, also when it goes), "set" (has one when it is
---set), "flag" (never), or nil if nobody knows.
---@param mode string
---@return string?
function isupport:kind_of(mode)
  return self.prefix.symbol_of[mode] and "prefix" or self.modes[mode]
end

---Is there a list of those who may not speak (+q)?
---@return boolean
function isupport:has_quiet_list()
  return self:kind_of "q" == "list"
end

---@param letter string
---@return boolean
function isupport:has_extban(letter)
  return self.extban ~= nil and self.extban.letters:find(letter, 1, true) ~= nil
end

---What a prefix is worth: 3 above operators, 2 an operator, 1 below them and above voice, 0 else.
---@param symbol string
---@return integer
function isupport:rank(symbol)
  local at = self.prefix.symbols:find(symbol, 1, true)
  if not at or symbol == "" then
    return 0
  end
  local operator = self.prefix.modes:find("o", 1, true)
  local voice = self.prefix.modes:find("v", 1, true) or operator + 2 -- below it, but for one: h
  return at < operator and 3 or at == operator and 2 or at < voice and 1 or 0
end

---@param name string
---@return boolean
function isupport:is_channel(name)
  return name ~= "" and self.channel_types:find(name:sub(1, 1), 1, true) ~= nil
end

---@param most integer
---@param command string
---@return integer how many targets a command may have
function isupport:targets(command, most)
  return math.max(math.min(self.targets_most[command] or most, most), 1)
end

return isupport
