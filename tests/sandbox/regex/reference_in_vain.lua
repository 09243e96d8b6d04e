-- error: more than 1000000 instructions
local function attack(f)
  local s = ("a"):rep(300000) .. "b" .. ("A"):rep(299999) .. "c" .. ("a"):rep(400000)
  re.find(s, [[(?i)^(a+)b.*?\1!]])
end
