/*
** failing_memory.h: makes the allocation of SQLite's fail that a test says.
**
** Set left to the number of allocations that still succeed, and once if only one is to fail; failed says
** afterwards whether there was one. A test program's group is set up with failing_memory_setup.
**
** failing_memory_sweep runs statements so, the first allocation failing, then the second... until none fails any more;
** once with that one alone failing, once with all from there on. Each must end with SQLITE_NOMEM or as it does with
** enough memory, and give everything back.
*/
#ifndef DECORUM_FAILING_MEMORY_H
#define DECORUM_FAILING_MEMORY_H

static sqlite3_mem_methods methods;
static long left = -1; /* allocations until the one that fails; -1: none does */
static int once;       /* the others succeed */
static int failed;

static int fails(void) {
  if (left < 0) return 0;
  if (left > 0) {
    left--;
    return 0;
  }
  if (once) left = -1;
  failed = 1;
  return 1;
}

static void *failing_malloc(int size) {
  return fails() ? NULL : methods.xMalloc(size);
}

static void *failing_realloc(void *block, int size) {
  return fails() ? NULL : methods.xRealloc(block, size);
}

static int failing_memory_setup(void **state) {
  sqlite3_mem_methods failing;
  (void)state;
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &methods) != SQLITE_OK) return 1;
  failing = methods;
  failing.xMalloc = failing_malloc;
  failing.xRealloc = failing_realloc;
  if (sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) return 1;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK;
}

struct memory_case {
  const char *before; /* with enough memory; NULL: loading the extension is part of what may fail */
  const char *sql;
  int status; /* with enough memory */
  int rows;
};

/* Runs the statement to its end. */
static int failing_memory_run(sqlite3 *db, const struct memory_case *one, int *rows) {
  sqlite3_stmt *statement = NULL;
  char *error = NULL;
  int status = one->before ? SQLITE_OK : sqlite3_decorumreadonly_init(db, &error, NULL);
  sqlite3_free(error);
  if (status == SQLITE_OK) status = sqlite3_prepare_v2(db, one->sql, -1, &statement, NULL);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) sqlite3_column_text(statement, i);
    status = SQLITE_OK;
    ++*rows;
  }
  int finished = sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : finished != SQLITE_OK ? finished : status;
}

static void failing_memory_try(const struct memory_case *one, long number) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  if (one->before != NULL) {
    assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, one->before, NULL, NULL, NULL), SQLITE_OK);
  }
  failed = 0;
  left = number;
  int rows = 0, status = failing_memory_run(db, one, &rows);
  left = -1;
  bool right = status == one->status && rows == one->rows;
  if (!right && (status != SQLITE_NOMEM || !failed)) {
    fail_msg("%s, allocation %ld, once %d: status %d, %d rows, %s", one->sql, number, once, status,
        rows, sqlite3_errmsg(db));
  }
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  if (sqlite3_memory_used() != 0) fail_msg("%s, allocation %ld: a leak", one->sql, number);
}

/* `leaps`: from the 250th allocation on not each is tried: most are Lua's then, and alike. */
static inline void failing_memory_sweep(const struct memory_case *cases, size_t count, bool leaps) {
  for (size_t i = 0; i < count; i++) {
    for (once = 0; once <= 1; once++) {
      failed = 1;
      for (long number = 0; failed; number += leaps && number >= 250 ? number / 8 : 1) {
        failing_memory_try(&cases[i], number);
      }
    }
  }
}

#endif
