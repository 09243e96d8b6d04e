-- error: a policy must not change a table that it keeps from one decision to the next
local seen = { action = "none" }
local function attack(f)
  seen.reason = "again"
end
