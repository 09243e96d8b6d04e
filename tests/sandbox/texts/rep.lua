-- error: string.rep: the result must be at most 1 MiB
local function attack(f)
  local _ = ("x"):rep(1e9)
end
