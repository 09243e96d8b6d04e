-- refused: more than 8192 items or 4096 keys in one table
local t = {}
for i = 1, 1e6 do t[i] = i end
