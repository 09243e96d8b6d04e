std = "lua54"
max_line_length = 140

-- What the sandbox gives to policies.
files["lua/policies"] = {
  globals = {},
  read_globals = { "policy", "minutes", "hours", "days", "cooldown", "dice" },
}
files["examples"] = files["lua/policies"]
files["tests/lua"] = { std = "+busted" }
