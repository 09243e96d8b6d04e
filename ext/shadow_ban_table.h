/*
** shadow_ban_table.h: what the files of shadow_ban share. The layers, the lowest first:
**
**     shadow_ban_state.c   a ban as it stands in the file: read, checked, computed
**     shadow_ban_write.c   starting, changing and lifting one
**     shadow_ban_ask.c     xUpdate: what is asked for, and what is refused
**     shadow_ban.c         the table: its life, its plans, its cursors
*/
#ifndef DECORUM_SHADOW_BAN_TABLE_H
#define DECORUM_SHADOW_BAN_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include "api.h"

#define SHADOW_BAN_DURATION_DAYS 15.0
#define SHADOW_BAN_DURATION_MAX 365.0
#define SHADOW_BAN_DAY 86400.0 /* seconds */

/* Columns of the virtual table. */
enum shadow_ban_column {
  COLUMN_MEMBER,
  COLUMN_STARTED_AT,
  COLUMN_DURATION_DAYS,
  COLUMN_LIFT_AT,
  COLUMN_PROGRESS,
  COLUMN_STAGE,
  COLUMN_PHASE,
  COLUMN_REASON,
  COLUMN_INITIATED_BY,
  COLUMN_PLATFORM,
  COLUMN_REVOKED,
  COLUMN_LIFTED,
  COLUMN_NOW, /* hidden from here on */
  COLUMN_AUTO_LIFT_DAYS,
  COLUMN_ACTOR,
  COLUMN_WHY,
  COLUMN_DUE,
};

/* Columns of a SELECT of bans from the shadow table NAME_state. */
enum state_column {
  STATE_ID,
  STATE_MEMBER,
  STATE_STARTED_AT,
  STATE_DURATION_DAYS,
  STATE_BASE,  /* the progress... */
  STATE_SINCE, /* ...that there was at this time */
  STATE_LIFT_AT,
  STATE_REASON,
  STATE_INITIATED_BY,
  STATE_PLATFORM,
  STATE_REVOKED,
  STATE_REVOKED_AT, /* when progress 1 was acted upon; NULL: not yet */
  STATE_COLUMNS
};

struct shadow_ban_change;

/* What a connection's tables of this kind share. */
struct shadow_ban_connection {
  bool is_writing; /* one of them is being written to */
  struct shadow_ban_change
      *pending; /* what that one writes through itself, see shadow_ban_write.c */
};

struct shadow_ban_table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct shadow_ban_connection *connection;
  char *schema;
  char *name;
  char *privilege;      /* the table of members and their masks */
  sqlite3_stmt *lookup; /* by member, not in use; NULL: none */
  sqlite3_stmt *clock;  /* the current time; NULL until first asked */
};

/* A value of any type but BLOB. A text is somebody else's memory. */
struct shadow_value {
  int type;
  sqlite3_int64 integer;
  double real;
  const char *text;
  int size;
};

struct shadow_ban {
  sqlite3_int64 id; /* rowid, and the ban's generation */
  struct shadow_value member;
  double started_at;
  double duration_days;
  double base;
  double since;
  struct shadow_value lift_at;
  struct shadow_value reason;
  struct shadow_value initiated_by;
  struct shadow_value platform;
  bool revoked;
  struct shadow_value revoked_at;
};

/* ---- shadow_ban_state.c ---- */

/* Is there nothing but white space? */
bool shadow_is_blank(const char *text, int size);

/* Who a value names. A TEXT loses the white space around it; a REAL with an integral value within 2^53 is that INTEGER. NULL and
** a blank TEXT are nobody: a NULL. False if it can name nobody. */
bool shadow_ban_key(sqlite3_value *value, struct shadow_value *key);

extern const struct shadow_value shadow_value_null;
struct shadow_value shadow_value_integer(sqlite3_int64 integer);
struct shadow_value shadow_value_text(const char *text); /* not copied */
struct shadow_value shadow_value_real(double number);
bool shadow_value_equal(const struct shadow_value *one, const struct shadow_value *other);
int shadow_value_bind(sqlite3_stmt *statement, int index, const struct shadow_value *value);

/* The member as it stands in a message: 7, ann; control characters as dots. Free with sqlite3_free. */
char *shadow_ban_shown(const struct shadow_value *member);

/* Prepares a SELECT of bans, whose columns are the state's; those that are not in the set (bit i for column i) are NULL. */
enum shadow_ban_select { SHADOW_BAN_IN_ORDER, SHADOW_BAN_BY_MEMBER, SHADOW_BAN_BY_ID };
int shadow_ban_prepare(struct shadow_ban_table *table, enum shadow_ban_select which,
    unsigned columns, sqlite3_stmt **statement);
#define STATE_ALL ((1u << STATE_COLUMNS) - 1)

/* What the value of a column of a ban must be and is not, in words; NULL if it is well. */
const char *shadow_ban_flaw(sqlite3_value *value, enum state_column column);

/* That as a message, of the ban that the statement stands on. NULL when out of memory. */
char *shadow_ban_flaw_message(
    const struct shadow_ban_table *table, sqlite3_stmt *row, enum state_column column);

/* Reads the ban that the statement stands on, whose texts stay with the statement. SQLITE_CORRUPT_VTAB, with a message, if
** it is none. */
int shadow_ban_read(struct shadow_ban_table *table, sqlite3_stmt *row, struct shadow_ban *ban);

/* 0 to 1, as of a time. */
double shadow_ban_progress(double base, double since, double duration_days, double now);

/* What the tick job has to do: "lift", "revoke", or NULL for nothing. */
const char *shadow_ban_due(double lift_at, bool is_to_revoke, double now);

/* The current time. */
int shadow_ban_clock(struct shadow_ban_table *table, double *now);

/* Ends what could not be done with a table below, in SQLite's words. A constraint there is an error here. */
int shadow_ban_fail(struct shadow_ban_table *table, const char *what, int status);

/* Refuses, with a message in which %s stands for the member. */
int shadow_ban_refuse_member(
    struct shadow_ban_table *table, const char *format, const struct shadow_value *member);

/* ---- shadow_ban_write.c ---- */

/* What is to be written. */
struct shadow_ban_change {
  const struct shadow_ban *old; /* NULL: a ban starts */
  struct shadow_ban
      *new;       /* NULL: the old one is lifted; of another id: this one starts in its place */
  bool is_lifted; /* lifted after it was changed */
  double at;
  struct shadow_value actor;
  struct shadow_value why;
};

/* Writes it: all, or nothing and an error. A constraint of a table below is SQLITE_ERROR. */
int shadow_ban_write_through(struct shadow_ban_table *table, struct shadow_ban_change *change);

/* xUpdate when it is called from there. */
int shadow_ban_carry_out(struct shadow_ban_table *table, struct shadow_ban_change *change);

/* A member's mask; *is_listed, unless that is NULL: there is a row of it. */
int shadow_ban_mask(struct shadow_ban_table *table, const struct shadow_value *member,
    uint64_t *mask, bool *is_listed);

/* ---- shadow_ban_ask.c ---- */

int shadow_ban_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid);

#endif
