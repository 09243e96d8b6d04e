-- error: more than 8192 items or 4096 keys in one table or call
local function attack(f)
  local t = {}
  while true do t[#t + 1] = 1 end
end
