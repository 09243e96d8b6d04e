/*
** lua.c: the host's Lua without decorum.main: runs the file named on the command line. For tests of the
** modules in lua/, which need the host's bindings.
*/
#include "host.h"

static int script_start(lua_State *lua) {
  lua_rawgeti(lua, 1, 1);
  if (luaL_loadfile(lua, lua_tostring(lua, -1)) != LUA_OK) return lua_error(lua);
  lua_call(lua, 0, 0);
  lua_pushinteger(lua, 0);
  return 1;
}

int main(int argc, char **argv) {
  (void)argc;
  return host_run(script_start, argv);
}
