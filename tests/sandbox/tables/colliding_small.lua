-- error: more than 1
local function attack(f)
  local t = {}
  for i = 1, 4096 do t[i * 4095] = 1 end
  while true do local _ = t[-4095] end
end
