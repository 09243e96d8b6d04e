-- error: more than 1000000 instructions
local function attack(f)
  re.find("", "(?i)" .. ("[\u{80}-\u{10FFFF}]"):rep(400))
end
