-- error: a pattern must have at most 32 groups
local function attack(f)
  re.find("", ("()"):rep(33))
end
