-- error: hostile.lua:3: more than 1000000 instructions
local function attack(f)
  while true do end
end
