-- error: more than 1000000 instructions
local function attack(f)
  re.find(("a"):rep(3000), ".*.*.*.*[xy]")
end
