/*
** shadow_ban_state.c: a shadow ban as it stands in the file. See shadow_ban_table.h for the contract.
**
**     shadow_ban_state(member, id, started_at, duration_days, base, since, lift_at, reason, initiated_by, platform,
**                      revoked, revoked_at)
**
** Progress is not stored but for what it was (base) at the last change (since): it goes on by itself from there, so that
** nothing need be written while time passes.
**
** Whoever made the file may have put something else in its place, or anything into it. Each statement that reads it names
** an index that its constraints made: a view and a virtual table have none. Each value is checked when it is used; an id
** must be there once to be written to, and what is written must become one row.
*/
#include <float.h>
#include <string.h>
#include "parameter.h"
#include "shadow_ban_table.h"
#include "value.h"

/* ---- values ---- */

static bool shadow_is_space(char character) {
  return character != '\0' && strchr(" \t\n\v\f\r", character) != NULL;
}

bool shadow_is_blank(const char *text, int size) {
  while (size > 0 && shadow_is_space(text[size - 1])) size--;
  return size == 0;
}

bool shadow_ban_key(sqlite3_value *value, struct shadow_value *key) {
  *key = (struct shadow_value){.type = SQLITE_NULL};
  int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
    key->type = SQLITE_INTEGER;
    return value_integer(value, &key->integer);
  }
  if (type != SQLITE_TEXT) return false;
  const char *text = (const char *)sqlite3_value_text(value);
  int size = sqlite3_value_bytes(value);
  if (text == NULL) return false;
  while (size > 0 && shadow_is_space(*text)) text++, size--;
  while (size > 0 && shadow_is_space(text[size - 1])) size--;
  if (size == 0) return true;
  key->type = SQLITE_TEXT;
  key->text = text;
  key->size = size;
  return true;
}

const struct shadow_value shadow_value_null = {.type = SQLITE_NULL};

struct shadow_value shadow_value_integer(sqlite3_int64 integer) {
  return (struct shadow_value){.type = SQLITE_INTEGER, .integer = integer};
}

struct shadow_value shadow_value_text(const char *text) {
  return (struct shadow_value){.type = SQLITE_TEXT, .text = text, .size = (int)strlen(text)};
}

struct shadow_value shadow_value_real(double number) {
  return (struct shadow_value){.type = SQLITE_FLOAT, .real = number};
}

bool shadow_value_equal(const struct shadow_value *one, const struct shadow_value *other) {
  if (one->type != other->type) return false;
  switch (one->type) {
  case SQLITE_INTEGER:
    return one->integer == other->integer;
  case SQLITE_FLOAT:
    return one->real == other->real;
  case SQLITE_TEXT:
    return one->size == other->size && memcmp(one->text, other->text, (size_t)one->size) == 0;
  default:
    return true;
  }
}

int shadow_value_bind(sqlite3_stmt *statement, int index, const struct shadow_value *value) {
  switch (value->type) {
  case SQLITE_INTEGER:
    return sqlite3_bind_int64(statement, index, value->integer);
  case SQLITE_FLOAT:
    return sqlite3_bind_double(statement, index, value->real);
  case SQLITE_TEXT:
    return sqlite3_bind_text(statement, index, value->text, value->size, SQLITE_STATIC);
  default:
    return sqlite3_bind_null(statement, index);
  }
}

char *shadow_ban_shown(const struct shadow_value *member) {
  if (member->type == SQLITE_INTEGER) return sqlite3_mprintf("%lld", member->integer);
  char *quoted = value_describe_text((const unsigned char *)member->text, member->size);
  if (quoted == NULL) return NULL;
  size_t length = strlen(quoted) - 2;
  memmove(quoted, quoted + 1, length);
  quoted[length] = '\0';
  return quoted;
}

/* ---- rows ---- */

static const char *const state_names[STATE_COLUMNS] = {"id", "member", "started_at",
    "duration_days", "base", "since", "lift_at", "reason", "initiated_by", "platform", "revoked",
    "revoked_at"};

int shadow_ban_prepare(struct shadow_ban_table *table, enum shadow_ban_select which,
    unsigned columns, sqlite3_stmt **statement) {
  static const char *const rest[] = {"ORDER BY member", "WHERE member = ?1", "WHERE id = ?1"};
  sqlite3_str *text = sqlite3_str_new(table->db);
  for (int i = 0; i < STATE_COLUMNS; i++) {
    sqlite3_str_appendf(
        text, "%s %s", i ? "," : "SELECT", columns & (1u << i) ? state_names[i] : "NULL");
  }
  sqlite3_str_appendf(text,
      " FROM \"%w\".\"%w_state\" INDEXED BY \"sqlite_autoindex_%w_state_%d\" %s", table->schema,
      table->name, table->name, which == SHADOW_BAN_BY_ID ? 2 : 1, rest[which]);
  char *sql = sqlite3_str_finish(text);
  int status = sql ? sqlite3_prepare_v3(table->db, sql, -1,
                         SQLITE_PREPARE_PERSISTENT | SQLITE_PREPARE_NO_VTAB, statement, NULL)
                   : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

static bool state_is_number(sqlite3_value *value, int type, double least, double most) {
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return false;
  double number = sqlite3_value_double(value);
  return number >= least && number <= most;
}

static bool state_is_time(sqlite3_value *value, int type) {
  return state_is_number(value, type, -DBL_MAX, DBL_MAX);
}

const char *shadow_ban_flaw(sqlite3_value *value, enum state_column column) {
  int type = sqlite3_value_type(value);
  bool is_name = type == SQLITE_INTEGER || type == SQLITE_TEXT;
  switch (column) {
  case STATE_ID:
    return type == SQLITE_INTEGER ? NULL : "an INTEGER";
  case STATE_MEMBER:
    return is_name ? NULL : "an INTEGER or TEXT";
  case STATE_STARTED_AT:
  case STATE_SINCE:
    return state_is_time(value, type) ? NULL : "a number of seconds";
  case STATE_DURATION_DAYS:
    return state_is_number(value, type, DBL_TRUE_MIN, SHADOW_BAN_DURATION_MAX)
               ? NULL
               : "a number of days above 0 and at most 365";
  case STATE_BASE:
    return state_is_number(value, type, 0, 1) ? NULL : "between 0 and 1";
  case STATE_LIFT_AT:
  case STATE_REVOKED_AT:
    return type == SQLITE_NULL || state_is_time(value, type) ? NULL : "NULL or a number of seconds";
  case STATE_REASON:
    return type == SQLITE_TEXT ? NULL : "TEXT";
  case STATE_INITIATED_BY:
    return type == SQLITE_NULL || is_name ? NULL : "NULL, an INTEGER or TEXT";
  case STATE_PLATFORM:
    return type == SQLITE_NULL || type == SQLITE_TEXT ? NULL : "NULL or TEXT";
  default: /* STATE_REVOKED */
    return type == SQLITE_INTEGER && state_is_number(value, type, 0, 1) ? NULL : "0 or 1";
  }
}

char *shadow_ban_flaw_message(
    const struct shadow_ban_table *table, sqlite3_stmt *row, enum state_column column) {
  sqlite3_value *value = sqlite3_column_value(row, (int)column);
  char *member = value_describe(sqlite3_column_value(row, STATE_MEMBER));
  char *where = member ? sqlite3_mprintf("%s_state of member %s", table->name, member) : NULL;
  char *message =
      where ? value_refusal(where, state_names[column], shadow_ban_flaw(value, column), value)
            : NULL;
  sqlite3_free(member);
  sqlite3_free(where);
  return message;
}

/* A time, or NULL. It may stand there as an INTEGER. */
static struct shadow_value state_time(sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return shadow_value_null;
  return shadow_value_real(sqlite3_column_double(row, column));
}

/* A column as it is: one that has no flaw. */
static struct shadow_value state_value(sqlite3_stmt *row, int column) {
  struct shadow_value value = {.type = sqlite3_column_type(row, column)};
  if (value.type == SQLITE_INTEGER) value.integer = sqlite3_column_int64(row, column);
  if (value.type == SQLITE_TEXT) {
    value.text = (const char *)sqlite3_column_text(row, column);
    value.size = sqlite3_column_bytes(row, column);
  }
  return value;
}

int shadow_ban_read(struct shadow_ban_table *table, sqlite3_stmt *row, struct shadow_ban *ban) {
  for (int i = 0; i < STATE_COLUMNS; i++) {
    enum state_column column = (enum state_column)i;
    if (shadow_ban_flaw(sqlite3_column_value(row, i), column) == NULL) continue;
    return parameter_error(
        &table->base, SQLITE_CORRUPT_VTAB, shadow_ban_flaw_message(table, row, column));
  }
  *ban = (struct shadow_ban){
      .id = sqlite3_column_int64(row, STATE_ID),
      .member = state_value(row, STATE_MEMBER),
      .started_at = sqlite3_column_double(row, STATE_STARTED_AT),
      .duration_days = sqlite3_column_double(row, STATE_DURATION_DAYS),
      .base = sqlite3_column_double(row, STATE_BASE),
      .since = sqlite3_column_double(row, STATE_SINCE),
      .lift_at = state_time(row, STATE_LIFT_AT),
      .reason = state_value(row, STATE_REASON),
      .initiated_by = state_value(row, STATE_INITIATED_BY),
      .platform = state_value(row, STATE_PLATFORM),
      .revoked = sqlite3_column_int(row, STATE_REVOKED) != 0,
      .revoked_at = state_time(row, STATE_REVOKED_AT),
  };
  const struct shadow_value *const texts[] = {
      &ban->member, &ban->reason, &ban->initiated_by, &ban->platform};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (texts[i]->type == SQLITE_TEXT && texts[i]->text == NULL) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

/* ---- time ---- */

double shadow_ban_progress(double base, double since, double duration_days, double now) {
  double elapsed = now > since ? now - since : 0.0; /* a clock that goes back lowers nothing */
  double progress = base + elapsed / (duration_days * SHADOW_BAN_DAY);
  return progress < 1.0 ? progress : 1.0;
}

const char *shadow_ban_due(double lift_at, bool is_to_revoke, double now) {
  if (lift_at <= now) return "lift";
  return is_to_revoke ? "revoke" : NULL;
}

int shadow_ban_clock(struct shadow_ban_table *table, double *now) {
  if (table->clock == NULL) {
    int status = sqlite3_prepare_v3(table->db, "SELECT (julianday('now') - 2440587.5) * 86400.0",
        -1, SQLITE_PREPARE_PERSISTENT, &table->clock, NULL);
    if (status != SQLITE_OK) return shadow_ban_fail(table, "the clock cannot be read", status);
  }
  sqlite3_step(table->clock);
  *now = sqlite3_column_double(table->clock, 0);
  int status = sqlite3_reset(table->clock);
  return status == SQLITE_OK ? status : shadow_ban_fail(table, "the clock cannot be read", status);
}

int shadow_ban_fail(struct shadow_ban_table *table, const char *what, int status) {
  if (status == SQLITE_NOMEM) return status;
  if ((status & 0xFF) == SQLITE_CONSTRAINT) status = SQLITE_ERROR;
  return parameter_error(&table->base, status,
      sqlite3_mprintf("%s: %s: %s", table->name, what, sqlite3_errmsg(table->db)));
}

int shadow_ban_refuse_member(
    struct shadow_ban_table *table, const char *format, const struct shadow_value *member) {
  char *shown = shadow_ban_shown(member);
  char *message = shown ? sqlite3_mprintf(format, shown) : NULL;
  sqlite3_free(shown);
  return parameter_error(&table->base, SQLITE_ERROR, message);
}
