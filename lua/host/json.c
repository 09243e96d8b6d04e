/*
** json.c: JSON for Lua, by jansson.
**
**     local json = require "host.json"
**     json.decode('{"id": 9007199254740993}').id    -- 9007199254740993, all its digits
**     json.decode("{")                              -- nil, "line 1: ..."
**     json.quote('a "b"')                           -- "a \"b\"", with the quotation marks
**     json.encode { id = 9007199254740993, at = { 0.1, json.null } }  -- {"at":[0.1,null],"id":9007199254740993}
**     json.encode {}                                -- {}
**     json.encode(json.array {})                    -- []; json.array marks the table and returns it
**
** Objects and arrays are tables, null is nil (a key that is null is not there). jansson refuses invalid
** UTF-8, nesting deeper than 2048, and, as used here, an object that says a key twice.
**
** encode makes one line without spaces, the same bytes for the same value: keys stand in the order of their
** bytes. A table with the keys 1 to n is an array, and so is one that json.array marked; any other is an
** object, whose keys must be strings. Integers keep all their digits; a float has as many as bring it back,
** and a point or an exponent. Errors: what JSON has not (NaN, the infinities, functions), a string that is
** not UTF-8, a table with holes or mixed keys, nesting deeper than 500, as of a table that is within itself.
** Metatables other than json.array's are ignored.
*/
#include "host.h"
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY "decorum.json.array" /* the metatable of what json.array marked */
#define TEXT "decorum.json.text"
#define DEPTH_MOST 500

static const char null_mark; /* its address is json.null */

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

/* What encode has written so far: a userdata, so that an error frees it. */
struct text {
  char *bytes;
  size_t length, room;
};

static int text_free(lua_State *lua) {
  struct text *text = luaL_checkudata(lua, 1, TEXT);
  free(text->bytes);
  text->bytes = NULL;
  return 0;
}

/* As json_dump_callback wants it: -1 without memory. */
static int text_append(const char *bytes, size_t length, void *to) {
  struct text *text = to;
  if (text->length + length > text->room) {
    size_t room = text->room ? text->room : 256;
    while (room < text->length + length) room *= 2;
    char *longer = realloc(text->bytes, room);
    if (longer == NULL) return -1;
    text->bytes = longer;
    text->room = room;
  }
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  return 0;
}

static void text_add(lua_State *lua, struct text *text, const char *bytes) {
  if (text_append(bytes, strlen(bytes), text) != 0) luaL_error(lua, "out of memory");
}

static void text_add_string(lua_State *lua, struct text *text, const char *bytes, size_t length) {
  json_t *string = json_stringn(bytes, length);
  if (string == NULL) luaL_error(lua, "json.encode: text must be UTF-8");
  int status = json_dump_callback(string, text_append, text, JSON_ENCODE_ANY);
  json_decref(string);
  if (status != 0) luaL_error(lua, "out of memory");
}

static void text_add_number(lua_State *lua, struct text *text, int index) {
  char digits[40];
  if (lua_isinteger(lua, index)) {
    snprintf(digits, sizeof digits, "%" PRId64, (int64_t)lua_tointeger(lua, index));
  } else {
    double number = lua_tonumber(lua, index);
    if (!isfinite(number)) luaL_error(lua, "json.encode: a number must be finite, not %f", number);
    for (int precision = 15; precision <= 17; precision++) {
      snprintf(digits, sizeof digits, "%.*g", precision, number);
      if (strtod(digits, NULL) == number) break;
    }
    if (strpbrk(digits, ".e") == NULL) strcat(digits, ".0");
  }
  text_add(lua, text, digits);
}

struct key {
  const char *bytes;
  size_t length;
};

static int key_compare(const void *one, const void *other) {
  const struct key *a = one, *b = other;
  int order = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
  return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void json_write(lua_State *lua, struct text *text, int index, int depth);

static void json_write_array(
    lua_State *lua, struct text *text, int index, lua_Integer count, int depth) {
  text_add(lua, text, "[");
  for (lua_Integer i = 1; i <= count; i++) {
    if (i > 1) text_add(lua, text, ",");
    lua_rawgeti(lua, index, i);
    json_write(lua, text, lua_gettop(lua), depth + 1);
    lua_pop(lua, 1);
  }
  text_add(lua, text, "]");
}

static void json_write_object(
    lua_State *lua, struct text *text, int index, size_t count, int depth) {
  struct key *keys = lua_newuserdatauv(lua, (count + 1) * sizeof *keys, 0);
  size_t i = 0;
  for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
    keys[i].bytes = lua_tolstring(lua, -2, &keys[i].length); /* the table keeps it */
    i++;
  }
  qsort(keys, count, sizeof *keys, key_compare);
  text_add(lua, text, "{");
  for (i = 0; i < count; i++) {
    if (i > 0) text_add(lua, text, ",");
    text_add_string(lua, text, keys[i].bytes, keys[i].length);
    text_add(lua, text, ":");
    lua_pushlstring(lua, keys[i].bytes, keys[i].length);
    lua_rawget(lua, index);
    json_write(lua, text, lua_gettop(lua), depth + 1);
    lua_pop(lua, 1);
  }
  text_add(lua, text, "}");
  lua_pop(lua, 1);
}

static void json_write_table(lua_State *lua, struct text *text, int index, int depth) {
  size_t strings = 0, integers = 0;
  lua_Integer most = 0;
  if (depth > DEPTH_MOST) {
    luaL_error(lua, "json.encode: nested deeper than %d, or a table within itself", DEPTH_MOST);
  }
  for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
    lua_Integer key = lua_isinteger(lua, -2) ? lua_tointeger(lua, -2) : 0;
    if (key >= 1) {
      integers++;
      if (key > most) most = key;
    } else if (lua_type(lua, -2) == LUA_TSTRING) {
      strings++;
    } else {
      luaL_error(lua, "json.encode: a key must be a string or count from 1, not %s",
          luaL_tolstring(lua, -2, NULL));
    }
  }
  bool is_array = integers > 0;
  if (lua_getmetatable(lua, index)) {
    luaL_getmetatable(lua, ARRAY);
    is_array = is_array || lua_rawequal(lua, -1, -2);
    lua_pop(lua, 2);
  }
  if (is_array && strings > 0)
    luaL_error(lua, "json.encode: an array cannot have keys of text too");
  if ((lua_Integer)integers != most) {
    luaL_error(lua, "json.encode: an array of %I cannot have holes (json.null is null)",
        (LUAI_UACINT)most);
  }
  if (is_array) {
    json_write_array(lua, text, index, most, depth);
  } else {
    json_write_object(lua, text, index, strings, depth);
  }
}

static void json_write(lua_State *lua, struct text *text, int index, int depth) {
  size_t length;
  const char *bytes;
  luaL_checkstack(lua, 8, "JSON is nested too deeply");
  switch (lua_type(lua, index)) {
  case LUA_TTABLE:
    json_write_table(lua, text, index, depth);
    return;
  case LUA_TSTRING:
    bytes = lua_tolstring(lua, index, &length);
    text_add_string(lua, text, bytes, length);
    return;
  case LUA_TNUMBER:
    text_add_number(lua, text, index);
    return;
  case LUA_TBOOLEAN:
    text_add(lua, text, lua_toboolean(lua, index) ? "true" : "false");
    return;
  case LUA_TNIL:
    text_add(lua, text, "null");
    return;
  default:
    if (lua_touserdata(lua, index) != &null_mark) {
      luaL_error(lua, "json.encode: JSON has no %s", luaL_typename(lua, index));
    }
    text_add(lua, text, "null");
  }
}

static int json_encode(lua_State *lua) {
  luaL_checkany(lua, 1);
  lua_settop(lua, 1);
  struct text *text = lua_newuserdatauv(lua, sizeof *text, 0);
  memset(text, 0, sizeof *text);
  luaL_setmetatable(lua, TEXT);
  json_write(lua, text, 1, 1);
  lua_pushlstring(lua, text->bytes, text->length);
  free(text->bytes); /* now, not when Lua comes round to it */
  text->bytes = NULL;
  return 1;
}

static int json_array_mark(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  luaL_setmetatable(lua, ARRAY);
  return 1;
}

int luaopen_host_json(lua_State *lua) {
  static const luaL_Reg functions[] = {{"decode", json_decode}, {"encode", json_encode},
      {"array", json_array_mark}, {"quote", json_quote}, {NULL, NULL}};
  luaL_newmetatable(lua, ARRAY);
  luaL_newmetatable(lua, TEXT);
  lua_pushcfunction(lua, text_free);
  lua_setfield(lua, -2, "__gc");
  luaL_newlib(lua, functions);
  lua_pushlightuserdata(lua, (void *)(uintptr_t)&null_mark);
  lua_setfield(lua, -2, "null");
  return 1;
}
