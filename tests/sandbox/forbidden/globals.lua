-- error: hostile.lua:3: there is no '_G' in a policy
local function attack(f)
  _ENV._G.load("x")
end
