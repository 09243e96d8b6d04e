-- error: facts are read-only: attack
local function attack(f)
  f.attack = 2
end
