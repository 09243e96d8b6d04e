/*
** value.h: how Decorum's functions read their arguments and refuse them.
**
** A refusal always has the same form, so that it can be read at night:
**
**     drama_score: toxicity must be between 0 and 1, not 1.7
**     FUNCTION:    ARGUMENT must be RULE,            not VALUE
*/
#ifndef DECORUM_VALUE_H
#define DECORUM_VALUE_H

#include <math.h>
#include <stdbool.h>
#include "api.h"

/* Integers of at most this size pass through a double unharmed. */
#define VALUE_EXACT_INTEGER 9007199254740992.0 /* 2^53 */

static inline bool value_is_null(sqlite3_value *value) {
  return sqlite3_value_type(value) == SQLITE_NULL;
}

/* True if any of the arguments is NULL: most functions then return NULL. */
bool value_any_null(int count, sqlite3_value **values);

/* What TEXT is as a number: SQLITE_INTEGER or SQLITE_FLOAT if it is nothing but one, else SQLITE_TEXT.
** Not sqlite3_value_numeric_type, since newer SQLite takes '0.5', a NUL and whatever follows for 0.5. */
int value_text_type(sqlite3_value *value);

/* Reads a finite number: an INTEGER, a REAL, or TEXT that is nothing but a number.
** False for anything else; *out is then untouched. Inline, because aggregates read two a row. */
static inline bool value_number(sqlite3_value *value, double *out) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_TEXT) type = value_text_type(value);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return false;
  double number = sqlite3_value_double(value);
  if (!isfinite(number)) return false;
  *out = number;
  return true;
}

/* Reads an integer: an INTEGER, or a REAL with an integral value within 2^53 (JavaScript hosts
** bind every number so), or TEXT that is one of these. */
bool value_integer(sqlite3_value *value, sqlite3_int64 *out);

/* Reads a name: TEXT without a NUL. NULL for anything else. */
const char *value_word(sqlite3_value *value);

/* Makes the function fail with the message above. Always returns false, so that a reader of
** arguments can end with it. */
bool value_refuse(sqlite3_context *context, const char *function, const char *argument,
    const char *rule, sqlite3_value *value);

/* That message, for what has no context (a table). Free with sqlite3_free; NULL when out of memory. */
char *value_refusal(
    const char *function, const char *argument, const char *rule, sqlite3_value *value);

/* Makes the text the function's result and frees it; an error if it could not be built. */
void value_result(sqlite3_context *context, sqlite3_str *text);

/* A value as it stands in a message: NULL, 1.7, 'text' (cut after 40 bytes, control characters
** as dots), a BLOB of length 12. Free with sqlite3_free; NULL when out of memory. */
char *value_describe(sqlite3_value *value);

/* The same of a text that is in no sqlite3_value. */
char *value_describe_text(const unsigned char *text, int length);

#endif
