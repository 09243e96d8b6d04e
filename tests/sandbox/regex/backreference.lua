-- error: more than 1000000 instructions
local function attack(f)
  re.find(("a"):rep(20000), [[^(a+)+\1\1b]])
end
