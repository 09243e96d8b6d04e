/*
** facts_memory_test.c: facts and policies when memory runs out.
**
** Each script runs in a database that is made for it, with the first allocation failing, then the second... until
** none fails any more; once with that one alone failing, once with all from there on. It must end with
** SQLITE_NOMEM or as it does with enough memory, and give everything back.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

#define MEMBER                                                                                     \
  "CREATE TABLE member(id INTEGER PRIMARY KEY, name); INSERT INTO member VALUES (1, 'ada');"
#define FACTS                                                                                      \
  "CREATE VIRTUAL TABLE f USING facts('SELECT name, upper(name) AS u FROM member WHERE id = "      \
  ":id');"

static const struct {
  const char *before; /* with enough memory */
  const char *sql;
  int status;
} cases[] = {
    {MEMBER, FACTS, SQLITE_OK},
    {MEMBER FACTS, "SELECT u FROM f(1)", SQLITE_OK},
    {MEMBER FACTS "SELECT u FROM f(1);", "SELECT u FROM f(1)", SQLITE_OK},
    {MEMBER FACTS, "SELECT * FROM f", SQLITE_ERROR},
    {MEMBER FACTS "SELECT u FROM f(1); CREATE TABLE more(x);", "SELECT u FROM f(1)", SQLITE_OK},
    {MEMBER FACTS "SELECT u FROM f(1); CREATE TEMP TABLE member(id, name);", "SELECT u FROM f(1)",
        SQLITE_PERM},
    {MEMBER FACTS "CREATE TEMP VIEW member AS SELECT 1 AS id, 2 AS name;", "SELECT u FROM f(1)",
        SQLITE_PERM},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT load_extension(name) AS x FROM member')",
        SQLITE_ERROR},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT value FROM json_each(:list)')", SQLITE_OK},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT name FROM pragma_table_info(:list)')",
        SQLITE_ERROR},
    {MEMBER FACTS "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member';"
                  "PRAGMA writable_schema = RESET;",
        "SELECT u FROM f(1)", SQLITE_ERROR},
    {MEMBER FACTS "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member';"
                  "PRAGMA writable_schema = RESET;",
        "DROP TABLE f", SQLITE_OK},
    {"CREATE VIRTUAL TABLE policy USING policy_store", "SELECT * FROM policy", SQLITE_OK},
};

static void test_out_of_memory(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (once = 0; once <= 1; once++) {
      failed = 1;
      for (long number = 0; failed; number++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, cases[i].before, NULL, NULL, NULL), SQLITE_OK);
        failed = 0;
        left = number;
        int status = sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL);
        left = -1;
        if (status != cases[i].status && (status != SQLITE_NOMEM || !failed)) {
          fail_msg("%s, allocation %ld: %d, %s", cases[i].sql, number, status, sqlite3_errmsg(db));
        }
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        if (sqlite3_memory_used() != 0)
          fail_msg("%s, allocation %ld: a leak", cases[i].sql, number);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("facts_memory", tests, failing_memory_setup, NULL);
}
