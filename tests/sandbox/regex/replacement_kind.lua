-- error: a replacement must be text, not a table
local function attack(f)
  re.gsub("x", "x", function() return {} end)
end
