-- error: a policy must not keep anything from one decision to the next, but changed 'n'
local n = 1.0
local function attack(f)
  n = 1
end
