-- error: more than 1000000 instructions
-- The end of the first branch goes over all others.
local function attack(f)
  re.find(("a"):rep(1048576), "(?:a" .. ("|b"):rep(1300) .. ")*+[bc]")
end
