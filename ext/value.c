/*
** value.c: arguments and errors. See value.h for the contract.
*/
#include "value.h"
#include <math.h>
#include <string.h>

#define VALUE_SHOWN 40 /* bytes of a text in a message */

bool value_any_null(int count, sqlite3_value **values) {
  for (int i = 0; i < count; i++) {
    if (value_is_null(values[i])) return true;
  }
  return false;
}

int value_text_type(sqlite3_value *value) {
  return value_word(value) != NULL ? sqlite3_value_numeric_type(value) : SQLITE_TEXT;
}

bool value_integer(sqlite3_value *value, sqlite3_int64 *out) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_TEXT) type = value_text_type(value);
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

const char *value_word(sqlite3_value *value) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) return NULL;
  const char *text = (const char *)sqlite3_value_text(value);
  bool whole = text != NULL && strlen(text) == (size_t)sqlite3_value_bytes(value);
  return whole ? text : NULL;
}

char *value_describe_text(const unsigned char *text, int length) {
  char shown[VALUE_SHOWN + 1];
  int end = length < VALUE_SHOWN ? length : VALUE_SHOWN;
  while (end < length && end > 0 && (text[end] & 0xC0) == 0x80) end--; /* whole characters */
  for (int i = 0; i < end; i++) shown[i] = text[i] < 0x20 || text[i] == 0x7F ? '.' : (char)text[i];
  shown[end] = '\0';
  return sqlite3_mprintf("'%s%s'", shown, end < length ? "..." : "");
}

char *value_describe(sqlite3_value *value) {
  const unsigned char *text;
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL:
    return sqlite3_mprintf("NULL");
  case SQLITE_INTEGER:
    return sqlite3_mprintf("%lld", sqlite3_value_int64(value));
  case SQLITE_FLOAT:
    return sqlite3_mprintf("%!.15g", sqlite3_value_double(value));
  case SQLITE_BLOB:
    return sqlite3_mprintf("a BLOB of length %d", sqlite3_value_bytes(value));
  default:
    text = sqlite3_value_text(value);
    return text ? value_describe_text(text, sqlite3_value_bytes(value)) : NULL;
  }
}

char *value_refusal(
    const char *function, const char *argument, const char *rule, sqlite3_value *value) {
  char *shown = value_describe(value);
  if (shown == NULL) return NULL;
  char *message = sqlite3_mprintf("%s: %s must be %s, not %s", function, argument, rule, shown);
  sqlite3_free(shown);
  return message;
}

bool value_refuse(sqlite3_context *context, const char *function, const char *argument,
    const char *rule, sqlite3_value *value) {
  char *message = value_refusal(function, argument, rule, value);
  if (message) {
    sqlite3_result_error(context, message, -1);
  } else {
    sqlite3_result_error_nomem(context);
  }
  sqlite3_free(message);
  return false;
}

void value_result(sqlite3_context *context, sqlite3_str *text) {
  int status = sqlite3_str_errcode(text);
  int size = sqlite3_str_length(text);
  char *result = sqlite3_str_finish(text);
  if (status == SQLITE_OK && result != NULL) {
    sqlite3_result_text(context, result, size, sqlite3_free);
    return;
  }
  sqlite3_free(result);
  if (status == SQLITE_OK) {
    sqlite3_result_text(context, "", 0, SQLITE_STATIC);
  } else {
    sqlite3_result_error_code(context, status);
  }
}
