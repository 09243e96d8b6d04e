-- error: more than 1000000 instructions
local function attack(f)
  local function again() repeat until false end
  return { action = "none", reason = again() }
end
