-- error: hostile.lua:3: there is no 'debug' in a policy
local function attack(f)
  _ENV.debug.sethook()
end
