/*
** json.c: JSON for Lua, by jansson.
**
**     local json = require "host.json"
**     json.decode('{"id": 9007199254740993}').id    -- 9007199254740993, all its digits
**     json.decode("{")                              -- nil, "line 1: ..."
**     json.quote('a "b"')                           -- "a \"b\"", with the quotation marks
**
** Objects and arrays are tables, null is nil (a key that is null is not there). jansson refuses invalid
** UTF-8, nesting deeper than 2048, and, as used here, an object that says a key twice.
*/
#include "host.h"
#include <jansson.h>
#include <stdlib.h>

static void json_push(lua_State *lua, json_t *value) {
  const char *key;
  json_t *member;
  size_t i;
  luaL_checkstack(lua, 4, "JSON is nested too deeply");
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    lua_createtable(lua, 0, (int)json_object_size(value));
    json_object_foreach(value, key, member) {
      json_push(lua, member);
      lua_setfield(lua, -2, key);
    }
    break;
  case JSON_ARRAY:
    lua_createtable(lua, (int)json_array_size(value), 0);
    json_array_foreach(value, i, member) {
      json_push(lua, member);
      lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    break;
  case JSON_STRING:
    lua_pushlstring(lua, json_string_value(value), json_string_length(value));
    break;
  case JSON_INTEGER:
    lua_pushinteger(lua, json_integer_value(value));
    break;
  case JSON_REAL:
    lua_pushnumber(lua, json_real_value(value));
    break;
  case JSON_TRUE:
  case JSON_FALSE:
    lua_pushboolean(lua, json_is_true(value));
    break;
  default:
    lua_pushnil(lua);
  }
}

static int json_push_protected(lua_State *lua) {
  json_push(lua, lua_touserdata(lua, 1));
  return 1;
}

static int json_decode(lua_State *lua) {
  size_t length;
  const char *text = luaL_checklstring(lua, 1, &length);
  json_error_t error;
  json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
  if (value == NULL) {
    lua_pushnil(lua);
    lua_pushfstring(lua, "%s (column %d)", error.text, error.column);
    return 2;
  }
  lua_pushcfunction(lua, json_push_protected); /* so that the value is freed after an error too */
  lua_pushlightuserdata(lua, value);
  int status = lua_pcall(lua, 1, 1, 0);
  json_decref(value);
  return status == LUA_OK ? 1 : lua_error(lua);
}

static int json_quote(lua_State *lua) {
  size_t length;
  const char *text = luaL_checklstring(lua, 1, &length);
  json_t *string = json_stringn(text, length);
  if (string == NULL) return luaL_error(lua, "text for JSON must be UTF-8");
  char *quoted = json_dumps(string, JSON_ENCODE_ANY);
  json_decref(string);
  if (quoted == NULL) return luaL_error(lua, "out of memory");
  lua_pushstring(lua, quoted);
  free(quoted);
  return 1;
}

int luaopen_host_json(lua_State *lua) {
  static const luaL_Reg functions[] = {
      {"decode", json_decode}, {"quote", json_quote}, {NULL, NULL}};
  luaL_newlib(lua, functions);
  return 1;
}
