-- error: a policy must not keep anything from one decision to the next, but changed '_ENV'
local function attack(f)
  _ENV = { n = 1 }
end
