/*
** contents.h: what a statement gives, and all that stands in a database, as texts that can be compared.
**
** They are in memory of their own, so that nothing here fails where SQLite's does.
*/
#ifndef DECORUM_TESTS_CONTENTS_H
#define DECORUM_TESTS_CONTENTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "decorum.h"

/* A text that is written piece by piece, in no memory of SQLite's. */
struct text {
  FILE *file;
  char *bytes;
  size_t size;
};

static void text_begin(struct text *text) {
  text->file = open_memstream(&text->bytes, &text->size);
  assert_non_null(text->file);
}

static void text_end(struct text *text) {
  fclose(text->file);
}

static void put_value(FILE *file, sqlite3_stmt *statement, int column) {
  const void *bytes;
  switch (sqlite3_column_type(statement, column)) {
  case SQLITE_NULL:
    fputs("NULL", file);
    break;
  case SQLITE_INTEGER:
    fprintf(file, "%lld", sqlite3_column_int64(statement, column));
    break;
  case SQLITE_FLOAT:
    fprintf(file, "%.17g as a REAL", sqlite3_column_double(statement, column));
    break;
  default:
    bytes = sqlite3_column_type(statement, column) == SQLITE_BLOB
                ? sqlite3_column_blob(statement, column)
                : sqlite3_column_text(statement, column);
    fprintf(file, "%d bytes of type %d:", sqlite3_column_bytes(statement, column),
        sqlite3_column_type(statement, column));
    if (bytes) fwrite(bytes, 1, (size_t)sqlite3_column_bytes(statement, column), file);
  }
  fputc('|', file);
}

/* Runs one statement to its end, and writes its rows. */
static int run(sqlite3 *db, const char *sql, FILE *rows) {
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) put_value(rows, statement, i);
    fputc('\n', rows);
    status = SQLITE_OK;
  }
  int finished = sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : finished != SQLITE_OK ? finished : status;
}

/* A SELECT of all that is in the schemas: schema, name, sql, whether there are rows. */
static sqlite3_stmt *contents_tables(sqlite3 *db) {
  sqlite3_stmt *schemas = NULL, *tables = NULL;
  sqlite3_str *list = sqlite3_str_new(NULL);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT name FROM pragma_database_list", -1, &schemas, NULL), 0);
  while (sqlite3_step(schemas) == SQLITE_ROW) {
    const unsigned char *schema = sqlite3_column_text(schemas, 0);
    sqlite3_str_appendf(list,
        "%s '%q', name, sql, type = 'table' AND rootpage > 0 FROM \"%w\".sqlite_schema",
        sqlite3_str_length(list) ? " UNION ALL SELECT" : "SELECT", schema, schema);
  }
  sqlite3_finalize(schemas);
  char *sql = sqlite3_str_finish(list);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &tables, NULL), SQLITE_OK);
  sqlite3_free(sql);
  return tables;
}

/* All that stands in the tables of all schemas. */
static struct text contents(sqlite3 *db) {
  struct text text;
  sqlite3_stmt *tables = contents_tables(db);
  text_begin(&text);
  while (sqlite3_step(tables) == SQLITE_ROW) {
    for (int i = 0; i < 3; i++) put_value(text.file, tables, i);
    fputc('\n', text.file);
    if (!sqlite3_column_int(tables, 3)) continue;
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\".\"%w\"", sqlite3_column_text(tables, 0),
        sqlite3_column_text(tables, 1));
    int status = run(db, sql, text.file);
    fprintf(text.file, "= %d\n", status);
    sqlite3_free(sql);
  }
  sqlite3_finalize(tables);
  text_end(&text);
  return text;
}

static bool text_equal(const struct text *one, const struct text *other) {
  return one->size == other->size &&
         (one->size == 0 || memcmp(one->bytes, other->bytes, one->size) == 0);
}

static bool contents_are(sqlite3 *db, const struct text *expected) {
  struct text text = contents(db);
  bool are = text_equal(&text, expected);
  free(text.bytes);
  return are;
}

/* Makes one text another, or nothing. */
static void text_put(struct text *text, struct text value) {
  free(text->bytes);
  *text = value;
}

/* Runs one statement to its end; its rows as a text. */
static int run_for_rows(sqlite3 *db, const char *sql, struct text *rows) {
  text_begin(rows);
  int status = run(db, sql, rows->file);
  text_end(rows);
  return status;
}

#endif
