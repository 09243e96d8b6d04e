-- error: more than 8192 items or 4096 keys in one table or call
local function attack(f)
  local t = {}
  for i = 1, 8100 do t[i] = i end
  local function many(...) return many(table.unpack(t), ...) end
  many()
end
