-- Runs the *_test.lua beside it with busted, inside the host's Lua. Called by run.sh.
package.path = arg[1]:match "^(.*)/" .. "/?.lua;" .. package.path -- for what tests share
_G.arg = { [0] = "busted", "--output=TAP", "--pattern=_test", table.unpack(arg, 2) } -- luacheck: ignore
require "busted.runner" { standalone = false }
