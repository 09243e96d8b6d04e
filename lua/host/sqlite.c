/*
** sqlite.c: SQLite for Lua, with Decorum's extension in every connection.
**
**     local sqlite = require "host.sqlite"
**     local db = sqlite.open("chat.db", "readwrite")        -- or "create"; never a URI...
**     local db = sqlite.open("file:chat.db?mode=ro", "uri") -- ...but with "uri", which says the rest
**     db:exec("ATTACH 'file:other.db?mode=ro' AS other")    -- which ATTACH may take
**     db:exec("BEGIN")                                      -- any number of statements
**     local insert = db:prepare("INSERT INTO member(name) VALUES (?)")
**     insert:run("ann")                                     -- returns the number of changed rows
**     local id = db:last_rowid()
**     local find = db:prepare("SELECT id, name FROM member WHERE id = ?")
**     local id, name = find:row(7)                          -- the first row's values, or nothing
**     for i, id, name in find:rows(7) do ... end            -- i = 1, 2, 3...
**     find:columns()                                        -- { "id", "name" }
**     find:parameters()                                     -- { "member", false }: names, false without
**     local statement, rest = db:prepare("SELECT 1; SELECT 2")  -- rest = " SELECT 2"; nil, rest at the end
**     db:close()
**
** NULL is nil, INTEGER an integer with all its bits, REAL a float, TEXT and BLOB strings; booleans are
** bound as 0 and 1. A statement is reset as soon as its rows are used up, and by each new run, row or
** rows. An error is a Lua error with SQLite's message.
*/
#include "host.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include "decorum.h"

#define DATABASE "decorum.database"
#define STATEMENT "decorum.statement"
#define BUSY_TIMEOUT_MS 5000

struct database {
  sqlite3 *db; /* NULL once closed */
};

struct statement {
  sqlite3_stmt *stmt; /* NULL once closed */
  sqlite3 *db;
};

static struct database *database_check(lua_State *lua) {
  struct database *database = luaL_checkudata(lua, 1, DATABASE);
  if (database->db == NULL) luaL_error(lua, "the database is closed");
  return database;
}

static struct statement *statement_check(lua_State *lua, int index) {
  struct statement *statement = luaL_checkudata(lua, index, STATEMENT);
  if (statement->stmt == NULL) luaL_error(lua, "the statement is closed");
  return statement;
}

/* Raises SQLite's message as it is: it is for people, who do not need the line of Lua. */
static int host_fail(lua_State *lua, sqlite3 *db) {
  lua_pushstring(lua, sqlite3_errmsg(db));
  return lua_error(lua);
}

static int database_open(lua_State *lua) {
  static const char *const modes[] = {"readwrite", "create", "uri", NULL};
  enum { URI = 2 };
  static const int flags[] = {
      SQLITE_OPEN_READWRITE, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, SQLITE_OPEN_READONLY};
  const char *path = luaL_checkstring(lua, 1);
  int mode = luaL_checkoption(lua, 2, "readwrite", modes);
  if (mode != URI && strncmp(path, "file:", 5) == 0) path = lua_pushfstring(lua, "./%s", path);
  struct database *database = lua_newuserdatauv(lua, sizeof *database, 0);
  database->db = NULL;
  luaL_setmetatable(lua, DATABASE);
  int status = sqlite3_open_v2(path, &database->db, flags[mode] | SQLITE_OPEN_URI, NULL);
  char *error = NULL;
  if (status == SQLITE_OK) {
    sqlite3_busy_timeout(database->db, BUSY_TIMEOUT_MS);
    status = sqlite3_decorum_init(database->db, &error, NULL);
  }
  if (status != SQLITE_OK) {
    lua_pushstring(lua, error ? error : sqlite3_errmsg(database->db));
    sqlite3_free(error);
    sqlite3_close_v2(database->db);
    database->db = NULL;
    return lua_error(lua);
  }
  return 1;
}

static int database_close(lua_State *lua) {
  struct database *database = luaL_checkudata(lua, 1, DATABASE);
  sqlite3_close_v2(database->db); /* waits for statements that Lua has not collected yet */
  database->db = NULL;
  return 0;
}

static int database_exec(lua_State *lua) {
  struct database *database = database_check(lua);
  char *error = NULL;
  if (sqlite3_exec(database->db, luaL_checkstring(lua, 2), NULL, NULL, &error) != SQLITE_OK) {
    lua_pushstring(lua, error ? error : sqlite3_errmsg(database->db));
    sqlite3_free(error);
    return lua_error(lua);
  }
  return 0;
}

static int database_prepare(lua_State *lua) {
  struct database *database = database_check(lua);
  size_t length;
  const char *sql = luaL_checklstring(lua, 2, &length);
  const char *tail = sql;
  struct statement *statement = lua_newuserdatauv(lua, sizeof *statement, 1);
  statement->stmt = NULL;
  statement->db = database->db;
  luaL_setmetatable(lua, STATEMENT);
  lua_pushvalue(lua, 1);
  lua_setiuservalue(lua, -2, 1); /* the database outlives its statements */
  if (sqlite3_prepare_v3(database->db, sql, (int)length + 1, SQLITE_PREPARE_PERSISTENT,
          &statement->stmt, &tail) != SQLITE_OK) {
    return host_fail(lua, database->db);
  }
  if (statement->stmt == NULL) lua_pushnil(lua);
  lua_pushlstring(lua, tail, length - (size_t)(tail - sql));
  return 2;
}

static int database_last_rowid(lua_State *lua) {
  lua_pushinteger(lua, sqlite3_last_insert_rowid(database_check(lua)->db));
  return 1;
}

static int database_in_transaction(lua_State *lua) {
  lua_pushboolean(lua, !sqlite3_get_autocommit(database_check(lua)->db));
  return 1;
}

/* Binds what stands on the stack from `first` on. Texts are copied (SQLITE_TRANSIENT), or stay Lua's
** (SQLITE_STATIC) if the statement is done with before they leave the stack. */
static void statement_bind(
    lua_State *lua, struct statement *statement, int first, sqlite3_destructor_type keep) {
  int count = sqlite3_bind_parameter_count(statement->stmt);
  int given = lua_gettop(lua) - first + 1;
  sqlite3_reset(statement->stmt);
  if (given > count) luaL_error(lua, "the statement has %d parameters, not %d", count, given);
  for (int i = 1; i <= count; i++) {
    int index = first + i - 1;
    int status = SQLITE_OK;
    size_t length;
    const char *text;
    switch (i <= given ? lua_type(lua, index) : LUA_TNIL) {
    case LUA_TNIL:
      status = sqlite3_bind_null(statement->stmt, i);
      break;
    case LUA_TBOOLEAN:
      status = sqlite3_bind_int(statement->stmt, i, lua_toboolean(lua, index));
      break;
    case LUA_TNUMBER:
      status = lua_isinteger(lua, index)
                   ? sqlite3_bind_int64(statement->stmt, i, lua_tointeger(lua, index))
                   : sqlite3_bind_double(statement->stmt, i, lua_tonumber(lua, index));
      break;
    case LUA_TSTRING:
      text = lua_tolstring(lua, index, &length);
      status = sqlite3_bind_text64(statement->stmt, i, text, length, keep, SQLITE_UTF8);
      break;
    default:
      luaL_error(lua, "parameter %d cannot be a %s", i, luaL_typename(lua, index));
    }
    if (status != SQLITE_OK) host_fail(lua, statement->db);
  }
}

/* Steps once. True for a row; at the end, and on an error, the statement is reset. */
static bool statement_step(lua_State *lua, struct statement *statement) {
  if (sqlite3_step(statement->stmt) == SQLITE_ROW) return true;
  if (sqlite3_reset(statement->stmt) != SQLITE_OK) {
    host_fail(lua, statement->db);
  }
  return false;
}

static int statement_push_row(lua_State *lua, struct statement *statement) {
  int count = sqlite3_column_count(statement->stmt);
  luaL_checkstack(lua, count, "too many columns");
  for (int i = 0; i < count; i++) {
    switch (sqlite3_column_type(statement->stmt, i)) {
    case SQLITE_INTEGER:
      lua_pushinteger(lua, sqlite3_column_int64(statement->stmt, i));
      break;
    case SQLITE_FLOAT:
      lua_pushnumber(lua, sqlite3_column_double(statement->stmt, i));
      break;
    case SQLITE_NULL:
      lua_pushnil(lua);
      break;
    default: { /* a text must be asked for as one: the file may hold UTF-16 */
      bool is_text = sqlite3_column_type(statement->stmt, i) == SQLITE_TEXT;
      const void *bytes = is_text ? (const void *)sqlite3_column_text(statement->stmt, i)
                                  : sqlite3_column_blob(statement->stmt, i);
      size_t length = (size_t)sqlite3_column_bytes(statement->stmt, i);
      lua_pushlstring(lua, bytes ? bytes : "", length);
    }
    }
  }
  return count;
}

static int statement_run(lua_State *lua) {
  struct statement *statement = statement_check(lua, 1);
  statement_bind(lua, statement, 2, SQLITE_STATIC);
  while (statement_step(lua, statement)) continue;
  lua_pushinteger(lua, sqlite3_changes64(statement->db));
  return 1;
}

static int statement_row(lua_State *lua) {
  struct statement *statement = statement_check(lua, 1);
  statement_bind(lua, statement, 2, SQLITE_STATIC);
  if (!statement_step(lua, statement)) return 0;
  int count = statement_push_row(lua, statement);
  sqlite3_reset(statement->stmt);
  return count;
}

static int statement_next(lua_State *lua) {
  struct statement *statement = statement_check(lua, lua_upvalueindex(1));
  if (!statement_step(lua, statement)) return 0;
  lua_Integer number = lua_tointeger(lua, lua_upvalueindex(2)) + 1;
  lua_pushinteger(lua, number);
  lua_copy(lua, -1, lua_upvalueindex(2));
  return 1 + statement_push_row(lua, statement);
}

static int statement_rows(lua_State *lua) {
  statement_bind(lua, statement_check(lua, 1), 2, SQLITE_TRANSIENT);
  lua_pushvalue(lua, 1);
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, statement_next, 2);
  return 1;
}

static int statement_columns(lua_State *lua) {
  struct statement *statement = statement_check(lua, 1);
  int count = sqlite3_column_count(statement->stmt);
  lua_createtable(lua, count, 0);
  for (int i = 0; i < count; i++) {
    lua_pushstring(lua, sqlite3_column_name(statement->stmt, i));
    lua_rawseti(lua, -2, i + 1);
  }
  return 1;
}

static int statement_parameters(lua_State *lua) {
  struct statement *statement = statement_check(lua, 1);
  int count = sqlite3_bind_parameter_count(statement->stmt);
  lua_createtable(lua, count, 0);
  for (int i = 1; i <= count; i++) {
    const char *name = sqlite3_bind_parameter_name(statement->stmt, i);
    if (name) {
      lua_pushstring(lua, name + 1);
    } else {
      lua_pushboolean(lua, 0);
    }
    lua_rawseti(lua, -2, i);
  }
  return 1;
}

static int statement_close(lua_State *lua) {
  struct statement *statement = luaL_checkudata(lua, 1, STATEMENT);
  sqlite3_finalize(statement->stmt);
  statement->stmt = NULL;
  return 0;
}

static void host_class(lua_State *lua, const char *name, const luaL_Reg *methods) {
  luaL_newmetatable(lua, name);
  luaL_setfuncs(lua, methods, 0);
  lua_pushvalue(lua, -1);
  lua_setfield(lua, -2, "__index");
  lua_pop(lua, 1);
}

/* The program has one thread, and nobody asks how much memory is in use: SQLite need not lock anything, nor
** count. Refused, and no matter, if SQLite is running already. */
static void host_configure(void) {
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int luaopen_host_sqlite(lua_State *lua) {
  static const luaL_Reg database_methods[] = {{"close", database_close}, {"exec", database_exec},
      {"prepare", database_prepare}, {"last_rowid", database_last_rowid},
      {"in_transaction", database_in_transaction}, {"__gc", database_close},
      {"__close", database_close}, {NULL, NULL}};
  static const luaL_Reg statement_methods[] = {{"run", statement_run}, {"row", statement_row},
      {"rows", statement_rows}, {"columns", statement_columns},
      {"parameters", statement_parameters}, {"close", statement_close}, {"__gc", statement_close},
      {"__close", statement_close}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"open", database_open}, {NULL, NULL}};
  host_configure();
  host_class(lua, DATABASE, database_methods);
  host_class(lua, STATEMENT, statement_methods);
  luaL_newlib(lua, functions);
  return 1;
}
