--[[
policy_test.lua: checks and runs the tests in a policy's description, compiled into the extension.

    { "the warned are muted at 0.65", { drama = 0.65, warned = 1 }, { action = "mute", duration_s = 1800 } }

A test states the facts that it is about; the others are neutral. What it expects is any of the decision's columns, the
guard that held (`guard = "immune"`), the rung that was reached (`rung = 2`, 0 for none), or a part of the error.
`null` stands for NULL. `params = { warn = 0.3 }` beside the three tries other params.

Called with: the neutral facts (name -> value), the functions of policy_check.lua, what policy.lua returns, plain of
policy_library.lua, and a function to call when the facts are there. Returns the function that sandbox.c calls with a
policy that is to be tested.
]]
local neutral, check, policy, plain, count = ...

local concat, error, find, format, next, rawset, type = table.concat, error, string.find, string.format, next, rawset, type
local refuse, want = check.refuse, check.want
local null = policy.callable.null

local test_keys = check.known { 1, 2, 3, "params" }

-- What the decide function of policy.lua returns, in its order, and what may be expected.
local fields = { table.unpack(policy.decision_fields) }
for _, field in ipairs { "trace", "guard", "rung" } do
  fields[#fields + 1] = field
end
local expected_fields = { table.unpack(fields) }
expected_fields[#expected_fields + 1] = "error"
local expected_keys = check.known(expected_fields)

-- Checking -----------------------------------------------------------------------------------------

local function want_text(value, path)
  return want(value, "string", path, "text")
end

-- What may be expected besides a decision's fields: value, path, guards -> the value to compare with; null is seen to before.
local rules = {
  trace = want_text,
  guard = function(value, path, guards)
    return check.one_of(value, guards, path, "the name of a guard")
  end,
  rung = function(value, path)
    return check.number(value, 0, path)
  end,
  error = function(value, path)
    if find(want_text(value, path), "\0", 1, true) then
      refuse(path, "text without zero bytes", value)
    end
    return value
  end,
}

-- A fact's value as SQL would give it.
local function fact_value(value, path)
  local kind = type(value)
  if kind == "boolean" then
    return value and 1 or 0
  elseif kind == "number" then
    return check.number(value, nil, path)
  elseif value ~= null and kind ~= "string" then
    refuse(path, "text, a number or null", value)
  end
  return value
end

-- The values of a table, each checked by read(value, path), by names that are in the list `names`.
local function read_values(given, names, path, where, read)
  local result = {}
  for key in next, given do
    if type(key) ~= "string" then
      error(path .. " must have names for its values, but one has none", 0)
    end
  end
  for _, key in ipairs(check.names(given)) do
    local known = false
    for _, name in ipairs(names) do
      known = known or name == key
    end
    if not known then
      error(path .. "." .. key .. ": there is no '" .. key .. "' in " .. where .. check.suggestion(key, names), 0)
    end
    result[key] = read(given[key], path .. "." .. key)
  end
  return result
end

local function check_test(test, loaded, guards, taken, path)
  want(test, "table", path, "{ name, facts, expected }")
  check.keys(test, test_keys, path)
  local name = check.name(test[1], taken, path .. "[1]")
  path = path .. " '" .. name .. "'"
  local facts = read_values(want(test[2], "table", path .. "[2]", "a table of facts"), loaded[3], path .. "[2]", "needs", fact_value)
  local params = read_values(test.params == nil and {} or want(test.params, "table", path .. ".params"), loaded.param_names,
    path .. ".params", "params", function(value, at)
      return check.number(value, nil, at)
    end)
  local expected, given = {}, want(test[3], "table", path .. "[3]", "a table of what is expected")
  check.keys(given, expected_keys, path .. "[3]")
  for _, key in ipairs(check.names(given)) do
    local value = given[key]
    expected[key] = value == null and key ~= "error" and null
      or (rules[key] or policy.decision_rules[key])(value, path .. "[3]." .. key, guards)
  end
  return { name = name, facts = facts, params = params, expected = expected }
end

local function check_tests(loaded)
  local guards, taken, tests = {}, {}, {}
  for i, guard in ipairs(loaded.description.guards or {}) do
    guards[i] = guard[1]
  end
  for i, test in ipairs(loaded.description.tests) do
    tests[i] = check_test(test, loaded, guards, taken, "tests[" .. i .. "]")
  end
  return tests
end

-- Running ------------------------------------------------------------------------------------------

local function shown(value)
  if value == nil then
    return "null"
  elseif type(value) == "string" and (tonumber(value) or not find(value, "^[%w_]+$")) then
    return "'" .. value .. "'"
  end
  return plain(value)
end

-- Numbers that differ by no more than rounding are the same.
local function same(got, value)
  if value == null then
    return got == nil
  elseif type(got) == "number" and type(value) == "number" then
    return math.abs(got - value) <= 1e-9 * math.max(1, math.abs(value))
  end
  return got == value
end

-- How the decision came about, for who wonders why it is not the one expected.
local function because(got, description)
  if got.guard then
    return " (guard '" .. got.guard .. "')"
  elseif not description.signals then
    return ""
  end
  return format(" (%s points reach %s%s)", shown(got.points), got.rung == 0 and "no rung" or "rung " .. got.rung,
    got.reason and ": " .. got.reason or "")
end

local function compare(test, description, ...)
  local got, wrong = {}, {}
  for i, field in ipairs(fields) do
    got[field] = (select(i, ...))
  end
  for _, field in ipairs(fields) do
    local value = test.expected[field]
    if value ~= nil and not same(got[field], value) then
      wrong[#wrong + 1] = format("expected %s %s, got %s", field, shown(value), shown(got[field]))
    end
  end
  if test.expected.error then
    wrong[#wrong + 1] = format("expected the error '%s', got action %s", test.expected.error, shown(got.action))
  end
  if #wrong == 0 then
    return true
  end
  return false, concat(wrong, "; ") .. because(got, description)
end

-- Checks the tests, and adds to what sandbox.c keeps of a policy: [4] the function that runs test number i and returns
-- whether it passed, and what was expected and got; the tests' names; and the errors that they expect, false for none.
return function(loaded)
  local tests, params = check_tests(loaded), {}
  loaded.test_names, loaded.test_errors = {}, {}
  for i, test in ipairs(tests) do
    loaded.test_names[i], loaded.test_errors[i] = test.name, test.expected.error or false
  end
  for _, name in ipairs(loaded.param_names) do
    params[name] = loaded.param_values[name]
  end
  loaded[4] = function(number)
    local test, decide, values = tests[number], loaded[1], loaded[2]
    for _, name in ipairs(loaded[3]) do
      local value = test.facts[name]
      if value == nil then
        value = neutral[name]
      end
      if value == null then
        value = nil
      end
      rawset(values, name, value)
    end
    for name, value in next, params do
      loaded.param_values[name] = test.params[name] or value
    end
    count()
    return compare(test, loaded.description, decide())
  end
end
