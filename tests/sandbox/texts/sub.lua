-- error: in turn
local function attack(f)
  local s = ("a"):rep(1000000)
  while true do local _ = s:sub(2) end
end
