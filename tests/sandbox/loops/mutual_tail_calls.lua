-- error: more than 1000000 instructions
local function attack(f)
  local two
  local function one() return two() end
  function two() return one() end
  one()
end
