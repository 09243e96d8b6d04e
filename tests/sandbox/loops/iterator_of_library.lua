-- error: more than 1000000 instructions
local function attack(f)
  for _ in function() return ("x"):rep(1000) end do end
end
