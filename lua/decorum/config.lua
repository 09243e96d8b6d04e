--- A bot's configuration: a Lua file that returns a table, checked before anything is begun.
--
--     return {
--       database = "chat.db",
--       chat = { { "irc", host = "irc.example.org", nick = "decorum", channels = { "#lobby" } } },
--     }
--
-- The file may use env "NAME", for what should not stand in it, and Lua's string, table, math and utf8. What each key is, is a
-- table here, and for a chat in its adapter: unknown keys, missing ones and wrong values are refused with their place, such as
-- chat[1].nick, and the nearest name.

local failure = require "decorum.failure"
local nearest = require "decorum.nearest"

local config = {}

---@class Field what a key may be
---@field type string string, integer, number, boolean, list (of `each`), table (of `fields`, or any keys with `each`)
---@field required boolean?
---@field default any
---@field each Field?
---@field fields table<string, Field>?
---@field also string? another type that it may have
---@field choices string[]?
---@field least number?
---@field most number?
---@field doc string a sentence for people

local kinds = { string = "string", integer = "number", number = "number", boolean = "boolean", list = "table", table = "table" }
local words = {
  string = "a text", integer = "an integer", number = "a number", boolean = "true or false", list = "a list", table = "a table",
}

-- The adapters that there are.
local chats = { "irc", "jsonl" }

-- What every chat has, beside its adapter's own.
local of_chat = {
  moderators = { type = "string",
    doc = "the channel in which the bot talks to the moderators, and hears the commands that are theirs alone" },
  ranks = { type = "table", each = { type = "integer", least = 0, most = 3 },
    doc = "platform's ids of moderators: 1 moderator, 2 senior moderator, 3 owner" },
  community = { type = "string", doc = "whose file it is, where the database's name has {community}" },
}

local fields = {
  database = { type = "string", required = true,
    doc = "the community's file; with {community} in it, a file for each" },
  chat = { type = "list", required = true, doc = "where people talk: tables with the adapter's name first", each = { type = "table" } },
  policies = { type = "list", each = { type = "string" },
    doc = "the policies that are live: names, or files in Lua. Left out: those that are live in the database" },
  prefix = { type = "string", default = "!", doc = "with which commands begin" },
  log = { type = "table", default = {}, doc = "what the bot says of its work", fields = {
    level = { type = "string", default = "info", choices = { "error", "warn", "info", "debug" }, doc = "" },
    json = { type = "boolean", default = false, doc = "lines are JSON" },
  } },
  clock = { type = "string", default = "system", choices = { "system", "events" },
    doc = "events: the time is that of the newest event, to rehearse with an old log" },
}

local function wrong(place, why)
  error(("%s: %s"):format(place, why), 0)
end

local function names_of(known)
  local names = {}
  for name in pairs(known) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

local function inside(place, key)
  if math.type(key) == "integer" then
    return ("%s[%d]"):format(place, key)
  end
  return place == "" and tostring(key) or place .. "." .. tostring(key)
end

local check_table

-- Returns the value, or its default.
local function check(place, field, value)
  if value == nil then
    if field.required then
      wrong(place, "is missing: " .. field.doc)
    elseif type(field.default) == "table" and field.fields then
      return check_table(place, field.fields, {})
    end
    return field.default
  elseif type(value) == field.also then
    return value
  elseif type(value) ~= kinds[field.type] or (field.type == "integer" and not math.tointeger(value)) then
    wrong(place, ("must be %s, not %s"):format(words[field.type], type(value) == "table" and "a table"
      or ("%s '%s'"):format(type(value), tostring(value))))
  elseif field.type == "string" and (value == "" or value:find "[%z\1-\31]") then
    wrong(place, "must be text that is not empty, without control characters")
  elseif kinds[field.type] == "number" and not (value >= (field.least or -math.huge) and value <= (field.most or math.huge)) then
    wrong(place, ("must be between %g and %g, not %s"):format(field.least or -math.huge, field.most or math.huge, tostring(value)))
  elseif field.choices then
    for _, choice in ipairs(field.choices) do
      if choice == value then
        return value
      end
    end
    wrong(place, ("must be %s, not '%s'"):format(table.concat(field.choices, " or "), value))
  elseif field.type == "list" then
    local count = 0
    for key in pairs(value) do
      count = count + 1
      if math.type(key) ~= "integer" or key < 1 or key > #value then
        wrong(place, ("must be a list, without a key '%s'"):format(tostring(key)))
      end
    end
    if count == 0 and field.required then
      wrong(place, "is empty: " .. field.doc)
    end
    local list = {}
    for i, each in ipairs(value) do
      list[i] = field.each and check(inside(place, i), field.each, each) or each
    end
    return list
  elseif field.type == "table" and field.fields then
    return check_table(place, field.fields, value)
  elseif field.type == "table" and field.each then
    for key, each in pairs(value) do
      if type(key) ~= "string" then
        wrong(place, ("needs names as keys, not %s"):format(tostring(key)))
      end
      check(inside(place, key), field.each, each)
    end
  end
  return value
end

function check_table(place, known, given)
  local names = names_of(known)
  local checked = {}
  local keys = {}
  for key in pairs(given) do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(one, other)
    return tostring(one) < tostring(other)
  end)
  for _, key in ipairs(keys) do
    if not known[key] then
      local meant = type(key) == "string" and nearest(key, names)
      wrong(inside(place, key), meant and ("there is no such key, did you mean '%s'?"):format(meant)
        or ("there is no such key, only: %s"):format(table.concat(names, ", ")))
    end
  end
  for _, name in ipairs(names) do
    checked[name] = check(inside(place, name), known[name], given[name])
  end
  return checked
end

local function check_chat(place, given)
  local name = given[1]
  if type(name) ~= "string" then
    wrong(place, ("names its adapter first: { \"%s\", ... }"):format(table.concat(chats, "\" or \"")))
  end
  for _, known in ipairs(chats) do
    if known == name then
      local adapter = require("decorum.chat." .. name)
      local known_fields, own = {}, {}
      for key, field in pairs(of_chat) do
        known_fields[key] = field
      end
      for key, field in pairs(adapter.options) do
        known_fields[key] = field
      end
      for key, value in pairs(given) do
        if key ~= 1 then
          own[key] = value
        end
      end
      local checked = check_table(place, known_fields, own)
      checked.adapter = name
      return checked
    end
  end
  local meant = nearest(name, chats)
  wrong(place, ("there is no adapter '%s'%s"):format(name, meant and (", did you mean '%s'?"):format(meant)
    or ", only: " .. table.concat(chats, ", ")))
end

---Checks what a configuration returned; raises a line that says where it is wrong.
---@param given any
---@return table
function config.check(given)
  if type(given) ~= "table" then
    error("the file returns no table: return { database = ..., chat = { ... } }", 0)
  end
  local checked = check_table("", fields, given)
  for i, chat in ipairs(checked.chat) do
    checked.chat[i] = check_chat(inside("chat", i), chat)
  end
  return checked
end

-- What the file may use.
local function environment()
  local names = { "ipairs", "pairs", "select", "tonumber", "tostring", "type", "error", "assert", "next" }
  local allowed = { string = string, table = table, math = math, utf8 = utf8 }
  for _, name in ipairs(names) do
    allowed[name] = _G[name]
  end
  function allowed.env(name)
    return os.getenv(name) or error(("env: the environment has no %s"):format(name), 0)
  end
  return setmetatable({}, { __index = allowed })
end

---Reads and checks a configuration.
---@param path string
---@return table
function config.read(path)
  local handle, missing = io.open(path, "rb")
  if not handle then
    failure.raise("run", missing)
  end
  handle:close()
  local chunk, why = loadfile(path, "t", environment())
  if not chunk then
    failure.raise("run", why)
  end
  return failure.guard("run: " .. path, function()
    return config.check(chunk())
  end)
end

return config
