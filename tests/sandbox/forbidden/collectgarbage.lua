-- error: hostile.lua:3: there is no 'collectgarbage' in a policy
local function attack(f)
  _ENV.collectgarbage("stop")
end
