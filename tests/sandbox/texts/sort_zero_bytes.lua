-- error: more than
local function attack(f)
local t = {} for i = 1, 40 do t[i] = ("\0"):rep(200000) .. i end while true do table.sort(t) end
end
