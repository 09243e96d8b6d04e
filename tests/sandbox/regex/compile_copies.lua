-- error: more than 1000000 instructions
-- A short pattern, of which the compiled one has a thousand copies.
local function attack(f)
  for i = 1, 100000 do re.find("", "(b?){0,1000}" .. i) end
end
