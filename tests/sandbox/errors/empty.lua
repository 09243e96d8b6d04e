-- error: an error without words
local function attack(f)
  error("", 0)
end
