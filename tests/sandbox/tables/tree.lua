-- error: MiB of memory
local function attack(f)
  local t = {}
  while true do t = { t, {}, {}, {} } end
end
