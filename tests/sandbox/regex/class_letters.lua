-- error: a class must count at most 40, not 2000
local function attack(f)
  re.find(("ɐ"):rep(500000), "^[^" .. ("Ā"):rep(2000) .. "]*+$")
end
