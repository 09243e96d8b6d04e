-- error: a text of more than 1 MiB
local function attack(f)
  local s = ("x"):rep(1000000)
  s = ("%s%s"):format(s, s)
end
