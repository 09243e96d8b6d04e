-- error: more than 1000000 instructions
local function attack(f)
  for _ in function() return 1 end do end
end
