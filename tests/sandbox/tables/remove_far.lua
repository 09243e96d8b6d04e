-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  for i = 0, 61 do t[1 << i] = true t[(1 << i) + 1] = true end
  table.remove(t, 1)
end
