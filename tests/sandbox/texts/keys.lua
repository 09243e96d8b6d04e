-- error: more than
local function attack(f)
  local t, s = {}, ("x"):rep(1000000)
  for i = 1, 1000 do t[s .. i] = nil local _ = t[s .. i] end
end
