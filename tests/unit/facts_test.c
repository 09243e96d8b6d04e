/*
** facts_test.c: facts in a host that has functions and collations of its own.
**
** What a host registers without SQLITE_INNOCUOUS must not be called, in whichever place the SELECT, or what it
** reads, has it; also if it takes the place of one of SQLite's own, and if it comes after the table was read.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"

static int calls; /* of the host's function */

static void count_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc, (void)argv;
  calls++;
  sqlite3_result_int(context, 1);
}

static void count_final(sqlite3_context *context) {
  sqlite3_result_int(context, ++calls);
}

static void count_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)context, (void)argc, (void)argv;
  calls++;
}

static void host_function(sqlite3 *db, const char *name, int arity, int flags) {
  assert_int_equal(
      sqlite3_create_function(db, name, arity, SQLITE_UTF8 | flags, NULL, count_call, NULL, NULL),
      SQLITE_OK);
}

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  }
}

/* The statement fails, with this in its message, and the host's function was not called. */
static void fails(sqlite3 *db, const char *sql, const char *message) {
  calls = 0;
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK) fail_msg("%s did not fail", sql);
  if (strstr(sqlite3_errmsg(db), message) == NULL) {
    fail_msg("%s: %s, not %s", sql, sqlite3_errmsg(db), message);
  }
  assert_int_equal(calls, 0);
}

static sqlite3 *database(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  run(db, "CREATE TABLE member(id INTEGER PRIMARY KEY, name);"
          "INSERT INTO member VALUES (1, '[1]'), (2, '[2]')");
  return db;
}

static void close_database(sqlite3 *db) {
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Operators and functions of SQLite's that the host has made its own. */
static void test_overrides(void **state) {
  static const struct {
    const char *function;
    int arity;
    const char *use;
  } cases[] = {
      {"like", 2, "name LIKE ''a%''"},
      {"like", 3, "name LIKE ''a%'' ESCAPE ''x''"},
      {"like", 3, "name LIKE ''a%''"}, /* another one of the name */
      {"glob", 2, "name GLOB ''a*''"},
      {"regexp", 2, "name REGEXP ''a''"},
      {"match", 2, "name MATCH ''a''"},
      {"->>", 2, "name ->> ''$.a''"},
      {"->", 2, "name -> ''$.a''"},
      {"json_extract", -1, "json_extract(name, ''$.a'')"},
      {"json_extract", 2, "json_extract(name, ''$.a'', ''$.b'')"},
      {"LOWER", 1, "lower(name)"},
      {"current_timestamp", 0, "current_timestamp"},
      {"date", -1, "date(name)"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sqlite3 *db = database();
    char *create = sqlite3_mprintf(
        "CREATE VIRTUAL TABLE used USING facts('SELECT %s AS x FROM member')", cases[i].use);
    bool known =
        strcmp(cases[i].function, "regexp") != 0 && strcmp(cases[i].function, "match") != 0;
    if (known) run(db, create);
    if (known) run(db, "SELECT x FROM used LIMIT 1; SELECT x FROM used WHERE 0");
    host_function(db, cases[i].function, cases[i].arity, SQLITE_DETERMINISTIC);
    calls = 0;
    if (known) sqlite3_exec(db, "SELECT x FROM used", NULL, NULL, NULL);
    assert_int_equal(calls, 0);
    if (known) run(db, "DROP TABLE used");
    fails(db, create, "must not call");
    sqlite3_free(create);
    close_database(db);
  }
}

/* A function that the host marks may be called, unless it has another of the name that it does not. */
static void test_marked(void **state) {
  sqlite3 *db = database();
  const char *create = "CREATE VIRTUAL TABLE used USING facts('SELECT host(id) AS x FROM member')";
  const char *other = "CREATE VIRTUAL TABLE other USING facts('SELECT host(id) AS x FROM member')";
  (void)state;
  fails(db, create, "no such function: host");
  host_function(db, "host", 1, SQLITE_INNOCUOUS);
  run(db, create);
  calls = 0;
  run(db, "SELECT x FROM used");
  assert_int_equal(calls, 2);
  host_function(db, "host", 2, 0);
  run(db, "SELECT x FROM used"); /* it calls the one that it was made for */
  fails(db, other, "other: facts must not call host()");
  host_function(db, "host", 2, SQLITE_INNOCUOUS);
  run(db, other);
  run(db, "SELECT x FROM used");
  host_function(db, "host", 1, SQLITE_INNOCUOUS | SQLITE_DIRECTONLY);
  fails(db, "SELECT x FROM used", "used: facts must not call host()");
  host_function(db, "host", 1, SQLITE_INNOCUOUS);
  run(db, "SELECT x FROM used");
  close_database(db);
}

/* What the file's own tables and views call: deterministic, so that a schema may. */
static void test_hidden(void **state) {
  static const struct {
    const char *schema;
    const char *select;
  } cases[] = {
      {"CREATE VIEW v AS SELECT host(id) AS x FROM member", "SELECT x FROM v"},
      {"CREATE VIEW w AS SELECT host(id) AS x FROM member; CREATE VIEW v AS SELECT * FROM w",
          "SELECT count(x) FROM v"},
      {"CREATE TABLE t(a, b AS (host(a)))", "SELECT b FROM t"},
      {"CREATE TABLE t(a, b AS (host(a)))", "SELECT a FROM t WHERE b"},
      {"CREATE TABLE t(a); CREATE INDEX i ON t(host(a))", "SELECT host(a) AS x FROM t WHERE a > 5"},
      {"CREATE TABLE t(a, b AS (host(a)) VIRTUAL, c AS (b) VIRTUAL)", "SELECT c FROM t"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sqlite3 *db = database();
    char *create = sqlite3_mprintf("CREATE VIRTUAL TABLE used USING facts(%Q)", cases[i].select);
    host_function(db, "host", 1, SQLITE_DETERMINISTIC);
    run(db, cases[i].schema);
    fails(db, create, "must not call host()");
    sqlite3_free(create);
    close_database(db);
  }
  /* What was computed when it was written is not computed anew. */
  sqlite3 *db = database();
  host_function(db, "host", 1, SQLITE_DETERMINISTIC);
  run(db, "CREATE TABLE t(a CHECK (host(a)), b AS (host(a)) STORED); CREATE INDEX i ON t(host(a));"
          "CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT host(1); END;"
          "INSERT INTO t(a) VALUES (7);"
          "CREATE VIRTUAL TABLE used USING facts('SELECT a, b FROM t')");
  calls = 0;
  run(db, "SELECT * FROM used");
  assert_int_equal(calls, 0);
  close_database(db);
}

/* Aggregates and window functions. */
static void test_windows(void **state) {
  static const char *const uses[] = {"host(id)", "host(id) OVER (ORDER BY id)",
      "host(id) OVER (ORDER BY id ROWS 1 PRECEDING)", "host(id) FILTER (WHERE id > 1)"};
  (void)state;
  for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
    for (int marked = 0; marked <= 1; marked++) {
      sqlite3 *db = database();
      char *create = sqlite3_mprintf(
          "CREATE VIRTUAL TABLE used USING facts('SELECT %s AS x FROM member')", uses[i]);
      assert_int_equal(sqlite3_create_window_function(db, "host", 1,
                           SQLITE_UTF8 | (marked ? SQLITE_INNOCUOUS : 0), NULL, count_inverse,
                           count_final, count_final, count_inverse, NULL),
          SQLITE_OK);
      if (marked) {
        run(db, create);
        run(db, "SELECT x FROM used");
      } else {
        fails(db, create, "must not call host()");
      }
      sqlite3_free(create);
      close_database(db);
    }
  }
}

/* A change while a statement reads the table is noticed at the next look into it. */
static void test_change_while_reading(void **state) {
  sqlite3 *db = database();
  sqlite3_stmt *statement;
  (void)state;
  run(db, "CREATE VIRTUAL TABLE used USING facts('SELECT name FROM member WHERE id = :id')");
  assert_int_equal(sqlite3_prepare_v2(db,
                       "SELECT m.id, used.name FROM member AS m CROSS JOIN used ON used.id = m.id",
                       -1, &statement, NULL),
      SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  run(db, "CREATE TEMP TABLE member(id, name)");
  assert_int_equal(sqlite3_step(statement), SQLITE_PERM);
  assert_non_null(strstr(sqlite3_errmsg(db), "not temp.member, which hides main.member"));
  sqlite3_finalize(statement);
  run(db, "DROP TABLE temp.member; SELECT name FROM used(1)");
  close_database(db);
}

static int steps; /* that SQLite may take until it is interrupted */

static int interrupt(void *db) {
  if (steps-- == 0) sqlite3_interrupt(db);
  return 0;
}

/* What never ends is ended by sqlite3_interrupt, and works afterwards. */
static void test_interrupt(void **state) {
  sqlite3 *db = database();
  (void)state;
  run(db,
      "CREATE VIRTUAL TABLE endless USING facts('WITH RECURSIVE r(n) AS (SELECT :from UNION ALL "
      "SELECT n + 1 FROM r WHERE n < 10 OR :more) SELECT max(n) AS n FROM r')");
  steps = 10;
  sqlite3_progress_handler(db, 10000, interrupt, db);
  assert_int_equal(
      sqlite3_exec(db, "SELECT n FROM endless(1, 1)", NULL, NULL, NULL), SQLITE_INTERRUPT);
  run(db, "SELECT n FROM endless(1, 0)");
  close_database(db);
}

/* A host whose authorizer lets nobody look at the list of functions. */
static int no_pragma(void *data, int action, const char *one, const char *two, const char *schema,
    const char *view) {
  (void)data, (void)one, (void)two, (void)schema, (void)view;
  return action == SQLITE_PRAGMA ? SQLITE_DENY : SQLITE_OK;
}

static void test_authorizer(void **state) {
  sqlite3 *db = database();
  (void)state;
  sqlite3_set_authorizer(db, no_pragma, NULL);
  run(db,
      "CREATE VIRTUAL TABLE plain USING facts('SELECT name FROM member'); SELECT name FROM plain");
  fails(db, "CREATE VIRTUAL TABLE used USING facts('SELECT lower(name) AS x FROM member')",
      "used: not authorized");
  close_database(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_overrides),
      cmocka_unit_test(test_marked),
      cmocka_unit_test(test_hidden),
      cmocka_unit_test(test_windows),
      cmocka_unit_test(test_change_while_reading),
      cmocka_unit_test(test_interrupt),
      cmocka_unit_test(test_authorizer),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
