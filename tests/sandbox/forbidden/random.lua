-- error: attempt to call a nil value (field 'random')
local function attack(f)
  return math.random()
end
