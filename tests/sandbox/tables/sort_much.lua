-- error: more than 1000000 instructions
local function attack(f)
  local t = {}
  while true do
    for i = 1, 8000 do t[i] = -i end
    table.sort(t)
  end
end
