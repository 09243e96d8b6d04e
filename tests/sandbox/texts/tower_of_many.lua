-- error: a text of more than 1 MiB
local function attack(f)
  local s = ("x"):rep(100000)
  s = s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s
end
