-- error: hostile.lua:3: there is no 'next' in a policy
local function attack(f)
  _ENV.next({})
end
