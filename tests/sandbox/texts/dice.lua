-- error: more than 1000000 instructions
local function attack(f)
  local s = ("a"):rep(1000000)
  while true do local _ = dice(s) end
end
