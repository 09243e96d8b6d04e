-- error: the decision must be a table
local function attack(f)
  return 5
end
