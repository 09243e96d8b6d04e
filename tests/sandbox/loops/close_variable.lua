-- error: variable 'guard' got a non-closable value
local function attack(f)
  local guard <close> = {}
  while true do end
end
