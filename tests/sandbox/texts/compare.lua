-- error: of processor time
local function attack(f)
  local one = ("\0"):rep(1000000)
  local two = one .. "x"
  while true do local _ = one < two end
end
