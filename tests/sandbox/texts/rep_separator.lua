-- error: string.rep: the result must be at most 1 MiB
local function attack(f)
  local _ = (""):rep(math.maxinteger, ("x"):rep(1000))
end
