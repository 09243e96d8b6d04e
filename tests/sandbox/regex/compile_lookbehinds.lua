-- error: more than
local function attack(f)
for i = 1, 1e6 do re.find("", "(?<=" .. ("(?1)"):rep(1020) .. ")(a)" .. i) end
end
