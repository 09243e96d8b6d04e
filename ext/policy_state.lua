--[[
policy_state.lua: sees to it that a policy keeps nothing from one decision to the next, compiled into the extension.

Same facts, same decision, in any order of calls: so what a script made while it was loaded must not change
later. Once it was loaded, what its functions can reach is walked:

- A table is made read-only. Its contents move to another table, behind it.
- A variable that is shared by functions gets its value back before each decision, and a decision that changed it is
  an error. Scripts whose instructions assign none, most of them, are not watched.
- An iterator, which counts on from call to call, is refused.

Called with: the debug library; library, contents and noted of policy_library.lua. Returns the function keep.
]]
local debug, library, contents, noted = ...

local error, getmetatable, math_type, next, setmetatable, type = error, getmetatable, math.type, next, setmetatable, type
local getinfo, getupvalue, setupvalue, upvalueid = debug.getinfo, debug.getupvalue, debug.setupvalue, debug.upvalueid

-- What every policy has: it cannot be changed, and is not looked at.
local common = { [library] = true }
for _, value in next, library do
  common[value] = true
  if type(value) == "table" then
    for _, inner in next, contents(value) do
      common[inner] = true
    end
  end
end

local function refuse_write()
  local level = getinfo(2, "l").currentline > 0 and 2 or 3 -- who called table.insert, not that
  error("a policy must not change a table that it keeps from one decision to the next", level)
end

-- The length does not depend on who asked for it before, as that of a table with holes would.
local function length(t)
  return getmetatable(t).length
end

local function make_read_only(t)
  local inner, count = {}, #t
  for key, value in next, t do
    inner[key] = value
  end
  for key in next, inner do
    t[key] = nil
  end
  setmetatable(t, { __index = inner, __newindex = refuse_write, __len = length, contents = inner, length = count })
  return inner
end

-- The functions that a description has; its own tables may stay as they are. There are none to call in the tests.
local function find_functions(description)
  local found, tables, seen = {}, {}, { [description] = true }

  local function reach(value)
    local kind = type(value)
    if (kind == "table" or kind == "function") and not seen[value] and not common[value] then
      seen[value] = true
      local list = kind == "table" and tables or found
      list[#list + 1] = value
    end
  end

  for key, value in next, description do
    if key ~= "tests" then -- what else leads to the same table is followed
      reach(value)
    end
  end
  while #tables > 0 do
    local t = tables[#tables]
    tables[#tables] = nil
    for key, value in next, t do
      reach(key)
      reach(value)
    end
  end
  return found
end

-- Returns the variables that the functions share: a list of { function, number, name, value }.
local function walk(description, environment)
  local globals = getmetatable(environment).__index
  local variables, listed, seen = {}, {}, { [environment] = true }
  local waiting = find_functions(description)

  local function reach(value)
    local kind = type(value)
    if (kind == "table" or kind == "function") and not seen[value] and not common[value] then
      seen[value] = true
      waiting[#waiting + 1] = value
    end
  end

  local function visit_function(f)
    local source = getinfo(f, "S").source
    if noted.made[f] then
      return
    elseif source == "=decorum" or source == "=[C]" then
      error("a policy must not keep an iterator, which counts on from one decision to the next", 0)
    end
    for i = 1, 255 do
      local name, value = getupvalue(f, i)
      if not name then
        break
      end
      local id = upvalueid(f, i)
      if not listed[id] then
        listed[id] = true
        variables[#variables + 1] = { f, i, name, value }
        reach(value)
      end
    end
  end

  for _, value in next, globals do
    reach(value)
  end
  while #waiting > 0 do
    local value = waiting[#waiting]
    waiting[#waiting] = nil
    if type(value) == "function" then
      visit_function(value)
    elseif not getmetatable(value) then
      for key, inner in next, make_read_only(value) do
        reach(key)
        reach(inner)
      end
    end
  end
  return variables
end

local function is_same(a, b)
  return a == b and math_type(a) == math_type(b) or a ~= a and b ~= b
end

-- Returns decide, for a script that assigns variables as a function that watches them.
local function keep(description, environment, decide, assigns)
  local variables = walk(description, environment)
  noted.facts, noted.made, noted.described = false, false, false
  if not assigns then
    return decide
  end

  local function restore()
    for _, variable in next, variables do
      setupvalue(variable[1], variable[2], variable[4])
    end
  end

  local function check(...)
    local changed -- the first by its name: the order of `next` is not the same from run to run
    for _, variable in next, variables do
      local _, value = getupvalue(variable[1], variable[2])
      if not is_same(value, variable[4]) and (not changed or variable[3] < changed) then
        changed = variable[3]
      end
    end
    if changed then
      error("a policy must not keep anything from one decision to the next, but changed '" .. changed .. "'", 0)
    end
    return ...
  end

  return function()
    restore() -- also if the decision before this one failed
    return check(decide())
  end
end

return keep
