-- error: in turn
local function attack(f)
  local s = ("x"):rep(60000)
  while true do s = s .. "x" end
end
