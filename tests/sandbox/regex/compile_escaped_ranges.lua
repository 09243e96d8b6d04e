-- error: more than 1000000 instructions
local function attack(f)
  re.find("", "(?i)" .. ([=[[\x{80}-\x{10ffff}]]=]):rep(150))
end
