-- error: hostile.lua:3: assertion failed!
local function attack(f)
  assert(nil)
end
