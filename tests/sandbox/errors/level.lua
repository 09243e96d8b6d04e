-- error: hostile.lua: far away
local function attack(f)
  error("far away", 1e6)
end
