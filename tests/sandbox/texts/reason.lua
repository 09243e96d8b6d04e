-- error: a text of more than 1 MiB
local function attack(f)
  local s = ("\1"):rep(1000000)
  return { action = "warn", reason = s .. s }
end
