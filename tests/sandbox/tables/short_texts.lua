-- error: more than 1
local function attack(f)
  local t = {}
  for i = 1, 8000 do
    t[i] = {}
    for k = 1, 100 do t[i][k] = i .. "/" .. k end
  end
end
