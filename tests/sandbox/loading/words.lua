-- refused: signals[1] words must be at most 1000 bytes long, not 500000
local slots = ("{a"):rep(50000)
return policy { id = "hostile", needs = {}, signals = { { "s", function() return 1 end, slots .. ("a"):rep(400000) } },
  decide = function() end, tests = { { "t", {}, { action = "note" } } } }
