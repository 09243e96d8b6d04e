-- error: more than
local function attack(f)
local t = {} for i = 1, 8000 do t[i] = 1e300 / i end while true do table.concat(t, ",") end
end
