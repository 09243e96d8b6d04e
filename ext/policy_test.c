/*
** policy_test.c: what the tests in a policy's text say, as a table.
**
**     SELECT number, name, ok, message FROM policy_test(readfile('mine.lua'));
**
**     1  calm members are left alone  1
**     2  heat is a warning            0  expected action warn, got none (0 points reach no rung)
**
** A row for each test, in order. A source that does not compile, or whose description is not right, has one row,
** number 0, with name NULL and the error; that begins policy.lua:LINE: or names the key. The hidden columns are
** the source, TEXT or BLOB, and needs, the facts that the policy reads, as JSON. NULL is no source and has no rows.
** Nothing is stored; INSERT into a policy_store runs the same tests.
**
** HOW IT WORKS
**
** xFilter loads the policy into the sandbox, each row runs one test there, with a budget of its own. Those that are
** left when all before them took more than POLICY_TEST_SECONDS are not run, and say so.
**
** DIRECTONLY: it runs Lua.
*/
#include "policy_test.h"
#include <string.h>
#include <time.h>
#include "parameter.h"
#include "value.h"

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_OK, COLUMN_MESSAGE, COLUMN_SOURCE, COLUMN_NEEDS };

struct test_table {
  sqlite3_vtab base;
  struct sandbox *sandbox;
};

struct test_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *source; /* NULL before the first scan */
  struct policy policy;
  bool is_broken; /* message says why there are no tests; the one row is number 0 */
  int number;     /* of the row, from 1 on */
  int count;
  double spent;  /* seconds, in tests */
  char *message; /* NULL: the test passed */
};

static double test_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Runs a test, unless *spent, to which its time is added, is too much. As sandbox_test. */
static int test_run(
    struct sandbox *sandbox, struct policy *policy, int number, double *spent, char **failure) {
  if (*spent > POLICY_TEST_SECONDS) {
    *failure = sqlite3_mprintf(
        "not run: the tests before it took more than %d s of processor time", POLICY_TEST_SECONDS);
    return *failure ? SQLITE_OK : SQLITE_NOMEM;
  }
  double start = test_seconds();
  int status = sandbox_test(sandbox, policy, number, failure);
  *spent += test_seconds() - start;
  return status;
}

int policy_test_all(struct sandbox *sandbox, struct policy *policy, char **error) {
  int status = sandbox_load(sandbox, policy, true, error);
  double spent = 0;
  for (int i = 0; status == SQLITE_OK && i < policy->test_count; i++) {
    char *failure = NULL;
    status = test_run(sandbox, policy, i, &spent, &failure);
    if (status == SQLITE_OK && failure != NULL) {
      bool is_error = strncmp(failure, "failed:", strlen("failed:")) == 0;
      *error = sqlite3_mprintf("%s.lua: tests[%d] '%s'%s%s", policy->name, i + 1, policy->tests[i],
          is_error ? " " : ": ", failure);
      status = *error ? SQLITE_ERROR : SQLITE_NOMEM;
    }
    sqlite3_free(failure);
  }
  return status;
}

/* ---- the table ---- */

static int test_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)argc, (void)argv, (void)error;
  int status = sqlite3_declare_vtab(db,
      "CREATE TABLE policy_test(number INTEGER, name TEXT, ok INTEGER, message TEXT, "
      "source HIDDEN, needs TEXT HIDDEN)");
  if (status == SQLITE_OK) status = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
  if (status != SQLITE_OK) return status;
  struct test_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct test_table){.sandbox = sandbox_retain(aux)};
  *vtab = &table->base;
  return SQLITE_OK;
}

static int test_disconnect(sqlite3_vtab *vtab) {
  sandbox_release(((struct test_table *)vtab)->sandbox);
  sqlite3_free(vtab);
  return SQLITE_OK;
}

static int test_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  (void)vtab;
  return parameter_best_index(info, COLUMN_SOURCE, 1);
}

static int test_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct test_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  *out = &cursor->base;
  return SQLITE_OK;
}

static struct sandbox *test_sandbox(const struct test_cursor *cursor) {
  return ((struct test_table *)cursor->base.pVtab)->sandbox;
}

/* Lets go of the scan before. */
static void test_clear(struct test_cursor *cursor) {
  policy_clear(test_sandbox(cursor), &cursor->policy);
  sqlite3_value_free(cursor->source);
  sqlite3_free(cursor->message);
  cursor->source = NULL;
  cursor->message = NULL;
  cursor->is_broken = false;
  cursor->number = cursor->count = 0;
  cursor->spent = 0;
}

static int test_close(sqlite3_vtab_cursor *base) {
  test_clear((struct test_cursor *)base);
  sqlite3_free(base);
  return SQLITE_OK;
}

/* Runs the next test. */
static int test_next(sqlite3_vtab_cursor *base) {
  struct test_cursor *cursor = (struct test_cursor *)base;
  sqlite3_free(cursor->message);
  cursor->message = NULL;
  if (cursor->number++ >= cursor->count || cursor->is_broken) return SQLITE_OK;
  return test_run(
      test_sandbox(cursor), &cursor->policy, cursor->number - 1, &cursor->spent, &cursor->message);
}

static int test_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct test_cursor *cursor = (struct test_cursor *)base;
  (void)plan, (void)argc;
  test_clear(cursor);
  if (!given) {
    return parameter_error(base->pVtab, SQLITE_ERROR, sqlite3_mprintf("policy_test needs source"));
  }
  cursor->source = sqlite3_value_dup(argv[0]);
  if (cursor->source == NULL) return SQLITE_NOMEM;
  int type = sqlite3_value_type(cursor->source);
  if (type == SQLITE_NULL) return test_next(base);
  if (type != SQLITE_TEXT && type != SQLITE_BLOB) {
    char *shown = value_describe(cursor->source);
    int status = parameter_error(base->pVtab, SQLITE_ERROR,
        sqlite3_mprintf("policy_test: source must be Lua text, not %s", shown));
    sqlite3_free(shown);
    return status;
  }
  int status = policy_take_source(&cursor->policy, "policy", cursor->source);
  if (status != SQLITE_OK) return status;
  status = sandbox_load(test_sandbox(cursor), &cursor->policy, true, &cursor->message);
  if (status == SQLITE_ERROR) {
    cursor->is_broken = true;
    cursor->count = 1;
    cursor->number = 1;
    return SQLITE_OK;
  }
  cursor->count = cursor->policy.test_count;
  return status == SQLITE_OK ? test_next(base) : status;
}

static int test_eof(sqlite3_vtab_cursor *base) {
  struct test_cursor *cursor = (struct test_cursor *)base;
  return cursor->number > cursor->count;
}

static int test_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct test_cursor *cursor = (struct test_cursor *)base;
  switch (column) {
  case COLUMN_NUMBER:
    sqlite3_result_int(context, cursor->is_broken ? 0 : cursor->number);
    break;
  case COLUMN_NAME:
    if (!cursor->is_broken) {
      sqlite3_result_text(context, cursor->policy.tests[cursor->number - 1], -1, SQLITE_TRANSIENT);
    }
    break;
  case COLUMN_OK:
    sqlite3_result_int(context, cursor->message == NULL);
    break;
  case COLUMN_MESSAGE:
    sqlite3_result_text(context, cursor->message, -1, SQLITE_TRANSIENT);
    break;
  case COLUMN_SOURCE:
    sqlite3_result_value(context, cursor->source);
    break;
  default:
    if (!cursor->is_broken) {
      char *needs = policy_names_json(cursor->policy.needs, cursor->policy.need_count);
      if (needs == NULL) return SQLITE_NOMEM;
      sqlite3_result_text(context, needs, -1, sqlite3_free);
    }
  }
  return SQLITE_OK;
}

static int test_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct test_cursor *cursor = (struct test_cursor *)base;
  return parameter_rowid(&cursor->source, 1, cursor->number, rowid);
}

const sqlite3_module policy_test_module = {
    .xConnect = test_connect,
    .xBestIndex = test_best_index,
    .xDisconnect = test_disconnect,
    .xOpen = test_open,
    .xClose = test_close,
    .xFilter = test_filter,
    .xNext = test_next,
    .xEof = test_eof,
    .xColumn = test_column,
    .xRowid = test_rowid,
};
