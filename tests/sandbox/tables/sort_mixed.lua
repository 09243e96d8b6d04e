-- error: attempt to compare
local function attack(f)
  table.sort({ 1, "1", true })
end
