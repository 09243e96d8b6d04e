/*
** sampling.c: which messages get a model's attention.
**
**   sampling_rate(rep [, content_type [, multiplier [, high_risk [, low_risk]]]])
**   should_analyze(rep, content_type, u [, multiplier, high_risk, low_risk])
**
** Models cost money, so members who are trusted are looked at now and then, and those who are not
** always. sampling_rate is the chance, should_analyze draws with a u in [0, 1) of the caller's:
**
**     SELECT sampling_rate(29);   -- 1.0: below high_risk (30)
**     SELECT sampling_rate(30);   -- 0.5, from here on a straight line
**     SELECT sampling_rate(50);   -- 0.26
**     SELECT sampling_rate(70);   -- 0.02, where it ends
**     SELECT sampling_rate(71);   -- 0.02: above low_risk (70)
**     SELECT should_analyze(50, 'text', dice('a secret', 'message', 12));
**
** multiplier makes it more or less, at most 1. A content type other than text has a chance of 0:
** models here read. Its letter case does not matter.
*/
#include "sampling.h"
#include "value.h"

#define SAMPLING_REPUTATION_MAX 100.0
#define SAMPLING_MULTIPLIER 1.0
#define SAMPLING_HIGH_RISK 30.0
#define SAMPLING_LOW_RISK 70.0
#define SAMPLING_RATE_BELOW 1.0 /* of who is a high risk */
#define SAMPLING_RATE_FIRST 0.5 /* at high_risk */
#define SAMPLING_RATE_LAST 0.02 /* at low_risk, and above */

struct sampling {
  double rep;
  double multiplier;
  double high_risk;
  double low_risk;
  bool is_text;
};

/* Both ends come out exactly, which first + t * (last - first) would not give. */
static double sampling_compute(const struct sampling *sampling) {
  double rate = SAMPLING_RATE_LAST;
  if (!sampling->is_text) return 0.0;
  if (sampling->rep < sampling->high_risk) {
    rate = SAMPLING_RATE_BELOW;
  } else if (sampling->rep <= sampling->low_risk) {
    double way = (sampling->rep - sampling->high_risk) / (sampling->low_risk - sampling->high_risk);
    rate = SAMPLING_RATE_FIRST * (1.0 - way) + SAMPLING_RATE_LAST * way;
  }
  rate *= sampling->multiplier;
  return rate < 1.0 ? rate : 1.0;
}

static bool sampling_reputation(sqlite3_value *value, double *out) {
  return value_number(value, out) && *out >= 0 && *out <= SAMPLING_REPUTATION_MAX;
}

/* Reads rep, content_type and, from argument `first` on, multiplier, high_risk and low_risk. What is
** left out has its default. */
static bool sampling_read(sqlite3_context *context, const char *function, struct sampling *sampling,
    int argc, sqlite3_value **argv, int first) {
  *sampling = (struct sampling){.multiplier = SAMPLING_MULTIPLIER,
      .high_risk = SAMPLING_HIGH_RISK,
      .low_risk = SAMPLING_LOW_RISK,
      .is_text = true};
  if (!sampling_reputation(argv[0], &sampling->rep)) {
    return value_refuse(context, function, "rep", "between 0 and 100", argv[0]);
  }
  if (argc > 1) {
    const char *word = value_word(argv[1]);
    if (word == NULL) {
      return value_refuse(context, function, "content_type", "a word such as 'text'", argv[1]);
    }
    sampling->is_text = sqlite3_stricmp(word, "text") == 0;
  }
  int given = argc - first;
  if (given > 0 &&
      (!value_number(argv[first], &sampling->multiplier) || sampling->multiplier < 0)) {
    return value_refuse(context, function, "multiplier", "a number that is 0 or more", argv[first]);
  }
  if (given > 1 && !sampling_reputation(argv[first + 1], &sampling->high_risk)) {
    return value_refuse(context, function, "high_risk", "between 0 and 100", argv[first + 1]);
  }
  if (given > 2 && !sampling_reputation(argv[first + 2], &sampling->low_risk)) {
    return value_refuse(context, function, "low_risk", "between 0 and 100", argv[first + 2]);
  }
  if (given > 1 && sampling->high_risk >= sampling->low_risk) {
    return value_refuse(context, function, "high_risk", "below low_risk", argv[first + 1]);
  }
  return true;
}

void sampling_rate(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct sampling sampling;
  if (value_any_null(argc, argv)) return;
  if (!sampling_read(context, "sampling_rate", &sampling, argc, argv, 2)) return;
  sqlite3_result_double(context, sampling_compute(&sampling));
}

void should_analyze(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "should_analyze";
  struct sampling sampling;
  double u;
  if (value_any_null(argc, argv)) return;
  if (!sampling_read(context, function, &sampling, argc, argv, 3)) return;
  if (!value_number(argv[2], &u) || !(u >= 0 && u < 1)) {
    value_refuse(context, function, "u", "at least 0 and below 1", argv[2]);
    return;
  }
  sqlite3_result_int(context, u < sampling_compute(&sampling));
}
