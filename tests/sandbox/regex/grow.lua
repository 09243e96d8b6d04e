-- error: a text of more than 1 MiB
local function attack(f)
  re.gsub(("x"):rep(10000), ".", ("y"):rep(10000))
end
