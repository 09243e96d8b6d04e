-- refused: a policy must not keep an iterator
local step = pairs { a = 1, b = 2 }
return policy { id = "hostile", needs = {}, decide = function() return { action = "none", reason = step() } end,
  tests = { { "t", {}, {} } } }
