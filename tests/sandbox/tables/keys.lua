-- error: more than 8192 items or 4096 keys in one table or call
local function attack(f)
  local t = {}
  for i = 1, 100000 do t[i + 0.5] = 1 end
end
