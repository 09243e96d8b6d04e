-- error: more than 1000000 instructions
local function attack(f)
  for _ = 1, 2, 1e-300 do end
end
