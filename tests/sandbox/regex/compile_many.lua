-- error: more than 1000000 instructions
local function attack(f)
  for i = 1, 100000 do re.find("", ("(a)?"):rep(25) .. i) end
end
