-- error: of processor time
local function attack(f)
  local s = ("0"):rep(1000000)
  while true do local _ = math.floor(s) end
end
