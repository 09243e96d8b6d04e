/*
** flag.c: what a member's report of a message ("flag") costs the one it is about.
**
**   flag_severity(flag)                  points of a built-in flag, NULL if there is none
**   flag_penalty(flag, count [, growth]) trunc(severity * ln(1 + count * growth))
**
**     SELECT flag_penalty('SPAM', 1);    -- trunc(10 * ln(1.5)) = 4
**     SELECT flag_penalty('death', 5);   -- trunc(100 * ln(3.5)) = 125
**     SELECT flag_penalty(45, 2, 1.0);   -- 45 points of one's own: trunc(45 * ln(3)) = 49
**
** The logarithm lets the first flags weigh most: a crowd of flags is no verdict. Letter case does
** not matter. SELF_HARM costs nothing: it calls a moderator.
*/
#include "flag.h"
#include "value.h"
#include <math.h>

#define FLAG_GROWTH 0.5
#define FLAG_GROWTH_MAX 1000.0
#define FLAG_POINTS_MAX 1000000.0

static const struct {
  const char *name;
  int severity;
} flag_types[] = {
    {"DEATH", 100}, /* threats to kill */
    {"CHILD_SAFETY", 100},
    {"VIOLENCE", 80},
    {"HATE", 70},
    {"SELF_HARM_PROMOTION", 70},
    {"PRIVACY", 60},
    {"SEXUAL", 60},
    {"HARASSMENT", 50},
    {"IMPERSONATION", 40},
    {"MISINFORMATION", 30},
    {"OTHER", 20},
    {"SPAM", 10},
    {"SELF_HARM", 0},
};

/* The severity of a built-in flag, or -1. */
static int flag_find(const char *name) {
  for (size_t i = 0; i < sizeof flag_types / sizeof *flag_types; i++) {
    if (sqlite3_stricmp(name, flag_types[i].name) == 0) return flag_types[i].severity;
  }
  return -1;
}

/* A flag is a name or a number of points. */
static bool flag_points(sqlite3_value *flag, double *points) {
  if (value_number(flag, points)) return *points >= 0 && *points <= FLAG_POINTS_MAX;
  const char *name = value_word(flag);
  int severity = name ? flag_find(name) : -1;
  *points = severity;
  return severity >= 0;
}

void flag_severity(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  const char *name = value_word(argv[0]);
  int severity = name ? flag_find(name) : -1;
  if (severity >= 0) sqlite3_result_int(context, severity);
}

void flag_penalty(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "flag_penalty";
  double points, growth = FLAG_GROWTH;
  sqlite3_int64 count;

  if (value_any_null(argc, argv)) return;
  if (!flag_points(argv[0], &points)) {
    value_refuse(context, function, "flag",
        "a built-in flag such as 'SPAM' or a number of points between 0 and 1000000", argv[0]);
    return;
  }
  if (!value_integer(argv[1], &count)) {
    value_refuse(context, function, "count", "an integer", argv[1]);
    return;
  }
  if (argc > 2 && (!value_number(argv[2], &growth) || growth < 0 || growth > FLAG_GROWTH_MAX)) {
    value_refuse(context, function, "growth", "between 0 and 1000", argv[2]);
    return;
  }
  double penalty = count > 0 ? points * log(1.0 + (double)count * growth) : 0.0;
  sqlite3_result_int64(context, (sqlite3_int64)penalty); /* a cast truncates */
}
