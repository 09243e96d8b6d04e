-- error: more than
local function attack(f)
local s = ("ab"):rep(500000) while true do re.gsub(s, ".", function() end) end
end
