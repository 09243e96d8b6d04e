-- refused: at most 200 facts
local needs = {}
for i = 1, 300 do needs[i] = "fact" .. i end
return policy { id = "hostile", needs = needs, decide = function() end, tests = { { "t", {}, {} } } }
