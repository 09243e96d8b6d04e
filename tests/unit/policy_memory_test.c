/*
** policy_memory_test.c: policies when memory runs out.
**
** Each statement runs in a connection that has loaded a policy before.
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

static void test_out_of_memory(void **state) {
  static const struct memory_case cases[] = {
      {before,
          "SELECT number, name, message, needs FROM policy_test(" SCRIPT("p", "a = 1",
              TEST ", { \"u\", {}, { action = \"note\" } }") ") WHERE ok = (number = 1)",
          SQLITE_OK, 2},
      {before, "SELECT * FROM policy_test", SQLITE_ERROR, 0},
      {before, "SELECT * FROM policy_test(5)", SQLITE_ERROR, 0},
      {before, "INSERT INTO policy(source) VALUES (" SCRIPT("p", "a = 1, b = 2", TEST) ")",
          SQLITE_OK, 0},
      {before, "UPDATE policy SET active = 1", SQLITE_OK, 0},
      {before, "ALTER TABLE policy RENAME TO renamed", SQLITE_OK, 0},
      {before, "SELECT * FROM d WHERE action = 'note' AND trace LIKE '%\"params\":{\"a\":3}}'",
          SQLITE_OK, 1},
      {before, "SELECT * FROM o WHERE action = 'note' AND trace LIKE '%\"params\":{\"a\":3}}'",
          SQLITE_OK, 1},
      {before,
          "CREATE VIRTUAL TABLE wrong USING lua_policy(policy = p, facts = f, settings = other)",
          SQLITE_ERROR, 0},
      {before,
          "CREATE VIRTUAL TABLE wrong USING lua_policy(policy = p, facts = f, settings = none)",
          SQLITE_ERROR, 0},
  };
  (void)state;
  failing_memory_sweep(cases, sizeof cases / sizeof *cases, true);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("policy_memory", tests, failing_memory_setup, NULL);
}
