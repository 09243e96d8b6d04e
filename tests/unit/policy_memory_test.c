/*
** policy_memory_test.c: policies when memory runs out.
**
** Each statement runs, in a connection that has loaded a policy before, with the first allocation failing, then the
** second... until none fails any more (later ones by leaps: most are Lua's, and alike); once with that one alone
** failing, once with all from there on. It must end with SQLITE_NOMEM or with the rows that it has with enough
** memory, and give everything back.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

#define SCRIPT(id, params, test)                                                                   \
  "'return policy { id = \"" id "\", needs = { \"x\" }, params = { " params " }, "                 \
  "guards = { { \"lately\", cooldown(\"x\", 5) } }, "                                              \
  "signals = { { \"s\", function(f, p) return p.a end, \"{x:.2f} {points}\" } }, "                 \
  "ladder = { { at = 2, action = \"note\" } }, tests = { " test " } }'"
#define TEST "{ \"t\", { x = null }, { action = \"none\" } }"

static const char before[] =
    "CREATE VIRTUAL TABLE policy USING policy_store;"
    "INSERT INTO policy(source, active) VALUES (" SCRIPT("p", "a = 1",
        TEST) ", 1);"
              "CREATE TABLE f(x, now); INSERT INTO f VALUES (NULL, 1), ('text', 2);"
              "CREATE TABLE setting(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
              "INSERT INTO setting VALUES ('mode', 'm'), ('p.a', 3), ('p.b', 4);"
              "CREATE TABLE other(name, value); INSERT INTO other VALUES ('p.a', 'much');"
              "CREATE VIRTUAL TABLE d USING lua_policy(policy = p, facts = f);"
              "CREATE VIRTUAL TABLE temp.o USING lua_policy(policy = p, facts = f, settings = "
              "setting);";

/* Runs the statement to its end. */
static int run(sqlite3 *db, const char *sql, int *rows) {
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) sqlite3_column_text(statement, i);
    status = SQLITE_OK;
    ++*rows;
  }
  sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : status;
}

static void test_out_of_memory(void **state) {
  static const struct {
    const char *sql;
    int status; /* with enough memory */
    int rows;
  } cases[] = {
      {"SELECT number, name, message, needs FROM policy_test(" SCRIPT(
           "p", "a = 1", TEST ", { \"u\", {}, { action = \"note\" } }") ") WHERE ok = (number = 1)",
          SQLITE_OK, 2},
      {"SELECT * FROM policy_test", SQLITE_ERROR, 0},
      {"SELECT * FROM policy_test(5)", SQLITE_ERROR, 0},
      {"INSERT INTO policy(source) VALUES (" SCRIPT("p", "a = 1, b = 2", TEST) ")", SQLITE_OK, 0},
      {"UPDATE policy SET active = 1", SQLITE_OK, 0},
      {"ALTER TABLE policy RENAME TO renamed", SQLITE_OK, 0},
      {"SELECT * FROM d WHERE action = 'note' AND trace LIKE '%\"params\":{\"a\":3}}'", SQLITE_OK,
          1},
      {"SELECT * FROM o WHERE action = 'note' AND trace LIKE '%\"params\":{\"a\":3}}'", SQLITE_OK,
          1},
      {"CREATE VIRTUAL TABLE wrong USING lua_policy(policy = p, facts = f, settings = other)",
          SQLITE_ERROR, 0},
      {"CREATE VIRTUAL TABLE wrong USING lua_policy(policy = p, facts = f, settings = none)",
          SQLITE_ERROR, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (once = 0; once <= 1; once++) {
      failed = 1;
      for (long number = 0; failed; number += number < 250 ? 1 : number / 8) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, before, NULL, NULL, NULL), SQLITE_OK);
        failed = 0;
        left = number;
        int rows = 0, status = run(db, cases[i].sql, &rows);
        left = -1;
        bool right = status == cases[i].status && rows == cases[i].rows;
        if (!right && (status != SQLITE_NOMEM || !failed)) {
          fail_msg("%s, allocation %ld: status %d, %d rows, %s", cases[i].sql, number, status, rows,
              sqlite3_errmsg(db));
        }
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
      }
    }
  }
  assert_int_equal(sqlite3_memory_used(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("policy_memory", tests, failing_memory_setup, NULL);
}
