-- error: more than 1000000 instructions
local function attack(f)
  local s = ("é"):rep(500000)
  while true do local _ = utf8.len(s) end
end
