-- error: hostile.lua:3: there is no 'require' in a policy
local function attack(f)
  _ENV.require("os")
end
