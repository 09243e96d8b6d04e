-- error: hostile.lua:3: error(table)
local function attack(f)
  assert(false, {})
end
