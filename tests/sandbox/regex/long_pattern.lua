-- error: a pattern must be at most 4096 bytes, not 5000
local function attack(f)
  re.find("", ("a"):rep(5000))
end
