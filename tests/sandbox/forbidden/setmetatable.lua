-- error: hostile.lua:3: there is no 'setmetatable' in a policy
local function attack(f)
  _ENV.setmetatable({}, { __gc = function() while true do end end })
end
