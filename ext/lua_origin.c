/*
** lua_origin.c: whose Lua is it that this process gives us? See lua_origin.h.
**
** A host that has a Lua of its own, LuaJIT or another version, may export its functions by the names that ours have. They
** then win when the extension is loaded, and the first call into a state of the other kind would crash the host.
** So it is looked up where each function that we call came from, and all must come from where one does that
** only Lua 5.4 has.
*/
#define _GNU_SOURCE /* dladdr */
#include "lua_origin.h"
#include <dlfcn.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#define FUNCTION(name)                                                                             \
  { #name, (void (*)(void))name }

static const struct {
  const char *name;
  void (*function)(void);
} functions[] = {
    FUNCTION(luaL_addlstring),
    FUNCTION(luaL_addvalue),
    FUNCTION(luaL_buffinit),
    FUNCTION(luaL_buffinitsize),
    FUNCTION(luaL_checkinteger),
    FUNCTION(luaL_checklstring),
    FUNCTION(luaL_checkstack),
    FUNCTION(luaL_checktype),
    FUNCTION(luaL_checkversion_),
    FUNCTION(luaL_error),
    FUNCTION(luaL_getmetafield),
    FUNCTION(luaL_len),
    FUNCTION(luaL_loadbufferx),
    FUNCTION(luaL_newmetatable),
    FUNCTION(luaL_optinteger),
    FUNCTION(luaL_optlstring),
    FUNCTION(luaL_prepbuffsize),
    FUNCTION(luaL_pushresult),
    FUNCTION(luaL_pushresultsize),
    FUNCTION(luaL_ref),
    FUNCTION(luaL_requiref),
    FUNCTION(luaL_setfuncs),
    FUNCTION(luaL_typeerror),
    FUNCTION(luaL_unref),
    FUNCTION(lua_callk),
    FUNCTION(lua_checkstack),
    FUNCTION(lua_close),
    FUNCTION(lua_compare),
    FUNCTION(lua_copy),
    FUNCTION(lua_createtable),
    FUNCTION(lua_dump),
    FUNCTION(lua_error),
    FUNCTION(lua_gc),
    FUNCTION(lua_getallocf),
    FUNCTION(lua_getfield),
    FUNCTION(lua_getglobal),
    FUNCTION(lua_geti),
    FUNCTION(lua_getinfo),
    FUNCTION(lua_getstack),
    FUNCTION(lua_gettable),
    FUNCTION(lua_gettop),
    FUNCTION(lua_isinteger),
    FUNCTION(lua_isstring),
    FUNCTION(lua_load),
    FUNCTION(lua_newstate),
    FUNCTION(lua_newuserdatauv),
    FUNCTION(lua_next),
    FUNCTION(lua_pcallk),
    FUNCTION(lua_pushboolean),
    FUNCTION(lua_pushcclosure),
    FUNCTION(lua_pushfstring),
    FUNCTION(lua_pushinteger),
    FUNCTION(lua_pushlightuserdata),
    FUNCTION(lua_pushlstring),
    FUNCTION(lua_pushnil),
    FUNCTION(lua_pushnumber),
    FUNCTION(lua_pushstring),
    FUNCTION(lua_pushvalue),
    FUNCTION(lua_rawget),
    FUNCTION(lua_rawgeti),
    FUNCTION(lua_rawlen),
    FUNCTION(lua_rawset),
    FUNCTION(lua_rawseti),
    FUNCTION(lua_rotate),
    FUNCTION(lua_setfield),
    FUNCTION(lua_sethook),
    FUNCTION(lua_seti),
    FUNCTION(lua_setmetatable),
    FUNCTION(lua_settop),
    FUNCTION(lua_setupvalue),
    FUNCTION(lua_toboolean),
    FUNCTION(lua_tocfunction),
    FUNCTION(lua_tointegerx),
    FUNCTION(lua_tolstring),
    FUNCTION(lua_tonumberx),
    FUNCTION(lua_touserdata),
    FUNCTION(lua_type),
    FUNCTION(lua_typename),
    FUNCTION(lua_version),
    FUNCTION(luaopen_base),
    FUNCTION(luaopen_debug),
    FUNCTION(luaopen_math),
    FUNCTION(luaopen_string),
    FUNCTION(luaopen_table),
    FUNCTION(luaopen_utf8),
};

/* Where a function is; a pointer to a function is none to an object, for ISO C. */
static bool lua_origin_find(void (*function)(void), Dl_info *found) {
  void *address;
  memcpy(&address, &function, sizeof address);
  return dladdr(address, found) != 0 && found->dli_fname != NULL;
}

bool lua_origin_is_ours(char *problem, size_t size) {
  Dl_info ours, other;
  if (!lua_origin_find((void (*)(void))lua_setwarnf, &ours)) {
    snprintf(problem, size, "there is no Lua 5.4");
    return false;
  }
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (!lua_origin_find(functions[i].function, &other) || other.dli_fbase != ours.dli_fbase) {
      const char *name = other.dli_fname ? strrchr(other.dli_fname, '/') : NULL;
      name = name ? name + 1 : other.dli_fname ? other.dli_fname : "another library";
      snprintf(problem, size, "%s is of %s, not of Lua 5.4", functions[i].name, name);
      return false;
    }
  }
  if (lua_version(NULL) != LUA_VERSION_NUM) {
    snprintf(problem, size, "it is Lua %.1f", lua_version(NULL) / 100);
    return false;
  }
  return true;
}
