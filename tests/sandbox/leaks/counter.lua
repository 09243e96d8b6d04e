-- error: a policy must not keep anything from one decision to the next, but changed 'n'
local n = 0
local function attack(f)
  n = n + 1
  return { action = "none" }
end
