-- error: attempt to call a nil value (method 'gsub')
local function attack(f)
  return ("x"):gsub("x", "y")
end
