-- error: more than
local function attack(f)
local s = ("e\u{301}"):rep(300000) while true do re.find(s, [[\X{1000}|\X+[bc]$]]) end
end
