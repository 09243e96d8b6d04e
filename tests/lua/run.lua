-- Runs the *_test.lua beside it with busted, inside the host's Lua. Called by run.sh.
arg = { [0] = "busted", "--output=TAP", "--pattern=_test", table.unpack(arg, 2) }
require "busted.runner" { standalone = false }
