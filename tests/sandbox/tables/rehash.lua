-- error: more than 1
local function attack(f)
  while true do
    local t = {}
    for i = 1, 4096 do t[i * 4095 * 8191] = 1 end
  end
end
