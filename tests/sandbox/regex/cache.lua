-- error: more than 1000000 instructions
local function attack(f)
  local s = ("x"):rep(100)
  for i = 1, 100000 do re.find(s, ("[^a-z]|"):rep(500) .. i) end
end
