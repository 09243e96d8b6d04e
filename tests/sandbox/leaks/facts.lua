-- error: a policy must not keep anything from one decision to the next, but changed 'seen'
local seen
local function attack(f)
  seen = f
end
