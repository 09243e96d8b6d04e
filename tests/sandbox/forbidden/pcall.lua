-- error: hostile.lua:3: there is no 'pcall' in a policy
local function attack(f)
  _ENV.pcall(function() while true do end end)
end
