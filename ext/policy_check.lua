--[[
policy_check.lua: what the values in a policy's description must be, compiled into the extension.

Each function refuses a value with the path of the key, the rule, and the name that was probably meant:

    ladder[1].action must be one of none, undo, ... ban, not 'wran', did you mean 'warn'?

What is refused first must not depend on the order of `next`, which is not the same from run to run.

Called with: plain of policy_library.lua, the function of lua/decorum/nearest.lua, and null. Returns a table of the
functions below.
]]
local plain, nearest, null = ...

local concat, error, find, floor, huge, next, sort, type = table.concat, error, string.find, math.floor, math.huge, next, table.sort, type

local NAME_MAX = 40 -- bytes of a name that may have been mistyped

local check = {}

---A set of the names in a list.
function check.set(names)
  local result = {}
  for _, name in ipairs(names) do
    result[name] = true
  end
  return result
end

---The keys of a table that are text, in order.
function check.names(set)
  local names = {}
  for name in next, set do
    if type(name) == "string" then
      names[#names + 1] = name
    end
  end
  sort(names)
  return names
end

---", did you mean 'drama'?", or an empty text if none of the names is near.
function check.suggestion(name, names)
  local near = {}
  if type(name) == "string" and #name <= NAME_MAX then
    for _, known in ipairs(names) do -- what differs by more than a third in length is not near: an edit distance costs
      if type(known) == "string" and #known <= 1.5 * #name and #name <= 1.5 * #known then
        near[#near + 1] = known
      end
    end
    near = nearest(name, near)
    return near and ", did you mean '" .. near .. "'?" or ""
  end
  return ""
end

---@param names table? a list of what it could be
function check.refuse(path, rule, value, names)
  if value == nil then
    error(path .. " is missing: it must be " .. rule, 0)
  end
  local shown = plain(value)
  if type(value) == "string" then
    shown = "'" .. value .. "'"
  elseif type(value) == "table" and next(value) == nil and value ~= null then
    shown = "{}"
  end
  error(path .. " must be " .. rule .. ", not " .. shown .. (names and check.suggestion(value, names) or ""), 0)
end
local refuse = check.refuse

function check.want(value, kind, path, rule)
  if type(value) ~= kind then
    refuse(path, rule or "a " .. kind, value)
  end
  return value
end
local want = check.want

---Text that says something, of at most so many bytes.
function check.text(value, most, path, rule)
  want(value, "string", path, rule)
  if not find(value, "%S") then
    refuse(path, rule .. " that says something", value)
  elseif #value > most then
    error(path .. " must be at most " .. most .. " bytes long, not " .. #value, 0)
  elseif find(value, "[^\n\t%C]") or not utf8.len(value) then -- what is copied out of Lua would end at a NUL
    error(path .. " must be " .. rule .. " in UTF-8 without control characters", 0)
  end
  return value
end

---The name of a guard, a signal or a test: one that `taken` (name -> path) does not have yet.
function check.name(value, taken, path)
  check.text(value, 100, path, "a name")
  if taken[value] then
    error(path .. " '" .. value .. "' is the name of " .. taken[value] .. " too; each needs a name of its own", 0)
  end
  taken[value] = path
  return value
end

---A finite number; least may be left out.
function check.number(value, least, path)
  if type(value) ~= "number" or value ~= value or value == huge or value == -huge or (least and value < least) then
    refuse(path, least and "a number, " .. least .. " or more" or "a finite number", value)
  end
  return value
end

function check.duration(value, path)
  if check.number(value, 0, path) > 1e11 then
    refuse(path, "seconds, at most 1e11", value)
  end
  return value
end

---Text or a finite number, or nil.
function check.label(value, path)
  if type(value) == "number" then
    check.number(value, nil, path)
  elseif value ~= nil and type(value) ~= "string" then
    refuse(path, "text or a number", value)
  end
  return value
end

---One of the names, which are a list.
function check.one_of(value, names, path, rule)
  for _, name in ipairs(names) do
    if value == name then
      return value
    end
  end
  return refuse(path, rule or "one of " .. concat(names, ", "), value, names)
end

---A list: a table with the keys 1 to n and no other. nil is an empty list.
function check.list(value, path)
  if value == nil then
    return {}
  end
  want(value, "table", path, "a list")
  local count = 0
  for key in next, value do
    if type(key) ~= "number" or floor(key) ~= key or key < 1 then
      local name = check.names(value)[1]
      error(path .. " must be a list, but has the key " .. (name or plain(key)), 0)
    end
    count = count + 1
  end
  for i = 1, count do
    if value[i] == nil then
      error(path .. "[" .. i .. "] is missing", 0)
    end
  end
  return value
end

---What check.keys takes: the keys that a table may have.
function check.known(keys)
  return { list = keys, set = check.set(keys) }
end

---No key but the known ones.
function check.keys(value, known, path)
  local unknown
  for key in next, value do
    if not known.set[key] then
      local name = type(key) == "number" and "[" .. plain(key) .. "]" or (path == "" and "" or ".") .. plain(key)
      if unknown == nil or name < unknown.name then
        unknown = { name = name, key = key }
      end
    end
  end
  if unknown then
    local meant = check.suggestion(unknown.key, known.list)
    if meant == "" then
      local shown = {}
      for i, key in ipairs(known.list) do
        shown[i] = type(key) == "number" and "[" .. key .. "]" or key
      end
      meant = "; known are " .. concat(shown, ", ")
    end
    error(path .. unknown.name .. " is not known here" .. meant, 0)
  end
end

return check
