-- error: more than 1000000 instructions
local function attack(f)
  re.find(("a\xff"):rep(500000), "(a|a)*b")
  while true do re.find(("a\xff"):rep(500000), "(a|a)*b") end
end
