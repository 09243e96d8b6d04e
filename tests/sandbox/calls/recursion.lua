-- error: hostile.lua:2: calls are nested too deep
local function deep(n) return 1 + deep(n) end
local function attack(f)
  deep(1)
end
