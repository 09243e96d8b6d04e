-- error: hostile.lua:3: 42
local function attack(f)
  error(42)
end
