-- error: more than 1000000 instructions
local function attack(f)
  re.match(("a"):rep(40) .. "c", "^(a+)+$")
end
