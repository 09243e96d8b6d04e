-- error: hostile.lua:3: a\0b
local function attack(f)
  error("a\0b")
end
