-- error: hostile.lua:3: there is no 'print' in a policy
local function attack(f)
  _ENV.print("x")
end
