-- refused: tests must be at most 200, not 4000
local tests = {}
for i = 1, 4000 do
  tests[i] = { "test " .. i, {}, { action = "none" } }
end
return policy { id = "hostile", needs = {}, tests = tests,
  decide = function()
    local one, two = ("x"):rep(100000) .. "y", ("x"):rep(100000) .. "z"
    for _ = 1, 1000 do local _ = one == two end
  end }
