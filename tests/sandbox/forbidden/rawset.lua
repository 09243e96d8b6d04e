-- error: hostile.lua:3: there is no 'rawset' in a policy
local function attack(f)
  _ENV.rawset(f, "attack", 0)
end
