-- error: a policy must not change a table that it keeps from one decision to the next
memory = {}
local function attack(f)
  memory.n = 1
end
