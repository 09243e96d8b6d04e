-- error: using \C is disabled
local function attack(f)
  re.find("é", [[\C]])
end
