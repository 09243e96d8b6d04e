-- error: more than 1000000 instructions
local function attack(f)
  for _ = math.mininteger, math.maxinteger do end
end
