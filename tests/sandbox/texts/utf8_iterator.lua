-- error: of processor time
local function attack(f)
  local s = "a" .. ("\x80"):rep(1000000)
  local step = utf8.codes("a")
  while true do local _ = step(s, 1) end
end
