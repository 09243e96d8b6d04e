-- error: a policy must not change a table that it keeps from one decision to the next
local seen = { 2, 1 }
local function attack(f)
  table.sort(seen)
end
