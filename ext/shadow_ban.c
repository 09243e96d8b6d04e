/*
** shadow_ban.c: graduated limits on what a bot gives single members, as a writable table.
**
**     CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);
**     CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = 'privilege');
**     INSERT INTO shadow_ban(member, reason) VALUES (7, 'floods the bot');
**     SELECT progress, stage, phase FROM shadow_ban WHERE member = 7 AND now = unixepoch() + 5 * 86400;
**         0.333|2.333|drops
**     UPDATE shadow_ban SET stage = 3.5 WHERE member = 7;
**     UPDATE shadow_ban SET lifted = 1, actor = 9, why = 'has apologised' WHERE member = 7;
**     SELECT * FROM shadow_ban_audit;
**
** It does not hide the member's posts from others, and moderation of the member goes on. What a reply suffers at some
** progress is shadow_effect's.
**
**     member         INTEGER or TEXT, the key. White space around a TEXT goes. 7 and '7' are two members, which a look-up
**                    tells apart also where it is joined to a column with an affinity
**     started_at     Unix seconds
**     duration_days  from progress 0 to 1; 15 if left out, at most 365 (more becomes 365)
**     lift_at        NULL or Unix seconds after started_at: when the tick job lifts the ban
**     progress       0 to 1: what it was at the last change, and the time since then over the duration
**     stage          1 + 4 * progress. SET stage = 3.5 (1.0 to 5.0) jumps there, and the curve runs on
**     phase          by the whole stage: latency, drops, fake_503, blackout; banned at progress 1
**     reason         TEXT, required
**     initiated_by   who started it; NULL is the database's owner, or the actor if there is one
**     platform       TEXT or NULL
**     revoked        1 if this ban took the member's USE bit. SET revoked = 1 takes it, at progress 1
**     lifted         0. SET lifted = 1 lifts, and gives USE back if this ban took it
** Hidden:
**     now            WHERE now = ... is the clock of a SELECT or an UPDATE, a value of an INSERT; else the current time
**                    (Inside of an OR, and of a table on the left of a RIGHT or FULL JOIN, SQLite may compare it with the
**                    current time, so that there are no rows. FROM shadow_ban(...) is the clock everywhere.)
**     auto_lift_days of an INSERT or UPDATE: lift_at that many days after the start, or after now
**     actor, why     who does it and why, for the audit
**     due            what the tick job has to do: 'lift', 'revoke' or NULL
**
** INSERT starts a ban, UPDATE of stage, duration_days, lift_at, reason, revoked or lifted changes it, DELETE lifts it. An
** INSERT is refused, before anything is written, if (in this order)
**     1 the member is NULL or empty                                    member is required
**     2 initiated_by or actor is somebody else without the bit         insufficient privileges: only SHADOW_BAN_ADMIN...
**     3 the member has GUILD_ADMIN                                     member 7 is an admin; admins cannot be...
**     4 the duration is no number above 0                              duration_days must be positive
**     5 the lift is no time after the start                            auto_lift_days must be positive
**     6 the reason is NULL or blank                                    reason is required
**     7 the member is banned already                                   member 7 is already shadow banned (stage...
** Only 7 is a constraint and follows the conflict clause: OR IGNORE keeps the old ban, OR REPLACE lifts it and starts
** another. So no conflict clause hides a refusal. UPDATE and OR REPLACE need the right 2 if there is an actor, also of
** who is banned by themselves.
**
** A statement that is refused leaves nothing behind, but for one: inside of BEGIN an UPDATE ... FROM that is refused at its
** second row has changed the first, as SQLite takes no precaution there (up to 3.54, for all virtual tables). Put it between
** SAVEPOINT and ROLLBACK TO.
**
** HOW IT WORKS
**
** Two shadow tables, ordinary ones with the table's name: NAME_state, a row a ban (shadow_ban_state.c), and NAME_audit,
** a row for each thing that was done (shadow_ban_write.c). Reading is a scan of the state in order of the members, or a
** look-up; writing runs ordinary statements, so that transactions and savepoints are SQLite's own work.
**
** The plan, from xBestIndex to xFilter: bit 0 of idxNum is set if the member is given, bit 1 if now is; xFilter's
** arguments are their values in that order. The bits from 2 on are the columns of the state that a scan needs. idxStr says
** the same in words, for EXPLAIN QUERY PLAN. An equality on member with another collation than BINARY is not used. A plan in
** which an equality on now is not yet known costs so much that any other is taken: it is read by the current time.
**
** INNOCUOUS: it reaches only its own file, as fts5 and rtree do. So views and triggers may use it, with trusted_schema
** off, too.
*/
#include "shadow_ban.h"
#include <string.h>
#include "option.h"
#include "parameter.h"
#include "shadow_ban_table.h"
#include "shadow_curve.h"
#include "value.h"

#define PLAN_MEMBER 1
#define PLAN_NOW 2
#define PLAN_COLUMNS 2 /* from this bit on: the columns of the state that are needed */

#define LOOKUP_COST 10.0
#define SCAN_ROWS 200     /* a guess: bans are few */
#define AWAITED_COST 1e15 /* that of any other plan is less */

struct shadow_ban_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_stmt *rows; /* stands on the ban */
  bool is_lookup;     /* it is the table's look-up by member */
  unsigned columns;   /* of the state, that it reads */
  bool at_end;
  bool has_clock; /* now is the current time, and stays so while the cursor is open */
  double now;
  double progress; /* of the row; below 0 until computed */
};

/* ---- the table's life ---- */

void *shadow_ban_connection_new(void) {
  struct shadow_ban_connection *connection = sqlite3_malloc64(sizeof *connection);
  if (connection != NULL) *connection = (struct shadow_ban_connection){.is_writing = false};
  return connection;
}

static int ban_disconnect(sqlite3_vtab *vtab) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)vtab;
  sqlite3_finalize(table->lookup);
  sqlite3_finalize(table->clock);
  sqlite3_free(table->schema);
  sqlite3_free(table->name);
  sqlite3_free(table->privilege);
  sqlite3_free(table);
  return SQLITE_OK;
}

/* Reads `privilege = 'table'`. */
static int ban_read_options(
    struct shadow_ban_table *table, int argc, const char *const *argv, char **error) {
  for (int i = 3; i < argc; i++) {
    struct option option = option_of(argv[i]);
    if (!option_is(&option, "privilege") || table->privilege != NULL) {
      *error = sqlite3_mprintf(
          "%s: shadow_ban takes privilege = 'table', once; not %s", argv[2], argv[i]);
      return SQLITE_ERROR;
    }
    table->privilege = parameter_dequote(option.value, strlen(option.value));
    if (table->privilege == NULL) return SQLITE_NOMEM;
  }
  if (table->privilege == NULL) table->privilege = sqlite3_mprintf("privilege");
  return table->privilege ? SQLITE_OK : SQLITE_NOMEM;
}

static int ban_build(
    struct shadow_ban_table *table, int argc, const char *const *argv, char **error) {
  table->schema = sqlite3_mprintf("%s", argv[1]);
  table->name = sqlite3_mprintf("%s", argv[2]);
  if (table->schema == NULL || table->name == NULL) return SQLITE_NOMEM;
  int status = ban_read_options(table, argc, argv, error);
  /* Who is named has no type: with one, SQLite would make numbers of '007' and 2^63 on the way. */
  if (status == SQLITE_OK) {
    status = sqlite3_declare_vtab(table->db,
        "CREATE TABLE shadow_ban(member, started_at REAL, duration_days REAL, lift_at REAL, "
        "progress REAL, stage REAL, phase TEXT, reason TEXT, initiated_by, platform TEXT, revoked "
        "INTEGER, lifted INTEGER, now REAL HIDDEN, auto_lift_days REAL HIDDEN, actor HIDDEN, why "
        "TEXT HIDDEN, due TEXT HIDDEN)");
  }
  if (status == SQLITE_OK) status = sqlite3_vtab_config(table->db, SQLITE_VTAB_INNOCUOUS);
  if (status != SQLITE_OK) return status;
  return sqlite3_vtab_config(table->db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1);
}

static int ban_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  struct shadow_ban_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct shadow_ban_table){.db = db, .connection = aux};
  int status = ban_build(table, argc, argv, error);
  if (status == SQLITE_OK) {
    *vtab = &table->base;
  } else {
    ban_disconnect(&table->base);
  }
  return status;
}

/* Runs statements, and frees their text. */
static int ban_execute(struct shadow_ban_table *table, char *sql, char **error) {
  int status = sql ? sqlite3_exec(table->db, sql, NULL, NULL, error) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

/* Makes the shadow tables, and sees that there is a privilege table. */
static int ban_make(struct shadow_ban_table *table, char **error) {
  return ban_execute(table,
      sqlite3_mprintf(
          "SELECT member, mask FROM \"%w\".\"%w\" LIMIT 0;"
          "CREATE TABLE \"%w\".\"%w_state\"(member ANY PRIMARY KEY, id INTEGER NOT NULL UNIQUE, "
          "started_at REAL NOT NULL, duration_days REAL NOT NULL, base REAL NOT NULL, since REAL "
          "NOT "
          "NULL, lift_at REAL, reason TEXT NOT NULL, initiated_by ANY, platform TEXT, revoked "
          "INTEGER "
          "NOT NULL, revoked_at REAL) STRICT, WITHOUT ROWID;"
          "CREATE TABLE \"%w\".\"%w_audit\"(id INTEGER PRIMARY KEY, ban INTEGER NOT NULL, member "
          "ANY "
          "NOT NULL, at REAL NOT NULL, actor ANY, action TEXT NOT NULL, before ANY, after ANY, why "
          "TEXT) STRICT;",
          table->schema, table->privilege, table->schema, table->name, table->schema, table->name),
      error);
}

static int ban_create(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  int status = ban_connect(db, aux, argc, argv, vtab, error);
  if (status != SQLITE_OK) return status;
  status = ban_make((struct shadow_ban_table *)*vtab, error);
  if (status != SQLITE_OK) {
    ban_disconnect(*vtab);
    *vtab = NULL;
  }
  return status;
}

/* What is under it and is no table stays, and so does this then. SQLite takes no message from here, only the code. */
static int ban_destroy(sqlite3_vtab *vtab) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)vtab;
  int status = ban_execute(table,
      sqlite3_mprintf(
          "DROP TABLE IF EXISTS \"%w\".\"%w_state\"; DROP TABLE IF EXISTS \"%w\".\"%w_audit\"",
          table->schema, table->name, table->schema, table->name),
      NULL);
  return status == SQLITE_OK ? ban_disconnect(vtab) : status;
}

static int ban_rename(sqlite3_vtab *vtab, const char *name) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)vtab;
  char *renamed = sqlite3_mprintf("%s", name);
  if (renamed == NULL) return SQLITE_NOMEM;
  int status = ban_execute(table,
      sqlite3_mprintf("ALTER TABLE \"%w\".\"%w_state\" RENAME TO \"%w_state\";"
                      "ALTER TABLE \"%w\".\"%w_audit\" RENAME TO \"%w_audit\";",
          table->schema, table->name, name, table->schema, table->name, name),
      NULL);
  if (status != SQLITE_OK) {
    sqlite3_free(renamed);
    return shadow_ban_fail(table, "cannot be renamed", status);
  }
  sqlite3_finalize(table->lookup);
  table->lookup = NULL;
  sqlite3_free(table->name);
  table->name = renamed;
  return SQLITE_OK;
}

static int ban_shadow_name(const char *suffix) {
  return sqlite3_stricmp(suffix, "state") == 0 || sqlite3_stricmp(suffix, "audit") == 0;
}

/* PRAGMA integrity_check of SQLite 3.44 and later: *flaw is what is wrong first, if anything. */
static int ban_integrity(
    sqlite3_vtab *vtab, const char *schema, const char *name, int is_quick, char **flaw) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)vtab;
  sqlite3_stmt *rows = NULL;
  (void)schema, (void)name, (void)is_quick;
  int status = shadow_ban_prepare(table, SHADOW_BAN_IN_ORDER, STATE_ALL, &rows);
  while (status == SQLITE_OK && *flaw == NULL && (status = sqlite3_step(rows)) == SQLITE_ROW) {
    struct shadow_ban ban;
    status = shadow_ban_read(table, rows, &ban);
    if (status != SQLITE_CORRUPT_VTAB) continue;
    *flaw = table->base.zErrMsg;
    table->base.zErrMsg = NULL;
    status = SQLITE_OK;
  }
  int kind = status & 0xFF; /* the host may have asked for extended codes */
  if (kind == SQLITE_ERROR || kind == SQLITE_CORRUPT) { /* no such tables, or not such ones */
    *flaw = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
    status = *flaw ? SQLITE_OK : SQLITE_NOMEM;
  }
  sqlite3_finalize(rows);
  return status == SQLITE_DONE ? SQLITE_OK : status;
}

/* ---- plans ---- */

/* Columns of the table that stand in the state as they are. */
static const enum state_column ban_stored[] = {
    [COLUMN_MEMBER] = STATE_MEMBER,
    [COLUMN_STARTED_AT] = STATE_STARTED_AT,
    [COLUMN_DURATION_DAYS] = STATE_DURATION_DAYS,
    [COLUMN_LIFT_AT] = STATE_LIFT_AT,
    [COLUMN_REASON] = STATE_REASON,
    [COLUMN_INITIATED_BY] = STATE_INITIATED_BY,
    [COLUMN_PLATFORM] = STATE_PLATFORM,
    [COLUMN_REVOKED] = STATE_REVOKED,
};

/* The columns of the state that those columns of the table need. */
static unsigned ban_needs(sqlite3_uint64 used) {
  const sqlite3_uint64 due = (sqlite3_uint64)1 << COLUMN_DUE;
  const sqlite3_uint64 computed = (sqlite3_uint64)1 << COLUMN_PROGRESS |
                                  (sqlite3_uint64)1 << COLUMN_STAGE |
                                  (sqlite3_uint64)1 << COLUMN_PHASE | due;
  unsigned needs = 1u << STATE_ID | 1u << STATE_MEMBER; /* rowid, and for messages */
  for (size_t i = 0; i < sizeof ban_stored / sizeof *ban_stored; i++) {
    if (used >> i & 1) needs |= 1u << ban_stored[i];
  }
  if (used & computed) needs |= 1u << STATE_BASE | 1u << STATE_SINCE | 1u << STATE_DURATION_DAYS;
  if (used & due) needs |= 1u << STATE_LIFT_AT | 1u << STATE_REVOKED_AT;
  return needs;
}

static int ban_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  static char words[][20] = {"", "member=?", "now=?", "member=? AND now=?"};
  int member = -1, now = -1, arguments = 0;
  (void)vtab;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (!constraint->usable || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (constraint->iColumn == COLUMN_NOW && now < 0) now = i;
    if (constraint->iColumn == COLUMN_MEMBER && member < 0 &&
        sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0) {
      member = i;
    }
  }
  info->idxNum = (member >= 0 ? PLAN_MEMBER : 0) | (now >= 0 ? PLAN_NOW : 0);
  info->idxStr = words[info->idxNum];
  info->idxNum |= (int)(ban_needs(info->colUsed) << PLAN_COLUMNS);
  if (member >= 0) {
    info->aConstraintUsage[member].argvIndex = ++arguments;
    info->aConstraintUsage[member].omit = 1;
    info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
  }
  if (now >= 0) {
    info->aConstraintUsage[now].argvIndex = ++arguments;
    info->aConstraintUsage[now].omit = 1;
  }
  info->estimatedRows = member >= 0 ? 1 : SCAN_ROWS;
  info->estimatedCost = LOOKUP_COST * (double)info->estimatedRows;
  if (parameter_is_awaited(info, COLUMN_NOW, 1)) info->estimatedCost *= AWAITED_COST;
  /* Members are unique, so what else to order by makes no difference. */
  info->orderByConsumed =
      info->nOrderBy > 0 &&
      (member >= 0 || (info->aOrderBy[0].iColumn == COLUMN_MEMBER && !info->aOrderBy[0].desc));
  return SQLITE_OK;
}

/* ---- cursors ---- */

static int ban_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct shadow_ban_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (struct shadow_ban_cursor){.at_end = true};
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Is done with the statement: a look-up goes back to the table, to be used again. */
static void ban_release(struct shadow_ban_cursor *cursor) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)cursor->base.pVtab;
  if (cursor->is_lookup && cursor->rows != NULL && table->lookup == NULL) {
    sqlite3_reset(cursor->rows);
    sqlite3_clear_bindings(cursor->rows);
    table->lookup = cursor->rows;
  } else {
    sqlite3_finalize(cursor->rows);
  }
  cursor->rows = NULL;
}

static int ban_close(sqlite3_vtab_cursor *base) {
  ban_release((struct shadow_ban_cursor *)base);
  sqlite3_free(base);
  return SQLITE_OK;
}

/* Makes the cursor's statement the one that the plan needs, reset. */
static int ban_take(struct shadow_ban_cursor *cursor, bool is_lookup, unsigned columns) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)cursor->base.pVtab;
  if (is_lookup) columns = STATE_ALL;
  if (cursor->rows != NULL && cursor->is_lookup == is_lookup && cursor->columns == columns) {
    sqlite3_reset(cursor->rows);
    return SQLITE_OK;
  }
  ban_release(cursor);
  cursor->is_lookup = is_lookup;
  cursor->columns = columns;
  if (is_lookup && table->lookup != NULL) {
    cursor->rows = table->lookup;
    table->lookup = NULL;
    return SQLITE_OK;
  }
  int status = shadow_ban_prepare(
      table, is_lookup ? SHADOW_BAN_BY_MEMBER : SHADOW_BAN_IN_ORDER, columns, &cursor->rows);
  return status == SQLITE_OK ? status : shadow_ban_fail(table, "cannot be read", status);
}

static int ban_next(sqlite3_vtab_cursor *base) {
  struct shadow_ban_cursor *cursor = (struct shadow_ban_cursor *)base;
  int status = sqlite3_step(cursor->rows);
  cursor->progress = -1;
  cursor->at_end = status != SQLITE_ROW;
  if (status == SQLITE_ROW || status == SQLITE_DONE) return SQLITE_OK;
  return shadow_ban_fail((struct shadow_ban_table *)base->pVtab, "cannot be read", status);
}

/* The clock: a NULL equals no time, so that there is no row then. */
static int ban_set_clock(struct shadow_ban_cursor *cursor, sqlite3_value *now) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)cursor->base.pVtab;
  if (now == NULL) {
    if (cursor->has_clock) return SQLITE_OK;
    cursor->has_clock = true;
    return shadow_ban_clock(table, &cursor->now);
  }
  cursor->has_clock = false;
  if (value_number(now, &cursor->now)) return SQLITE_OK;
  if (value_is_null(now)) return SQLITE_DONE;
  return parameter_error(
      &table->base, SQLITE_ERROR, value_refusal(table->name, "now", "a number of seconds", now));
}

static int ban_filter(
    sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argc, sqlite3_value **argv) {
  struct shadow_ban_cursor *cursor = (struct shadow_ban_cursor *)base;
  (void)plan_text, (void)argc;
  cursor->at_end = true;
  bool is_lookup = plan & PLAN_MEMBER;
  int status = ban_take(cursor, is_lookup, (unsigned)plan >> PLAN_COLUMNS);
  if (status != SQLITE_OK) return status;
  status = ban_set_clock(cursor, plan & PLAN_NOW ? argv[is_lookup] : NULL);
  if (status != SQLITE_OK) return status == SQLITE_DONE ? SQLITE_OK : status;
  if (is_lookup) status = sqlite3_bind_value(cursor->rows, 1, argv[0]);
  return status == SQLITE_OK ? ban_next(base) : status;
}

static int ban_eof(sqlite3_vtab_cursor *base) {
  return ((struct shadow_ban_cursor *)base)->at_end;
}

/* The rowid is how an UPDATE or a DELETE finds the ban again. */
static int ban_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct shadow_ban_table *table = (struct shadow_ban_table *)base->pVtab;
  sqlite3_stmt *rows = ((struct shadow_ban_cursor *)base)->rows;
  if (shadow_ban_flaw(sqlite3_column_value(rows, STATE_ID), STATE_ID) != NULL) {
    return parameter_error(
        &table->base, SQLITE_CORRUPT_VTAB, shadow_ban_flaw_message(table, rows, STATE_ID));
  }
  *rowid = sqlite3_column_int64(rows, STATE_ID);
  return SQLITE_OK;
}

/* The value of a column of the state. NULL, with SQLITE_CORRUPT_VTAB as the result, if it is not what it must be. */
static sqlite3_value *ban_value(
    struct shadow_ban_cursor *cursor, sqlite3_context *context, enum state_column column) {
  sqlite3_value *value = sqlite3_column_value(cursor->rows, (int)column);
  if (shadow_ban_flaw(value, column) == NULL) return value;
  char *message =
      shadow_ban_flaw_message((struct shadow_ban_table *)cursor->base.pVtab, cursor->rows, column);
  if (message == NULL) {
    sqlite3_result_error_nomem(context);
    return NULL;
  }
  sqlite3_result_error(context, message, -1);
  sqlite3_result_error_code(context, SQLITE_CORRUPT_VTAB);
  sqlite3_free(message);
  return NULL;
}

/* Gives a column as it is stored. */
static void ban_give(
    struct shadow_ban_cursor *cursor, sqlite3_context *context, enum state_column column) {
  sqlite3_value *value = ban_value(cursor, context, column);
  if (value != NULL) sqlite3_result_value(context, value);
}

/* Computes the row's progress, once. */
static bool ban_has_progress(struct shadow_ban_cursor *cursor, sqlite3_context *context) {
  sqlite3_value *base, *since, *duration_days;
  if (cursor->progress >= 0) return true;
  if ((base = ban_value(cursor, context, STATE_BASE)) == NULL ||
      (since = ban_value(cursor, context, STATE_SINCE)) == NULL ||
      (duration_days = ban_value(cursor, context, STATE_DURATION_DAYS)) == NULL) {
    return false;
  }
  cursor->progress = shadow_ban_progress(sqlite3_value_double(base), sqlite3_value_double(since),
      sqlite3_value_double(duration_days), cursor->now);
  return true;
}

static void ban_give_due(struct shadow_ban_cursor *cursor, sqlite3_context *context) {
  sqlite3_value *lift_at, *revoked_at;
  if (!ban_has_progress(cursor, context) ||
      (lift_at = ban_value(cursor, context, STATE_LIFT_AT)) == NULL ||
      (revoked_at = ban_value(cursor, context, STATE_REVOKED_AT)) == NULL) {
    return;
  }
  const char *due =
      shadow_ban_due(value_is_null(lift_at) ? INFINITY : sqlite3_value_double(lift_at),
          cursor->progress >= 1 && value_is_null(revoked_at), cursor->now);
  sqlite3_result_text(context, due, -1, SQLITE_STATIC);
}

static int ban_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct shadow_ban_cursor *cursor = (struct shadow_ban_cursor *)base;
  /* What an UPDATE does not set need not be computed. The clock it must know. */
  if (column != COLUMN_NOW && sqlite3_vtab_nochange(context)) return SQLITE_OK;
  switch ((enum shadow_ban_column)column) {
  case COLUMN_PROGRESS:
    if (ban_has_progress(cursor, context)) sqlite3_result_double(context, cursor->progress);
    break;
  case COLUMN_STAGE:
    if (ban_has_progress(cursor, context)) {
      sqlite3_result_double(context, shadow_curve_stage(cursor->progress));
    }
    break;
  case COLUMN_PHASE:
    if (ban_has_progress(cursor, context)) {
      sqlite3_result_text(context, shadow_curve_phase(cursor->progress), -1, SQLITE_STATIC);
    }
    break;
  case COLUMN_LIFTED:
    sqlite3_result_int(context, 0);
    break;
  case COLUMN_NOW:
    sqlite3_result_double(context, cursor->now);
    break;
  case COLUMN_DUE:
    ban_give_due(cursor, context);
    break;
  case COLUMN_AUTO_LIFT_DAYS: /* for writing alone */
  case COLUMN_ACTOR:
  case COLUMN_WHY:
    break;
  default:
    ban_give(cursor, context, ban_stored[column]);
  }
  return SQLITE_OK;
}

#define BAN_METHODS                                                                                \
  .iVersion = 4, .xCreate = ban_create, .xConnect = ban_connect, .xBestIndex = ban_best_index,     \
  .xDisconnect = ban_disconnect, .xDestroy = ban_destroy, .xOpen = ban_open, .xClose = ban_close,  \
  .xFilter = ban_filter, .xNext = ban_next, .xEof = ban_eof, .xColumn = ban_column,                \
  .xRowid = ban_rowid, .xUpdate = shadow_ban_update, .xRename = ban_rename,                        \
  .xShadowName = ban_shadow_name

#if SQLITE_VERSION_NUMBER >= 3044000
static const sqlite3_module ban_module = {BAN_METHODS, .xIntegrity = ban_integrity};
const sqlite3_module *const shadow_ban_module = &ban_module;
#else
/* A library of 3.44 or later finds xIntegrity behind what the struct of an older one has. */
static const struct {
  sqlite3_module module;
  int (*integrity)(sqlite3_vtab *, const char *, const char *, int, char **);
} ban_module = {.module = {BAN_METHODS}, .integrity = ban_integrity};
const sqlite3_module *const shadow_ban_module = &ban_module.module;
#endif
