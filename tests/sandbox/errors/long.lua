-- error: hostile.lua:3: éééé
local function attack(f)
  error(("é"):rep(500000))
end
