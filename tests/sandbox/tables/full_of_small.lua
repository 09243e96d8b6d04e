-- error: more than
local function attack(f)
local t, n = {}, 0
for i = 1, 8000 do local u = {} t[i] = u for k = 1, 18 do u[k] = {} end n = n + 1 end
while true do local s = ("x"):rep(300000) end
end
