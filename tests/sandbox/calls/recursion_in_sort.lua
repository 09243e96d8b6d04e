-- error: C stack overflow
local function attack(f)
  local function deep() table.sort({ 2, 1 }, deep) end
  deep()
end
