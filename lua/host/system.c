/*
** system.c: what Lua's own libraries do not tell of the system.
**
**     local system = require "host.system"
**     system.share              -- the folder that holds lua/ and sql/
**     system.clock()            -- seconds of a clock that never goes back
**     system.now()              -- seconds since 1970, with what is after the point
**     system.is_terminal(2)     -- is this file descriptor a terminal?
**     system.width("añb")       -- columns that the text takes in a terminal
**     system.size("chat.log")   -- bytes of a file, nil if it is not a plain file
**     system.kind("chat.log")   -- "file", "folder" or "other"; nil if there is nothing
**     system.same("a", "./a")   -- are both names of one file?
**     system.is_link("a")       -- is the name that of a symbolic link, whatever that leads to?
**     system.real("./a")        -- where the file really is: no links, no dots; nil if there is nothing
**     system.writable("a")      -- may this process write the file, or into the folder?
**     system.create("chat.db")  -- true if this call made the (empty) file; false if there was something already; nil and why
**                                  it cannot be made
**     system.create("a", "b")   -- the same, with the permissions of b if that is there
**     system.lock("chat.db")    -- true: this process is the one that has locked the file, until it ends; false: another has; nil and
**                                  why it cannot be read. To be called before SQLite opens the file, once
**     system.read(handle, 4096) -- what there is to read of a Lua file, up to so many bytes; waits only if
**                                  there is nothing; nil at the end
**     system.nap(0.002)         -- lets others run for so many seconds
**     system.files("sql")       -- sorted names in a folder, or nil and why not
**     system.hash("a", 1)       -- 16 hexadecimal digits of the hash behind dice(), of text and numbers
*/
#include "host.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include "dice.h"

static int system_push_time(lua_State *lua, clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  lua_pushnumber(lua, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
  return 1;
}

static int system_clock(lua_State *lua) {
  return system_push_time(lua, CLOCK_MONOTONIC);
}

static int system_now(lua_State *lua) {
  return system_push_time(lua, CLOCK_REALTIME);
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

static int system_kind(lua_State *lua) {
  struct stat status;
  if (stat(luaL_checkstring(lua, 1), &status) != 0) return 0;
  lua_pushstring(lua, S_ISREG(status.st_mode)   ? "file"
                      : S_ISDIR(status.st_mode) ? "folder"
                                                : "other");
  return 1;
}

static int system_same(lua_State *lua) {
  struct stat one, other;
  lua_pushboolean(lua, stat(luaL_checkstring(lua, 1), &one) == 0 &&
                           stat(luaL_checkstring(lua, 2), &other) == 0 &&
                           one.st_dev == other.st_dev && one.st_ino == other.st_ino);
  return 1;
}

static int system_is_link(lua_State *lua) {
  struct stat status;
  lua_pushboolean(lua, lstat(luaL_checkstring(lua, 1), &status) == 0 && S_ISLNK(status.st_mode));
  return 1;
}

static int system_real(lua_State *lua) {
  char real[PATH_MAX];
  lua_pushstring(lua, realpath(luaL_checkstring(lua, 1), real)); /* nil for NULL */
  return 1;
}

static int system_writable(lua_State *lua) {
  lua_pushboolean(lua, access(luaL_checkstring(lua, 1), W_OK) == 0);
  return 1;
}

static int system_create(lua_State *lua) {
  const char *path = luaL_checkstring(lua, 1);
  const char *like = luaL_optstring(lua, 2, NULL);
  struct stat status;
  bool is_like = like != NULL && stat(like, &status) == 0;
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, is_like ? 0600 : 0666);
  if (file < 0 && errno != EEXIST) return luaL_fileresult(lua, 0, path);
  if (file >= 0) {
    if (is_like) fchmod(file, status.st_mode & 0777);
    close(file);
  }
  lua_pushboolean(lua, file >= 0);
  return 1;
}

/* The descriptor stays open: closing any of the file would end SQLite's own locks on it, which are of another kind. */
static int system_lock(lua_State *lua) {
  const char *path = luaL_checkstring(lua, 1);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return luaL_fileresult(lua, 0, path);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    bool is_taken = errno == EWOULDBLOCK;
    close(file);
    if (!is_taken) return luaL_fileresult(lua, 0, path);
    lua_pushboolean(lua, 0);
    return 1;
  }
  lua_pushboolean(lua, 1);
  return 1;
}

static int system_read(lua_State *lua) {
  luaL_Stream *stream = luaL_checkudata(lua, 1, LUA_FILEHANDLE);
  lua_Integer most = luaL_checkinteger(lua, 2);
  luaL_argcheck(lua, stream->closef != NULL, 1, "the file is closed");
  luaL_argcheck(lua, most > 0 && most <= 16777216, 2, "must be between 1 and 16777216");
  luaL_Buffer buffer;
  char *bytes = luaL_buffinitsize(lua, &buffer, (size_t)most);
  ssize_t count;
  do {
    count = read(fileno(stream->f), bytes, (size_t)most);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return luaL_fileresult(lua, 0, NULL);
  luaL_pushresultsize(&buffer, (size_t)count);
  if (count == 0) lua_pushnil(lua);
  return 1;
}

static int system_nap(lua_State *lua) {
  double seconds = luaL_checknumber(lua, 1);
  struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
  nanosleep(&time, NULL);
  return 0;
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
  static const luaL_Reg functions[] = {{"clock", system_clock}, {"now", system_now},
      {"is_terminal", system_is_terminal}, {"width", system_width}, {"size", system_size},
      {"kind", system_kind}, {"same", system_same}, {"is_link", system_is_link},
      {"real", system_real}, {"writable", system_writable}, {"create", system_create},
      {"lock", system_lock}, {"read", system_read}, {"nap", system_nap}, {"files", system_files},
      {"hash", system_hash}, {NULL, NULL}};
  luaL_newlib(lua, functions);
  return 1;
}
