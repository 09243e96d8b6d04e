/*
** reputation.c: a member's standing, 0 to 100, 50 at the start.
**
**   reputation_after(rep, outcome [, clean [, review [, violation]]])
**   review_required(new_rep, outcome [, threshold [, violation_always]])
**   reputation_decay(rep [, periods [, rate [, neutral [, rounding]]]])
**
** The outcome of a verdict on a message is 'SAFE', 'REVIEW' or 'VIOLATION', in any letter case. It
** moves the reputation by clean (1), review (-5) or violation (-15), within 0 and 100. A member
** whose reputation is then low should be looked at by a person.
**
**     SELECT reputation_after(72, 'REVIEW');    -- 67
**     SELECT reputation_after(10, 'VIOLATION'); -- 0
**     SELECT review_required(67, 'REVIEW');     -- 1: not SAFE, and at most 70
**
** Reputations are whole unless somebody makes them otherwise: the result is an INTEGER when it has no
** fraction (a host that binds 72.0 gets what one that binds 72 gets), else a REAL.
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
#define REVIEW_THRESHOLD 70.0

enum outcome { OUTCOME_SAFE, OUTCOME_REVIEW, OUTCOME_VIOLATION, OUTCOME_COUNT };

/* Of a verdict: its word, what it does to a reputation unless something else is given, and which
** argument of reputation_after would do that. */
static const struct {
  const char *word;
  double change;
  const char *argument;
  double least;
  double most;
  const char *rule;
} outcomes[OUTCOME_COUNT] = {
    {"SAFE", 1, "clean", 0, REPUTATION_MAX, "between 0 and 100"},
    {"REVIEW", -5, "review", -REPUTATION_MAX, 0, "between -100 and 0"},
    {"VIOLATION", -15, "violation", -REPUTATION_MAX, 0, "between -100 and 0"},
};

static double reputation_clamp(double reputation) {
  return reputation < 0 ? 0 : reputation > REPUTATION_MAX ? REPUTATION_MAX : reputation;
}

static bool reputation_read(sqlite3_context *context, const char *function, const char *argument,
    sqlite3_value *value, double *out) {
  if (value_number(value, out) && *out >= 0 && *out <= REPUTATION_MAX) return true;
  return value_refuse(context, function, argument, "between 0 and 100", value);
}

static bool outcome_read(
    sqlite3_context *context, const char *function, sqlite3_value *value, enum outcome *out) {
  const char *word = value_word(value);
  for (int i = 0; word != NULL && i < OUTCOME_COUNT; i++) {
    if (sqlite3_stricmp(word, outcomes[i].word) != 0) continue;
    *out = (enum outcome)i;
    return true;
  }
  return value_refuse(context, function, "outcome", "'SAFE', 'REVIEW' or 'VIOLATION'", value);
}

void reputation_after(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "reputation_after";
  double reputation, changes[OUTCOME_COUNT];
  enum outcome outcome;

  if (value_any_null(argc, argv)) return;
  if (!reputation_read(context, function, "rep", argv[0], &reputation)) return;
  if (!outcome_read(context, function, argv[1], &outcome)) return;
  for (int i = 0; i < OUTCOME_COUNT; i++) {
    changes[i] = outcomes[i].change;
    if (argc <= i + 2) continue;
    sqlite3_value *value = argv[i + 2];
    if (!value_number(value, &changes[i]) || changes[i] < outcomes[i].least ||
        changes[i] > outcomes[i].most) {
      value_refuse(context, function, outcomes[i].argument, outcomes[i].rule, value);
      return;
    }
  }
  double after = reputation_clamp(reputation + changes[outcome]);
  if (after == floor(after)) {
    sqlite3_result_int(context, (int)after);
  } else {
    sqlite3_result_double(context, after);
  }
}

void review_required(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "review_required";
  double reputation, threshold = REVIEW_THRESHOLD;
  sqlite3_int64 always = 0;
  enum outcome outcome;

  if (value_any_null(argc, argv)) return;
  if (!reputation_read(context, function, "new_rep", argv[0], &reputation)) return;
  if (!outcome_read(context, function, argv[1], &outcome)) return;
  if (argc > 2 && !reputation_read(context, function, "threshold", argv[2], &threshold)) return;
  if (argc > 3 && (!value_integer(argv[3], &always) || always < 0 || always > 1)) {
    value_refuse(context, function, "violation_always", "0 or 1", argv[3]);
    return;
  }
  bool certain = outcome == OUTCOME_VIOLATION && always;
  sqlite3_result_int(context, outcome != OUTCOME_SAFE && (certain || reputation <= threshold));
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
  if (!reputation_read(context, function, "rep", argv[0], &reputation)) return;
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
