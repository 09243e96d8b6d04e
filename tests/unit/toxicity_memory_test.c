/*
** toxicity_memory_test.c: the scorer when memory runs out.
**
** Each statement runs, from loading the extension on, with the first allocation failing, then the second...
** until none fails any more; once with that one alone failing, once with all from there on. It must end with
** SQLITE_NOMEM or with the rows that it has with enough memory, and give everything back.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

/* Loads the extension and runs the statement to its end. */
static int run(sqlite3 *db, const char *sql, int *rows) {
  sqlite3_stmt *statement = NULL;
  char *error = NULL;
  int status = sqlite3_decorumreadonly_init(db, &error, NULL);
  sqlite3_free(error);
  if (status == SQLITE_OK) status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) sqlite3_column_text(statement, i);
    status = SQLITE_OK;
    ++*rows;
  }
  sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : status;
}

#define TERM(text, weight) "{\"term\":\"" text "\",\"weight\":" weight ",\"category\":\"hate\"}"

static void test_out_of_memory(void **state) {
  static const struct {
    const char *sql;
    int status; /* with enough memory */
    int rows;
  } cases[] = {
      {"SELECT toxicity('you idiot')", SQLITE_OK, 1},
      {"SELECT toxicity('you dingo', '[" TERM("dingo", "0.5") "," TERM("a b c", "0") "]')",
          SQLITE_OK, 1},
      {"SELECT toxicity('x', '[" TERM("dingo", "2") "]')", SQLITE_ERROR, 0},
      {"SELECT toxicity('x', '[{}]')", SQLITE_ERROR, 0},
      {"SELECT toxicity('x', '[" TERM("d", "0") "," TERM("D", "0") "]')", SQLITE_ERROR, 0},
      {"SELECT * FROM toxicity_terms('damn a dumb b shit c damn d dumb e shit f damn g dumb h "
       "shit')",
          SQLITE_OK, 9},
      {"SELECT * FROM toxicity_terms('a dingo', '[" TERM("dingo", "0.5") "]')", SQLITE_OK, 1},
      {"SELECT * FROM toxicity_terms('x', '[" TERM("", "1") "]')", SQLITE_ERROR, 0},
      {"SELECT * FROM toxicity_terms", SQLITE_ERROR, 0},
      {"SELECT * FROM toxicity_terms(x'00')", SQLITE_ERROR, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (once = 0; once <= 1; once++) {
      failed = 1;
      for (long number = 0; failed; number++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        failed = 0;
        left = number;
        int rows = 0, status = run(db, cases[i].sql, &rows);
        left = -1;
        bool right = status == cases[i].status && rows == cases[i].rows;
        if (!right && (status != SQLITE_NOMEM || !failed)) {
          fail_msg("%s, allocation %ld: %s", cases[i].sql, number, sqlite3_errmsg(db));
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
  return cmocka_run_group_tests_name("toxicity_memory", tests, failing_memory_setup, NULL);
}
