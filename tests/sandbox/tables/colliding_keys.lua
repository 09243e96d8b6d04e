-- error: more than 8192 items or 4096 keys in one table or call
local function attack(f)
  local t = {}
  for i = 1, 65536 do t[i * 65535] = 1 end
end
