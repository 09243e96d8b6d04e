/*
** marshal.c: values on their way from SQL to Lua and back. See marshal.h.
*/
#include "marshal.h"
#include <string.h>

bool marshal_push(lua_State *lua, sqlite3_stmt *statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
  case SQLITE_INTEGER:
    lua_pushinteger(lua, sqlite3_column_int64(statement, column));
    break;
  case SQLITE_FLOAT:
    lua_pushnumber(lua, sqlite3_column_double(statement, column));
    break;
  case SQLITE_TEXT: {
    const unsigned char *text = sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    lua_pushlstring(lua, text ? (const char *)text : "", text ? length : 0);
    return text != NULL;
  }
  case SQLITE_BLOB: {
    const void *blob = sqlite3_column_blob(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    lua_pushlstring(lua, blob ? blob : "", blob ? length : 0);
    break;
  }
  default:
    lua_pushnil(lua);
  }
  return true;
}

void marshal_reset(struct marshal *marshal) {
  marshal->count = 0;
  marshal->used = 0;
}

static bool marshal_copy(struct marshal *marshal, const char *text, size_t length) {
  if (marshal->capacity - marshal->used < length) {
    size_t capacity = 2 * (marshal->used + length) + 256;
    char *grown = sqlite3_realloc64(marshal->text, capacity);
    if (grown == NULL) return false;
    marshal->text = grown;
    marshal->capacity = capacity;
  }
  if (length) memcpy(marshal->text + marshal->used, text, length);
  marshal->used += length;
  return true;
}

bool marshal_add(struct marshal *marshal, lua_State *lua, int index) {
  struct marshal_value *value = &marshal->values[marshal->count++];
  switch (lua_type(lua, index)) {
  case LUA_TBOOLEAN:
    value->type = SQLITE_INTEGER;
    value->integer = lua_toboolean(lua, index);
    return true;
  case LUA_TNUMBER:
    if (lua_isinteger(lua, index)) {
      value->type = SQLITE_INTEGER;
      value->integer = lua_tointeger(lua, index);
    } else {
      value->type = SQLITE_FLOAT;
      value->number = lua_tonumber(lua, index);
    }
    return true;
  case LUA_TSTRING: {
    const char *text = lua_tolstring(lua, index, &value->length);
    value->type = SQLITE_TEXT;
    value->offset = marshal->used;
    return marshal_copy(marshal, text, value->length);
  }
  }
  value->type = SQLITE_NULL;
  return true;
}

void marshal_result(const struct marshal *marshal, int i, sqlite3_context *context) {
  if (i >= marshal->count) return;
  const struct marshal_value *value = &marshal->values[i];
  switch (value->type) {
  case SQLITE_INTEGER:
    sqlite3_result_int64(context, value->integer);
    break;
  case SQLITE_FLOAT:
    sqlite3_result_double(context, value->number);
    break;
  case SQLITE_TEXT:
    sqlite3_result_text64(context, marshal->text ? marshal->text + value->offset : "",
        value->length, SQLITE_TRANSIENT, SQLITE_UTF8);
    break;
  }
}

void marshal_clear(struct marshal *marshal) {
  sqlite3_free(marshal->text);
  memset(marshal, 0, sizeof *marshal);
}
