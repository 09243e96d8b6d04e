-- error: more than 1000000 instructions
local function attack(f)
  ::again:: goto again
end
