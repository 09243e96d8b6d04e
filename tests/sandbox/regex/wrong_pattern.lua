-- error: the pattern is wrong at byte 3: missing closing parenthesis
local function attack(f)
  re.find("", "(a")
end
