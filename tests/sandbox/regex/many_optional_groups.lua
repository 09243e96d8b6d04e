-- error: more than
local function attack(f)
local s = ("ab"):rep(500000) while true do re.find(s, ("(a?)"):rep(32) .. "[xy]") end
end
