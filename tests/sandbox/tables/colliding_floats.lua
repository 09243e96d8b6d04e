-- error: more than
local function attack(f)
while true do local t = {} for i = 1, 2049 do t[1 + i * 1e-14] = 1 end end
end
