-- error: a text of more than 1 MiB
local function attack(f)
  local s, t = ("x"):rep(100000), {}
  for i = 1, 100 do t[i] = s end
  local _ = table.concat(t)
end
