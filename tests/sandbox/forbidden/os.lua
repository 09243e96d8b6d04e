-- error: hostile.lua:3: there is no 'os' in a policy
local function attack(f)
  _ENV.os.exit(1)
end
