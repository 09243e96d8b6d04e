/*
** rows.c: a constant array as a read-only table. See rows.h.
**
**     SELECT * FROM decorum_action;
**
** An eponymous-only virtual table: it is there without CREATE VIRTUAL TABLE, and cannot be created.
** It is INNOCUOUS: it shows constants. Every query is a scan of some dozen rows; rowids count from 1.
*/
#include "rows.h"

struct rows_table {
  sqlite3_vtab base;
  const struct rows *rows;
};

struct rows_cursor {
  sqlite3_vtab_cursor base;
  int row;
};

static const struct rows *rows_of(sqlite3_vtab_cursor *cursor) {
  return ((struct rows_table *)cursor->pVtab)->rows;
}

static int rows_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  const struct rows *rows = aux;
  (void)argc, (void)argv, (void)error;
  int status = sqlite3_declare_vtab(db, rows->declaration);
  if (status != SQLITE_OK) return status;
  status = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  if (status != SQLITE_OK) return status;
  struct rows_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct rows_table){.rows = rows};
  *vtab = &table->base;
  return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *vtab) {
  sqlite3_free(vtab);
  return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  int count = ((struct rows_table *)vtab)->rows->count;
  info->estimatedCost = count;
  info->estimatedRows = count;
  return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct rows_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (struct rows_cursor){.row = 0};
  *out = &cursor->base;
  return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor) {
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int rows_filter(
    sqlite3_vtab_cursor *cursor, int plan, const char *plan_text, int argc, sqlite3_value **argv) {
  (void)plan, (void)plan_text, (void)argc, (void)argv;
  ((struct rows_cursor *)cursor)->row = 0;
  return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor) {
  ((struct rows_cursor *)cursor)->row++;
  return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *cursor) {
  return ((struct rows_cursor *)cursor)->row >= rows_of(cursor)->count;
}

static int rows_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
  rows_of(cursor)->column(context, ((struct rows_cursor *)cursor)->row, column);
  return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
  *rowid = ((struct rows_cursor *)cursor)->row + 1;
  return SQLITE_OK;
}

const sqlite3_module rows_module = {
    .xConnect = rows_connect,
    .xDisconnect = rows_disconnect,
    .xBestIndex = rows_best_index,
    .xOpen = rows_open,
    .xClose = rows_close,
    .xFilter = rows_filter,
    .xNext = rows_next,
    .xEof = rows_eof,
    .xColumn = rows_column,
    .xRowid = rows_rowid,
};
