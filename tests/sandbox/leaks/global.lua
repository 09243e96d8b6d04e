-- error: a policy must not write globals while it decides: n
local function attack(f)
  n = 1
end
