-- error: a policy must not change a table that it keeps from one decision to the next
local seen = {}
local function attack(f)
  table.insert(seen, 1)
end
