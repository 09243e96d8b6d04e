-- error: more than 1000000 instructions
local function attack(f)
  re.find(("x"):rep(30), "((x*)*)*[yz]")
end
