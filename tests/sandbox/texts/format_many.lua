-- error: instructions
local function attack(f)
  local template = ("%99.99f"):rep(2000)
  local values = {}
  for i = 1, 2000 do values[i] = 1e308 end
  while true do local _ = template:format(table.unpack(values)) end
end
