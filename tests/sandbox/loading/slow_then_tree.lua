-- error: more than
a = ("\0"):rep(1000000) b = a .. 1
for i = 1, 10 do local _ = a < b end
local function attack(f)
for i = 1, 12 do local _ = a < b end
local t = {} while true do t = { t, {}, {}, {} } end
end
