-- error: hostile.lua: plain
local function attack(f)
  error("plain", 0)
end
