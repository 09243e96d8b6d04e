-- refused: not run: the tests before it took more than 2 s of processor time
-- Each takes all the time that a decision has, and says that it is right so.
local one, two = ("x"):rep(1000000) .. "y", ("x"):rep(1000000) .. "z"
local tests = {}
for i = 1, 200 do
  tests[i] = { "test " .. i, {}, { error = "more than 100 ms" } }
end
return policy { id = "hostile", needs = {}, tests = tests,
  decide = function() while true do local _ = one < two end end }
