-- error: a class must count at most 40, not 1322
-- Each character is compared with 661 properties, one after the other.
local function attack(f)
  re.find(("a"):rep(1048576), "^[" .. ([[\p{Lu}]]):rep(660) .. [[\p{Ll}]*+$]])
end
