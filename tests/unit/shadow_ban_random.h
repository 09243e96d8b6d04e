/*
** shadow_ban_random.h: what shadow_ban_test.c writes into its tables: members written in all ways, numbers and times, right
** and wrong ones ("wild"), often next to where something happens.
*/
#ifndef DECORUM_TESTS_SHADOW_BAN_RANDOM_H
#define DECORUM_TESTS_SHADOW_BAN_RANDOM_H

#include "random.h"
#include "shadow_ban_model.h"

static struct random chance;
static struct model model;
static double clock_s;       /* the current time */
static bool has_any_members; /* not INTEGERs alone */

static struct value text_in(const char *const *texts, int count) {
  return value_text_of(texts[random_below(&chance, count)]);
}

static struct value random_blob(void) {
  struct value blob = value_text_of("7");
  blob.type = SQLITE_BLOB;
  return blob;
}

/* What is no number, or none that could be meant. */
static struct value random_rubbish(void) {
  static const char *const texts[] = {"", "soon", "1x", "nan", " "};
  switch (random_below(&chance, 4)) {
  case 0:
    return value_real_of(random_once_in(&chance, 2) ? INFINITY : -INFINITY);
  case 1:
    return random_blob();
  default:
    return text_in(texts, 5);
  }
}

static struct value random_member(void) {
  static const char *const texts[] = {"ann", "bob", "7x", "Ann"};
  if (has_any_members && random_once_in(&chance, 3)) return text_in(texts, 4);
  if (random_once_in(&chance, 20)) return value_integer_of(INT64_MAX);
  return value_integer_of(random_between(&chance, -1, 6));
}

/* The same member, written in another way; or the one whose name is that number as TEXT. */
static struct value member_written(struct value member) {
  char text[VALUE_TEXT];
  if (random_once_in(&chance, 2)) return member;
  if (random_once_in(&chance, 2) && member.type == SQLITE_INTEGER && member.integer != INT64_MAX) {
    return value_real_of((double)member.integer);
  }
  if (member.type == SQLITE_INTEGER && !has_any_members) return member;
  snprintf(text, sizeof text, random_once_in(&chance, 2) ? "%s" : " \t%s\n", value_shown(&member));
  return value_text_of(text);
}

static struct value random_nobody(void) {
  if (random_once_in(&chance, 3)) return random_blob();
  if (random_once_in(&chance, 2)) return value_real_of(random_once_in(&chance, 2) ? 1.5 : 1e300);
  return random_once_in(&chance, 2) ? null
                                    : value_text_of(random_once_in(&chance, 2) ? "" : " \t ");
}

/* Some time: often one at which something happens to some ban, or one next to it. */
static double random_time(void) {
  double time = clock_s + (random_unit(&chance) - 0.5) * 40 * MODEL_DAY;
  if (model.ban_count > 0 && random_once_in(&chance, 2)) {
    const struct ban *ban = &model.bans[random_below(&chance, model.ban_count)];
    time = ban->since + ban->duration_days * MODEL_DAY * random_below(&chance, 9) / 8;
    if (ban->lift_at.type == SQLITE_FLOAT && random_once_in(&chance, 2)) time = ban->lift_at.real;
    if (random_once_in(&chance, 2)) time = nextafter(time, random_once_in(&chance, 2) ? 1e300 : 0);
  }
  if (random_once_in(&chance, 3)) time = floor(time);
  if (random_once_in(&chance, 100)) time = random_once_in(&chance, 2) ? 1e308 : -1e308;
  return time;
}

static struct value random_number(double number) {
  if (number == floor(number) && fabs(number) < 1e15 && random_once_in(&chance, 2)) {
    char text[32];
    if (random_once_in(&chance, 2)) return value_integer_of((sqlite3_int64)number);
    snprintf(text, sizeof text, "%.0f", number);
    return value_text_of(text);
  }
  return value_real_of(number);
}

static struct value random_days(bool is_wild) {
  static const double days[] = {1, 7, 15, 30, 365, 400, 0.01, 1e-300};
  if (is_wild) {
    if (random_once_in(&chance, 2)) return random_rubbish();
    return random_number(-random_below(&chance, 2));
  }
  return random_number(random_once_in(&chance, 3) ? 0.1 + 20 * random_unit(&chance)
                                                  : days[random_below(&chance, 8)]);
}

static struct value random_stage(bool is_wild) {
  if (is_wild) {
    if (random_once_in(&chance, 2)) return random_rubbish();
    return value_real_of(random_once_in(&chance, 2) ? nextafter(1, 0) : nextafter(5, 6));
  }
  if (random_once_in(&chance, 3)) return random_number(random_between(&chance, 1, 5));
  return value_real_of(1 + 4 * random_unit(&chance));
}

static struct value random_reason(bool is_wild) {
  static const char *const wild[] = {"", " ", "\t\n "};
  static const char *const texts[] = {"floods", "rude", "\xc3\xa4rgert", " x "};
  if (is_wild) return random_once_in(&chance, 3) ? random_blob() : text_in(wild, 3);
  if (random_once_in(&chance, 10)) return value_integer_of(5);
  return text_in(texts, 4);
}

/* A value for a column of an INSERT or UPDATE; a wrong one if it is wild. */
static struct value random_value(enum column which, bool is_wild) {
  switch (which) {
  case MEMBER:
    return is_wild ? random_nobody() : member_written(random_member());
  case STARTED_AT:
  case NOW:
    return is_wild ? random_rubbish() : random_number(random_time());
  case LIFT_AT:
    if (is_wild) return random_rubbish();
    return random_number(
        random_once_in(&chance, 5) ? random_time() : clock_s + 864 * random_below(&chance, 5000));
  case DURATION_DAYS:
  case AUTO_LIFT_DAYS:
    return random_days(is_wild);
  case STAGE:
    return random_stage(is_wild);
  case REASON:
    return random_reason(is_wild);
  case INITIATED_BY:
  case ACTOR:
    if (is_wild) return random_once_in(&chance, 2) ? random_blob() : value_real_of(0.5);
    return member_written(random_member());
  case PLATFORM:
  case WHY:
    if (is_wild) return random_blob();
    return random_once_in(&chance, 5) ? value_integer_of(12) : value_text_of("irc");
  case REVOKED:
  case LIFTED:
    return is_wild ? random_number(2) : random_number(random_below(&chance, 2));
  default:
    return random_number(1);
  }
}

#endif
