/*
** privilege.c: what a member may do, as a set of 64 bits.
**
**   privilege_bit(name)          the mask with that one bit
**   has_privilege(mask, name)    1 or 0; an admin (GUILD_ADMIN) has all
**   privilege_names(mask)        the names, in the order of the bits
**
**     SELECT privilege_bit('SHADOW_BAN_ADMIN');                   -- 16384
**     SELECT privilege_bit('USE');                                -- -9223372036854775808: bit 63, the sign
**     SELECT privilege_names(privilege_bit('USE') | 16384 | 32);  -- BIT_5,SHADOW_BAN_ADMIN,USE
**     SELECT has_privilege(16384, 'shadow_ban_admin');            -- 1
**     UPDATE privilege SET mask = mask & ~privilege_bit('USE') WHERE member = 7;
**
** SQLite's integers are signed, so a mask with USE is below 0: test with `mask & bit <> 0`, never with
** `> 0`, or ask has_privilege. Elsewhere masks are unsigned and written as text, as JSON's and JavaScript's
** numbers end at 2^53: TEXT of decimal digits counts as either, '18446744073709551615' is -1 is all bits.
** But only here: SQLite's own & and | take that text for 2^63 - 1. What a double may have rounded is refused.
** No mask (NULL) is that of a member without a row: USE alone.
*/
#include "privilege.h"
#include "value.h"

/* In the order of the bits. */
static const struct {
  const char *name;
  uint64_t bit;
} privileges[] = {
    {"ALTER_PRIVILEGES", PRIVILEGE_ALTER_PRIVILEGES},
    {"BYPASS_RATELIMIT", PRIVILEGE_BYPASS_RATELIMIT},
    {"SHADOW_BAN_ADMIN", PRIVILEGE_SHADOW_BAN_ADMIN},
    {"GUILD_ADMIN", PRIVILEGE_GUILD_ADMIN},
    {"CHANNEL_ADMIN", PRIVILEGE_CHANNEL_ADMIN},
    {"USE", PRIVILEGE_USE},
};

#define PRIVILEGES (sizeof privileges / sizeof *privileges)

#define PRIVILEGE_NAME_RULE                                                                        \
  "ALTER_PRIVILEGES, BYPASS_RATELIMIT, SHADOW_BAN_ADMIN, GUILD_ADMIN, CHANNEL_ADMIN or USE"

/* ---- the mask ---- */

static bool privilege_parse(const unsigned char *text, int length, uint64_t *mask) {
  int first = length > 0 && text[0] == '-';
  uint64_t most = first ? (uint64_t)1 << 63 : UINT64_MAX, number = 0;
  for (int i = first; i < length; i++) {
    unsigned digit = text[i] - (unsigned)'0';
    if (digit > 9 || number > (most - digit) / 10) return false;
    number = 10 * number + digit;
  }
  *mask = first ? 0 - number : number;
  return length > first;
}

bool privilege_mask(sqlite3_value *value, uint64_t *mask) {
  const unsigned char *text;
  sqlite3_int64 integer;
  uint64_t parsed;
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL:
    *mask = PRIVILEGE_USE;
    return true;
  case SQLITE_TEXT: /* not value_integer: it would take ' 7', and nothing above 2^63 */
    text = sqlite3_value_text(value);
    if (text == NULL || !privilege_parse(text, sqlite3_value_bytes(value), &parsed)) return false;
    *mask = parsed;
    return true;
  default:
    if (!value_integer(value, &integer)) return false;
    *mask = (uint64_t)integer;
    return true;
  }
}

bool privilege_has(uint64_t mask, uint64_t bit) {
  return (mask & (bit | PRIVILEGE_GUILD_ADMIN)) != 0;
}

/* ---- the functions ---- */

/* The bit of that name in *bit; the function fails if there is none. */
static bool privilege_read_name(
    sqlite3_context *context, const char *function, sqlite3_value *value, uint64_t *bit) {
  const char *name = value_word(value);
  for (size_t i = 0; name != NULL && i < PRIVILEGES; i++) {
    if (sqlite3_stricmp(name, privileges[i].name) != 0) continue;
    *bit = privileges[i].bit;
    return true;
  }
  return value_refuse(context, function, "name", PRIVILEGE_NAME_RULE, value);
}

void privilege_bit(sqlite3_context *context, int argc, sqlite3_value **argv) {
  uint64_t bit;
  if (value_any_null(argc, argv)) return;
  if (!privilege_read_name(context, "privilege_bit", argv[0], &bit)) return;
  sqlite3_result_int64(context, (sqlite3_int64)bit);
}

void has_privilege(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char function[] = "has_privilege";
  uint64_t mask, bit;
  (void)argc;
  if (value_is_null(argv[1])) return;
  if (!privilege_mask(argv[0], &mask)) {
    value_refuse(context, function, "mask", PRIVILEGE_MASK_RULE, argv[0]);
    return;
  }
  if (!privilege_read_name(context, function, argv[1], &bit)) return;
  sqlite3_result_int(context, privilege_has(mask, bit));
}

static void privilege_append(sqlite3_str *names, int bit) {
  if (sqlite3_str_length(names) > 0) sqlite3_str_appendchar(names, 1, ',');
  for (size_t i = 0; i < PRIVILEGES; i++) {
    if (privileges[i].bit != (uint64_t)1 << bit) continue;
    sqlite3_str_appendall(names, privileges[i].name);
    return;
  }
  sqlite3_str_appendf(names, "BIT_%d", bit);
}

void privilege_names(sqlite3_context *context, int argc, sqlite3_value **argv) {
  uint64_t mask;
  (void)argc;
  if (!privilege_mask(argv[0], &mask)) {
    value_refuse(context, "privilege_names", "mask", PRIVILEGE_MASK_RULE, argv[0]);
    return;
  }
  for (size_t i = 0; i < PRIVILEGES; i++) {
    if (privilege_has(mask, privileges[i].bit)) mask |= privileges[i].bit;
  }
  sqlite3_str *names = sqlite3_str_new(sqlite3_context_db_handle(context));
  for (int bit = 0; bit < 64; bit++) {
    if (mask >> bit & 1) privilege_append(names, bit);
  }
  value_result(context, names);
}
