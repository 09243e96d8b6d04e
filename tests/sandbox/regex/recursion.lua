-- error: more than 1000000 instructions
local function attack(f)
  re.find(("("):rep(5000) .. ")", [[(\((?:[^()]|(?1))*\))]])
end
