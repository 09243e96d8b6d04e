-- error: invalid conversion
local function attack(f)
  return ("%999999999d"):format(1)
end
