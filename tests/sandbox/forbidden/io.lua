-- error: hostile.lua:3: there is no 'io' in a policy
local function attack(f)
  _ENV.io.open("/etc/passwd")
end
