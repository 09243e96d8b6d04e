/*
** system.c: what Lua's own libraries do not tell of the system.
**
**     local system = require "host.system"
**     system.share              -- the folder that holds lua/ and sql/
**     system.clock()            -- seconds of a clock that never goes back
**     system.is_terminal(2)     -- is this file descriptor a terminal?
**     system.width("añb")       -- columns that the text takes in a terminal
**     system.size("chat.log")   -- bytes of a file, nil if it is not a plain file
**     system.files("sql")       -- sorted names in a folder, or nil and why not
**     system.hash("a", 1)       -- 16 hexadecimal digits of the hash behind dice(), of text and numbers
*/
#include "host.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include "dice.h"

static int system_clock(lua_State *lua) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  lua_pushnumber(lua, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
  return 1;
}

static int system_is_terminal(lua_State *lua) {
  lua_pushboolean(lua, isatty((int)luaL_checkinteger(lua, 1)));
  return 1;
}

static int system_width(lua_State *lua) {
  size_t length;
  const char *text = luaL_checklstring(lua, 1, &length);
  const char *end = text + length;
  lua_Integer width = 0;
  mbstate_t state = {0};
  while (text < end) {
    wchar_t character;
    size_t used = mbrtowc(&character, text, (size_t)(end - text), &state);
    if (used == 0 || used > (size_t)(end - text)) { /* NUL, or not UTF-8: takes a column */
      memset(&state, 0, sizeof state);
      used = 1;
      width++;
    } else {
      int columns = wcwidth(character);
      width += columns > 0 ? columns : 0;
    }
    text += used;
  }
  lua_pushinteger(lua, width);
  return 1;
}

static int system_size(lua_State *lua) {
  struct stat status;
  if (stat(luaL_checkstring(lua, 1), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  lua_pushinteger(lua, status.st_size);
  return 1;
}

static int system_files(lua_State *lua) {
  const char *path = luaL_checkstring(lua, 1);
  struct dirent **names;
  int count = scandir(path, &names, NULL, alphasort);
  if (count < 0) {
    lua_pushnil(lua);
    lua_pushfstring(lua, "%s: %s", path, strerror(errno));
    return 2;
  }
  lua_createtable(lua, count, 0);
  lua_Integer used = 0;
  for (int i = 0; i < count; i++) {
    if (names[i]->d_name[0] != '.') {
      lua_pushstring(lua, names[i]->d_name);
      lua_rawseti(lua, -2, ++used);
    }
    free(names[i]);
  }
  free(names);
  return 1;
}

static int system_hash(lua_State *lua) {
  struct dice dice = dice_begin();
  for (int i = 1; i <= lua_gettop(lua); i++) {
    size_t length;
    if (lua_isinteger(lua, i)) {
      dice_integer(&dice, lua_tointeger(lua, i));
    } else if (lua_type(lua, i) == LUA_TNUMBER) {
      dice_real(&dice, lua_tonumber(lua, i));
    } else {
      const char *text = luaL_checklstring(lua, i, &length);
      dice_bytes(&dice, 't', text, length);
    }
  }
  char digits[17];
  snprintf(digits, sizeof digits, "%016" PRIx64, dice_bits(&dice));
  lua_pushstring(lua, digits);
  return 1;
}

int luaopen_host_system(lua_State *lua) {
  static const luaL_Reg functions[] = {{"clock", system_clock}, {"is_terminal", system_is_terminal},
      {"width", system_width}, {"size", system_size}, {"files", system_files},
      {"hash", system_hash}, {NULL, NULL}};
  luaL_newlib(lua, functions);
  return 1;
}
