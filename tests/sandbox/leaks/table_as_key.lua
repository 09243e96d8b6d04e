-- error: a policy must not change a table that it keeps from one decision to the next
local set = {}
local key = {}
set[key] = true
local function keys()
  local done
  return function() if not done then done = true return key end end
end
local function attack(f)
  for key in keys() do key.n = 1 end
end
