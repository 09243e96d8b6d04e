-- error: a repeat must be at most 1000 times
local function attack(f)
  re.find((("a"):rep(65000) .. "1"):rep(16), [[\c\{1}[a-z]{0,65535}]])
end
