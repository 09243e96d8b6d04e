-- error: (*sr: is not available
-- It would look at all of the run, at each step back anew.
local function attack(f)
  re.find(("a"):rep(1048576), "(*sr:.*)[bc]")
end
