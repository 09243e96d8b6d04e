-- error: hostile.lua:3: error(nil)
local function attack(f)
  error()
end
