-- error: attempt to call a nil value (field 'dump')
local function attack()
  string.dump(tostring)
end
