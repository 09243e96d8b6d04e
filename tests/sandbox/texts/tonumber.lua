-- error: more than 1000000 instructions
local function attack(f)
  local s = ("0"):rep(1000000)
  while true do local _ = tonumber(s) end
end
