/*
** drama.c: how heated is a member right now?
**
**   drama_score(toxicity, at [, now [, warned_at [, window_size [, window_s [, boost]]]]])
**
** An aggregate and a window function over assessed messages. It is the mean toxicity of a member's
** latest messages, in which a newer message weighs more than an older one:
**
**     SELECT drama_score(toxicity, at) FROM assessment WHERE member = 7;
**
**     toxicity   at    weight         (0.2*1 + 0.4*2 + 0.9*3) / (1 + 2 + 3) = 0.6166...
**        0.2    1000      1
**        0.4    1010      2
**        0.9    1020      3
**
**   1. A row with NULL toxicity is no row; only its now and parameters count.
**   2. Rows with now - window_s < at <= now are kept; now is the newest at when NULL or left out.
**   3. Of these the newest window_size by (at, arrival).
**   4. Score = sum(i * toxicity_i) / sum(i), i = 1 for the oldest kept row to n for the newest.
**   5. If warned_at is not NULL, boost is added for each kept row after it with toxicity >= 0.5.
**   6. At most 1.0; 0.0 without rows.
**
** HOW IT WORKS
**
** The rows of the frame stand in a series, sorted by (at, arrival); a score walks the newest
** window_size of them. The sum is made anew for each score, from the oldest to the newest, so that
** it is bit for bit what a plain loop gives; a running sum would be neither equal nor, at ten rows,
** noticeably faster.
**
** Memory: a row that is older than the newest 1000 (the largest window_size there is) and that
** leaves the frame before each of them can never be among the newest again, so it is let go. A
** frame over rows in order of `at` keeps at most 2000 rows however long it is; rows in another order
** are all kept. The one thing that could bring a forgotten row back is a `now` before the rows that
** stood above it: that is an error, never a wrong score.
*/
#include "drama.h"
#include "series.h"
#include "value.h"
#include <math.h>

#define DRAMA_WINDOW_SIZE_DEFAULT 10
#define DRAMA_WINDOW_SIZE_MAX 1000
#define DRAMA_WINDOW_S_DEFAULT 900.0
#define DRAMA_BOOST_DEFAULT 0.04
#define DRAMA_BOOSTED_FROM 0.5 /* toxicity that counts as going on after a warning */
#define DRAMA_DISCOUNT 0.05
#define DRAMA_SHORT 16 /* rows: a window of at most so many is walked whole */
#define OFFENCE_RESET_S 7200.0

struct drama {
  struct series rows;
  struct drama_parameters parameters; /* of the last row in frame order */
  bool is_set;
  /* Rows that were let go arrived before forgotten_until; they matter no more as long as now is at
  ** least forgotten_now. The next try to let go is at forget_at entries. */
  sqlite3_uint64 forgotten_until;
  sqlite3_uint64 forget_at;
  double forgotten_now;
};

const char *const drama_parameter_names[DRAMA_PARAMETERS] = {
    "now", "warned_at", "window_size", "window_s", "boost"};

struct drama_parameters drama_defaults(void) {
  return (struct drama_parameters){.window_size = DRAMA_WINDOW_SIZE_DEFAULT,
      .window_s = DRAMA_WINDOW_S_DEFAULT,
      .boost = DRAMA_BOOST_DEFAULT};
}

const char *drama_parameter_read(
    struct drama_parameters *parameters, enum drama_parameter parameter, sqlite3_value *value) {
  sqlite3_int64 size;
  switch (parameter) {
  case DRAMA_NOW:
    parameters->has_now = !value_is_null(value);
    if (!parameters->has_now || value_number(value, &parameters->now)) return NULL;
    return "a number of seconds";
  case DRAMA_WARNED_AT:
    parameters->is_warned = !value_is_null(value);
    if (!parameters->is_warned || value_number(value, &parameters->warned_at)) return NULL;
    return "a number of seconds";
  case DRAMA_WINDOW_SIZE:
    if (!value_integer(value, &size) || size < 1 || size > DRAMA_WINDOW_SIZE_MAX) {
      return "an integer between 1 and 1000";
    }
    parameters->window_size = (sqlite3_uint64)size;
    return NULL;
  case DRAMA_WINDOW_S:
    if (value_number(value, &parameters->window_s) && parameters->window_s > 0) return NULL;
    return "a number of seconds above 0";
  default:
    if (value_number(value, &parameters->boost) && parameters->boost >= 0) return NULL;
    return "a number that is 0 or more";
  }
}

const char *drama_toxicity_read(sqlite3_value *value, double *toxicity) {
  if (value_number(value, toxicity) && *toxicity >= 0 && *toxicity <= 1) return NULL;
  return "between 0 and 1";
}

const char *drama_at_read(sqlite3_value *value, double *at) {
  return value_number(value, at) ? NULL : "a number of seconds";
}

/* Lets go of rows that cannot count again; see Memory above. */
static void drama_forget(struct drama *drama) {
  struct series *rows = &drama->rows;
  series_sort(rows);
  double newest = series_entries(rows)[rows->count - 1].at;
  if (!drama->parameters.has_now || drama->parameters.now >= newest) {
    sqlite3_uint64 before = rows->count;
    sqlite3_uint64 lowest = series_forget(rows, DRAMA_WINDOW_SIZE_MAX);
    if (rows->count < before) {
      drama->forgotten_until = lowest;
      drama->forgotten_now = newest;
    }
  }
  drama->forget_at = 2 * rows->count;
}

void drama_score_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct drama *drama = sqlite3_aggregate_context(context, sizeof *drama);
  const char *rule;
  double toxicity, at;
  if (drama == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (!drama->is_set) {
    drama->parameters = drama_defaults();
    drama->forget_at = 2 * DRAMA_WINDOW_SIZE_MAX;
    drama->is_set = true;
  }
  for (int i = 0; i < argc - 2; i++) {
    rule = drama_parameter_read(&drama->parameters, (enum drama_parameter)i, argv[i + 2]);
    if (rule != NULL) {
      value_refuse(context, "drama_score", drama_parameter_names[i], rule, argv[i + 2]);
      return;
    }
  }
  if ((rule = drama_toxicity_read(argv[0], &toxicity)) != NULL) {
    if (!value_is_null(argv[0])) value_refuse(context, "drama_score", "toxicity", rule, argv[0]);
    return;
  }
  if ((rule = drama_at_read(argv[1], &at)) != NULL) {
    value_refuse(context, "drama_score", "at", rule, argv[1]);
    return;
  }
  if (!series_add(&drama->rows, at, toxicity)) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (drama->rows.count >= drama->forget_at) drama_forget(drama);
}

void drama_score_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct drama *drama = sqlite3_aggregate_context(context, 0);
  (void)argc;
  if (drama == NULL || value_is_null(argv[0])) return;
  series_remove(&drama->rows, sqlite3_value_double(argv[1])); /* what the step took for a number */
}

bool drama_is_boosted(const struct drama_parameters *parameters, const struct series_entry *entry) {
  return parameters->is_warned && entry->at > parameters->warned_at &&
         entry->value >= DRAMA_BOOSTED_FROM;
}

/* Inline, so that drama_score computes the score alone. */
__attribute__((always_inline)) static inline struct drama_sum drama_sum_of(
    struct series *rows, const struct drama_parameters *parameters) {
  struct drama_sum sum = {0};
  if (rows->count == 0) return sum;
  series_read(rows);
  const struct series_entry *entries = series_entries(rows);
  double now = parameters->has_now ? parameters->now : entries[rows->count - 1].at;
  double oldest = now - parameters->window_s;
  sqlite3_uint64 end = parameters->has_now ? series_count_until(rows, now) : rows->count;
  sqlite3_uint64 start = end > parameters->window_size ? end - parameters->window_size : 0;
  if (end - start > DRAMA_SHORT) {
    sqlite3_uint64 too_old = series_count_until(rows, oldest);
    if (too_old > start) start = too_old;
  }
  /* Of a short window rows that are too old are not searched for: they come first, weigh 0 and add
  ** 0. How many there are cannot be foreseen, and a branch that is mispredicted costs more. */
  double total = 0.0, weight = 0.0;
  for (sqlite3_uint64 i = start; i < end; i++) {
    weight += entries[i].at > oldest ? 1.0 : 0.0;
    total += weight * entries[i].value;
  }
  double weights = weight * (weight + 1.0) / 2.0; /* 1 + 2 + ... + weight, exactly */
  sum = (struct drama_sum){.start = start, .end = end, .oldest = oldest, .weights = weights};
  if (weights == 0.0) return sum;
  sum.score = total / weights;
  if (parameters->is_warned) {
    double boosted = 0.0;
    for (sqlite3_uint64 i = start; i < end; i++) {
      if (entries[i].at > oldest && drama_is_boosted(parameters, &entries[i])) boosted += 1.0;
    }
    sum.score += parameters->boost * boosted;
  }
  return sum;
}

struct drama_sum drama_add_up(struct series *rows, const struct drama_parameters *parameters) {
  return drama_sum_of(rows, parameters);
}

/* False when rows that were let go would be needed. */
static bool drama_can_tell(const struct drama *drama) {
  return drama->rows.removed >= drama->forgotten_until || !drama->parameters.has_now ||
         drama->parameters.now >= drama->forgotten_now;
}

void drama_score_value(sqlite3_context *context) {
  struct drama *drama = sqlite3_aggregate_context(context, 0);
  double score = 0.0;
  if (drama != NULL && !drama_can_tell(drama)) {
    char *message = sqlite3_mprintf("drama_score: now must not be before %!.15g once a frame had "
                                    "more than %d rows up to it, not %!.15g",
        drama->forgotten_now, 2 * DRAMA_WINDOW_SIZE_MAX, drama->parameters.now);
    if (message == NULL) {
      sqlite3_result_error_nomem(context);
    } else {
      sqlite3_result_error(context, message, -1);
    }
    sqlite3_free(message);
    return;
  }
  if (drama != NULL) score = drama_sum_of(&drama->rows, &drama->parameters).score;
  sqlite3_result_double(context, score < 1.0 ? score : 1.0);
}

void drama_score_final(sqlite3_context *context) {
  struct drama *drama = sqlite3_aggregate_context(context, 0);
  drama_score_value(context);
  if (drama != NULL) series_clear(&drama->rows);
}

/*
** offence_count(at [, reset_s [, now]])
**
** An aggregate and a window function over a member's offences: the length of the newest run in
** which each gap is at most reset_s. With now it is 0 once now - last > reset_s. Offences at
** 0, 3600 and 20000 with the default of 7200 s count as 1: the first two lie too far back.
*/
struct offences {
  struct series rows;
  double reset_s;
  double now;
  bool has_now;
  bool is_set;
};

void offence_count_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct offences *offences = sqlite3_aggregate_context(context, sizeof *offences);
  double at;
  if (offences == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (!offences->is_set) {
    offences->reset_s = OFFENCE_RESET_S;
    offences->is_set = true;
  }
  if (argc > 1 && (!value_number(argv[1], &offences->reset_s) || !(offences->reset_s >= 0))) {
    value_refuse(context, "offence_count", "reset_s", "a number of seconds, 0 or more", argv[1]);
    return;
  }
  if (argc > 2) {
    offences->has_now = !value_is_null(argv[2]);
    if (offences->has_now && !value_number(argv[2], &offences->now)) {
      value_refuse(context, "offence_count", "now", "a number of seconds", argv[2]);
      return;
    }
  }
  if (value_is_null(argv[0])) return;
  if (!value_number(argv[0], &at)) {
    value_refuse(context, "offence_count", "at", "a number of seconds", argv[0]);
    return;
  }
  if (!series_add(&offences->rows, at, 0.0)) sqlite3_result_error_nomem(context);
}

void offence_count_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct offences *offences = sqlite3_aggregate_context(context, 0);
  double at;
  (void)argc;
  if (offences == NULL || !value_number(argv[0], &at)) return;
  series_remove(&offences->rows, at);
}

void offence_count_value(sqlite3_context *context) {
  struct offences *offences = sqlite3_aggregate_context(context, 0);
  sqlite3_int64 run = 0;
  if (offences != NULL && offences->rows.count > 0) {
    series_read(&offences->rows);
    const struct series_entry *entries = series_entries(&offences->rows);
    sqlite3_uint64 last = offences->rows.count - 1;
    if (!offences->has_now || !(offences->now - entries[last].at > offences->reset_s)) {
      sqlite3_uint64 i = last;
      while (i > 0 && entries[i].at - entries[i - 1].at <= offences->reset_s) i--;
      run = (sqlite3_int64)(last - i + 1);
    }
  }
  sqlite3_result_int64(context, run);
}

void offence_count_final(sqlite3_context *context) {
  struct offences *offences = sqlite3_aggregate_context(context, 0);
  offence_count_value(context);
  if (offences != NULL) series_clear(&offences->rows);
}

/*
** drama_threshold(base, warned [, discount]): base - discount for a warned member, else base. Not
** clamped: a base of 0.7 becomes 0.65.
*/
void drama_threshold(sqlite3_context *context, int argc, sqlite3_value **argv) {
  double base, discount = DRAMA_DISCOUNT;
  sqlite3_int64 warned;
  if (value_any_null(argc, argv)) return;
  if (!value_number(argv[0], &base)) {
    value_refuse(context, "drama_threshold", "base", "a number", argv[0]);
  } else if (!value_integer(argv[1], &warned) || warned < 0 || warned > 1) {
    value_refuse(context, "drama_threshold", "warned", "0 or 1", argv[1]);
  } else if (argc > 2 && !value_number(argv[2], &discount)) {
    value_refuse(context, "drama_threshold", "discount", "a number", argv[2]);
  } else {
    sqlite3_result_double(context, warned ? base - discount : base);
  }
}
