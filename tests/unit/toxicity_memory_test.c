/*
** toxicity_memory_test.c: the scorer when memory runs out.
**
** Each statement runs from loading the extension on.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

#define TERM(text, weight) "{\"term\":\"" text "\",\"weight\":" weight ",\"category\":\"hate\"}"

static void test_out_of_memory(void **state) {
  static const struct memory_case cases[] = {
      {NULL, "SELECT toxicity('you idiot')", SQLITE_OK, 1},
      {NULL, "SELECT toxicity('you dingo', '[" TERM("dingo", "0.5") "," TERM("a b c", "0") "]')",
          SQLITE_OK, 1},
      {NULL, "SELECT toxicity('x', '[" TERM("dingo", "2") "]')", SQLITE_ERROR, 0},
      {NULL, "SELECT toxicity('x', '[{}]')", SQLITE_ERROR, 0},
      {NULL, "SELECT toxicity('x', '[" TERM("d", "0") "," TERM("D", "0") "]')", SQLITE_ERROR, 0},
      {NULL,
          "SELECT * FROM toxicity_terms('damn a dumb b shit c damn d dumb e shit f damn g dumb h "
          "shit')",
          SQLITE_OK, 9},
      {NULL, "SELECT * FROM toxicity_terms('a dingo', '[" TERM("dingo", "0.5") "]')", SQLITE_OK, 1},
      {NULL, "SELECT * FROM toxicity_terms('x', '[" TERM("", "1") "]')", SQLITE_ERROR, 0},
      {NULL, "SELECT * FROM toxicity_terms", SQLITE_ERROR, 0},
      {NULL, "SELECT * FROM toxicity_terms(x'00')", SQLITE_ERROR, 0},
  };
  (void)state;
  failing_memory_sweep(cases, sizeof cases / sizeof *cases, false);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_out_of_memory)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("toxicity_memory", tests, failing_memory_setup, NULL);
}
