-- error: % in the replacement must be followed by
local function attack(f)
  re.gsub("x", "x", "%2")
end
