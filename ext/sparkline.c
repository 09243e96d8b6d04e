/*
** sparkline.c: a row of bars as text.
**
**   sparkline(value, at [, lo [, hi]])
**
** An aggregate and a window function: one bar for each row, by (at, arrival).
**
**     SELECT sparkline(value, value) FROM generate_series(1, 8);   -- ▁▂▃▄▅▆▇█
**
** lo and hi are the values of the lowest and the highest bar; NULL or left out, they are the
** smallest and the largest value of the frame. A value outside stands at the end of the scale, a
** NULL is a space, no rows are an empty text. If lo and hi are equal, what is not above them is ▁.
*/
#include "sparkline.h"
#include "series.h"
#include "value.h"
#include <math.h>

#define SPARKLINE_LEVELS 8
#define SPARKLINE_GLYPH_BYTES 3 /* each of U+2581..U+2588 in UTF-8 */

struct sparkline {
  struct series rows; /* a NULL is kept as NaN */
  double lo;
  double hi;
  bool has_lo;
  bool has_hi;
};

void sparkline_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct sparkline *line = sqlite3_aggregate_context(context, sizeof *line);
  double value = NAN, at;
  if (line == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (!value_is_null(argv[0]) && !value_number(argv[0], &value)) {
    value_refuse(context, "sparkline", "value", "a number", argv[0]);
    return;
  }
  if (!value_number(argv[1], &at)) {
    value_refuse(context, "sparkline", "at", "a number", argv[1]);
    return;
  }
  line->has_lo = argc > 2 && !value_is_null(argv[2]);
  line->has_hi = argc > 3 && !value_is_null(argv[3]);
  if (line->has_lo && !value_number(argv[2], &line->lo)) {
    value_refuse(context, "sparkline", "lo", "a number", argv[2]);
    return;
  }
  if (line->has_hi && !value_number(argv[3], &line->hi)) {
    value_refuse(context, "sparkline", "hi", "a number", argv[3]);
    return;
  }
  if (line->has_lo && line->has_hi && line->lo > line->hi) {
    value_refuse(context, "sparkline", "hi", "lo or more", argv[3]);
    return;
  }
  if (!series_add(&line->rows, at, value)) sqlite3_result_error_nomem(context);
}

void sparkline_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct sparkline *line = sqlite3_aggregate_context(context, 0);
  double at;
  (void)argc;
  if (line == NULL || !value_number(argv[1], &at)) return;
  series_remove(&line->rows, at);
}

/* 0 for the lowest bar to 7 for the highest. */
static int sparkline_level(double value, double lo, double hi) {
  if (value <= lo) return 0;
  if (value >= hi) return SPARKLINE_LEVELS - 1;
  int level = (int)((value / 2 - lo / 2) / (hi / 2 - lo / 2) * SPARKLINE_LEVELS);
  return level < SPARKLINE_LEVELS ? level : SPARKLINE_LEVELS - 1;
}

void sparkline_value(sqlite3_context *context) {
  struct sparkline *line = sqlite3_aggregate_context(context, 0);
  sqlite3_uint64 count = line ? line->rows.count : 0;
  if (count == 0) {
    sqlite3_result_text(context, "", 0, SQLITE_STATIC);
    return;
  }
  series_read(&line->rows);
  const struct series_entry *entries = series_entries(&line->rows);
  double lo = INFINITY, hi = -INFINITY;
  for (sqlite3_uint64 i = 0; i < count; i++) {
    if (entries[i].value < lo) lo = entries[i].value;
    if (entries[i].value > hi) hi = entries[i].value;
  }
  if (line->has_lo) lo = line->lo;
  if (line->has_hi) hi = line->hi;
  if (lo > hi) lo = line->has_lo ? lo : hi; /* all values lie above the hi that was given... */
  if (hi < lo) hi = lo;                     /* ...or below the lo */
  char *text = sqlite3_malloc64(count * SPARKLINE_GLYPH_BYTES);
  if (text == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  sqlite3_uint64 length = 0;
  for (sqlite3_uint64 i = 0; i < count; i++) {
    if (isnan(entries[i].value)) {
      text[length++] = ' ';
      continue;
    }
    int level = sparkline_level(entries[i].value, lo, hi);
    text[length++] = '\xE2';
    text[length++] = '\x96';
    text[length++] = (char)(0x81 + level);
  }
  sqlite3_result_text64(context, text, length, sqlite3_free, SQLITE_UTF8);
}

void sparkline_final(sqlite3_context *context) {
  struct sparkline *line = sqlite3_aggregate_context(context, 0);
  sparkline_value(context);
  if (line != NULL) series_clear(&line->rows);
}
