-- error: must be a finite number
local function attack(f)
  return { action = "note", points = 0 / 0 }
end
