-- error: a class must count at most 40, not
-- PCRE2 tells where items are, but not of the one behind a callout of the pattern's own.
local function attack(f)
  re.find(("a"):rep(1048576), "(?x)^(?C255) (?# [) [^" .. ([[\p{Lu}]]):rep(500) .. "b]*+$")
end
