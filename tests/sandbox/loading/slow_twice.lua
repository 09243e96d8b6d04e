-- error: of processor time
-- What takes long while it is loaded does so again after the state was thrown away.
local long = ("\0"):rep(1000000)
local longer = long .. "x"
for _ = 1, 2 do local _ = long < longer end
local function attack()
  while true do local _ = long < longer end
end
