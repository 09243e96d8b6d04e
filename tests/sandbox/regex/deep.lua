-- error: the pattern is nested too deep
local function attack(f)
  re.find(("ab"):rep(100000), "^(?:(a)|(b))*$")
end
