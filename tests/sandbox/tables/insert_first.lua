-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  for i = 1, 8000 do t[i] = i end
  while true do table.insert(t, 1, 1) table.remove(t, 1) end
end
