/*
** interrupt_test.c: sqlite3_interrupt ends a policy that is running, and with it the statement.
**
** A progress handler that is called for each step of SQLite's machine sees the policy run: while Lua works, the only
** steps are those of the statement that asks whether there was an interrupt.
*/
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"

#define STEPS 60 /* of SQLite's machine, more than are left when the policy begins... */
#define FEW 20   /* ...or a search */

static atomic_int begun;  /* the facts were read: the policy is next */
static atomic_int seen;   /* steps since */
static atomic_int called; /* the other thread has interrupted */
static int stop;          /* the progress handler interrupts by itself... */
static int wait_for;      /* ...or waits for the other thread */

static int steps = STEPS; /* from which on it may */

static int progress(void *unused) {
  (void)unused;
  if (!begun || ++seen <= steps) return 0;
  while (wait_for && !called) sched_yield();
  return stop;
}

static void begin(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc, (void)argv;
  seen = 0;
  begun = 1;
  sqlite3_result_int(context, 1);
}

static void execute(sqlite3 *db, const char *sql, int expected) {
  char *error = NULL;
  int status = sqlite3_exec(db, sql, NULL, NULL, &error);
  if (status != expected) fail_msg("%s: %d, %s", sql, status, error ? error : "");
  sqlite3_free(error);
}

static int setup(void **state) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  sqlite3_create_function(db, "begin", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, begin, NULL, NULL);
  execute(db, "CREATE VIRTUAL TABLE policy USING policy_store", SQLITE_OK);
  execute(db, "CREATE VIRTUAL TABLE now USING facts('SELECT begin() AS spin')", SQLITE_OK);
  execute(db, "CREATE VIRTUAL TABLE later USING facts('SELECT 0 AS spin')", SQLITE_OK);
  execute(db,
      "INSERT INTO policy(source, active) VALUES ('return policy { id = \"long\", needs = { "
      "\"spin\" }, decide = function(f) while f.spin == 1 do end end, tests = { { \"t\", {}, {} } "
      "} "
      "}', 1)",
      SQLITE_OK);
  execute(db,
      "CREATE VIRTUAL TABLE decided USING lua_policy(policy = long, facts = now, instructions = "
      "10000000, time_ms = 1000)",
      SQLITE_OK);
  execute(
      db, "CREATE VIRTUAL TABLE other USING lua_policy(policy = long, facts = later)", SQLITE_OK);
  sqlite3_progress_handler(db, 1, progress, NULL);
  *state = db;
  begun = seen = called = stop = wait_for = 0;
  return 0;
}

static int teardown(void **state) {
  return sqlite3_close(*state) != SQLITE_OK;
}

/* The connection is as good as before. */
static void check_after(sqlite3 *db) {
  sqlite3_stmt *statement;
  sqlite3_progress_handler(db, 0, NULL, NULL);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT action, error FROM other", -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  assert_string_equal((const char *)sqlite3_column_text(statement, 0), "none");
  assert_int_equal(sqlite3_column_type(statement, 1), SQLITE_NULL);
  assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static void test_progress_handler(void **state) {
  stop = 1;
  execute(*state, "SELECT count(*) FROM decided WHERE error IS NOT NULL", SQLITE_INTERRUPT);
  check_after(*state);
}

static void *interrupt(void *db) {
  while (seen <= STEPS) sched_yield();
  sqlite3_interrupt(db);
  called = 1;
  return NULL;
}

static void test_other_thread(void **state) {
  pthread_t thread;
  wait_for = 1;
  assert_int_equal(pthread_create(&thread, NULL, interrupt, *state), 0);
  execute(*state, "SELECT count(*) FROM decided WHERE error IS NOT NULL", SQLITE_INTERRUPT);
  assert_int_equal(pthread_join(thread, NULL), 0);
  check_after(*state);
}

static void test_while_loading(void **state) {
  stop = 1;
  execute(*state,
      "INSERT INTO policy(source) SELECT 'local a = (\"\\0\"):rep(1000000) local b = a .. 1 while "
      "a < b "
      "do end' WHERE begin()",
      SQLITE_INTERRUPT);
  check_after(*state);
}

static void test_regexp(void **state) {
  stop = 1;
  steps = FEW;
  execute(
      *state, "SELECT printf('%.*c', 60000 * begin(), 'a') REGEXP '^(a+)+[bc]$'", SQLITE_INTERRUPT);
  steps = STEPS;
  check_after(*state);
}

/* An authorizer that forbids statements of their own to what runs while a policy does, and may interrupt. */
static int refused;
static sqlite3 *interrupted;

static int authorize(
    void *unused, int action, const char *a, const char *b, const char *c, const char *d) {
  (void)unused, (void)a, (void)b, (void)c, (void)d;
  if (!begun || action != SQLITE_SELECT) return SQLITE_OK;
  refused++;
  if (interrupted != NULL) sqlite3_interrupt(interrupted);
  return SQLITE_DENY;
}

static void test_refusing_authorizer(void **state) {
  refused = 0;
  interrupted = NULL;
  sqlite3_set_authorizer(*state, authorize, NULL);
  execute(*state,
      "CREATE TEMP TABLE result AS SELECT error LIKE '%more than 10000000 instructions' AS "
      "is_right "
      "FROM decided",
      SQLITE_OK);
  assert_int_equal(refused, 1);
  begun = 0;
  execute(*state, "SELECT CASE WHEN is_right THEN 1 ELSE abs(-9223372036854775808) END FROM result",
      SQLITE_OK);
  interrupted = *state;
  execute(*state, "SELECT count(*) FROM decided WHERE error IS NOT NULL", SQLITE_INTERRUPT);
  assert_int_equal(refused, 2);
  sqlite3_set_authorizer(*state, NULL, NULL);
  check_after(*state);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_progress_handler, setup, teardown),
      cmocka_unit_test_setup_teardown(test_other_thread, setup, teardown),
      cmocka_unit_test_setup_teardown(test_while_loading, setup, teardown),
      cmocka_unit_test_setup_teardown(test_regexp, setup, teardown),
      cmocka_unit_test_setup_teardown(test_refusing_authorizer, setup, teardown),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("interrupt", tests, NULL, NULL);
}
