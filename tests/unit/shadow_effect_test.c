/*
** shadow_effect_test.c: is what shadow_effect throws what it says?
**
** At each knot of the curve and half way between them, for 100,000 seeds that are integers and as many that
** are texts: outcomes are as frequent as the intensities say, delays are where they should be, and the
** four draws have nothing to do with each other. "As frequent" is within four standard errors. The curve
** is written down here once more, as it is specified.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <math.h>
#include "decorum.h"
#include "shadow_curve.h"
#include "random.h"

#define SEEDS 100000
#define ERRORS 4.0 /* standard errors */

static const struct {
  double progress, latency, drops, fake_503, blackout;
} knots[] = {
    {0.00, 0.00, 0.00, 0.00, 0.00},
    {0.10, 0.25, 0.00, 0.00, 0.00},
    {0.20, 0.60, 0.10, 0.00, 0.00},
    {0.35, 0.75, 0.35, 0.00, 0.00},
    {0.45, 0.75, 0.50, 0.10, 0.00},
    {0.60, 0.75, 0.60, 0.35, 0.00},
    {0.70, 0.75, 0.60, 0.50, 0.10},
    {0.85, 0.75, 0.60, 0.60, 0.50},
    {1.00, 0.75, 0.60, 0.70, 0.95},
};

#define KNOTS (int)(sizeof knots / sizeof *knots)
#define PLACES (2 * KNOTS - 1) /* with those half way */

/* What the seeds are, as SQL. */
static const char *const kinds[] = {"nr", "'message ' || nr"};

static sqlite3 *db;
static sqlite3_int64 first_seed;

/* The intensity of a place: a knot's, or the mean of two. */
static struct shadow_intensity intensity_at(int place, double *progress) {
  int one = place / 2, two = (place + 1) / 2;
  *progress = (knots[one].progress + knots[two].progress) / 2;
  return (struct shadow_intensity){
      .latency = (knots[one].latency + knots[two].latency) / 2,
      .drops = (knots[one].drops + knots[two].drops) / 2,
      .fake_503 = (knots[one].fake_503 + knots[two].fake_503) / 2,
      .blackout = (knots[one].blackout + knots[two].blackout) / 2,
  };
}

/* A statement with what it selects for each seed, in the place of %s the seed. */
static sqlite3_stmt *seeds_prepare(const char *kind, const char *columns) {
  sqlite3_stmt *statement;
  char *sql = sqlite3_mprintf(
      "WITH RECURSIVE row(nr) AS (SELECT ?1 UNION ALL SELECT nr + 1 FROM row LIMIT %d), "
      "message(seed) AS (SELECT %s FROM row) SELECT %s",
      SEEDS, kind, columns);
  assert_non_null(sql);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  sqlite3_free(sql);
  assert_int_equal(sqlite3_bind_int64(statement, 1, first_seed), SQLITE_OK);
  return statement;
}

/* What came of all the seeds. */
struct tally {
  int banned, blackout, dropped, fake_503, answered;
  double sum, least, most; /* of the delays of what is answered */
  double sum_503, least_503, most_503;
  uint64_t bits; /* all delays, in order */
};

static void tally_delay(double delay, int nr, double *sum, double *least, double *most) {
  *sum += delay;
  if (nr == 1 || delay < *least) *least = delay;
  if (nr == 1 || delay > *most) *most = delay;
}

static struct tally tally_run(sqlite3_stmt *statement, double progress) {
  struct tally tally = {0};
  assert_int_equal(sqlite3_bind_double(statement, 2, progress), SQLITE_OK);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    double delay = sqlite3_column_double(statement, 0);
    int banned = sqlite3_column_int(statement, 1), blackout = sqlite3_column_int(statement, 2);
    int dropped = sqlite3_column_int(statement, 3), fake_503 = sqlite3_column_int(statement, 4);
    uint64_t bits;
    memcpy(&bits, &delay, sizeof bits);
    tally.bits = (tally.bits ^ bits) * 0x9e3779b97f4a7c15u;
    assert_in_range(banned + blackout + dropped + fake_503, 0, 1);
    tally.banned += banned;
    tally.blackout += blackout;
    tally.dropped += dropped;
    if (fake_503) {
      tally_delay(delay, ++tally.fake_503, &tally.sum_503, &tally.least_503, &tally.most_503);
    } else if (!banned && !blackout && !dropped) {
      tally_delay(delay, ++tally.answered, &tally.sum, &tally.least, &tally.most);
    } else {
      assert_true(delay == 0.0);
    }
  }
  assert_int_equal(sqlite3_reset(statement), SQLITE_OK);
  assert_int_equal(
      tally.banned + tally.blackout + tally.dropped + tally.fake_503 + tally.answered, SEEDS);
  return tally;
}

static void assert_rate(const char *what, double progress, int count, double rate) {
  double off = fabs((double)count / SEEDS - rate);
  if (off > ERRORS * sqrt(rate * (1 - rate) / SEEDS)) {
    fail_msg("%s at %g: %d of %d, expected %g", what, progress, count, SEEDS, rate);
  }
}

/* Are delays spread evenly from middle * (1 - part) to middle * (1 + part)? */
static void assert_spread(const char *what, double progress, int count, double sum, double least,
    double most, double middle, double part) {
  const double rounding = 1e-12;
  if (count == 0) return;
  double error = 2 * part * middle / sqrt(12.0 * count);
  if (fabs(sum / count - middle) > ERRORS * error + rounding ||
      least < middle * (1 - part) - rounding || most > middle * (1 + part) + rounding) {
    fail_msg("%s at %g: %g to %g, mean %g", what, progress, least, most, sum / count);
  }
  if (count < 1000 || middle == 0.0) return; /* else some are near the ends */
  double end = 2 * part * middle * 0.02;
  assert_true(least < middle * (1 - part) + end && most > middle * (1 + part) - end);
}

static void test_rates_and_delays(void **state) {
  (void)state;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    sqlite3_stmt *statement = seeds_prepare(kinds[kind],
        "delay_target_s, banned, blackout, dropped, fake_503_text IS NOT NULL "
        "FROM message, shadow_effect(?2, 1.25, 0, 0, message.seed)");
    for (int place = 0; place < PLACES; place++) {
      double progress;
      struct shadow_intensity is = intensity_at(place, &progress);
      struct tally tally = tally_run(statement, progress);
      if (place == PLACES - 1) {
        assert_int_equal(tally.banned, SEEDS);
        continue;
      }
      double heard = 1 - is.blackout, kept = heard * (1 - is.drops);
      assert_rate("blackout", progress, tally.blackout, is.blackout);
      assert_rate("dropped", progress, tally.dropped, heard * is.drops);
      assert_rate("fake 503", progress, tally.fake_503, kept * is.fake_503);
      assert_rate("answered", progress, tally.answered, kept * (1 - is.fake_503));
      assert_spread("delay", progress, tally.answered, tally.sum, tally.least, tally.most,
          is.latency * 12.5, 0.15);
      assert_spread("fake 503's delay", progress, tally.fake_503, tally.sum_503, tally.least_503,
          tally.most_503, 14.0, 0.2);
      assert_true(tally.bits == tally_run(statement, progress).bits); /* the same rows again */
    }
    sqlite3_finalize(statement);
  }
}

static void test_no_ban_is_no_delay(void **state) {
  (void)state;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    sqlite3_stmt *statement = seeds_prepare(kinds[kind],
        "delay_target_s, banned, blackout, dropped, fake_503_text IS NOT NULL "
        "FROM message, shadow_effect(?2, 'claude-opus-4', 9, 60, message.seed)");
    struct tally tally = tally_run(statement, 0.0);
    assert_int_equal(tally.answered, SEEDS);
    assert_true(tally.least == 0.0 && tally.most == 0.0);
    sqlite3_finalize(statement);
  }
}

/* Of numbers that are independent the correlation is around 0, with a standard error of 1 / sqrt(SEEDS). */
static void test_draws_are_independent(void **state) {
  (void)state;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    double sums[4] = {0}, products[4][4] = {{0}};
    sqlite3_stmt *statement = seeds_prepare(kinds[kind],
        "dice(seed, 'drop'), dice(seed, 'blackout'), dice(seed, 'fake_503'), dice(seed, 'jitter'), "
        "seed FROM message");
    while (sqlite3_step(statement) == SQLITE_ROW) {
      struct shadow_throw thrown;
      assert_true(shadow_curve_throw(sqlite3_column_value(statement, 4), &thrown));
      const double draws[4] = {thrown.drop, thrown.blackout, thrown.fake_503, thrown.jitter};
      for (int i = 0; i < 4; i++) {
        double draw = sqlite3_column_double(statement, i);
        assert_true(draw == draws[i]); /* C and SQL throw the same */
        sums[i] += draw;
        for (int j = 0; j < 4; j++) products[i][j] += draw * draws[j];
      }
    }
    sqlite3_finalize(statement);
    for (int i = 0; i < 4; i++) {
      assert_true(fabs(sums[i] / SEEDS - 0.5) < ERRORS / sqrt(12.0 * SEEDS));
      for (int j = 0; j < i; j++) {
        double covariance = products[i][j] / SEEDS - sums[i] / SEEDS * (sums[j] / SEEDS);
        double one = products[i][i] / SEEDS - sums[i] / SEEDS * (sums[i] / SEEDS);
        double two = products[j][j] / SEEDS - sums[j] / SEEDS * (sums[j] / SEEDS);
        double correlation = covariance / sqrt(one * two);
        if (fabs(correlation) > ERRORS / sqrt(SEEDS)) {
          fail_msg("draws %d and %d, seeds %s: %g", i, j, kinds[kind], correlation);
        }
      }
    }
  }
}

static void test_stages_and_phases(void **state) {
  static const struct {
    double progress, stage;
    const char *phase;
  } cases[] = {
      {0.0, 1.0, "latency"},
      {0.125, 1.5, "latency"},
      {0.2499999, 1.9999996, "latency"},
      {0.25, 2.0, "drops"},
      {0.4999999, 2.9999996, "drops"},
      {0.5, 3.0, "fake_503"},
      {0.7499999, 3.9999996, "fake_503"},
      {0.75, 4.0, "blackout"},
      {0.9999999, 4.9999996, "blackout"},
      {1.0 - 0x1p-53, 5.0, "blackout"}, /* the stage is rounded, the phase is not */
      {1.0, 5.0, "banned"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_true(fabs(shadow_curve_stage(cases[i].progress) - cases[i].stage) < 1e-12);
    assert_string_equal(shadow_curve_phase(cases[i].progress), cases[i].phase);
  }
  assert_true(shadow_curve_stage(1.0 - 0x1p-53) == 5.0);
}

/* Between the knots nothing leaves the values at both ends, on either side of a knot it goes on. */
static void test_curve_stays_within_its_knots(void **state) {
  (void)state;
  for (int knot = 0; knot + 1 < KNOTS; knot++) {
    double start = knots[knot].progress, end = knots[knot + 1].progress;
    struct shadow_intensity below = shadow_curve_intensity(nextafter(end, 0.0));
    assert_true(fabs(below.latency - knots[knot + 1].latency) < 1e-15);
    assert_true(fabs(below.drops - knots[knot + 1].drops) < 1e-15);
    assert_true(fabs(below.fake_503 - knots[knot + 1].fake_503) < 1e-15);
    assert_true(fabs(below.blackout - knots[knot + 1].blackout) < 1e-15);
    for (int step = 0; step <= 1000; step++) {
      struct shadow_intensity is = shadow_curve_intensity(start + (end - start) * step / 1000.0);
      assert_true(is.latency >= knots[knot].latency && is.latency <= knots[knot + 1].latency);
      assert_true(is.drops >= knots[knot].drops && is.drops <= knots[knot + 1].drops);
      assert_true(is.fake_503 >= knots[knot].fake_503 && is.fake_503 <= knots[knot + 1].fake_503);
      assert_true(is.blackout >= knots[knot].blackout && is.blackout <= knots[knot + 1].blackout);
    }
  }
}

static int setup(void **state) {
  struct random chance = random_begin();
  (void)state;
  first_seed = random_below(&chance, 1 << 30);
  return sqlite3_open(":memory:", &db) != SQLITE_OK ||
         sqlite3_decorumreadonly_init(db, NULL, NULL) != SQLITE_OK;
}

static int teardown(void **state) {
  (void)state;
  return sqlite3_close(db) != SQLITE_OK;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rates_and_delays),
      cmocka_unit_test(test_no_ban_is_no_delay),
      cmocka_unit_test(test_draws_are_independent),
      cmocka_unit_test(test_stages_and_phases),
      cmocka_unit_test(test_curve_stays_within_its_knots),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_effect", tests, setup, teardown);
}
