-- error: a text of more than 1 MiB
local function attack(f)
  local t = {}
  for i = 1, 8000 do t[i] = "" end
  local _ = table.concat(t, ("x"):rep(1000))
end
