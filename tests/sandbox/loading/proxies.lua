-- refused: more than 1000000 instructions
local t = {}
for i = 1, 8000 do t[i] = { { i }, { i } } end
return policy { id = "hostile", needs = {}, decide = function() return t end, tests = { { "t", {}, {} } } }
