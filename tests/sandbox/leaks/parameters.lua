-- error: params is read-only
return policy { id = "hostile", needs = { "attack" }, params = { n = 1 },
  decide = function(f, _, p) if f.attack == 1 then p.n = p.n + 1 end end,
  tests = { { "is quiet", {}, { action = "none" } } } }
