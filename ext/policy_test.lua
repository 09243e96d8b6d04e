--[[
policy_test.lua: runs the tests in a policy's description, compiled into the extension.

Called with: the neutral facts (name -> value), renew(), which gives a fresh budget, the function plain of
policy_library.lua, and what policy.lua returns. Returns the function that sandbox.c calls.
]]
local neutral, renew, plain, checks = ...

local error, format, next, pcall = error, string.format, next, pcall
local want, want_keys, want_need, set, decision_keys = checks.want, checks.want_keys, checks.want_need, checks.set, checks.decision_keys

local fields = { "action", "duration_s", "severity", "points", "rule", "reason", "review", "mode" }

local function run_test(decide, values, needs, test, path)
  local name, given, expected = test[1], test[2], test[3]
  path = path .. " '" .. want(name, "string", path .. "[1]", "a name") .. "'"
  want(given, "table", path .. "[2]", "a table of facts")
  want(expected, "table", path .. "[3]", "a table of what is expected")
  for _, need in ipairs(needs) do
    rawset(values, need, neutral[need])
  end
  for key, value in next, given do
    want_need(key, set(needs), path .. "[2]." .. plain(key))
    rawset(values, key, value)
  end
  renew()
  local results = table.pack(pcall(decide))
  if not results[1] then
    error(path .. " failed: " .. plain(results[2]), 0)
  end
  local got = {}
  for i, field in ipairs(fields) do
    got[field] = results[i + 1]
  end
  for key, value in next, expected do
    if not decision_keys[key] then
      error(path .. "[3]." .. plain(key) .. " is not known here", 0)
    elseif got[key] ~= value then
      error(format("%s: expected %s %s, got %s", path, key, plain(value), plain(got[key])), 0)
    end
  end
end

-- Runs the embedded tests; the first that fails is an error.
local function test(description, decide, values, needs)
  for i, case in ipairs(description.tests) do
    local path = "tests[" .. i .. "]"
    want(case, "table", path, "{ name, facts, expected }")
    want_keys(case, { [1] = true, [2] = true, [3] = true }, path)
    run_test(decide, values, needs, case, path)
  end
end

return test
