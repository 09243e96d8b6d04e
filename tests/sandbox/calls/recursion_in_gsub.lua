-- error: C stack overflow
local function attack(f)
  local function deep() return (re.gsub("x", "x", deep)) end
  deep()
end
