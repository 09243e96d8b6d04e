/*
** regex_lua.c: regular expressions for policies. See regex_lua.h.
**
** HOW IT WORKS
**
** The functions share two upvalues: the cache, a table of compiled patterns, and the struct regex that matches are made
** with. When the cache is full it is emptied. A pattern costs the same whether it is in the cache or not, so that
** a decision does not depend on the one before it.
*/
#include "regex_lua.h"
#include <lauxlib.h>
#include "bounded.h"
#include "regex.h"

#define CACHE lua_upvalueindex(1)
#define STATE lua_upvalueindex(2)
#define CACHE_MAX 64 /* patterns */

struct regex_state {
  struct regex regex;
  int cached;
};

static int regex_lua_close(lua_State *lua) {
  struct regex_state *state = lua_touserdata(lua, 1);
  regex_close(&state->regex);
  return 0;
}

static int regex_lua_free(lua_State *lua) {
  regex_free(lua_touserdata(lua, 1));
  return 0;
}

/* Raises what went wrong; `said` may be empty. */
static int regex_lua_fail(lua_State *lua, const char *said, int result) {
  struct budget *budget = budget_of(lua);
  if (budget->exceeded[0]) return budget_raise(lua);
  if (result == REGEX_NOMEM && budget->capped) {
    return luaL_error(lua, "more than %d MiB of memory", budget->limits.mebibytes);
  }
  return luaL_error(lua, "re: %s", said[0] ? said : regex_problem(result));
}

/* Gives a new userdata on top of the stack its finalizer. */
static void regex_lua_finalize(lua_State *lua, const char *kind, lua_CFunction finalizer) {
  if (luaL_newmetatable(lua, kind)) {
    lua_pushcfunction(lua, finalizer);
    lua_setfield(lua, -2, "__gc");
  }
  lua_setmetatable(lua, -2);
}

static void regex_lua_empty(lua_State *lua, struct regex_state *state) {
  lua_pushnil(lua);
  while (lua_next(lua, CACHE)) {
    lua_pop(lua, 1);
    lua_pushvalue(lua, -1);
    lua_pushnil(lua);
    lua_rawset(lua, CACHE);
  }
  state->cached = 0;
}

/* The pattern at an index, compiled; pushes it. */
static struct regex_code *regex_lua_code(lua_State *lua, int index) {
  struct regex_state *state = lua_touserdata(lua, STATE);
  size_t length;
  const char *pattern = luaL_checklstring(lua, index, &length);
  lua_pushvalue(lua, index);
  lua_rawget(lua, CACHE);
  struct regex_code *code = lua_touserdata(lua, -1);
  if (code != NULL) {
    budget_charge(lua, code->cost);
    return code;
  }
  char error[200];
  lua_pop(lua, 1);
  budget_of(lua)->uncounted = true; /* those that are in the cache ask for no memory */
  if (state->cached == CACHE_MAX) regex_lua_empty(lua, state);
  code = budget_userdata(lua, sizeof *code);
  code->code = NULL;
  regex_lua_finalize(lua, "decorum.regex_code", regex_lua_free);
  if (!regex_compile(&state->regex, pattern, length, code, error, sizeof error)) {
    /* Those that nobody uses any more may hold the memory: Lua does not know how large they are. */
    if (!error[0] && !budget_of(lua)->exceeded[0]) {
      lua_gc(lua, LUA_GCCOLLECT);
      regex_compile(&state->regex, pattern, length, code, error, sizeof error);
    }
    if (code->code == NULL) regex_lua_fail(lua, error, REGEX_NOMEM);
  }
  lua_pushvalue(lua, index);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, CACHE);
  budget_of(lua)->uncounted = false;
  state->cached++;
  return code;
}

/* Searches; false if there is nothing to find. */
static bool regex_lua_search(lua_State *lua, struct regex *regex, const struct regex_code *code,
    const char *text, size_t length, size_t start, bool not_empty) {
  int result = regex_match(regex, code, text, length, start, not_empty);
  if (result < 0) regex_lua_fail(lua, "", result);
  return result == REGEX_MATCH;
}

static void regex_lua_push_group(
    lua_State *lua, const struct regex *regex, const char *text, uint32_t i) {
  size_t start, end;
  if (regex_group(regex, i, &start, &end)) {
    lua_pushlstring(lua, text + start, end - start);
  } else {
    lua_pushboolean(lua, 0);
  }
}

/* Pushes the groups, or the whole if there are none and whole is set. Returns how many. */
static int regex_lua_push_groups(lua_State *lua, const struct regex *regex,
    const struct regex_code *code, const char *text, bool whole) {
  luaL_checkstack(lua, REGEX_CAPTURES_MAX + 1, "too many groups");
  if (code->captures == 0 && whole) {
    regex_lua_push_group(lua, regex, text, 0);
    return 1;
  }
  for (uint32_t i = 1; i <= code->captures; i++) regex_lua_push_group(lua, regex, text, i);
  return (int)code->captures;
}

static int regex_lua_first(lua_State *lua, bool find) {
  struct regex_state *state = lua_touserdata(lua, STATE);
  size_t length, start, end;
  const char *text = luaL_checklstring(lua, 1, &length);
  start = bounded_start(lua, 3, length);
  struct regex_code *code = regex_lua_code(lua, 2);
  if (start > length || !regex_lua_search(lua, &state->regex, code, text, length, start, false)) {
    lua_pushnil(lua);
    return 1;
  }
  if (!find) return regex_lua_push_groups(lua, &state->regex, code, text, true);
  regex_group(&state->regex, 0, &start, &end);
  lua_pushinteger(lua, (lua_Integer)start + 1);
  lua_pushinteger(lua, (lua_Integer)end);
  return 2 + regex_lua_push_groups(lua, &state->regex, code, text, false);
}

static int regex_lua_find(lua_State *lua) {
  return regex_lua_first(lua, true);
}

static int regex_lua_match(lua_State *lua) {
  return regex_lua_first(lua, false);
}

/* gmatch's iterator. Upvalues: cache, state, text, pattern, where to go on, where the last match ended or -1. */
static int regex_lua_next(lua_State *lua) {
  struct regex_state *state = lua_touserdata(lua, STATE);
  struct regex_code *code = lua_touserdata(lua, lua_upvalueindex(4));
  size_t length, start, end;
  const char *text = lua_tolstring(lua, lua_upvalueindex(3), &length);
  lua_Integer at = lua_tointeger(lua, lua_upvalueindex(5));
  bool not_empty = at == lua_tointeger(lua, lua_upvalueindex(6));
  if ((size_t)at > length ||
      !regex_lua_search(lua, &state->regex, code, text, length, (size_t)at, not_empty)) {
    lua_pushinteger(lua, (lua_Integer)length + 1); /* it stays at its end */
    lua_replace(lua, lua_upvalueindex(5));
    return 0;
  }
  regex_group(&state->regex, 0, &start, &end);
  for (int i = 5; i <= 6; i++) {
    lua_pushinteger(lua, (lua_Integer)end);
    lua_replace(lua, lua_upvalueindex(i));
  }
  return regex_lua_push_groups(lua, &state->regex, code, text, true);
}

static int regex_lua_gmatch(lua_State *lua) {
  size_t length;
  luaL_checklstring(lua, 1, &length);
  size_t start = bounded_start(lua, 3, length);
  lua_pushvalue(lua, CACHE);
  lua_pushvalue(lua, STATE);
  lua_pushvalue(lua, 1);
  regex_lua_code(lua, 2);
  lua_pushinteger(lua, (lua_Integer)(start > length ? length + 1 : start));
  lua_pushinteger(lua, -1);
  lua_pushcclosure(lua, regex_lua_next, 6);
  return 1;
}

/* Adds a replacement text, with what stands for %0 to %9. */
static void regex_lua_add_text(lua_State *lua, luaL_Buffer *buffer, const struct regex *regex,
    const struct regex_code *code, const char *text) {
  size_t length, start, end;
  const char *with = lua_tolstring(lua, 3, &length);
  budget_charge(lua, length / 8);
  for (size_t i = 0; i < length; i++) {
    if (with[i] != '%') {
      luaL_addchar(buffer, with[i]);
      continue;
    }
    char sign = ++i < length ? with[i] : '\0';
    uint32_t group = sign == '1' && code->captures == 0 ? 0 : (uint32_t)(sign - '0');
    if (sign == '%') {
      luaL_addchar(buffer, '%');
    } else if (sign < '0' || sign > '9' || group > code->captures) {
      luaL_error(
          lua, "re.gsub: %% in the replacement must be followed by %% or the number of a group");
    } else if (regex_group(regex, group, &start, &end)) {
      luaL_addlstring(buffer, text + start, end - start);
    }
  }
}

/* Adds what a match is replaced by; the match itself for nil and false. */
static void regex_lua_add(lua_State *lua, luaL_Buffer *buffer, const struct regex *regex,
    const struct regex_code *code, const char *text, size_t start, size_t end) {
  int kind = lua_type(lua, 3);
  if (kind == LUA_TSTRING || kind == LUA_TNUMBER) {
    regex_lua_add_text(lua, buffer, regex, code, text);
    return;
  }
  if (kind == LUA_TTABLE) {
    regex_lua_push_group(lua, regex, text, code->captures > 0);
    lua_gettable(lua, 3);
  } else {
    lua_pushvalue(lua, 3);
    lua_call(lua, regex_lua_push_groups(lua, regex, code, text, true), 1);
  }
  if (!lua_toboolean(lua, -1)) {
    lua_pop(lua, 1);
    luaL_addlstring(buffer, text + start, end - start);
  } else if (lua_isstring(lua, -1)) {
    luaL_addvalue(buffer);
  } else {
    luaL_error(lua, "re.gsub: a replacement must be text, not a %s", luaL_typename(lua, -1));
  }
}

static int regex_lua_gsub(lua_State *lua) {
  struct regex_state *state = lua_touserdata(lua, STATE);
  size_t length, start, end, at = 0;
  const char *text = luaL_checklstring(lua, 1, &length);
  int kind = lua_type(lua, 3);
  luaL_argexpected(lua,
      kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE, 3,
      "text, table or function");
  lua_Integer most = luaL_optinteger(lua, 4, (lua_Integer)length + 1), count = 0;
  struct regex_code *code = regex_lua_code(lua, 2);
  luaL_Buffer buffer;
  luaL_buffinit(lua, &buffer);
  while (count < most && regex_lua_search(lua, &state->regex, code, text, length, at, count > 0)) {
    regex_group(&state->regex, 0, &start, &end);
    if (start < at) start = at;
    luaL_addlstring(&buffer, text + at, start - at);
    regex_lua_add(lua, &buffer, &state->regex, code, text, start, end);
    at = end;
    count++;
  }
  luaL_addlstring(&buffer, text + at, length - at);
  luaL_pushresult(&buffer);
  lua_pushinteger(lua, count);
  return 2;
}

void regex_push(lua_State *lua) {
  static const luaL_Reg functions[] = {{"find", regex_lua_find}, {"match", regex_lua_match},
      {"gmatch", regex_lua_gmatch}, {"gsub", regex_lua_gsub}, {NULL, NULL}};
  lua_newtable(lua); /* the library */
  lua_newtable(lua); /* the cache */
  struct regex_state *state = budget_userdata(lua, sizeof *state);
  *state = (struct regex_state){0};
  regex_lua_finalize(lua, "decorum.regex", regex_lua_close);
  if (!regex_open(&state->regex, budget_of(lua))) luaL_error(lua, "re: out of memory");
  luaL_setfuncs(lua, functions, 2);
}
