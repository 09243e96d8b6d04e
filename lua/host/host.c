/*
** host.c: a Lua state with the host's modules, and a script in it. See host.h.
**
** The folder with lua/ and sql/ is found beside the program: ../share/decorum once installed, and one of
** the folders above it in the source tree, where programs stand in build/.
*/
#include "host.h"
#include <limits.h>
#include <locale.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pushes the share folder; false if there is none. */
static int host_find_share(lua_State *lua) {
  static const char *const places[] = {"/../share/decorum", "/..", "/../..", "/../../.."};
  char program[PATH_MAX], share[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (length <= 0) return 0;
  program[length] = '\0';
  *strrchr(program, '/') = '\0';
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const char *path = lua_pushfstring(lua, "%s%s", program, places[i]);
    const char *main = lua_pushfstring(lua, "%s/lua/decorum/main.lua", path);
    if (access(main, R_OK) == 0 && realpath(path, share) != NULL) {
      lua_pop(lua, 2);
      lua_pushstring(lua, share);
      return 1;
    }
    lua_pop(lua, 2);
  }
  return 0;
}

/* A fault keeps where it happened. */
static int host_traceback(lua_State *lua) {
  const char *message = lua_tostring(lua, 1);
  if (message == NULL) return 1; /* an error that is meant for main.lua's own handler */
  luaL_traceback(lua, lua, message, 1);
  return 1;
}

/* Opened when they are required first; host.system at once, for it is told where the share folder is. */
static const luaL_Reg host_modules[] = {{"host.sqlite", luaopen_host_sqlite},
    {"host.json", luaopen_host_json}, {"host.multi", luaopen_host_multi},
    {"host.signal", luaopen_host_signal}, {"host.descriptor", luaopen_host_descriptor}};

/* Protected: opens the libraries and calls what `start` pushes with the arguments of the command line. */
static int host_run_protected(lua_State *lua) {
  lua_CFunction start = lua_tocfunction(lua, 1);
  char **argv = lua_touserdata(lua, 2);
  luaL_openlibs(lua);
  luaL_getsubtable(lua, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  for (size_t i = 0; i < sizeof host_modules / sizeof *host_modules; i++) {
    lua_pushcfunction(lua, host_modules[i].func);
    lua_setfield(lua, -2, host_modules[i].name);
  }
  luaL_requiref(lua, "host.system", luaopen_host_system, 0);
  if (!host_find_share(lua)) return luaL_error(lua, "cannot find the folder with lua/ and sql/");
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -3, "share");
  lua_getglobal(lua, "package");
  lua_getfield(lua, -1, "path");
  lua_pushfstring(lua, "%s/lua/?.lua;%s", lua_tostring(lua, -3), lua_tostring(lua, -1));
  lua_setfield(lua, -3, "path");
  lua_newtable(lua);
  for (int i = 0; argv[i]; i++) {
    lua_pushstring(lua, argv[i]);
    lua_rawseti(lua, -2, i);
  }
  lua_pushvalue(lua, -1);
  lua_setglobal(lua, "arg");
  lua_pushcfunction(lua, start);
  lua_pushvalue(lua, -2);
  lua_call(lua, 1, 1);
  return 1;
}

int host_run(lua_CFunction start, char **argv) {
  setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of text; numbers stay as they are */
  lua_State *lua = luaL_newstate();
  if (lua == NULL) {
    fputs("decorum: out of memory\n", stderr);
    return 2;
  }
  lua_pushcfunction(lua, host_traceback);
  lua_pushcfunction(lua, host_run_protected);
  lua_pushcfunction(lua, start);
  lua_pushlightuserdata(lua, argv);
  int status = 2;
  if (lua_pcall(lua, 2, 1, 1) == LUA_OK) {
    status = (int)lua_tointeger(lua, -1);
  } else {
    fprintf(stderr, "decorum: %s\n", lua_tostring(lua, -1));
  }
  lua_close(lua);
  return status;
}
