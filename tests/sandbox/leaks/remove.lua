-- error: a policy must not change a table that it keeps from one decision to the next
local seen = { 1, 2 }
local function attack(f)
  table.remove(seen)
end
