--[[
policy_library.lua: what a policy can call, compiled into the extension.

It runs first in each new Lua state and is trusted. Everything here must be bounded and give the same on
every machine; what is not in `library` a policy cannot reach.

Called with the SQL function dice, the functions of bounded.c, and those of regex_lua.c. Returns the library, and what
its sisters share: frozen(t, name), plain(value), the table `noted`, and contents(t).
]]
local dice, bounded, re = ...

local error, getmetatable, setmetatable, tostring, type = error, getmetatable, setmetatable, tostring, type
local keys_of = bounded.keys

-- Something that can be read like t, and not be written.
local function frozen(t, name)
  return setmetatable({}, {
    __index = t,
    __newindex = function()
      error(name .. " is read-only", 2)
    end,
    contents = t,
  })
end

-- The table that holds what is read from t: another one, if t was made read-only.
local function contents(t)
  local meta = getmetatable(t)
  return meta and meta.contents or t
end

-- Stands for SQL's NULL where nil cannot be written: in the facts of a test, in what it expects, in a decision.
local function refuse_null()
  error("null has no fields", 2)
end
local null = setmetatable({}, { __index = refuse_null, __newindex = refuse_null, __name = "null" })

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

-- pairs in the order of the keys: numbers, then strings. The order of `next` is not the same on
-- every machine.
local function ordered_pairs(t)
  if type(t) ~= "table" then
    error("pairs: a table is needed, not " .. plain(t), 2)
  end
  local keys, kind = keys_of(contents(t))
  if not keys then
    error("pairs: keys must be numbers or strings, not " .. kind, 2)
  end
  local i = 0
  return function()
    i = i + 1
    local key = keys[i]
    if key ~= nil then
      return key, t[key]
    end
  end
end

-- Whoever reads a message wants text.
local function raise(message, level)
  if type(message) ~= "string" then
    message = type(message) == "number" and plain(message) or "error(" .. plain(message) .. ")"
  end
  if type(level) ~= "number" then
    level = 1
  end
  error(message, level == 0 and 0 or level + 1)
end

local function check(value, ...)
  if value then
    return value, ...
  end
  local message = ...
  raise(message == nil and "assertion failed!" or message, type(message) == "string" and 0 or 2)
end

local safe_string = {
  byte = string.byte,
  char = string.char,
  find = bounded.find,
  format = bounded.format,
  len = string.len,
  lower = bounded.lower,
  rep = bounded.rep,
  reverse = bounded.reverse,
  sub = string.sub,
  upper = bounded.upper,
}

local safe_math = {}
for name, value in next, math do
  if name ~= "random" and name ~= "randomseed" then
    safe_math[name] = value
  end
end

local safe_table = {
  concat = bounded.concat,
  insert = bounded.insert,
  pack = table.pack,
  remove = bounded.remove,
  sort = bounded.sort,
  unpack = bounded.unpack,
}

local safe_utf8 = {
  char = utf8.char,
  codepoint = bounded.utf8_codepoint,
  codes = utf8.codes,
  len = bounded.utf8_len,
  offset = bounded.utf8_offset,
}

local MAX_COOLDOWNS = 100

-- What is noted while a policy is loaded; afterwards `facts` is false, and nothing is, so that a decision finds no more
-- and no less of it than the one before. `facts` is a list of those that its cooldowns go by, `made` the set of what
-- `cooldown` returned, `described` the set of what `policy` was called with.
local noted = { facts = false, made = false, described = false }

-- True while fact `name` (a time) lies at most `rest` seconds back; rest may be a fact's name.
local function cooldown(name, rest)
  if type(name) ~= "string" then
    error("cooldown: its first argument must be the name of a fact that is a time, not " .. plain(name), 2)
  elseif type(rest) ~= "string" and not (type(rest) == "number" and rest >= 0) then
    error("cooldown: its second argument must be seconds, such as minutes(5), or the name of a fact, not " .. plain(rest), 2)
  end
  local facts, made = noted.facts, noted.made
  if facts and #facts < 3 * MAX_COOLDOWNS then
    facts[#facts + 1], facts[#facts + 2], facts[#facts + 3] = "now", name, type(rest) == "string" and rest or "now"
  end
  local function is_lately(f)
    local last, seconds = f[name], rest
    if type(rest) == "string" then
      seconds = f[rest]
    end
    return last ~= nil and f.now - last <= seconds
  end
  if facts then
    made[is_lately] = true
  end
  return is_lately
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

local library = {
  assert = check,
  cooldown = cooldown,
  days = times("days", 86400),
  dice = dice,
  error = raise,
  hours = times("hours", 3600),
  ipairs = ipairs,
  math = frozen(safe_math, "math"),
  minutes = times("minutes", 60),
  null = null,
  pairs = ordered_pairs,
  policy = function(description)
    if type(description) ~= "table" then
      error("policy { ... } takes one table, not " .. type(description), 2)
    elseif getmetatable(description) then
      error("policy { ... } takes a table of its own, not one of the sandbox's", 2)
    end
    if noted.facts then
      noted.described[description] = true
    end
    return description
  end,
  re = frozen(re, "re"),
  select = select,
  string = frozen(safe_string, "string"),
  table = frozen(safe_table, "table"),
  tonumber = bounded.tonumber,
  tostring = plain,
  type = type,
  utf8 = frozen(safe_utf8, "utf8"),
}

-- ("x"):upper() sees the safe functions too. There is no arithmetic on texts: reading a long number takes long.
local text_meta = getmetatable("")
for name in next, text_meta do
  text_meta[name] = nil
end
text_meta.__index = library.string

return library, frozen, plain, noted, contents
