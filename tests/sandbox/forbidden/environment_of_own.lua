-- error: attempt to call a nil value (global 'error')
local function attack(f)
  local _ENV = {}
  error("x")
end
