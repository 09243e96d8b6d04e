-- error: parentheses are too deeply nested
local function attack(f)
  re.find("", ("("):rep(1000) .. (")"):rep(1000))
end
