-- error: more than 8192 items or 4096 keys in one table or call
local function attack(f)
  local function more(...) return more(1, 2, 3, 4, 5, 6, 7, 8, ...) end
  more()
end
