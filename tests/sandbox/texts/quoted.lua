-- error: more than
local function attack(f)
local s = ("\n\0"):rep(500000) while true do local _ = ("%q"):format(s) end
end
