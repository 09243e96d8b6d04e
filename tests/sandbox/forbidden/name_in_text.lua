-- refused: policy.lua:3: there is no 'os' in a policy; there are assert, cooldown,
local function attack(f)
  os.exit(1)
end
