/*
** reputation.c: a member's standing, 0 to 100, 50 at the start.
**
**   reputation_decay(rep [, periods [, rate [, neutral [, rounding]]]])
**
** With time a reputation returns to neutral: in each period the distance to neutral shrinks to
** rate times itself, and the result is rounded to an integer.
**
**     SELECT reputation_decay(10);        -- ceil(50 + (10 - 50) * 0.95) = 12
**     SELECT reputation_decay(0, 1, 0.98) -- ceil(50 - 49) = 1; a fused multiply-add would give 2
**
** rounding 'ceil' rounds up, so that a reputation above neutral stops short of it (at rate 0.95,
** at 69); 'toward' rounds toward neutral, so that it gets there. A whole number never moves
** away from neutral nor past it, so after at most a hundred periods nothing changes any more and the loop
** ends, however many periods were asked for.
*/
#include "reputation.h"
#include "value.h"
#include <math.h>

#define REPUTATION_MAX 100
#define REPUTATION_NEUTRAL 50
#define REPUTATION_DECAY_RATE 0.95

static double reputation_clamp(double reputation) {
  return reputation < 0 ? 0 : reputation > REPUTATION_MAX ? REPUTATION_MAX : reputation;
}

static double reputation_period(double reputation, double rate, double neutral, bool toward) {
  double next = neutral + (reputation - neutral) * rate;
  bool down = toward && next > neutral;
  return reputation_clamp(down ? floor(next) : ceil(next));
}

void reputation_decay(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "reputation_decay";
  double reputation, rate = REPUTATION_DECAY_RATE;
  sqlite3_int64 periods = 1, neutral = REPUTATION_NEUTRAL;
  bool toward = false;

  if (value_any_null(argc, argv)) return;
  if (!value_number(argv[0], &reputation) || reputation < 0 || reputation > REPUTATION_MAX) {
    value_refuse(context, function, "rep", "between 0 and 100", argv[0]);
    return;
  }
  if (argc > 1 && (!value_integer(argv[1], &periods) || periods < 0)) {
    value_refuse(context, function, "periods", "an integer, 0 or more", argv[1]);
    return;
  }
  if (argc > 2 && (!value_number(argv[2], &rate) || rate < 0 || rate > 1)) {
    value_refuse(context, function, "rate", "between 0 and 1", argv[2]);
    return;
  }
  if (argc > 3 && (!value_integer(argv[3], &neutral) || neutral < 0 || neutral > REPUTATION_MAX)) {
    value_refuse(context, function, "neutral", "an integer between 0 and 100", argv[3]);
    return;
  }
  if (argc > 4) {
    const char *rounding = value_word(argv[4]);
    toward = rounding != NULL && sqlite3_stricmp(rounding, "toward") == 0;
    if (!toward && (rounding == NULL || sqlite3_stricmp(rounding, "ceil") != 0)) {
      value_refuse(context, function, "rounding", "'ceil' or 'toward'", argv[4]);
      return;
    }
  }
  for (; periods > 0; periods--) {
    double next = reputation_period(reputation, rate, (double)neutral, toward);
    if (next == reputation) break;
    reputation = next;
  }
  /* A fraction is left only when no period passed. */
  bool down = toward && reputation > (double)neutral;
  sqlite3_result_int64(context, (sqlite3_int64)(down ? floor(reputation) : ceil(reputation)));
}
