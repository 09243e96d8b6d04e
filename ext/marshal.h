/*
** marshal.h: values on their way from SQL to Lua and back.
**
**     SQL        Lua                      back in SQL
**     NULL       nil                      NULL
**     INTEGER    integer, all 64 bits     INTEGER
**     REAL       float                    REAL
**     TEXT       string, NULs and all     TEXT
**     BLOB       string                   TEXT
**     -          boolean                  INTEGER 0 or 1
*/
#ifndef DECORUM_MARSHAL_H
#define DECORUM_MARSHAL_H

#include <lua.h>
#include <stdbool.h>
#include "api.h"

#define MARSHAL_MAX 16 /* values that a struct marshal holds */

/* Values copied out of Lua, so that they outlive the state. */
struct marshal {
  struct marshal_value {
    int type; /* SQLITE_NULL, SQLITE_INTEGER, SQLITE_FLOAT or SQLITE_TEXT */
    sqlite3_int64 integer;
    double number;
    size_t offset; /* of the text in `text` */
    size_t length;
  } values[MARSHAL_MAX];
  int count;
  char *text;
  size_t used;
  size_t capacity;
};

/* Pushes a column's value; false when SQLite is out of memory. May raise a Lua error (memory): call it in protected
** mode. */
bool marshal_push(lua_State *lua, sqlite3_stmt *statement, int column);

/* Empties it; the room for text is kept. */
void marshal_reset(struct marshal *marshal);

/* Adds the Lua value at an index of the stack; anything but the types above counts as NULL. Allocates
** nothing in Lua. False when out of memory. */
bool marshal_add(struct marshal *marshal, lua_State *lua, int index);

/* Makes value number i the result of a column; NULL if there is none. */
void marshal_result(const struct marshal *marshal, int i, sqlite3_context *context);

void marshal_clear(struct marshal *marshal);

#endif
