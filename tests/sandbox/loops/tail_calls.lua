-- error: more than 1000000 instructions
local function attack(f)
  local function one() return one() end
  one()
end
