/*
** rows.h: a constant array as a read-only table.
**
** Decorum describes itself in tables (decorum_help, decorum_action). Each is an array in C; this is
** the one module that shows them. Register it with a struct rows as client data.
*/
#ifndef DECORUM_ROWS_H
#define DECORUM_ROWS_H

#include "api.h"

struct rows {
  const char *declaration; /* CREATE TABLE ... */
  int count;
  /* Sets the result to the value of a column of a row; both count from 0. */
  void (*column)(sqlite3_context *context, int row, int column);
};

extern const sqlite3_module rows_module;

#endif
