-- error: more than 1000000 instructions
local function attack(f)
  re.gsub("abc", ".", function() while true do end end)
end
