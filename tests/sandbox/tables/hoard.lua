-- error: more than 16 MiB of memory
local function attack(f)
  local t = {}
  for i = 1, 8000 do t[i] = ("x"):rep(10000 + i) end
end
