-- error: a policy must not change a table that it keeps from one decision to the next
local memory = { of = { members = {} } }
local function attack(f)
  memory.of.members[1] = true
end
