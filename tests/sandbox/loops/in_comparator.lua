-- error: more than 1000000 instructions
local function attack(f)
  table.sort({ 2, 1 }, function() while true do end end)
end
