-- error: more than 1000000 instructions
local function attack(f)
  local s = ("\x80"):rep(1000000)
  while true do local _ = utf8.offset(s, 0, -1) end
end
