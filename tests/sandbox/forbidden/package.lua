-- error: hostile.lua:3: there is no 'package' in a policy
local function attack(f)
  _ENV.package.loadlib("x", "y")
end
