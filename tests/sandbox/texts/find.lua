-- error: more than 1000000 instructions
local function attack(f)
  local s, part = ("a"):rep(1000000), ("a"):rep(500000) .. "b"
  while true do local _ = s:find(part) end
end
