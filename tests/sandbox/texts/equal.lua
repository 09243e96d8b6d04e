-- error: of processor time
local function attack(f)
  local one, two = ("x"):rep(1000000) .. "y", ("x"):rep(1000000) .. "z"
  while true do local _ = one == two end
end
