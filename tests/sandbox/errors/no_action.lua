-- error: must be one of none, reset, undo, note,
local function attack(f)
  return { action = ("x"):rep(100000) }
end
