-- error: a text of more than 1 MiB
local function attack(f)
  local s = "x"
  while true do s = s .. s end
end
