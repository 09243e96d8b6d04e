-- error: stack overflow
local function attack(f)
  local s = ("a"):rep(1000000)
  while true do local _ = { s:byte(1, -1) } end
end
