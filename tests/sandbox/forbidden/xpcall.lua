-- error: hostile.lua:3: there is no 'xpcall' in a policy
local function attack(f)
  _ENV.xpcall(error, function() return attack() end)
end
