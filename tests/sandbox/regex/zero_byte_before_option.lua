-- error: more than 1000000 instructions
-- Ranges in which case does not matter take milliseconds to compile; where it matters they cost nothing.
local function attack()
  for i = 1, 20 do re.find("abc", "\0" .. i .. "|(?i)[" .. ("\\x{80}-\\x{10ffff}"):rep(200) .. "]") end
end
