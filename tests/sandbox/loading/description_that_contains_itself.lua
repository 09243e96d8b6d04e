-- refused: is not known here
local d = { id = "hostile", needs = {}, tests = { { "t", {}, {} } } }
d.self = d
return policy(d)
