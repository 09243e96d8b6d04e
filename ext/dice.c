/*
** dice.c: chance as a function of its arguments.
**
**   dice(seed, ...)
**
** A REAL in [0, 1), the same on every machine for the same arguments, and for all that can be told
** as good as random:
**
**     SELECT dice('a secret', 'message', 12) < 0.02;   -- is message 12 in the sample of 2 %?
**
** It is the 64-bit FNV-1a hash over, for each argument, a tag byte and its payload
**
**     NULL     'n'   nothing
**     INTEGER  'i'   8 bytes, little-endian
**     REAL     'r'   8 bytes of the IEEE double, little-endian
**     TEXT     't'   its length in bytes as 8 bytes, little-endian, then the UTF-8 bytes
**     BLOB     'b'   likewise
**
** then murmur3's 64-bit finalizer, then the upper 53 bits as a fraction. A REAL with an integral
** value within 2^53 counts as that INTEGER, and -0.0 as 0, since JavaScript hosts bind every number
** as a REAL.
**
** Sources: FNV-1a by Fowler, Noll and Vo; fmix64 from MurmurHash3 by Appleby (public domain).
*/
#include "dice.h"
#include "value.h"
#include <math.h>
#include <string.h>

#define FNV_OFFSET 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

static void dice_feed(struct dice *dice, const unsigned char *bytes, size_t count) {
  uint64_t hash = dice->hash;
  for (size_t i = 0; i < count; i++) hash = (hash ^ bytes[i]) * FNV_PRIME;
  dice->hash = hash;
}

/* A tag and 8 bytes, little-endian. */
static void dice_tagged(struct dice *dice, char tag, uint64_t word) {
  unsigned char bytes[9] = {(unsigned char)tag};
  for (int i = 0; i < 8; i++) bytes[i + 1] = (unsigned char)(word >> (8 * i));
  dice_feed(dice, bytes, sizeof bytes);
}

struct dice dice_begin(void) {
  return (struct dice){FNV_OFFSET};
}

void dice_null(struct dice *dice) {
  dice_feed(dice, (const unsigned char *)"n", 1);
}

void dice_integer(struct dice *dice, sqlite3_int64 integer) {
  dice_tagged(dice, 'i', (uint64_t)integer);
}

void dice_real(struct dice *dice, double number) {
  uint64_t bits;
  if (fabs(number) <= VALUE_EXACT_INTEGER && number == floor(number)) {
    dice_integer(dice, (sqlite3_int64)number);
    return;
  }
  memcpy(&bits, &number, sizeof bits);
  dice_tagged(dice, 'r', bits);
}

void dice_bytes(struct dice *dice, char tag, const void *bytes, size_t count) {
  dice_tagged(dice, tag, count);
  if (bytes != NULL) dice_feed(dice, bytes, count);
}

/* murmur3's fmix64: every bit of the input changes about half of the bits of the output. */
uint64_t dice_bits(const struct dice *dice) {
  uint64_t hash = dice->hash;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53u;
  hash ^= hash >> 33;
  return hash;
}

double dice_end(const struct dice *dice) {
  return (double)(dice_bits(dice) >> 11) * 0x1p-53;
}

bool dice_value(struct dice *dice, sqlite3_value *value) {
  const void *bytes = NULL;
  int count = 0;
  switch (sqlite3_value_type(value)) {
  case SQLITE_INTEGER:
    dice_integer(dice, sqlite3_value_int64(value));
    return true;
  case SQLITE_FLOAT:
    dice_real(dice, sqlite3_value_double(value));
    return true;
  case SQLITE_TEXT:
    bytes = sqlite3_value_text(value);
    if (bytes == NULL) return false;
    count = sqlite3_value_bytes(value);
    dice_bytes(dice, 't', bytes, (size_t)count);
    return true;
  case SQLITE_BLOB:
    bytes = sqlite3_value_blob(value);
    count = sqlite3_value_bytes(value);
    if (bytes == NULL && count > 0) return false;
    dice_bytes(dice, 'b', bytes, (size_t)count);
    return true;
  default:
    dice_null(dice);
    return true;
  }
}

void dice(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct dice thrown = dice_begin();
  if (argc == 0) {
    sqlite3_result_error(context, "dice: seed must be given", -1);
    return;
  }
  for (int i = 0; i < argc; i++) {
    if (!dice_value(&thrown, argv[i])) {
      sqlite3_result_error_nomem(context);
      return;
    }
  }
  sqlite3_result_double(context, dice_end(&thrown));
}
