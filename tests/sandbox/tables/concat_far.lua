-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  for i = 0, 61 do t[1 << i] = "x" t[(1 << i) + 1] = "x" end
  local _ = table.concat(t, "", 1, 1 << 61)
end
