-- error: more than 1000000 instructions
-- It looks at a thousand characters before it fails, at each character anew.
local function attack(f)
  re.find((("a"):rep(990) .. "1"):rep(1058), "[" .. ([[\p{Lu}]]):rep(19) .. [[\p{Ll}]{1000}]])
end
