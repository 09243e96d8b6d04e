-- error: more than 1000000 instructions
local function attack(f)
  local s = ("x"):rep(1000000)
  while true do re.gsub(s, "", "") end
end
