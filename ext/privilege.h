/*
** privilege.h: what a member may do, as a set of 64 bits. Callbacks for the registration table in
** decorum.c, and the set itself for tables that keep one.
*/
#ifndef DECORUM_PRIVILEGE_H
#define DECORUM_PRIVILEGE_H

#include <stdbool.h>
#include <stdint.h>
#include "api.h"

void privilege_bit(sqlite3_context *context, int argc, sqlite3_value **argv);
void has_privilege(sqlite3_context *context, int argc, sqlite3_value **argv);
void privilege_names(sqlite3_context *context, int argc, sqlite3_value **argv);

#define PRIVILEGE_ALTER_PRIVILEGES ((uint64_t)1 << 0)
#define PRIVILEGE_BYPASS_RATELIMIT ((uint64_t)1 << 12)
#define PRIVILEGE_SHADOW_BAN_ADMIN ((uint64_t)1 << 14)
#define PRIVILEGE_GUILD_ADMIN ((uint64_t)1 << 17)
#define PRIVILEGE_CHANNEL_ADMIN ((uint64_t)1 << 18)
#define PRIVILEGE_USE ((uint64_t)1 << 63)

#define PRIVILEGE_MASK_RULE "64 bits as an INTEGER, or as TEXT of decimal digits"

/* Reads a mask: an INTEGER, a REAL with an integral value within 2^53, TEXT of decimal digits between
** -2^63 and 2^64 - 1, or NULL, a member without a row, who has USE alone. False if it is none of these;
** *mask is then untouched, and PRIVILEGE_MASK_RULE is the rule to refuse it with. */
bool privilege_mask(sqlite3_value *value, uint64_t *mask);

/* Is the bit in the mask? An admin (GUILD_ADMIN) has all of them. */
bool privilege_has(uint64_t mask, uint64_t bit);

#endif
