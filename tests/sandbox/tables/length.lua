-- error: more than 1
local function attack(f)
  local t = {}
  for i = 0, 61 do t[1 << i] = true t[(1 << i) + 1] = true end
  while true do local _ = #t end
end
