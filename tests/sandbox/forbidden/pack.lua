-- error: attempt to call a nil value (method 'pack')
local function attack(f)
  return ("i"):pack(1)
end
