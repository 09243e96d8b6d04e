-- error: more than
local function attack(f)
local a = ("\0"):rep(1000000) local b = a .. 1
for i = 1, 12 do local _ = a < b end
local t = {} while true do t = { t, {}, {}, {} } end
end
