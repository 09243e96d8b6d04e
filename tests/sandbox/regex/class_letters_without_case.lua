-- error: a class must count at most 40, not 4000
-- Without case each k is Kelvin's sign, too.
local function attack(f)
  re.find(("ɐ"):rep(500000), "(?i)^[^" .. ("k"):rep(4000) .. "]*+$")
end
