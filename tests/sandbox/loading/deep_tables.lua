-- refused: more than 1000000 instructions
local t = {}
for _ = 1, 40000 do t = { t } end
return policy { id = "hostile", needs = {}, decide = function() return t end, tests = { { "t", {}, {} } } }
