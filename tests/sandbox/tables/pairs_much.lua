-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  for i = 1, 4000 do t["k" .. i] = i end
  while true do for _ in pairs(t) do break end end
end
