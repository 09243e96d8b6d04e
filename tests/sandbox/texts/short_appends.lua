-- error: in turn
local function attack(f)
  local s = ("x"):rep(1000000)
  for i = 1, 100000 do local _ = s .. i end
end
