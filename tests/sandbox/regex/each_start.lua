-- error: more than 1000000 instructions
local function attack(f)
  re.find(("a"):rep(200000), "a*b|a*c")
end
