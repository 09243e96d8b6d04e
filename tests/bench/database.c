/*
** database.c: SQLite for the benchmarks. See database.h.
*/
#include "database.h"
#include <stdio.h>
#include <stdlib.h>

_Noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "bench: %s: %s\n", what, why);
  exit(2);
}

void execute(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
}

sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
    fail(sql, sqlite3_errmsg(db));
  }
  return statement;
}

bool step(sqlite3_stmt *statement) {
  int status = sqlite3_step(statement);
  if (status != SQLITE_ROW && status != SQLITE_DONE) {
    fail(sqlite3_sql(statement), sqlite3_errmsg(sqlite3_db_handle(statement)));
  }
  return status == SQLITE_ROW;
}
