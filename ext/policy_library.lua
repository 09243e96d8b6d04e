--[[
policy_library.lua: what a policy can call, compiled into the extension.

It runs first in each new Lua state and is trusted. Everything here must be bounded and give the same on
every machine; what is not in `library` a policy cannot reach.

Called with the SQL function dice. Returns the library, the set of what `policy` was called with, two functions
that its sisters share: frozen(t, name) and plain(value), and a table whose `facts`, a list, is given the facts
that the cooldowns made by a policy go by.
]]
local dice = ...

local error, find, format, gsub, rep = error, string.find, string.format, string.gsub, string.rep
local next, select, setmetatable, sort, tostring, type = next, select, setmetatable, table.sort, tostring, type

local MAX_TEXT = 1048576 -- bytes that one call of rep may make

-- Something that can be read like t, and not be written.
local function frozen(t, name)
  return setmetatable({}, {
    __index = t,
    __newindex = function()
      error(name .. " is read-only", 2)
    end,
  })
end

-- Stands for SQL's NULL where nil cannot be written: in the facts of a test, in what it expects, in a decision.
local function refuse_null()
  error("null has no fields", 2)
end
local null = setmetatable({}, { __index = refuse_null, __newindex = refuse_null })

local function plain(value)
  local kind = type(value)
  if value ~= value then
    return "nan" -- its sign would differ from machine to machine
  elseif value == null then
    return "null"
  elseif kind == "string" or kind == "number" or kind == "boolean" or kind == "nil" then
    return tostring(value)
  end
  return kind -- an address would differ from run to run
end

-- What a policy can call ---------------------------------------------------------------------------

local function key_before(a, b)
  local a_kind, b_kind = type(a), type(b)
  if a_kind ~= b_kind then
    return a_kind < b_kind
  end
  return a < b
end

-- pairs in the order of the keys: numbers, then strings. The order of `next` is not the same on
-- every machine.
local function ordered_pairs(t)
  local keys = {}
  for key in next, t do
    if type(key) ~= "string" and type(key) ~= "number" then
      error("pairs: keys must be numbers or strings, not " .. type(key), 2)
    end
    keys[#keys + 1] = key
  end
  sort(keys, key_before)
  local i = 0
  return function()
    i = i + 1
    local key = keys[i]
    if key ~= nil then
      return key, t[key]
    end
  end
end

local safe_string = {
  byte = string.byte,
  char = string.char,
  len = string.len,
  lower = string.lower,
  reverse = string.reverse,
  sub = string.sub,
  upper = string.upper,
  find = function(s, needle, init)
    return find(s, needle, init, true)
  end,
  rep = function(s, n, separator)
    local size = #s + #(separator or "")
    if size == 0 then
      return ""
    elseif n > MAX_TEXT // size then
      error("string.rep: the result must be at most 1 MiB", 2)
    end
    return rep(s, n, separator)
  end,
  format = function(template, ...)
    if find(gsub(template, "%%%%", ""), "%%[^%%a-zA-Z]*p") then
      error("string.format: %p is not available", 2)
    end
    local values = { ... }
    for i = 1, select("#", ...) do
      local value = values[i]
      values[i] = type(value) ~= "number" and plain(value) or value == value and value or math.abs(value)
    end
    return format(template, table.unpack(values, 1, select("#", ...)))
  end,
}

local safe_math = {}
for name, value in next, math do
  if name ~= "random" and name ~= "randomseed" then
    safe_math[name] = value
  end
end

local safe_table = {
  concat = table.concat,
  insert = table.insert,
  pack = table.pack,
  remove = table.remove,
  sort = table.sort,
  unpack = table.unpack,
}

local safe_utf8 = { char = utf8.char, codepoint = utf8.codepoint, codes = utf8.codes, len = utf8.len, offset = utf8.offset }

local MAX_COOLDOWNS = 100

local noted = {} -- `facts`: those that the cooldowns of the policy which is being loaded go by

-- True while fact `name` (a time) lies at most `rest` seconds back; rest may be a fact's name.
local function cooldown(name, rest)
  if type(name) ~= "string" then
    error("cooldown: its first argument must be the name of a fact that is a time, not " .. plain(name), 2)
  elseif type(rest) ~= "string" and not (type(rest) == "number" and rest >= 0) then
    error("cooldown: its second argument must be seconds, such as minutes(5), or the name of a fact, not " .. plain(rest), 2)
  end
  local facts = noted.facts
  if facts and #facts < 3 * MAX_COOLDOWNS then
    facts[#facts + 1], facts[#facts + 2], facts[#facts + 3] = "now", name, type(rest) == "string" and rest or "now"
  end
  return function(f)
    local last, seconds = f[name], rest
    if type(rest) == "string" then
      seconds = f[rest]
    end
    return last ~= nil and f.now - last <= seconds
  end
end

-- A function that gives so many times n seconds.
local function times(name, seconds)
  return function(n)
    if type(n) ~= "number" then
      error(name .. " takes a number, not " .. plain(n), 2)
    end
    return n * seconds
  end
end

local described = setmetatable({}, { __mode = "k" }) -- what `policy` was called with

local library = {
  assert = assert,
  cooldown = cooldown,
  days = times("days", 86400),
  dice = dice,
  error = error,
  hours = times("hours", 3600),
  ipairs = ipairs,
  math = frozen(safe_math, "math"),
  minutes = times("minutes", 60),
  null = null,
  pairs = ordered_pairs,
  policy = function(description)
    if type(description) ~= "table" then
      error("policy { ... } takes one table, not " .. type(description), 2)
    end
    described[description] = true
    return description
  end,
  select = select,
  string = frozen(safe_string, "string"),
  table = frozen(safe_table, "table"),
  tonumber = tonumber,
  tostring = plain,
  type = type,
  utf8 = frozen(safe_utf8, "utf8"),
}

getmetatable("").__index = library.string -- ("x"):upper() sees the safe functions too

return library, described, frozen, plain, noted
