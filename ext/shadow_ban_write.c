/*
** shadow_ban_write.c: writing what was found to be allowed. See shadow_ban_ask.c for what that is.
**
** Written are the ban in NAME_state, rows in NAME_audit
**
**     shadow_ban_audit(id, ban, member, at, actor, action, before, after, why)
**
** and the member's mask in the privilege table, with ordinary statements. If one of them fails, say by a CHECK or a trigger
** that the community put on its privilege table, those before it must be undone. In autocommit SQLite does so by itself. Inside of
** BEGIN it rolls back what a statement did only if that statement may write more than one row, which it does not believe of
** INSERT ... VALUES and of an UPDATE by key; and a table cannot open a savepoint while a statement runs.
**
** So the table writes through itself: it runs INSERT INTO the table SELECT, which may insert any number of rows and
** therefore has a statement journal of its own, and xUpdate, called again from there, finds the change pending and
** carries it out. An error rolls that statement back, with all that was done inside of it. It pends at the connection, as SQLite
** may have made the table's object anew since the statement above was prepared: a host has tried to close the connection, or
** its function has renamed the table.
**
** A trigger on the privilege table may do anything but write to a shadow_ban table: in a file that somebody else made
** one would follow from the other without end.
*/
#include <string.h>
#include "parameter.h"
#include "privilege.h"
#include "shadow_ban_table.h"
#include "shadow_curve.h"
#include "value.h"

/* ---- statements on the tables below ---- */

/* Prepares a statement on one of the tables below, and frees its text. */
static int write_prepare(
    struct shadow_ban_table *table, unsigned flags, char *sql, sqlite3_stmt **statement) {
  int status = sql ? sqlite3_prepare_v3(table->db, sql, -1, flags, statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

/* Runs a statement that gives no rows, and is done with it. */
static int write_run(
    struct shadow_ban_table *table, sqlite3_stmt *statement, int status, const char *failure) {
  if (status == SQLITE_OK) sqlite3_step(statement);
  int finished = sqlite3_finalize(statement);
  if (status == SQLITE_OK) status = finished;
  return status == SQLITE_OK ? status : shadow_ban_fail(table, failure, status);
}

/* The same where it must write one row of a shadow table: not none, by a trigger that ignores it or into a view, and not
** more, in a state that has a member twice. */
static int write_run_one(
    struct shadow_ban_table *table, sqlite3_stmt *statement, int status, const char *shadow_table) {
  char failure[60];
  sqlite3_int64 total = sqlite3_total_changes64(table->db);
  sqlite3_snprintf(sizeof failure, failure, "the %s cannot be written to", shadow_table);
  status = write_run(table, statement, status, failure);
  if (status != SQLITE_OK) return status;
  bool is_one = sqlite3_total_changes64(table->db) > total && sqlite3_changes(table->db) == 1;
  if (is_one) return SQLITE_OK;
  return parameter_error(&table->base, SQLITE_CORRUPT_VTAB,
      sqlite3_mprintf("%s: what is written to %s_%s does not become one row of it", table->name,
          table->name, shadow_table));
}

/* A text is nobody's number: where members are INTEGER, SQLite would take '7' and '007' for 7. */
#define WRITE_IS_MEMBER                                                                            \
  "member = ?1 AND (typeof(?1) <> 'text' OR (typeof(member) = 'text' AND CAST(member AS TEXT) = "  \
  "?1))"

int shadow_ban_mask(struct shadow_ban_table *table, const struct shadow_value *member,
    uint64_t *mask, bool *is_listed) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, SQLITE_PREPARE_NO_VTAB,
      sqlite3_mprintf("SELECT mask FROM \"%w\".\"%w\" WHERE " WRITE_IS_MEMBER " LIMIT 2",
          table->schema, table->privilege),
      &statement);
  if (status == SQLITE_OK) status = shadow_value_bind(statement, 1, member);
  *mask = PRIVILEGE_USE;
  bool is_there = status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
  if (is_listed != NULL) *is_listed = is_there;
  bool is_mask = !is_there || privilege_mask(sqlite3_column_value(statement, 0), mask);
  char *shown = is_mask ? NULL : value_describe(sqlite3_column_value(statement, 0));
  bool is_listed_twice = is_there && sqlite3_step(statement) == SQLITE_ROW;
  int finished = sqlite3_finalize(statement);
  if (status == SQLITE_OK) status = finished;
  if (status != SQLITE_OK) {
    sqlite3_free(shown);
    return shadow_ban_fail(table, "the privilege table cannot be read", status);
  }
  if (!is_mask) {
    char *message = shown ? sqlite3_mprintf("%s: a mask in %s must be %s, not %s", table->name,
                                table->privilege, PRIVILEGE_MASK_RULE, shown)
                          : NULL;
    sqlite3_free(shown);
    return parameter_error(&table->base, SQLITE_ERROR, message);
  }
  if (!is_listed_twice) return SQLITE_OK;
  return shadow_ban_refuse_member(table, "member %s is in the privilege table twice", member);
}

static int write_set_mask(struct shadow_ban_table *table, const struct shadow_value *member,
    uint64_t mask, bool is_listed) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, 0, /* its triggers may use virtual tables */
      is_listed ? sqlite3_mprintf("UPDATE \"%w\".\"%w\" SET mask = ?2 WHERE " WRITE_IS_MEMBER,
                      table->schema, table->privilege)
                : sqlite3_mprintf("INSERT INTO \"%w\".\"%w\"(member, mask) VALUES (?1, ?2)",
                      table->schema, table->privilege),
      &statement);
  if (status == SQLITE_OK) status = shadow_value_bind(statement, 1, member);
  if (status == SQLITE_OK) status = sqlite3_bind_int64(statement, 2, (sqlite3_int64)mask);
  return write_run(table, statement, status, "the privilege table cannot be written to");
}

/* Gives a member the USE bit or takes it. A trigger may have seen to it that nothing came of that, without an error. */
static int write_access(
    struct shadow_ban_table *table, const struct shadow_value *member, bool has_access) {
  uint64_t mask;
  bool is_listed;
  int status = shadow_ban_mask(table, member, &mask, &is_listed);
  if (status != SQLITE_OK) return status;
  mask = has_access ? mask | PRIVILEGE_USE : mask & ~PRIVILEGE_USE;
  status = write_set_mask(table, member, mask, is_listed);
  if (status == SQLITE_OK) status = shadow_ban_mask(table, member, &mask, NULL);
  if (status != SQLITE_OK || ((mask & PRIVILEGE_USE) != 0) == has_access) return status;
  return shadow_ban_refuse_member(
      table, "the privilege table does not keep what is written of member %s", member);
}

/* ---- carrying a change out ---- */

static int write_audit(struct shadow_ban_table *table, const struct shadow_ban_change *change,
    const struct shadow_ban *ban, const char *action, struct shadow_value before,
    struct shadow_value after) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, SQLITE_PREPARE_NO_VTAB,
      sqlite3_mprintf("INSERT INTO \"%w\".\"%w_audit\"(ban, member, at, actor, action, before, "
                      "after, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
          table->schema, table->name),
      &statement);
  const struct shadow_value values[] = {shadow_value_integer(ban->id), ban->member,
      shadow_value_real(change->at), change->actor, shadow_value_text(action), before, after,
      change->why};
  for (int i = 0; status == SQLITE_OK && i < 8; i++) {
    status = shadow_value_bind(statement, i + 1, &values[i]);
  }
  return write_run_one(table, statement, status, "audit");
}

static double write_stage(const struct shadow_ban *ban, double now) {
  return shadow_curve_stage(shadow_ban_progress(ban->base, ban->since, ban->duration_days, now));
}

/* Writes a ban to the state: a new one, or what a change made of it. */
static int write_state(struct shadow_ban_table *table, const struct shadow_ban *ban, bool is_new) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, SQLITE_PREPARE_NO_VTAB,
      is_new ? sqlite3_mprintf("INSERT INTO \"%w\".\"%w_state\"(id, member, started_at, "
                               "duration_days, base, since, lift_at, reason, initiated_by, "
                               "platform, revoked, revoked_at) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                   table->schema, table->name)
             : sqlite3_mprintf("UPDATE \"%w\".\"%w_state\" SET (id, started_at, duration_days, "
                               "base, since, lift_at, reason, initiated_by, platform, revoked, "
                               "revoked_at) = (?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
                               "WHERE member = ?2",
                   table->schema, table->name),
      &statement);
  const struct shadow_value values[] = {shadow_value_integer(ban->id), ban->member,
      shadow_value_real(ban->started_at), shadow_value_real(ban->duration_days),
      shadow_value_real(ban->base), shadow_value_real(ban->since), ban->lift_at, ban->reason,
      ban->initiated_by, ban->platform, shadow_value_integer(ban->revoked), ban->revoked_at};
  for (int i = 0; status == SQLITE_OK && i < STATE_COLUMNS; i++) {
    status = shadow_value_bind(statement, i + 1, &values[i]);
  }
  return write_run_one(table, statement, status, "state");
}

/* The id of the next ban: one that no row of the audit is about, nor will be. */
static int write_next_id(struct shadow_ban_table *table, sqlite3_int64 *id) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, SQLITE_PREPARE_NO_VTAB,
      sqlite3_mprintf("SELECT 1 + max(coalesce((SELECT max(id) FROM \"%w\".\"%w_audit\"), 0), "
                      "coalesce((SELECT max(id) FROM \"%w\".\"%w_state\"), 0))",
          table->schema, table->name, table->schema, table->name),
      &statement);
  bool is_id = false; /* 1 + the largest INTEGER is a REAL */
  if (status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
    is_id = sqlite3_column_type(statement, 0) == SQLITE_INTEGER;
    *id = sqlite3_column_int64(statement, 0);
  }
  int finished = sqlite3_finalize(statement);
  if (status == SQLITE_OK) status = finished;
  if (status != SQLITE_OK) return shadow_ban_fail(table, "cannot be read", status);
  if (is_id) return SQLITE_OK;
  return parameter_error(&table->base, SQLITE_CORRUPT_VTAB,
      sqlite3_mprintf("%s: the ids in %s_state and %s_audit must be INTEGERs that leave room for "
                      "another",
          table->name, table->name, table->name));
}

static int write_start(struct shadow_ban_table *table, struct shadow_ban_change *change) {
  struct shadow_ban *ban = change->new;
  struct shadow_ban_change start = *change;
  if (start.why.type == SQLITE_NULL) start.why = ban->reason;
  int status = write_next_id(table, &ban->id);
  if (status == SQLITE_OK) status = write_state(table, ban, true);
  if (status != SQLITE_OK) return status;
  return write_audit(table, &start, ban, "start", shadow_value_null,
      shadow_value_real(write_stage(ban, change->at)));
}

/* What differs becomes rows of the audit. */
static int write_differences(struct shadow_ban_table *table, struct shadow_ban_change *change) {
  const struct shadow_ban *old = change->old, *new = change->new;
  const struct {
    const char *action;
    struct shadow_value before;
    struct shadow_value after;
  } parts[] = {
      {"stage", shadow_value_real(write_stage(old, change->at)),
          shadow_value_real(write_stage(new, change->at))},
      {"duration_days", shadow_value_real(old->duration_days),
          shadow_value_real(new->duration_days)},
      {"lift_at", old->lift_at, new->lift_at},
      {"reason", old->reason, new->reason},
  };
  int status = SQLITE_OK;
  for (size_t i = 0; status == SQLITE_OK && i < sizeof parts / sizeof *parts; i++) {
    if (shadow_value_equal(&parts[i].before, &parts[i].after)) continue;
    status = write_audit(table, change, new, parts[i].action, parts[i].before, parts[i].after);
  }
  if (status == SQLITE_OK && !shadow_value_equal(&old->revoked_at, &new->revoked_at)) {
    status = write_audit(table, change, new, "revoked", shadow_value_integer(old->revoked),
        shadow_value_integer(new->revoked));
  }
  return status;
}

static int write_adjust(struct shadow_ban_table *table, struct shadow_ban_change *change) {
  const struct shadow_ban *old = change->old, *new = change->new;
  int status = write_state(table, new, false);
  if (status == SQLITE_OK) status = write_differences(table, change);
  if (status == SQLITE_OK && old->revoked != new->revoked) {
    status = write_access(table, &new->member, !new->revoked);
  }
  return status;
}

/* USE comes back only if this ban took it. */
static int write_lift(struct shadow_ban_table *table, const struct shadow_ban_change *change,
    const struct shadow_ban *ban) {
  sqlite3_stmt *statement = NULL;
  int status = write_prepare(table, SQLITE_PREPARE_NO_VTAB,
      sqlite3_mprintf(
          "DELETE FROM \"%w\".\"%w_state\" WHERE member = ?1", table->schema, table->name),
      &statement);
  if (status == SQLITE_OK) status = shadow_value_bind(statement, 1, &ban->member);
  status = write_run_one(table, statement, status, "state");
  if (status == SQLITE_OK && ban->revoked) {
    status = write_access(table, &ban->member, true);
    if (status == SQLITE_OK) {
      status = write_audit(
          table, change, ban, "revoked", shadow_value_integer(1), shadow_value_integer(0));
    }
  }
  if (status != SQLITE_OK) return status;
  return write_audit(table, change, ban, "lift", shadow_value_real(write_stage(ban, change->at)),
      shadow_value_null);
}

int shadow_ban_carry_out(struct shadow_ban_table *table, struct shadow_ban_change *change) {
  const struct shadow_ban *old = change->old, *new = change->new;
  if (old != NULL && new != NULL && old->id == new->id) {
    int status = write_adjust(table, change);
    return status == SQLITE_OK && change->is_lifted ? write_lift(table, change, new) : status;
  }
  int status = old != NULL ? write_lift(table, change, old) : SQLITE_OK;
  return status == SQLITE_OK && new != NULL ? write_start(table, change) : status;
}

/* Carries the change out inside of a statement of its own, see above. */
int shadow_ban_write_through(struct shadow_ban_table *table, struct shadow_ban_change *change) {
  sqlite3_stmt *statement = NULL;
  char *sql =
      sqlite3_mprintf("INSERT INTO \"%w\".\"%w\"(member) SELECT NULL", table->schema, table->name);
  int status = sql ? sqlite3_prepare_v2(table->db, sql, -1, &statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (status != SQLITE_OK) return shadow_ban_fail(table, "cannot be written to", status);
  struct shadow_ban_connection *connection = table->connection;
  *connection = (struct shadow_ban_connection){.is_writing = true, .pending = change};
  status = sqlite3_step(statement);
  bool is_carried_out = connection->pending == NULL;
  *connection = (struct shadow_ban_connection){.is_writing = false};
  sqlite3_finalize(statement);
  if (status == SQLITE_DONE && is_carried_out) return SQLITE_OK;
  if (status == SQLITE_DONE) { /* an authorizer ignores it */
    return parameter_error(
        &table->base, SQLITE_AUTH, sqlite3_mprintf("%s: not authorized", table->name));
  }
  status = sqlite3_extended_errcode(table->db);
  if (status == SQLITE_NOMEM) return status;
  return parameter_error(&table->base, (status & 0xFF) == SQLITE_CONSTRAINT ? SQLITE_ERROR : status,
      sqlite3_mprintf("%s", sqlite3_errmsg(table->db)));
}
