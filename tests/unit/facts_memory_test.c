/*
** facts_memory_test.c: facts and policies when memory runs out.
**
** Each statement runs in a database that is made for it.
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

static const struct memory_case cases[] = {
    {MEMBER, FACTS, SQLITE_OK, 0},
    {MEMBER FACTS, "SELECT u FROM f(1)", SQLITE_OK, 1},
    {MEMBER FACTS "SELECT u FROM f(1);", "SELECT u FROM f(1)", SQLITE_OK, 1},
    {MEMBER FACTS, "SELECT * FROM f", SQLITE_ERROR, 0},
    {MEMBER FACTS "SELECT u FROM f(1); CREATE TABLE more(x);", "SELECT u FROM f(1)", SQLITE_OK, 1},
    {MEMBER FACTS "SELECT u FROM f(1); CREATE TEMP TABLE member(id, name);", "SELECT u FROM f(1)",
        SQLITE_PERM, 0},
    {MEMBER FACTS "CREATE TEMP VIEW member AS SELECT 1 AS id, 2 AS name;", "SELECT u FROM f(1)",
        SQLITE_PERM, 0},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT load_extension(name) AS x FROM member')",
        SQLITE_ERROR, 0},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT value FROM json_each(:list)')", SQLITE_OK,
        0},
    {MEMBER, "CREATE VIRTUAL TABLE w USING facts('SELECT name FROM pragma_table_info(:list)')",
        SQLITE_ERROR, 0},
    {MEMBER FACTS "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member';"
                  "PRAGMA writable_schema = RESET;",
        "SELECT u FROM f(1)", SQLITE_ERROR, 0},
    {MEMBER FACTS "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'member';"
                  "PRAGMA writable_schema = RESET;",
        "DROP TABLE f", SQLITE_OK, 0},
    {"CREATE VIRTUAL TABLE policy USING policy_store", "SELECT * FROM policy", SQLITE_OK, 0},
};

static void test_out_of_memory(void **state) {
  (void)state;
  failing_memory_sweep(cases, sizeof cases / sizeof *cases, false);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("facts_memory", tests, failing_memory_setup, NULL);
}
