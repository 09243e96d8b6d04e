-- error: \X is not available
-- It would look back over all flags, at each flag anew.
local function attack(f)
  re.find(("\u{1F1E6}"):rep(260000), [=[\X*+[bc]]=])
end
