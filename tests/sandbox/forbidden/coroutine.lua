-- error: hostile.lua:3: there is no 'coroutine' in a policy
local function attack(f)
  _ENV.coroutine.wrap(function() while true do end end)()
end
