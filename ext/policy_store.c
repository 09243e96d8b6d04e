/*
** policy_store.c: the versions of the policies, as a writable table.
**
**     CREATE VIRTUAL TABLE policy USING policy_store;
**     INSERT INTO policy(name, source) VALUES ('ladder', readfile('lua/policies/ladder.lua'));
**     UPDATE policy SET active = 1 WHERE name = 'ladder' AND version = 2;
**     SELECT name, version, active, note FROM policy;
**
** INSERT compiles the source, runs the tests in it, and adds it as the next version of its name; if
** anything is wrong with it, nothing is added. A version never changes and never goes, because
** decisions name it: only `active` can be updated, and there is at most one active version of a name.
**
** HOW IT WORKS
**
** Everything is in one shadow table, an ordinary one with the table's name and _version:
**
**     policy_version(id, name, version, active, note, created_at, source, needs, params)
**
** needs is a JSON array of the facts that the version reads, params a JSON object of its params with the script's
** values, so that they can be known without running it.
**
** Reading is a scan of it in order of (name, version); there are some dozens of rows. Writing runs
** ordinary statements on it, so transactions, savepoints and conflict clauses are SQLite's own work.
**
** Whoever made the file may have put something else in its place, or anything into it. Each statement that
** reads it names the index that its UNIQUE made: a view and a virtual table have none, so that SQLite
** refuses them whenever it prepares the statement. Before it is written to it must have no trigger. What
** stands in it is shown as it is; lua_policy looks at what it uses.
**
** DIRECTONLY: an INSERT runs Lua.
*/
#include "policy_store.h"
#include <string.h>
#include "parameter.h"
#include "policy_test.h"
#include "value.h"

/* Columns of the table and of the shadow table, behind the rowid. */
enum {
  STORE_NAME,
  STORE_VERSION,
  STORE_ACTIVE,
  STORE_NOTE,
  STORE_CREATED_AT,
  STORE_SOURCE,
  STORE_NEEDS,
  STORE_PARAMS
};

#define STORE_COLUMNS "id, name, version, active, note, created_at, source, needs, params"

struct store_table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct sandbox *sandbox;
  char *schema;
  char *name;
};

struct store_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_stmt *statement;
  bool at_end;
};

/* Prepares a SELECT of these columns of the shadow table, with what follows the FROM. */
static int store_prepare(sqlite3 *db, const char *schema, const char *store, unsigned flags,
    const char *columns, const char *rest, sqlite3_stmt **statement) {
  sqlite3_str *text = sqlite3_str_new(db);
  sqlite3_str_appendf(text, "SELECT %s FROM ", columns);
  if (schema[0]) sqlite3_str_appendf(text, "\"%w\".", schema);
  sqlite3_str_appendf(
      text, "\"%w_version\" INDEXED BY \"sqlite_autoindex_%w_version_1\" %s", store, store, rest);
  char *sql = sqlite3_str_finish(text);
  int status =
      sql ? sqlite3_prepare_v3(db, sql, -1, flags | SQLITE_PREPARE_NO_VTAB, statement, NULL)
          : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

int policy_store_prepare(
    sqlite3 *db, const char *schema, const char *store, sqlite3_stmt **statement) {
  return store_prepare(db, schema, store, SQLITE_PREPARE_PERSISTENT, "version, source",
      "WHERE name = ?1 AND CASE WHEN ?2 IS NULL THEN active ELSE version = ?2 END", statement);
}

static int store_build(struct store_table *table, int argc, const char *const *argv, char **error) {
  table->schema = sqlite3_mprintf("%s", argv[1]);
  table->name = sqlite3_mprintf("%s", argv[2]);
  if (table->schema == NULL || table->name == NULL) return SQLITE_NOMEM;
  if (argc > 3) {
    *error = sqlite3_mprintf("policy_store takes no arguments, not %s", argv[3]);
    return SQLITE_ERROR;
  }
  int status = sqlite3_declare_vtab(table->db,
      "CREATE TABLE policy(name TEXT, version INTEGER, active INTEGER, note TEXT, "
      "created_at REAL, source TEXT, needs TEXT, params TEXT)");
  if (status == SQLITE_OK) status = sqlite3_vtab_config(table->db, SQLITE_VTAB_DIRECTONLY);
  if (status == SQLITE_OK)
    status = sqlite3_vtab_config(table->db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1);
  return status;
}

static int store_disconnect(sqlite3_vtab *vtab) {
  struct store_table *table = (struct store_table *)vtab;
  sandbox_release(table->sandbox);
  sqlite3_free(table->schema);
  sqlite3_free(table->name);
  sqlite3_free(table);
  return SQLITE_OK;
}

static int store_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  struct store_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct store_table){.db = db, .sandbox = sandbox_retain(aux)};
  int status = store_build(table, argc, argv, error);
  if (status == SQLITE_OK) {
    *vtab = &table->base;
  } else {
    store_disconnect(&table->base);
  }
  return status;
}

/* Runs a statement in which "%w"."%w_version" stands for the shadow table. */
static int store_execute(struct store_table *table, const char *format, char **error) {
  char *sql = sqlite3_mprintf(format, table->schema, table->name);
  int status = sql ? sqlite3_exec(table->db, sql, NULL, NULL, error) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

static int store_create(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  int status = store_connect(db, aux, argc, argv, vtab, error);
  if (status != SQLITE_OK) return status;
  status = store_execute((struct store_table *)*vtab,
      "CREATE TABLE \"%w\".\"%w_version\"(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version "
      "INTEGER NOT NULL, "
      "active INTEGER NOT NULL DEFAULT 0, note TEXT, created_at REAL NOT NULL, "
      "source TEXT NOT NULL, needs TEXT NOT NULL DEFAULT '[]', params TEXT NOT NULL DEFAULT '{}', "
      "UNIQUE(name, version)) STRICT",
      error);
  if (status != SQLITE_OK) {
    store_disconnect(*vtab);
    *vtab = NULL;
  }
  return status;
}

/* What is under it and is no table stays, and so does this then. SQLite takes no message from here, only the code. */
static int store_destroy(sqlite3_vtab *vtab) {
  int status =
      store_execute((struct store_table *)vtab, "DROP TABLE IF EXISTS \"%w\".\"%w_version\"", NULL);
  return status == SQLITE_OK ? store_disconnect(vtab) : status;
}

/* Ends what could not be done with the shadow table, in SQLite's words. */
static int store_fail(struct store_table *table, int status, const char *what) {
  if (status == SQLITE_NOMEM) return status;
  return parameter_error(&table->base, status,
      sqlite3_mprintf("%s: %s_version cannot be %s: %s", table->name, table->name, what,
          sqlite3_errmsg(table->db)));
}

static int store_rename(sqlite3_vtab *vtab, const char *name) {
  struct store_table *table = (struct store_table *)vtab;
  char *renamed = sqlite3_mprintf("%s", name);
  char *sql = sqlite3_mprintf("ALTER TABLE \"%w\".\"%w_version\" RENAME TO \"%w_version\"",
      table->schema, table->name, name);
  int status = renamed && sql ? sqlite3_exec(table->db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (status != SQLITE_OK) {
    sqlite3_free(renamed);
    return store_fail(table, status, "renamed");
  }
  sqlite3_free(table->name);
  table->name = renamed;
  return SQLITE_OK;
}

static int store_shadow_name(const char *suffix) {
  return sqlite3_stricmp(suffix, "version") == 0;
}

/* ---- reading ---- */

static int store_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  (void)vtab;
  info->estimatedCost = 1000; /* sources are long, but few */
  info->estimatedRows = 25;
  return SQLITE_OK;
}

static int store_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  struct store_table *table = (struct store_table *)vtab;
  struct store_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (struct store_cursor){.at_end = true};
  int status = store_prepare(table->db, table->schema, table->name, 0, STORE_COLUMNS,
      "ORDER BY name, version", &cursor->statement);
  if (status == SQLITE_OK) {
    *out = &cursor->base;
    return SQLITE_OK;
  }
  sqlite3_free(cursor);
  return store_fail(table, status, "read");
}

static int store_close(sqlite3_vtab_cursor *base) {
  sqlite3_finalize(((struct store_cursor *)base)->statement);
  sqlite3_free(base);
  return SQLITE_OK;
}

static int store_next(sqlite3_vtab_cursor *base) {
  struct store_cursor *cursor = (struct store_cursor *)base;
  cursor->at_end = sqlite3_step(cursor->statement) != SQLITE_ROW;
  return cursor->at_end ? sqlite3_reset(cursor->statement) : SQLITE_OK;
}

static int store_filter(
    sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argc, sqlite3_value **argv) {
  (void)plan, (void)plan_text, (void)argc, (void)argv;
  sqlite3_reset(((struct store_cursor *)base)->statement);
  return store_next(base);
}

static int store_eof(sqlite3_vtab_cursor *base) {
  return ((struct store_cursor *)base)->at_end;
}

static int store_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct store_cursor *cursor = (struct store_cursor *)base;
  if (sqlite3_vtab_nochange(context)) return SQLITE_OK;
  sqlite3_result_value(context, sqlite3_column_value(cursor->statement, column + 1));
  return SQLITE_OK;
}

static int store_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  *rowid = sqlite3_column_int64(((struct store_cursor *)base)->statement, 0);
  return SQLITE_OK;
}

/* ---- writing ---- */

static int store_refuse(struct store_table *table, char *message) {
  return parameter_error(&table->base, SQLITE_ERROR, message);
}

static int store_refuse_value(struct store_table *table, const char *rule, sqlite3_value *value) {
  char *shown = value_describe(value);
  int status = store_refuse(table, sqlite3_mprintf("%s: %s, not %s", table->name, rule, shown));
  sqlite3_free(shown);
  return status;
}

/* Makes a version live, so that the others of its name step down; or steps it down. */
static int store_activate(struct store_table *table, sqlite3_int64 id, bool active) {
  char *sql = sqlite3_mprintf("UPDATE \"%w\".\"%w_version\" SET active = (id = %lld AND %d) "
                              "WHERE id = %lld OR (%d AND active AND "
                              "name = (SELECT name FROM \"%w\".\"%w_version\" WHERE id = %lld))",
      table->schema, table->name, id, active, id, active, table->schema, table->name, id);
  int status = sql ? sqlite3_exec(table->db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status == SQLITE_OK ? status : store_fail(table, status, "written to");
}

/* Adds a checked policy as the next version of its name. */
static int store_append(struct store_table *table, const struct policy *policy,
    sqlite3_value *created_at, sqlite3_int64 *rowid) {
  sqlite3_stmt *statement = NULL;
  char *needs = policy_names_json(policy->needs, policy->need_count);
  if (needs == NULL) return SQLITE_NOMEM;
  char *sql = sqlite3_mprintf(
      "INSERT INTO \"%w\".\"%w_version\"(name, note, source, created_at, needs, params, version) "
      "VALUES(?1, ?2, "
      "?3, coalesce(?4, (julianday('now') - 2440587.5) * 86400.0), ?5, ?6, "
      "(SELECT coalesce(max(version), 0) + 1 FROM \"%w\".\"%w_version\" WHERE name = ?1))",
      table->schema, table->name, table->schema, table->name);
  int status = sql ? sqlite3_prepare_v2(table->db, sql, -1, &statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (status != SQLITE_OK) {
    sqlite3_free(needs);
    return store_fail(table, status, "written to");
  }
  sqlite3_bind_text(statement, 1, policy->id, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, policy->note, -1, SQLITE_STATIC);
  sqlite3_bind_text64(statement, 3, policy->source, policy->size, SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_bind_value(statement, 4, created_at);
  sqlite3_bind_text(statement, 5, needs, -1, sqlite3_free);
  sqlite3_bind_text(statement, 6, policy->params, -1, SQLITE_STATIC);
  sqlite3_step(statement);
  status = sqlite3_finalize(statement);
  *rowid = sqlite3_last_insert_rowid(table->db);
  return status == SQLITE_OK ? status : store_fail(table, status, "written to");
}

/* Copies what an INSERT gives into a policy: the name (or the script's id) and the source. */
static int store_read_policy(
    struct store_table *table, sqlite3_value **columns, struct policy *policy) {
  int type = sqlite3_value_type(columns[STORE_SOURCE]);
  if (type != SQLITE_TEXT && type != SQLITE_BLOB) {
    return store_refuse_value(table, "source must be Lua text", columns[STORE_SOURCE]);
  }
  const char *name = (const char *)sqlite3_value_text(columns[STORE_NAME]);
  return policy_take_source(policy, name ? name : "policy", columns[STORE_SOURCE]);
}

/* Removes a version that could not be made live: the INSERT that asked for it adds nothing. */
static void store_take_back(struct store_table *table, sqlite3_int64 id) {
  char *sql = sqlite3_mprintf(
      "DELETE FROM \"%w\".\"%w_version\" WHERE id = %lld", table->schema, table->name, id);
  if (sql != NULL) sqlite3_exec(table->db, sql, NULL, NULL, NULL);
  sqlite3_free(sql);
}

static int store_insert(struct store_table *table, sqlite3_value **columns, sqlite3_int64 *rowid) {
  struct policy policy = {0};
  char *error = NULL;
  sqlite3_int64 active = 0;
  double created_at;
  int status = SQLITE_OK;
  if (!value_is_null(columns[STORE_VERSION])) {
    return store_refuse_value(
        table, "version is given by the table and must be NULL", columns[STORE_VERSION]);
  }
  if (!value_is_null(columns[STORE_NEEDS])) {
    return store_refuse_value(
        table, "needs are those of the source and must be NULL", columns[STORE_NEEDS]);
  }
  if (!value_is_null(columns[STORE_PARAMS])) {
    return store_refuse_value(
        table, "params are those of the source and must be NULL", columns[STORE_PARAMS]);
  }
  if (!value_is_null(columns[STORE_ACTIVE]) &&
      (!value_integer(columns[STORE_ACTIVE], &active) || active < 0 || active > 1)) {
    return store_refuse_value(table, "active must be 0 or 1", columns[STORE_ACTIVE]);
  }
  if (!value_is_null(columns[STORE_CREATED_AT]) &&
      !value_number(columns[STORE_CREATED_AT], &created_at)) {
    return store_refuse_value(
        table, "created_at must be a number of seconds", columns[STORE_CREATED_AT]);
  }
  status = store_read_policy(table, columns, &policy);
  if (status == SQLITE_OK) {
    status = policy_test_all(table->sandbox, &policy, &error);
    if (status == SQLITE_ERROR) status = store_refuse(table, error);
  }
  if (status == SQLITE_OK && !value_is_null(columns[STORE_NAME]) &&
      strcmp(policy.name, policy.id) != 0) {
    status = store_refuse(table, sqlite3_mprintf("%s: name must be the script's id '%s', not '%s'",
                                     table->name, policy.id, policy.name));
  }
  if (status == SQLITE_OK) status = store_append(table, &policy, columns[STORE_CREATED_AT], rowid);
  if (status == SQLITE_OK && active) {
    status = store_activate(table, *rowid, true);
    if (status != SQLITE_OK) store_take_back(table, *rowid);
  }
  policy_clear(table->sandbox, &policy);
  return status;
}

static int store_update(struct store_table *table, sqlite3_int64 id, sqlite3_value **columns) {
  sqlite3_int64 active;
  for (int i = 0; i <= STORE_PARAMS; i++) {
    if (i == STORE_ACTIVE || sqlite3_value_nochange(columns[i])) continue;
    return store_refuse(table,
        sqlite3_mprintf("%s: a version never changes, only active can be set; insert a new version",
            table->name));
  }
  if (sqlite3_value_nochange(columns[STORE_ACTIVE])) return SQLITE_OK;
  if (!value_integer(columns[STORE_ACTIVE], &active) || active < 0 || active > 1) {
    return store_refuse_value(table, "active must be 0 or 1", columns[STORE_ACTIVE]);
  }
  return store_activate(table, id, active != 0);
}

/* Is the shadow table one, and without triggers? */
static int store_check(struct store_table *table) {
  sqlite3_stmt *statement = NULL;
  int status =
      store_prepare(table->db, table->schema, table->name, 0, STORE_COLUMNS, "LIMIT 0", &statement);
  sqlite3_finalize(statement);
  if (status != SQLITE_OK) return store_fail(table, status, "read");
  statement = NULL; /* the next may not come to be */
  char *sql = sqlite3_mprintf("SELECT name FROM (SELECT * FROM \"%w\".sqlite_schema UNION ALL "
                              "SELECT * FROM temp.sqlite_schema) WHERE type = 'trigger' "
                              "AND tbl_name = '%q_version' COLLATE NOCASE",
      table->schema, table->name);
  status = sql ? sqlite3_prepare_v2(table->db, sql, -1, &statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
    status = store_refuse(table, sqlite3_mprintf("%s: %s_version must have no trigger, not %s",
                                     table->name, table->name, sqlite3_column_text(statement, 0)));
  }
  int finished = sqlite3_finalize(statement);
  return status == SQLITE_OK ? finished : status;
}

/* argc 1: DELETE; argv[0] NULL: INSERT; else UPDATE of rowid argv[0] to argv[1]. argv[2...] are the
** columns. */
static int store_write(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
  struct store_table *table = (struct store_table *)vtab;
  if (argc == 1) {
    return store_refuse(
        table, sqlite3_mprintf(
                   "%s: versions are kept, because decisions name them; SET active = 0 instead",
                   table->name));
  }
  int status = store_check(table);
  if (status != SQLITE_OK) return status;
  sqlite3_int64 last = sqlite3_last_insert_rowid(table->db);
  if (!value_is_null(argv[1]) &&
      (value_is_null(argv[0]) || sqlite3_value_int64(argv[0]) != sqlite3_value_int64(argv[1]))) {
    return store_refuse(table, sqlite3_mprintf("%s: the rowid is given by the table", table->name));
  }
  if (!value_is_null(argv[0])) return store_update(table, sqlite3_value_int64(argv[0]), argv + 2);
  status = store_insert(table, argv + 2, rowid);
  sqlite3_set_last_insert_rowid(table->db, last); /* SQLite sets it to *rowid on success */
  return status;
}

const sqlite3_module policy_store_module = {
    .iVersion = 3,
    .xCreate = store_create,
    .xConnect = store_connect,
    .xBestIndex = store_best_index,
    .xDisconnect = store_disconnect,
    .xDestroy = store_destroy,
    .xOpen = store_open,
    .xClose = store_close,
    .xFilter = store_filter,
    .xNext = store_next,
    .xEof = store_eof,
    .xColumn = store_column,
    .xRowid = store_rowid,
    .xUpdate = store_write,
    .xRename = store_rename,
    .xShadowName = store_shadow_name,
};
