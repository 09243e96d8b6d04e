std = "lua54"
max_line_length = 140

-- What the sandbox gives to policies: the list that ships with them.
local shipped = { stds = stds }
local rules = assert(loadfile("lua/policies/.luacheckrc", "t", shipped))
if setfenv then
  setfenv(rules, shipped) -- where luacheck runs in Lua 5.1
end
rules()

files["lua/policies"] = { std = "policy" }
files["lua/policies/_meta.lua"] = { std = "max", ignore = { "1", "2" } } -- declares what is not there
files["examples"] = { std = "policy" }
exclude_files = { "tests/sandbox/*/*.lua" } -- policies that are as wrong as can be
files["tests/lua"] = { std = "+busted" }
