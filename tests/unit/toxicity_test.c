/*
** toxicity_test.c: the list of terms in ext/toxicity.c.
**
** The list is searched by bisection and grows by people's hands, so what the search relies on is
** checked here, term by term. The file itself is included, for the list is nobody else's business.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <math.h>
#include "decorum.h"

/* The function has another name here than in the object that is linked. */
#define toxicity toxicity_included
#include "toxicity.c"
#undef toxicity

#define TERM_COUNT (sizeof toxicity_terms / sizeof *toxicity_terms)

static void test_sorted(void **state) {
  (void)state;
  for (size_t i = 1; i < TERM_COUNT; i++) {
    const char *before = toxicity_terms[i - 1].text, *text = toxicity_terms[i].text;
    if (strcmp(before, text) >= 0) fail_msg("'%s' must not stand behind '%s'", text, before);
  }
}

static void test_weights(void **state) {
  (void)state;
  for (size_t i = 0; i < TERM_COUNT; i++) {
    const struct toxicity_term *term = &toxicity_terms[i];
    if (!(term->weight > 0 && term->weight < 1)) fail_msg("'%s': %g", term->text, term->weight);
  }
}

/* Each term is found, as it stands in the list, with its own weight: it is written as a text is after
** folding, and no longer than the search looks. */
static void test_found(void **state) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  (void)state;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT toxicity('you: ' || ?1)", -1, &statement, NULL), SQLITE_OK);
  for (size_t i = 0; i < TERM_COUNT; i++) {
    const struct toxicity_term *term = &toxicity_terms[i];
    sqlite3_bind_text(statement, 1, term->text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    double got = sqlite3_column_double(statement, 0);
    if (fabs(got - term->weight) > 1e-12) {
      fail_msg("'%s' has the weight %g, but scores %g", term->text, term->weight, got);
    }
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sorted),
      cmocka_unit_test(test_weights),
      cmocka_unit_test(test_found),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("toxicity", tests, NULL, NULL);
}
