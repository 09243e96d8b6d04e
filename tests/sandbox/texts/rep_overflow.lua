-- error: string.rep: the result must be at most 1 MiB
local function attack(f)
  local _ = ("xy"):rep(math.maxinteger // 2 + 2)
end
