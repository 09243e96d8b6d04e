-- refused: policy { ... } takes a table of its own, not one of the sandbox's
-- What stands in the environment is not seen by who goes through the description.
local count = 0
id, version_note, needs, params, guards, signals, ladder = "hostile", "x", {}, {}, {}, {}, {}
max_climb, mode, tests = 1, "enforce", { { "rests", {}, {} } }
function decide()
  count = count + 1
  return { action = "note", points = count }
end
return policy(_ENV)
