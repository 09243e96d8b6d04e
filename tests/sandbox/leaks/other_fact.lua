-- error: fact 'member' is not in needs
local function attack(f)
  return f.member
end
