-- error: the pattern is nested too deep for this text
local function attack(f)
  re.find("aaaa", "(?:a|(?R))(?R)")
end
