-- error: hostile.lua:3: error(function)
local function attack(f)
  error(_ENV.error)
end
