/*
** shadow_ban_ask.c: what is asked of a shadow_ban table, and what is refused. See shadow_ban.c for what its user sees.
**
** An INSERT, UPDATE or DELETE is read and checked here, in the order that shadow_ban.c tells, before anything is written. What
** is left is a struct shadow_ban_change for shadow_ban_write.c.
*/
#include <string.h>
#include "parameter.h"
#include "privilege.h"
#include "shadow_ban_table.h"
#include "shadow_curve.h"
#include "value.h"

static const char *const ask_column_names[] = {"member", "started_at", "duration_days", "lift_at",
    "progress", "stage", "phase", "reason", "initiated_by", "platform", "revoked", "lifted", "now",
    "auto_lift_days", "actor", "why", "due"};

static int ask_refuse(struct shadow_ban_table *table, char *message) {
  return parameter_error(&table->base, SQLITE_ERROR, message);
}

/* "shadow_ban: now must be a number of seconds, not 'soon'" */
static int ask_refuse_value(struct shadow_ban_table *table, sqlite3_value **columns,
    enum shadow_ban_column column, const char *rule) {
  return ask_refuse(
      table, value_refusal(table->name, ask_column_names[column], rule, columns[column]));
}

/* Who asks must be the database's owner (NULL), hold SHADOW_BAN_ADMIN, or be the one whom it is about. */
static int ask_right(struct shadow_ban_table *table, const struct shadow_value *who, bool is_own,
    const char *refusal) {
  uint64_t mask;
  if (who->type == SQLITE_NULL || is_own) return SQLITE_OK;
  int status = shadow_ban_mask(table, who, &mask, NULL);
  if (status != SQLITE_OK || privilege_has(mask, PRIVILEGE_SHADOW_BAN_ADMIN)) return status;
  return ask_refuse(table, sqlite3_mprintf("insufficient privileges: %s", refusal));
}

/* Who changes or lifts a ban needs that right, also if it is their own: a moderator may have gone on with it. */
static int ask_right_to_change(struct shadow_ban_table *table, const struct shadow_value *actor) {
  return ask_right(table, actor, false, "only SHADOW_BAN_ADMIN may change or lift a shadow ban");
}

/* Reads the column of who starts or changes a ban. NULL is the database's owner, who may do all; a name that a host left blank
** is not. */
static int ask_who(struct shadow_ban_table *table, sqlite3_value **columns,
    enum shadow_ban_column column, struct shadow_value *who) {
  bool is_key = shadow_ban_key(columns[column], who);
  if (is_key && (who->type != SQLITE_NULL || value_is_null(columns[column]))) return SQLITE_OK;
  return ask_refuse_value(table, columns, column, "NULL, an INTEGER or a TEXT not blank");
}

/* A TEXT, or what can be written as one; NULL is none. */
static int ask_text(struct shadow_ban_table *table, sqlite3_value **columns,
    enum shadow_ban_column column, const char *rule, struct shadow_value *text) {
  sqlite3_value *value = columns[column];
  *text = shadow_value_null;
  if (value_is_null(value)) return SQLITE_OK;
  if (sqlite3_value_type(value) == SQLITE_BLOB)
    return ask_refuse_value(table, columns, column, rule);
  text->type = SQLITE_TEXT;
  text->text = (const char *)sqlite3_value_text(value);
  text->size = sqlite3_value_bytes(value);
  return text->text ? SQLITE_OK : SQLITE_NOMEM;
}

/* The clock, if one is given, else the current time; and why. */
static int ask_when(
    struct shadow_ban_table *table, sqlite3_value **columns, struct shadow_ban_change *change) {
  int status = ask_text(table, columns, COLUMN_WHY, "NULL or TEXT", &change->why);
  if (status != SQLITE_OK) return status;
  if (value_is_null(columns[COLUMN_NOW])) return shadow_ban_clock(table, &change->at);
  if (value_number(columns[COLUMN_NOW], &change->at)) return SQLITE_OK;
  return ask_refuse_value(table, columns, COLUMN_NOW, "a number of seconds");
}

static int ask_duration(
    struct shadow_ban_table *table, sqlite3_value **columns, double *duration_days) {
  if (!value_number(columns[COLUMN_DURATION_DAYS], duration_days) || *duration_days <= 0) {
    return ask_refuse(table, sqlite3_mprintf("duration_days must be positive"));
  }
  if (*duration_days > SHADOW_BAN_DURATION_MAX) *duration_days = SHADOW_BAN_DURATION_MAX;
  return SQLITE_OK;
}

static int ask_stage(struct shadow_ban_table *table, sqlite3_value **columns, double *base) {
  double stage;
  if (!value_number(columns[COLUMN_STAGE], &stage) || stage < 1 || stage > 5) {
    return ask_refuse_value(table, columns, COLUMN_STAGE, "between 1.0 and 5.0");
  }
  *base = (stage - 1.0) / 4.0;
  return SQLITE_OK;
}

/* lift_at must be after the start; auto_lift_days counts from `from`. */
static int ask_lift(struct shadow_ban_table *table, sqlite3_value *lift_at,
    sqlite3_value *auto_lift_days, double from, struct shadow_ban *ban) {
  double time;
  if (lift_at != NULL && auto_lift_days != NULL) {
    return ask_refuse(
        table, sqlite3_mprintf("%s: give lift_at or auto_lift_days, not both", table->name));
  }
  bool is_number = value_number(lift_at ? lift_at : auto_lift_days, &time);
  if (is_number && lift_at == NULL) time = from + time * SHADOW_BAN_DAY;
  if (!is_number || !isfinite(time) || time <= ban->started_at || (!lift_at && time <= from)) {
    return ask_refuse(table, sqlite3_mprintf("auto_lift_days must be positive"));
  }
  ban->lift_at = shadow_value_real(time);
  return SQLITE_OK;
}

static int ask_reason(
    struct shadow_ban_table *table, sqlite3_value **columns, struct shadow_value *reason) {
  int status = ask_text(table, columns, COLUMN_REASON, "TEXT", reason);
  if (status != SQLITE_OK || !shadow_is_blank(reason->text, reason->size)) return status;
  return ask_refuse(table, sqlite3_mprintf("reason is required"));
}

/* ---- INSERT ---- */

/* Refusals 1 to 3: whom, by whom. */
static int start_check_people(struct shadow_ban_table *table, sqlite3_value **columns,
    struct shadow_ban *ban, struct shadow_ban_change *change) {
  static const char refusal[] = "only SHADOW_BAN_ADMIN may shadow ban another member";
  uint64_t mask = 0;
  if (!shadow_ban_key(columns[COLUMN_MEMBER], &ban->member)) {
    return ask_refuse_value(table, columns, COLUMN_MEMBER, "an INTEGER or TEXT");
  }
  if (ban->member.type == SQLITE_NULL) {
    return ask_refuse(table, sqlite3_mprintf("member is required"));
  }
  int status = ask_who(table, columns, COLUMN_INITIATED_BY, &ban->initiated_by);
  if (status == SQLITE_OK) {
    status = ask_who(table, columns, COLUMN_ACTOR, &change->actor);
  }
  if (status == SQLITE_OK) {
    status = ask_right(
        table, &ban->initiated_by, shadow_value_equal(&ban->initiated_by, &ban->member), refusal);
  }
  if (status == SQLITE_OK) {
    status =
        ask_right(table, &change->actor, shadow_value_equal(&change->actor, &ban->member), refusal);
  }
  if (change->actor.type == SQLITE_NULL) change->actor = ban->initiated_by;
  if (ban->initiated_by.type == SQLITE_NULL) ban->initiated_by = change->actor;
  if (status == SQLITE_OK) status = shadow_ban_mask(table, &ban->member, &mask, NULL);
  if (status != SQLITE_OK || !privilege_has(mask, PRIVILEGE_GUILD_ADMIN)) return status;
  return shadow_ban_refuse_member(
      table, "member %s is an admin; admins cannot be shadow banned", &ban->member);
}

/* Refusals 4 to 6: how long, why. */
static int start_check_terms(struct shadow_ban_table *table, sqlite3_value **columns,
    struct shadow_ban *ban, struct shadow_ban_change *change) {
  sqlite3_value *lift_at = columns[COLUMN_LIFT_AT], *days = columns[COLUMN_AUTO_LIFT_DAYS];
  int status = SQLITE_OK;
  if (!value_is_null(columns[COLUMN_DURATION_DAYS])) {
    status = ask_duration(table, columns, &ban->duration_days);
  }
  if (status == SQLITE_OK) status = ask_when(table, columns, change);
  if (status != SQLITE_OK) return status;
  ban->started_at = change->at;
  if (!value_is_null(columns[COLUMN_STARTED_AT]) &&
      !value_number(columns[COLUMN_STARTED_AT], &ban->started_at)) {
    return ask_refuse_value(table, columns, COLUMN_STARTED_AT, "a number of seconds");
  }
  ban->since = ban->started_at;
  if (!value_is_null(columns[COLUMN_STAGE])) {
    status = ask_stage(table, columns, &ban->base);
  }
  if (status == SQLITE_OK && !(value_is_null(lift_at) && value_is_null(days))) {
    status = ask_lift(table, value_is_null(lift_at) ? NULL : lift_at,
        value_is_null(days) ? NULL : days, ban->started_at, ban);
  }
  if (status == SQLITE_OK) status = ask_reason(table, columns, &ban->reason);
  if (status != SQLITE_OK) return status;
  return ask_text(table, columns, COLUMN_PLATFORM, "TEXT", &ban->platform);
}

/* What the table gives cannot be given. */
static int start_check_computed(struct shadow_ban_table *table, sqlite3_value **columns) {
  static const enum shadow_ban_column computed[] = {
      COLUMN_PROGRESS, COLUMN_PHASE, COLUMN_REVOKED, COLUMN_LIFTED, COLUMN_DUE};
  for (size_t i = 0; i < sizeof computed / sizeof *computed; i++) {
    if (value_is_null(columns[computed[i]])) continue;
    return ask_refuse_value(table, columns, computed[i], "left out of a ban that starts");
  }
  return SQLITE_OK;
}

/* Refusal 7. Rounding shows nobody as banned who is not. */
static int start_refuse_second(
    struct shadow_ban_table *table, const struct shadow_ban *old, double now) {
  double progress = shadow_ban_progress(old->base, old->since, old->duration_days, now);
  double stage = shadow_curve_stage(progress);
  if (progress < 1 && progress > 0.999) progress = 0.999;
  if (progress < 1 && stage > 4.99) stage = 4.99;
  char *shown = shadow_ban_shown(&old->member);
  char *message =
      shown ? sqlite3_mprintf("member %s is already shadow banned (stage %.2f/5.00, progress %.3f)",
                  shown, stage, progress)
            : NULL;
  sqlite3_free(shown);
  return parameter_error(&table->base, SQLITE_CONSTRAINT, message);
}

/* Looks the member's ban up: *old is NULL if there is none. Its texts stay with the statement. */
static int start_find(struct shadow_ban_table *table, const struct shadow_value *member,
    sqlite3_stmt **statement, struct shadow_ban *room, struct shadow_ban **old) {
  int status = shadow_ban_prepare(table, SHADOW_BAN_BY_MEMBER, STATE_ALL, statement);
  if (status == SQLITE_OK) status = shadow_value_bind(*statement, 1, member);
  if (status == SQLITE_OK) status = sqlite3_step(*statement);
  *old = status == SQLITE_ROW ? room : NULL;
  if (status == SQLITE_ROW) return shadow_ban_read(table, *statement, room);
  if (status == SQLITE_DONE) return SQLITE_OK;
  return shadow_ban_fail(table, "cannot be read", status);
}

static int ask_insert(
    struct shadow_ban_table *table, sqlite3_value **columns, sqlite3_int64 *rowid) {
  struct shadow_ban ban = {.duration_days = SHADOW_BAN_DURATION_DAYS,
      .lift_at = shadow_value_null,
      .revoked_at = shadow_value_null};
  struct shadow_ban_change change = {
      .new = &ban, .actor = shadow_value_null, .why = shadow_value_null};
  struct shadow_ban room, *old = NULL;
  sqlite3_stmt *statement = NULL;
  int status = start_check_people(table, columns, &ban, &change);
  if (status == SQLITE_OK) status = start_check_terms(table, columns, &ban, &change);
  if (status == SQLITE_OK) status = start_check_computed(table, columns);
  if (status == SQLITE_OK) status = start_find(table, &ban.member, &statement, &room, &old);
  if (status == SQLITE_OK && old != NULL) {
    status = sqlite3_vtab_on_conflict(table->db) == SQLITE_REPLACE
                 ? ask_right_to_change(table, &change.actor)
                 : start_refuse_second(table, old, change.at);
  }
  change.old = old;
  if (status == SQLITE_OK) status = shadow_ban_write_through(table, &change);
  sqlite3_finalize(statement);
  *rowid = ban.id;
  return status;
}

/* ---- UPDATE ---- */

/* Is the column's value what it was? UPDATE ... FROM of SQLite 3.40 does not tell which columns it sets, so they are
** compared. */
static bool adjust_is_same(sqlite3_value *value, struct shadow_value was) {
  const unsigned char *text;
  double number;
  if (sqlite3_value_nochange(value)) return true;
  switch (was.type) {
  case SQLITE_NULL:
    return value_is_null(value);
  case SQLITE_TEXT:
    if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
    text = sqlite3_value_text(value); /* NULL when out of memory: SQLite ends the statement then */
    return text != NULL && sqlite3_value_bytes(value) == was.size &&
           memcmp(text, was.text, (size_t)was.size) == 0;
  case SQLITE_INTEGER:
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
      return sqlite3_value_int64(value) == was.integer;
    }
    return value_number(value, &number) && number == (double)was.integer;
  default:
    return value_number(value, &number) && number == was.real;
  }
}

/* The same of a column that names somebody. */
static bool adjust_is_who(sqlite3_value *value, const struct shadow_value *was) {
  struct shadow_value who;
  if (sqlite3_value_nochange(value)) return true;
  if (was->type == SQLITE_TEXT && adjust_is_same(value, *was)) return true;
  return shadow_ban_key(value, &who) && shadow_value_equal(&who, was);
}

static int adjust_refuse(struct shadow_ban_table *table, enum shadow_ban_column column) {
  return ask_refuse(table,
      sqlite3_mprintf("%s: %s cannot be set, only stage, duration_days, lift_at, auto_lift_days, "
                      "reason, revoked and lifted; WHERE now = ... sets the clock",
          table->name, ask_column_names[column]));
}

/* What nobody can set. */
static int adjust_check_fixed(struct shadow_ban_table *table, sqlite3_value **columns,
    const struct shadow_ban *old, double progress, double now) {
  const char *due = shadow_ban_due(old->lift_at.type == SQLITE_NULL ? INFINITY : old->lift_at.real,
      progress >= 1 && old->revoked_at.type == SQLITE_NULL, now);
  const struct {
    enum shadow_ban_column column;
    struct shadow_value was;
  } fixed[] = {
      {COLUMN_STARTED_AT, shadow_value_real(old->started_at)},
      {COLUMN_PLATFORM, old->platform},
      {COLUMN_PROGRESS, shadow_value_real(progress)},
      {COLUMN_PHASE, shadow_value_text(shadow_curve_phase(progress))},
      {COLUMN_DUE, due ? shadow_value_text(due) : shadow_value_null},
  };
  if (!adjust_is_who(columns[COLUMN_MEMBER], &old->member)) {
    return adjust_refuse(table, COLUMN_MEMBER);
  }
  if (!adjust_is_who(columns[COLUMN_INITIATED_BY], &old->initiated_by)) {
    return adjust_refuse(table, COLUMN_INITIATED_BY);
  }
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
    if (!adjust_is_same(columns[fixed[i].column], fixed[i].was)) {
      return adjust_refuse(table, fixed[i].column);
    }
  }
  return SQLITE_OK;
}

/* 0 or 1; *is stays as it is if the column does not change. */
static int adjust_read_bit(struct shadow_ban_table *table, sqlite3_value **columns,
    enum shadow_ban_column column, bool *is) {
  sqlite3_int64 bit;
  if (adjust_is_same(columns[column], shadow_value_integer(*is))) return SQLITE_OK;
  if (!value_integer(columns[column], &bit) || bit < 0 || bit > 1) {
    return ask_refuse_value(table, columns, column, "0 or 1");
  }
  *is = bit;
  return SQLITE_OK;
}

/* The curve runs on from a stage that is set, or, at another pace, from where it is. */
static int adjust_read_curve(struct shadow_ban_table *table, sqlite3_value **columns,
    double progress, double now, struct shadow_ban *new) {
  double stage = shadow_curve_stage(progress);
  bool has_stage = !adjust_is_same(columns[COLUMN_STAGE], shadow_value_real(stage));
  bool has_duration =
      !adjust_is_same(columns[COLUMN_DURATION_DAYS], shadow_value_real(new->duration_days));
  int status = SQLITE_OK;
  if (!has_stage && !has_duration) return SQLITE_OK;
  new->base = progress;
  new->since = now;
  if (has_duration) {
    status = ask_duration(table, columns, &new->duration_days);
  }
  if (status == SQLITE_OK && has_stage) {
    status = ask_stage(table, columns, &new->base);
  }
  if (new->base < 1) { /* who is not banned any more has access again */
    new->revoked = false;
    new->revoked_at = shadow_value_null;
  }
  return status;
}

static int adjust_read_lift(
    struct shadow_ban_table *table, sqlite3_value **columns, double now, struct shadow_ban *new) {
  sqlite3_value *lift_at = columns[COLUMN_LIFT_AT], *days = columns[COLUMN_AUTO_LIFT_DAYS];
  bool has_lift = !adjust_is_same(lift_at, new->lift_at);
  if (has_lift && value_is_null(lift_at)) {
    new->lift_at = shadow_value_null;
    has_lift = false;
  }
  if (!has_lift && value_is_null(days)) return SQLITE_OK;
  return ask_lift(table, has_lift ? lift_at : NULL, value_is_null(days) ? NULL : days, now, new);
}

/* At progress 1 USE is taken, from who has it. */
static int adjust_read_revoked(struct shadow_ban_table *table, sqlite3_value **columns, double now,
    const struct shadow_ban *old, struct shadow_ban *new) {
  bool revoked = old->revoked;
  uint64_t mask;
  int status = adjust_read_bit(table, columns, COLUMN_REVOKED, &revoked);
  if (status != SQLITE_OK || revoked == old->revoked || revoked == new->revoked) return status;
  if (!revoked) {
    return ask_refuse(table, sqlite3_mprintf("%s: revoked cannot be unset: lift the ban, or set "
                                             "its stage below 5",
                                 table->name));
  }
  if (shadow_ban_progress(new->base, new->since, new->duration_days, now) < 1) {
    return shadow_ban_refuse_member(
        table, "member %s is not at progress 1: access cannot be revoked yet", &new->member);
  }
  status = shadow_ban_mask(table, &new->member, &mask, NULL);
  new->revoked = (mask & PRIVILEGE_USE) != 0;
  new->revoked_at = shadow_value_real(now);
  return status;
}

static int adjust_read(struct shadow_ban_table *table, sqlite3_value **columns,
    const struct shadow_ban *old, struct shadow_ban *new, struct shadow_ban_change *change) {
  int status = ask_who(table, columns, COLUMN_ACTOR, &change->actor);
  if (status == SQLITE_OK) status = ask_right_to_change(table, &change->actor);
  if (status == SQLITE_OK) status = ask_when(table, columns, change);
  if (status != SQLITE_OK) return status;
  double now = change->at;
  double progress = shadow_ban_progress(old->base, old->since, old->duration_days, now);
  status = adjust_check_fixed(table, columns, old, progress, now);
  if (status == SQLITE_OK) status = adjust_read_curve(table, columns, progress, now, new);
  if (status == SQLITE_OK) status = adjust_read_lift(table, columns, now, new);
  if (status == SQLITE_OK && !adjust_is_same(columns[COLUMN_REASON], old->reason)) {
    status = ask_reason(table, columns, &new->reason);
  }
  if (status == SQLITE_OK) status = adjust_read_revoked(table, columns, now, old, new);
  if (status != SQLITE_OK) return status;
  return adjust_read_bit(table, columns, COLUMN_LIFTED, &change->is_lifted);
}

/* ---- xUpdate ---- */

/* Finds the ban of that rowid: SQLITE_ROW, or SQLITE_DONE if there is none. In a file that somebody else made there may be
** two. */
static int ask_find(struct shadow_ban_table *table, sqlite3_int64 rowid, sqlite3_stmt **statement) {
  int status = shadow_ban_prepare(table, SHADOW_BAN_BY_ID, STATE_ALL, statement);
  if (status == SQLITE_OK) status = sqlite3_bind_int64(*statement, 1, rowid);
  if (status == SQLITE_OK) status = sqlite3_step(*statement);
  if (status == SQLITE_ROW) {
    status = sqlite3_step(*statement);
    if (status == SQLITE_ROW) {
      return parameter_error(&table->base, SQLITE_CORRUPT_VTAB,
          sqlite3_mprintf("%s_state: id %lld is there twice", table->name, rowid));
    }
    if (status == SQLITE_DONE) status = sqlite3_reset(*statement);
    if (status == SQLITE_OK) status = sqlite3_step(*statement);
  }
  if (status == SQLITE_ROW || status == SQLITE_DONE) return status;
  return shadow_ban_fail(table, "cannot be read", status);
}

/* Updates the ban of that rowid or, without columns, lifts it. One that is gone was lifted by the same statement. */
static int ask_existing(
    struct shadow_ban_table *table, sqlite3_int64 rowid, sqlite3_value **columns) {
  struct shadow_ban old, new;
  struct shadow_ban_change change = {
      .old = &old, .actor = shadow_value_null, .why = shadow_value_null};
  sqlite3_stmt *statement = NULL;
  int status = ask_find(table, rowid, &statement);
  bool is_there = status == SQLITE_ROW;
  if (is_there) status = shadow_ban_read(table, statement, &old);
  if (is_there && status == SQLITE_OK && columns != NULL) {
    new = old;
    change.new = &new;
    status = adjust_read(table, columns, &old, &new, &change);
  } else if (is_there && status == SQLITE_OK) {
    status = shadow_ban_clock(table, &change.at);
  }
  if (is_there && status == SQLITE_OK) status = shadow_ban_write_through(table, &change);
  sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : status;
}

/* argc 1: DELETE; argv[0] NULL: INSERT; else UPDATE of rowid argv[0] to argv[1]. argv[2...] are the columns. */
int shadow_ban_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)vtab;
  struct shadow_ban_change *pending = table->connection->pending;
  if (pending != NULL) {
    table->connection->pending = NULL;
    *rowid = 0;
    return shadow_ban_carry_out(table, pending);
  }
  if (table->connection->is_writing) {
    return ask_refuse(
        table, sqlite3_mprintf(
                   "%s: cannot be written to by what follows from writing to it", table->name));
  }
  sqlite3_int64 last = sqlite3_last_insert_rowid(table->db);
  int status;
  if (argc == 1) {
    status = ask_existing(table, sqlite3_value_int64(argv[0]), NULL);
  } else if (sqlite3_value_type(argv[1]) != sqlite3_value_type(argv[0]) ||
             sqlite3_value_int64(argv[1]) != sqlite3_value_int64(argv[0])) {
    status = ask_refuse(table, sqlite3_mprintf("%s: the rowid is given by the table", table->name));
  } else if (value_is_null(argv[0])) {
    status = ask_insert(table, argv + 2, rowid);
  } else {
    status = ask_existing(table, sqlite3_value_int64(argv[0]), argv + 2);
  }
  sqlite3_set_last_insert_rowid(table->db, last); /* SQLite sets it to *rowid of an INSERT */
  return status;
}
