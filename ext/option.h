/*
** option.h: what stands in the parentheses of USING module(...): `policy = 'ladder@3'`.
*/
#ifndef DECORUM_OPTION_H
#define DECORUM_OPTION_H

#include <stdbool.h>
#include <stddef.h>

/* An argument, cut at its equals sign. */
struct option {
  const char *name;
  size_t length; /* of the name; 0 if there is no equals sign */
  const char *value;
};

struct option option_of(const char *argument);
bool option_is(const struct option *option, const char *name);

#endif
