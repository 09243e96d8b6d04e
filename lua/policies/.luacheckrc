-- For luacheck: what a policy may use is what the sandbox has (ext/policy_library.lua), and nothing else.
-- `decorum test` takes it, and so does an editor that runs luacheck.
stds.policy = {
  read_globals = {
    "assert", "cooldown", "days", "dice", "error", "hours", "ipairs", "minutes", "null", "pairs", "policy", "select",
    "tonumber", "tostring", "type",
    math = { fields = {
      "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min",
      "mininteger", "modf", "pi", "rad", "sin", "sqrt", "tan", "tointeger", "type", "ult",
    } },
    re = { fields = { "find", "gmatch", "gsub", "match" } },
    string = { fields = { "byte", "char", "find", "format", "len", "lower", "rep", "reverse", "sub", "upper" } },
    table = { fields = { "concat", "insert", "pack", "remove", "sort", "unpack" } },
    utf8 = { fields = { "char", "codepoint", "codes", "len", "offset" } },
  },
}
std = "policy"
unused_args = false
max_line_length = false
ignore = { "6" } -- spaces and indentation are taste
