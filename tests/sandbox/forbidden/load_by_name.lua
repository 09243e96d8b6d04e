-- error: hostile.lua:3: there is no 'load' in a policy
local function attack(f)
  _ENV["lo" .. "ad"]("x")
end
