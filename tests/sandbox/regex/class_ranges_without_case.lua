-- error: a class must count at most 40, not
local function attack(f)
  re.find(("ɐ"):rep(500000), "^(?s-i)(?mi:[^" .. ("Ā-ǿ"):rep(80) .. "]*+)$")
end
