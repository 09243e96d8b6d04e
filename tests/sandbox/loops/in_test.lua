-- refused: tests[1] 'spins' failed: policy.lua:3: more than 1000000 instructions
return policy { id = "hostile", needs = {},
  decide = function() while true do end end,
  tests = { { "spins", {}, { action = "none" } } } }
