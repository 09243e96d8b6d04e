/*
** drama.h: toxicity over time. Callbacks for the registration table in decorum.c, and the formula of
** drama_score for drama_terms, which shows what a score is made of.
*/
#ifndef DECORUM_DRAMA_H
#define DECORUM_DRAMA_H

#include <stdbool.h>
#include "api.h"
#include "series.h"

/* The arguments of drama_score behind toxicity and at. */
enum drama_parameter {
  DRAMA_NOW,
  DRAMA_WARNED_AT,
  DRAMA_WINDOW_SIZE,
  DRAMA_WINDOW_S,
  DRAMA_BOOST,
  DRAMA_PARAMETERS
};

extern const char *const drama_parameter_names[DRAMA_PARAMETERS];

struct drama_parameters {
  double now;
  double warned_at;
  double window_s;
  double boost;
  sqlite3_uint64 window_size;
  bool has_now;
  bool is_warned;
};

struct drama_parameters drama_defaults(void);

/* Reads one of them. NULL, or the rule that the value breaks. */
const char *drama_parameter_read(
    struct drama_parameters *parameters, enum drama_parameter parameter, sqlite3_value *value);

/* Reads a toxicity and an at. NULL, or the rule that the value breaks. */
const char *drama_toxicity_read(sqlite3_value *value, double *toxicity);
const char *drama_at_read(sqlite3_value *value, double *at);

/* A score before it is capped, and what it was made of: of rows[start..end) those after `oldest` are
** kept; `weights` is the sum of theirs, 1 for the first to n for the last. */
struct drama_sum {
  sqlite3_uint64 start;
  sqlite3_uint64 end;
  double oldest;
  double weights;
  double score;
};

struct drama_sum drama_add_up(struct series *rows, const struct drama_parameters *parameters);

/* Whether a kept row was written after a warning, and hostile enough to count as going on. */
bool drama_is_boosted(const struct drama_parameters *parameters, const struct series_entry *entry);

void drama_score_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void drama_score_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void drama_score_value(sqlite3_context *context);
void drama_score_final(sqlite3_context *context);

void offence_count_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void offence_count_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void offence_count_value(sqlite3_context *context);
void offence_count_final(sqlite3_context *context);

void drama_threshold(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
