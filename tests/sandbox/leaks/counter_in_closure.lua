-- error: a policy must not keep anything from one decision to the next, but changed 'n'
local count
do
  local n = 0
  count = function() n = n + 1 end
end
local function attack(f)
  count()
end
