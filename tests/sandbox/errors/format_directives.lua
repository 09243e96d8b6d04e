-- error: hostile.lua:3: %s%n%d
local function attack(f)
  error("%s%n%d")
end
