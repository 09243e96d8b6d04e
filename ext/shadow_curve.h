/*
** shadow_curve.h: what a shadow ban does to an answer, and when. Arithmetic alone, for the tables
** shadow_ban and shadow_effect.
**
** Everywhere a progress is between 0 (just begun, or no ban) and 1 (banned).
*/
#ifndef DECORUM_SHADOW_CURVE_H
#define DECORUM_SHADOW_CURVE_H

#include <stdbool.h>
#include "api.h"

/* 1 at the start, 5 at the end. */
double shadow_curve_stage(double progress);

/* The part before the point of the stage in words: latency, drops, fake_503, blackout; banned at 1 and
** not before, though the stage of a progress just below rounds to 5. */
const char *shadow_curve_phase(double progress);

/* How much of each there is, 0..1. */
struct shadow_intensity {
  double latency;
  double drops;
  double fake_503;
  double blackout;
};

struct shadow_intensity shadow_curve_intensity(double progress);

/* The chance of an answer: neither dropped nor blacked out nor a fake 503, nor banned. */
double shadow_curve_answered(double progress);

/* The four draws for a message, each in [0, 1). */
struct shadow_throw {
  double drop;
  double blackout;
  double fake_503;
  double jitter;
};

/* dice(seed, 'drop') and so on; false when out of memory. NULL is the seed NULL. */
bool shadow_curve_throw(sqlite3_value *seed, struct shadow_throw *thrown);

enum shadow_outcome {
  SHADOW_ANSWERED,
  SHADOW_FAKE_503,
  SHADOW_DROPPED,
  SHADOW_BLACKOUT,
  SHADOW_BANNED,
};

enum shadow_outcome shadow_curve_outcome(double progress, const struct shadow_throw *thrown);

#define SHADOW_BASE_DEFAULT 8.0 /* of a model that nothing is known of, also where none is named */

/* Seconds that such a model takes for an answer, by the words in its name. */
double shadow_curve_base(const char *model);

/* Seconds from the message to the answer, at most 180: the whole time, not a sleep to add. base is above 0,
** neither tool_calls nor overflow_s is below. 0 where there is no latency, and where nothing is said. */
double shadow_curve_delay(double progress, const struct shadow_throw *thrown, double base,
    sqlite3_int64 tool_calls, double overflow_s);

/* What is said when a model has no capacity, whether that is true or not: one text, so that nobody can tell.
** Free with sqlite3_free; NULL when out of memory. */
char *shadow_curve_503_text(const char *model);

#endif
