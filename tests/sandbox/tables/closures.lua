-- error: more than
local function attack(f)
local t = {} while true do local a = {} t = function() return t, a end end
end
