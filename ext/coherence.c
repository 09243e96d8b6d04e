/*
** coherence.c: does somebody still make sense?
**
**   ema(value, at [, alpha [, start]])                  a baseline, slow to move
**   coherence_drop(score, baseline [, drop [, floor]])  how far below it, if that is an alert
**
** The baseline is an exponential moving average: it begins at start, and each value, in order of
** (at, arrival), moves it a tenth (alpha) of the way:
**
**     SELECT ema(score, at) FROM assessment WHERE member = 7;
**
**     score     at    average
**                      0.85                               start
**      0.95    1000    0.86      0.1 * 0.95 + 0.9 * 0.85
**      0.46    1010    0.82      0.1 * 0.46 + 0.9 * 0.86
**
**     SELECT coherence_drop(0.46, 0.86);   -- 0.4: below 0.86 - 0.3 and below 0.5, both strictly
**     SELECT coherence_drop(0.50, 0.86);   -- NULL: not below 0.5
**
** ema is an aggregate and a window function. A row with value NULL is no row; only its alpha and
** start count. Both are those of the last row in frame order. Without a value the average is start;
** where there is no row at all, a start that is an argument is not known, and the result is NULL.
** The baseline before each row, as an alert compares with, is
**
**     ema(score, at) OVER (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
**
** HOW IT WORKS
**
** The rows of the frame stand in a series. The average is made from the oldest to the newest, bit
** for bit what a plain loop gives. In a frame that only grows, by rows in order of at, it goes on
** from where it was; any other frame is walked anew.
*/
#include "coherence.h"
#include <stdint.h>
#include "series.h"
#include "value.h"

#define EMA_ALPHA 0.1
#define EMA_START 0.85
#define EMA_WITHOUT_START 3 /* arguments of a call that leaves start out */
#define COHERENCE_DROP 0.3
#define COHERENCE_FLOOR 0.5

struct ema {
  struct series rows;
  sqlite3_int64 in_frame; /* rows, those without a value too */
  /* Arguments of the last row in frame order. */
  double alpha;
  double start;
  /* The average of the oldest `folded` entries, made with the alpha and start beside it. */
  sqlite3_uint64 folded;
  double average;
  double folded_alpha;
  double folded_start;
};

void ema_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct ema *ema = sqlite3_aggregate_context(context, sizeof *ema);
  double value, at;
  if (ema == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  ema->in_frame++;
  ema->alpha = EMA_ALPHA;
  ema->start = EMA_START;
  if (argc > 2 && (!value_number(argv[2], &ema->alpha) || !(ema->alpha >= 0 && ema->alpha <= 1))) {
    value_refuse(context, "ema", "alpha", "between 0 and 1", argv[2]);
    return;
  }
  if (argc > 3 && !value_number(argv[3], &ema->start)) {
    value_refuse(context, "ema", "start", "a number", argv[3]);
    return;
  }
  if (value_is_null(argv[0])) return;
  if (!value_number(argv[0], &value)) {
    value_refuse(context, "ema", "value", "a number", argv[0]);
    return;
  }
  if (!value_number(argv[1], &at)) {
    value_refuse(context, "ema", "at", "a number", argv[1]);
    return;
  }
  if (!series_add(&ema->rows, at, value)) {
    sqlite3_result_error_nomem(context);
    return;
  }
  const struct series_entry *newest = series_entries(&ema->rows) + ema->rows.count - 1;
  if (newest->arrival + 1 != ema->rows.added) ema->folded = 0; /* it went in between */
}

void ema_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct ema *ema = sqlite3_aggregate_context(context, 0);
  double at;
  (void)argc;
  if (ema == NULL) return;
  ema->in_frame--;
  ema->folded = 0;
  if (!value_is_null(argv[0]) && value_number(argv[1], &at)) series_remove(&ema->rows, at);
}

static double ema_compute(struct ema *ema) {
  series_read(&ema->rows);
  const struct series_entry *entries = series_entries(&ema->rows);
  if (ema->folded == 0 || ema->folded_alpha != ema->alpha || ema->folded_start != ema->start) {
    ema->folded = 0;
    ema->average = ema->start;
    ema->folded_alpha = ema->alpha;
    ema->folded_start = ema->start;
  }
  for (; ema->folded < ema->rows.count; ema->folded++) {
    double value = entries[ema->folded].value;
    ema->average = ema->alpha * value + (1.0 - ema->alpha) * ema->average;
  }
  return ema->average;
}

void ema_value(sqlite3_context *context) {
  struct ema *ema = sqlite3_aggregate_context(context, 0);
  if (ema != NULL && ema->in_frame > 0) {
    sqlite3_result_double(context, ema_compute(ema));
  } else if ((intptr_t)sqlite3_user_data(context) <= EMA_WITHOUT_START) {
    sqlite3_result_double(context, EMA_START);
  }
}

void ema_final(sqlite3_context *context) {
  struct ema *ema = sqlite3_aggregate_context(context, 0);
  ema_value(context);
  if (ema != NULL) series_clear(&ema->rows);
}

void coherence_drop(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char *const names[] = {"score", "baseline", "drop", "floor"};
  double numbers[] = {0.0, 0.0, COHERENCE_DROP, COHERENCE_FLOOR};
  if (value_any_null(argc, argv)) return;
  for (int i = 0; i < argc; i++) {
    if (!value_number(argv[i], &numbers[i]) || numbers[i] < 0 || numbers[i] > 1) {
      value_refuse(context, "coherence_drop", names[i], "between 0 and 1", argv[i]);
      return;
    }
  }
  double score = numbers[0], baseline = numbers[1];
  bool is_alert = score < baseline - numbers[2] && score < numbers[3];
  if (is_alert) sqlite3_result_double(context, baseline - score);
}
