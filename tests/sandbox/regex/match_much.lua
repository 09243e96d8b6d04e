-- error: more than
local function attack(f)
local s = ("ab"):rep(5000) while true do for w in re.gmatch(s, "a") do end end
end
