/*
** shadow_effect_memory_test.c: privileges and shadow_effect when memory runs out.
**
** Each statement runs from loading the extension on, or, where SQLite is to convert texts, in a database of
** UTF-16.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

#define UTF16                                                                                      \
  "PRAGMA encoding = 'UTF-16'; CREATE TABLE t(x); INSERT INTO t VALUES ('18446744073709551615');"

static void test_out_of_memory(void **state) {
  static const struct memory_case cases[] = {
      {NULL, "SELECT privilege_bit('USE')", SQLITE_OK, 1},
      {NULL, "SELECT privilege_bit('ADMIN')", SQLITE_ERROR, 0},
      {NULL, "SELECT has_privilege('18446744073709551615', 'USE')", SQLITE_OK, 1},
      {NULL, "SELECT has_privilege('0x1', 'USE')", SQLITE_ERROR, 0},
      {NULL, "SELECT privilege_names(-1)", SQLITE_OK, 1},
      {NULL, "SELECT privilege_names(1.5)", SQLITE_ERROR, 0},
      {UTF16, "SELECT has_privilege(x, 'USE'), privilege_names(x) FROM t", SQLITE_OK, 1},
      {NULL, "SELECT *, model, seed FROM shadow_effect(0.1, 'opus', 2, 1, 'message 12')", SQLITE_OK,
          1},
      /* fake_503_text, and blackout */
      {NULL, "SELECT *, rowid FROM shadow_effect(0.7, 'opus', 2, 1, 4)", SQLITE_OK, 1},
      {NULL, "SELECT * FROM shadow_effect(0.7, 'opus', 2, 1, 1)", SQLITE_OK, 1},
      {NULL, "SELECT * FROM shadow_effect", SQLITE_ERROR, 0},
      {NULL, "SELECT * FROM shadow_effect(1.5)", SQLITE_ERROR, 0},
      {NULL, "SELECT * FROM shadow_effect(0.5, '')", SQLITE_ERROR, 0},
      {NULL,
          "SELECT * FROM shadow_effect WHERE (at_progress = 0.1 AND model = 'm') OR at_progress = "
          "0.2",
          SQLITE_OK, 2},
      {UTF16, "SELECT shadow_effect.* FROM t, shadow_effect(0.7, x || 'flash', '2', '1', x)",
          SQLITE_OK, 1},
      {UTF16, "SELECT shadow_effect.* FROM t, shadow_effect(0.7, x || 'flash', '2', '1', 4)",
          SQLITE_OK, 1},
  };
  (void)state;
  failing_memory_sweep(cases, sizeof cases / sizeof *cases, false);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_effect_memory", tests, failing_memory_setup, NULL);
}
