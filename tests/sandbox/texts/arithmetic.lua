-- error: attempt to perform arithmetic on a string value
local function attack(f)
  local s = ("0"):rep(1000000)
  while true do local _ = s + 1 end
end
