-- error: hostile.lua:3: more than 1000000 instructions
return policy { id = "hostile", needs = { "attack" },
  signals = { { "spin", function(f) while f.attack == 1 do end end } }, ladder = { { at = 1, action = "note" } },
  tests = { { "is quiet", {}, { action = "none" } } } }
