-- refused: needs[2] must be the name of a fact in UTF-8 without control characters
return policy { id = "hostile", needs = { "row", "attack\0row" }, decide = function(_, d) return d end,
  tests = { { "rests", {}, { action = "none" } } } }
