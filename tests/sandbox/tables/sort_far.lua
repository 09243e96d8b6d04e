-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  for i = 0, 61 do t[1 << i] = 1 t[(1 << i) + 1] = 1 end
  table.sort(t)
end
