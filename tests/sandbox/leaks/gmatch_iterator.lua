-- refused: a policy must not keep an iterator
local step = re.gmatch("a b c", [[\w]])
return policy { id = "hostile", needs = {}, decide = function() return { action = "none", reason = step() } end,
  tests = { { "t", {}, {} } } }
