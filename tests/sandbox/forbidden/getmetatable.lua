-- error: hostile.lua:3: there is no 'getmetatable' in a policy
local function attack(f)
  _ENV.getmetatable("").__index = nil
end
