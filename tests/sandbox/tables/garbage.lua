-- error: more than 1
local function attack(f)
  while true do local _ = { { { {} } } } end
end
