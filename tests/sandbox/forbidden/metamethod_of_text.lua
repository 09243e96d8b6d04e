-- error: attempt to call a nil value (method '__index')
local function attack(f)
  return ("x"):__index()
end
