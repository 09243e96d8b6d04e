/*
** value.c: arguments and errors. See value.h for the contract.
*/
#include "value.h"
#include <math.h>

bool value_any_null(int count, sqlite3_value **values) {
  for (int i = 0; i < count; i++) {
    if (value_is_null(values[i])) return true;
  }
  return false;
}

bool value_number(sqlite3_value *value, double *out) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_TEXT) type = sqlite3_value_numeric_type(value);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return false;
  double number = sqlite3_value_double(value);
  if (!isfinite(number)) return false;
  *out = number;
  return true;
}

bool value_integer(sqlite3_value *value, sqlite3_int64 *out) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_TEXT) type = sqlite3_value_numeric_type(value);
  if (type == SQLITE_INTEGER) {
    *out = sqlite3_value_int64(value);
    return true;
  }
  if (type != SQLITE_FLOAT) return false;
  double number = sqlite3_value_double(value);
  if (!(fabs(number) <= VALUE_EXACT_INTEGER) || number != floor(number)) return false;
  *out = (sqlite3_int64)number;
  return true;
}

char *value_describe(sqlite3_value *value) {
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL:
    return sqlite3_mprintf("NULL");
  case SQLITE_INTEGER:
    return sqlite3_mprintf("%lld", sqlite3_value_int64(value));
  case SQLITE_FLOAT:
    return sqlite3_mprintf("%!.15g", sqlite3_value_double(value));
  case SQLITE_BLOB:
    return sqlite3_mprintf("a BLOB of %d bytes", sqlite3_value_bytes(value));
  }
  const unsigned char *text = sqlite3_value_text(value);
  int length = sqlite3_value_bytes(value);
  if (text == NULL) return NULL;
  int shown = length < 40 ? length : 40;
  while (shown < length && shown > 0 && (text[shown] & 0xC0) == 0x80) shown--;
  char *copy = sqlite3_mprintf("'%.*s%s'", shown, text, shown < length ? "..." : "");
  for (char *c = copy; c != NULL && *c; c++) {
    if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '.';
  }
  return copy;
}

bool value_refuse(sqlite3_context *context, const char *function, const char *argument,
    const char *rule, sqlite3_value *value) {
  char *shown = value_describe(value);
  char *message =
      shown ? sqlite3_mprintf("%s: %s must be %s, not %s", function, argument, rule, shown) : NULL;
  if (message) {
    sqlite3_result_error(context, message, -1);
  } else {
    sqlite3_result_error_nomem(context);
  }
  sqlite3_free(message);
  sqlite3_free(shown);
  return false;
}
