-- error: hostile.lua:3: decorum:1: x
local function attack(f)
  error("decorum:1: x")
end
