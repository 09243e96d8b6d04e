/*
** dice.h: chance as a function. The callback for the registration table in decorum.c, and the steps
** of the hash, so that Lua throws the same dice.
*/
#ifndef DECORUM_DICE_H
#define DECORUM_DICE_H

#include <stdbool.h>
#include <stdint.h>
#include "api.h"

void dice(sqlite3_context *context, int argc, sqlite3_value **argv);

struct dice {
  uint64_t hash;
};

struct dice dice_begin(void);
void dice_null(struct dice *dice);
void dice_integer(struct dice *dice, sqlite3_int64 integer);
void dice_real(struct dice *dice, double number);
void dice_bytes(struct dice *dice, char tag, const void *bytes, size_t count); /* tag 't' or 'b' */
/* Whichever of these the value is; false when out of memory. */
bool dice_value(struct dice *dice, sqlite3_value *value);
uint64_t dice_bits(const struct dice *dice); /* the whole hash */
double dice_end(const struct dice *dice);    /* its upper 53 bits as a fraction */

#endif
