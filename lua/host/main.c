/*
** main.c: the decorum program. Everything that it does is Lua: lua/decorum/main.lua.
*/
#include "host.h"

static int main_start(lua_State *lua) {
  lua_getglobal(lua, "require");
  lua_pushstring(lua, "decorum.main");
  lua_call(lua, 1, 1);
  lua_pushvalue(lua, 1);
  lua_call(lua, 1, 1);
  return 1;
}

int main(int argc, char **argv) {
  (void)argc;
  return host_run(main_start, argv);
}
