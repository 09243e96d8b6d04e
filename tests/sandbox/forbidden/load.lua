-- error: hostile.lua:3: there is no 'load' in a policy
local function attack(f)
  _ENV.load("return 1")()
end
