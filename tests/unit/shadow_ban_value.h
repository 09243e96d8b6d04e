/*
** shadow_ban_value.h: values of SQLite's for shadow_ban_model.h, with room of their own, and what a shadow_ban table takes
** them for: numbers, names, texts.
*/
#ifndef DECORUM_TESTS_SHADOW_BAN_VALUE_H
#define DECORUM_TESTS_SHADOW_BAN_VALUE_H

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "api.h"

#define VALUE_TEXT 64

struct value {
  int type; /* SQLITE_NULL is not 0: see null */
  sqlite3_int64 integer;
  double real;
  char text[VALUE_TEXT]; /* of a BLOB, too */
  int size;
};

static const struct value null = {.type = SQLITE_NULL};

static inline struct value value_integer_of(sqlite3_int64 integer) {
  return (struct value){.type = SQLITE_INTEGER, .integer = integer};
}

static inline struct value value_real_of(double real) {
  return (struct value){.type = SQLITE_FLOAT, .real = real};
}

static inline struct value value_text_of(const char *text) {
  struct value value = {.type = SQLITE_TEXT, .size = (int)strlen(text)};
  memcpy(value.text, text, (size_t)value.size);
  return value;
}

/* Equal bit for bit. */
static inline bool value_same(const struct value *one, const struct value *other) {
  if (one->type != other->type) return false;
  if (one->type == SQLITE_INTEGER) return one->integer == other->integer;
  if (one->type == SQLITE_FLOAT) return memcmp(&one->real, &other->real, sizeof one->real) == 0;
  if (one->type == SQLITE_NULL) return true;
  return one->size == other->size && memcmp(one->text, other->text, (size_t)one->size) == 0;
}

/* The order of ORDER BY member. */
static inline int value_compare(const struct value *one, const struct value *other) {
  if (one->type != other->type) return one->type < other->type ? -1 : 1;
  if (one->type == SQLITE_INTEGER) {
    return (one->integer > other->integer) - (one->integer < other->integer);
  }
  int shorter = one->size < other->size ? one->size : other->size;
  int order = memcmp(one->text, other->text, (size_t)shorter);
  return order ? order : one->size - other->size;
}

/* A finite number, or TEXT that is one, with white space around it or without. */
static inline bool value_is_number(const struct value *value, double *number) {
  char *end;
  double read;
  if (value->type == SQLITE_INTEGER) {
    read = (double)value->integer;
  } else if (value->type == SQLITE_FLOAT) {
    read = value->real;
  } else if (value->type == SQLITE_TEXT && value->size > 0) {
    read = strtod(value->text, &end);
    if (end == value->text) return false;
    while (isspace((unsigned char)*end)) end++;
    if (end != value->text + value->size) return false;
  } else {
    return false;
  }
  if (!isfinite(read)) return false;
  *number = read;
  return true;
}

/* Whom it names: NULL is nobody. False: it can be nobody's name. */
static inline bool value_is_name(const struct value *value, struct value *name) {
  *name = *value;
  if (value->type == SQLITE_FLOAT) {
    if (!(fabs(value->real) <= 0x1p53) || value->real != floor(value->real)) return false;
    *name = value_integer_of((sqlite3_int64)value->real);
  }
  if (value->type != SQLITE_TEXT) return value->type != SQLITE_BLOB;
  int start = 0, end = value->size;
  while (start < end && isspace((unsigned char)value->text[start])) start++;
  while (end > start && isspace((unsigned char)value->text[end - 1])) end--;
  *name = (struct value){.type = end > start ? SQLITE_TEXT : SQLITE_NULL, .size = end - start};
  memcpy(name->text, value->text + start, (size_t)name->size);
  return true;
}

/* The same of who acts: NULL is the owner, and a blank text is not NULL. */
static inline bool value_is_who(const struct value *value, struct value *name) {
  return value_is_name(value, name) && (name->type != SQLITE_NULL || value->type == SQLITE_NULL);
}

static inline const char *value_shown(const struct value *member) {
  static char shown[VALUE_TEXT + 1];
  if (member->type == SQLITE_INTEGER) {
    snprintf(shown, sizeof shown, "%lld", member->integer);
    return shown;
  }
  memcpy(shown, member->text, (size_t)member->size);
  shown[member->size] = '\0';
  return shown;
}

static inline bool value_is_blank(const struct value *text) {
  return (int)strspn(text->text, " \t\n\v\f\r") >= text->size;
}

/* TEXT, or a number written as one. */
static inline struct value value_as_text(const struct value *value) {
  return value->type == SQLITE_INTEGER ? value_text_of(value_shown(value)) : *value;
}

#endif
