-- error: hostile.lua:3: x
local function attack(f)
  error("x", {})
end
