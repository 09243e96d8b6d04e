-- error: number expected, got string
local function attack(f)
  local t = {}
  for i = 1, 8000 do t[i] = "x" .. i end
  table.sort(t, math.fmod)
end
