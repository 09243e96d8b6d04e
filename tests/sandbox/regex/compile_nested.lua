-- error: regular expression is too large
local function attack(f)
  re.find("", "((((a{1,100}){1,100}){1,100}){1,100})")
end
