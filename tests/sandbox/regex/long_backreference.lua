-- error: more than
local function attack(f)
local s = ("a"):rep(1000000) while true do re.find(s, [[(?i)^(a+)\1[bc]$]]) end
end
