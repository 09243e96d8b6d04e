/*
** series_test.c: ext/series.c against a plain array.
**
** The model keeps every row that was ever added, in the order of arrival, and does each operation
*in
** the most obvious way: it sorts, it counts, it marks. After each of many random operations the
*series
** must hold the same entries in the same order, bit for bit.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "series.h"
#include "random.h"

#define MODEL_MAX 2000

struct model {
  struct series_entry rows[MODEL_MAX]; /* in order of arrival */
  bool is_forgotten[MODEL_MAX];
  int added;
  int removed; /* rows[removed...added) are in the frame */
};

static struct random chance;

/* The entries of the frame, sorted by (at, arrival). Returns how many there are. */
static int model_sorted(const struct model *model, struct series_entry *sorted) {
  int count = 0;
  for (int i = model->removed; i < model->added; i++) {
    if (model->is_forgotten[i]) continue;
    int place = count++;
    while (place > 0 && sorted[place - 1].at > model->rows[i].at) {
      sorted[place] = sorted[place - 1];
      place--;
    }
    sorted[place] = model->rows[i];
  }
  return count;
}

static sqlite3_uint64 model_forget(struct model *model, int keep) {
  static struct series_entry sorted[MODEL_MAX];
  int count = model_sorted(model, sorted);
  if (count <= keep) return 0;
  sqlite3_uint64 lowest = sorted[count - keep].arrival;
  for (int i = count - keep; i < count; i++) {
    if (sorted[i].arrival < lowest) lowest = sorted[i].arrival;
  }
  for (int i = 0; i < count - keep; i++) {
    if (sorted[i].arrival < lowest) model->is_forgotten[sorted[i].arrival] = true;
  }
  return lowest;
}

/* Looks as series_forget looks (rows go on being gathered) or as a result does (they no longer are). */
static void look(struct series *series) {
  if (random_once_in(&chance, 50)) {
    series_read(series);
  } else {
    series_sort(series);
  }
}

static void assert_same(struct series *series, const struct model *model) {
  static struct series_entry sorted[MODEL_MAX];
  look(series);
  int count = model_sorted(model, sorted);
  assert_int_equal(series->count, count);
  for (int i = 0; i < count; i++) {
    const struct series_entry *entry = series_entries(series) + i;
    assert_memory_equal(&entry->at, &sorted[i].at, sizeof entry->at);
    assert_memory_equal(&entry->value, &sorted[i].value, sizeof entry->value);
    assert_int_equal(entry->arrival, sorted[i].arrival);
  }
}

static void add(struct series *series, struct model *model, double at) {
  double value = random_unit(&chance);
  assert_true(series_add(series, at, value));
  model->rows[model->added] =
      (struct series_entry){.at = at, .value = value, .arrival = (sqlite3_uint64)model->added};
  model->added++;
}

static void remove_first(struct series *series, struct model *model) {
  series_remove(series, model->rows[model->removed].at);
  model->removed++;
}

/* A time: mostly later than the ones before, few enough of them for ties, both zeros among them. */
static double next_time(int trend, double *clock) {
  static const double steps[] = {0.0, -0.0, 0.0, 0.25, 1.0, 2.0};
  double step = steps[random_below(&chance, 6)];
  if (trend == 0) return random_below(&chance, 8) - 3.5 + random_below(&chance, 2) / 2.0;
  *clock += trend > 0 ? step : -step;
  double at = random_once_in(&chance, 6) ? *clock - random_below(&chance, 5) : *clock;
  return at == 0.0 && random_once_in(&chance, 2) ? -0.0 : at;
}

static void test_random_operations(void **state) {
  static struct model model;
  (void)state;
  for (int round = 0; round < 300; round++) {
    struct series series = {0};
    double clock = 0.0;
    int trend = random_between(&chance, -1, 1);
    int most = random_once_in(&chance, 20) ? MODEL_MAX : random_between(&chance, 1, 150);
    int growth = random_between(&chance, 1, 6); /* of 8 operations so many add a row */
    memset(&model, 0, sizeof model);
    while (model.added < most) {
      int in_frame = model.added - model.removed;
      if (random_below(&chance, 8) < growth || in_frame == 0) {
        add(&series, &model, next_time(trend, &clock));
      } else if (random_below(&chance, 8) < 7) {
        remove_first(&series, &model);
      } else {
        int keep = random_between(&chance, 1, 1 + in_frame);
        assert_int_equal(series_forget(&series, (sqlite3_uint64)keep), model_forget(&model, keep));
      }
      if (most < 200 || random_once_in(&chance, 20)) assert_same(&series, &model);
    }
    while (model.removed < model.added) remove_first(&series, &model);
    assert_same(&series, &model);
    series_clear(&series);
  }
}

static void test_count_until(void **state) {
  static struct model model;
  struct series series = {0};
  (void)state;
  memset(&model, 0, sizeof model);
  assert_int_equal(series_count_until(&series, 0.0), 0);
  for (int i = 0; i < 200; i++) {
    add(&series, &model, random_below(&chance, 50) - 20);
    look(&series);
    for (double at = -21.5; at < 31; at += 0.5) {
      sqlite3_uint64 expected = 0;
      for (int row = 0; row < model.added; row++) expected += model.rows[row].at <= at;
      assert_int_equal(series_count_until(&series, at), expected);
    }
  }
  series_clear(&series);
}

/* The newest `keep` are the same with and without forgetting, whatever comes after: that is what
** series_forget is for. */
static void test_forgotten_rows_never_come_back(void **state) {
  static struct model model;
  static struct series_entry sorted[MODEL_MAX];
  (void)state;
  for (int round = 0; round < 200; round++) {
    struct series series = {0};
    double clock = 0.0;
    int keep = random_between(&chance, 1, 10);
    memset(&model, 0, sizeof model);
    while (model.added < 200) {
      if (model.added == model.removed || random_below(&chance, 5) < 3) {
        add(&series, &model, next_time(1, &clock));
      } else {
        remove_first(&series, &model);
      }
      if (random_once_in(&chance, 8)) series_forget(&series, (sqlite3_uint64)keep);
      int count = model_sorted(&model, sorted); /* of a model that forgets nothing */
      int newest = count < keep ? count : keep;
      assert_true(series.count >= (sqlite3_uint64)newest);
      look(&series);
      for (int i = 1; i <= newest; i++) {
        assert_int_equal(series_entries(&series)[series.count - (sqlite3_uint64)i].arrival,
            sorted[count - i].arrival);
      }
    }
    series_clear(&series);
  }
}

/* Rows in order cost memory for what is kept, not for what came. */
static void test_forgetting_bounds_the_memory(void **state) {
  struct series series = {0};
  (void)state;
  for (int i = 0; i < 100000; i++) {
    assert_true(series_add(&series, i, 0.0));
    if (series.count == 200) series_forget(&series, 100);
  }
  assert_in_range(series.capacity, 200, 512);
  assert_int_equal(series.added, 100000);
  series_clear(&series);
}

static void test_clear(void **state) {
  struct series series = {0};
  (void)state;
  series_clear(&series);
  assert_true(series_add(&series, 1.0, 0.5));
  series_clear(&series);
  assert_int_equal(series.count, 0);
  assert_int_equal(series.added, 0);
  assert_true(series_add(&series, 2.0, 0.25));
  assert_int_equal(series.count, 1);
  assert_int_equal(series_entries(&series)[0].arrival, 0);
  series_clear(&series);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_operations),
      cmocka_unit_test(test_count_until),
      cmocka_unit_test(test_forgotten_rows_never_come_back),
      cmocka_unit_test(test_forgetting_bounds_the_memory),
      cmocka_unit_test(test_clear),
  };
  chance = random_begin();
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
