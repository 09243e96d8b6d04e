-- error: more than 1000000 instructions
-- A group that is optional a thousand times has a thousand ends.
local function attack(f)
  re.find(("a"):rep(1048576), "(?<!b){0,1000}[bc]")
end
