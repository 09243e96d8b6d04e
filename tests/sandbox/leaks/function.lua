-- error: a policy must not keep anything from one decision to the next, but changed 'decide_on'
local function decide_on() return 1 end
local function attack(f)
  decide_on = function() return 2 end
end
