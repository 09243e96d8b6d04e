-- error: string.format: %p is not available
local function attack(f)
  return ("%20p"):format({})
end
