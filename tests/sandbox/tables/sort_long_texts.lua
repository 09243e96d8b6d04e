-- error: more than 1
local function attack(f)
  local t, s = {}, ("x"):rep(100000)
  for i = 1, 100 do t[i] = s .. i end
  while true do table.sort(t) end
end
