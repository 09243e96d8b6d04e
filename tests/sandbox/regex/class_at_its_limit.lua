-- error: more than 1000000 instructions
local function attack(f)
  local s = ("a"):rep(1048576)
  while true do re.find(s, "^[^" .. ([[\p{Lu}]]):rep(20) .. "]*+$") end
end
