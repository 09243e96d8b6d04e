-- error: attempt to call a nil value (field 'move')
local function attack(f)
  table.move({}, 1, math.maxinteger, 2)
end
