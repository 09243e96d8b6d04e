-- error: calls are nested too deep
local function attack(f)
  local function deep(n) return n .. deep(n + 1) end
  deep(1)
end
