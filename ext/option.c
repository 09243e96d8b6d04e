/*
** option.c: an argument of CREATE VIRTUAL TABLE as a name and a value. See option.h.
**
** SQLite hands each argument over as it was typed, but for the white space around it. Letter case makes no difference in a
** name. The value may stand in quotation marks, which parameter_dequote takes off.
*/
#include "option.h"
#include <ctype.h>
#include <string.h>
#include "api.h"

struct option option_of(const char *argument) {
  const char *equals = strchr(argument, '=');
  struct option option = {argument, equals ? (size_t)(equals - argument) : 0, ""};
  while (option.length > 0 && isspace((unsigned char)argument[option.length - 1])) option.length--;
  if (equals == NULL) return option;
  option.value = equals + 1;
  while (isspace((unsigned char)*option.value)) option.value++;
  return option;
}

bool option_is(const struct option *option, const char *name) {
  return option->length == strlen(name) &&
         sqlite3_strnicmp(option->name, name, (int)option->length) == 0;
}
