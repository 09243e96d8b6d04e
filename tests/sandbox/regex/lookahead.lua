-- error: more than 1000000 instructions
local function attack(f)
  re.find(("a"):rep(100000), "(?=a*[bc])a")
end
