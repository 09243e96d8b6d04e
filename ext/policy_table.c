/*
** policy_table.c: a policy's decisions as a table.
**
**     CREATE VIRTUAL TABLE escalation USING lua_policy(policy = 'ladder', facts = member_facts);
**     SELECT action, duration_s, reason, trace FROM escalation(:member, :now, :seq);
**
**     -- version 3 against the decisions that are there:
**     CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'ladder@3', facts = member_facts);
**     SELECT old.action, new.action, count(*)
**       FROM decision old, temp.candidate(old.member, old.at, old.seq) new GROUP BY 1, 2;
**
** A row for each row of the facts. Columns: action, duration_s, severity, points, rule, reason,
** review, mode, trace, error, policy ('ladder@3'), then those of the facts, then, hidden, the facts'
** parameters. A policy that fails gives a row in which action is NULL and error says why; the
** statement goes on.
**
** Options: policy = a name (its active version) or name@version; facts = a table, usually one made
** with facts(); store = the policy_store table, `policy` unless given; settings = a table whose rows (name, value)
** replace the policy's params, as 'ladder.warn' does params.warn: `setting` unless given, if there is one; what one
** decision may use: instructions = 1000000, time_ms = 100 (on the processor), memory_mib = 16 (all policies). The
** names are looked up in main for a table in main, and as in any statement (temp, then main) for one in temp.
**
** HOW IT WORKS
**
** A cursor selects the facts with a statement of its own, and for each row hands the columns that
** the policy needs to the sandbox; the decision is copied out before the next row. The statement names
** the columns that the policy needs and those that are read from this table, no others, since a facts
** table computes only what is named.
**
** Which version is the active one, and what the settings are, is looked up when a statement opens the table, so a
** change is seen by the next statement, and a statement sees one. A subquery is opened anew for each row, when a
** trigger may have changed either: SQLite closes the cursor of the row before right after it opened the new one,
** which takes over its version. The loaded version, which is another one with other settings, is shared by the
** cursors and freed with the last of them. It keeps one idle statement, as in facts.c, for whoever reads the same
** columns.
**
** A table whose facts are gone can still be dropped: it connects with the columns of a decision alone,
** and says what is wrong when it is read.
**
** DIRECTONLY: it runs Lua.
*/
#include "policy_table.h"
#include <string.h>
#include "parameter.h"
#include "policy_setting.h"
#include "policy_option.h"
#include "policy_store.h"
#include "sandbox.h"

static const char *const decision_columns[] = {"action", "duration_s", "severity", "points", "rule",
    "reason", "review", "mode", "trace", "error", "policy"};
enum { COLUMN_ERROR = DECISION_COUNT, COLUMN_POLICY, COLUMN_FACTS };

/* A version of the policy, ready to decide. */
struct loaded {
  int references;
  char *label; /* ladder@3 */
  sqlite3_int64 version;
  struct policy policy;
  int *columns;         /* of the facts statement, for each need */
  sqlite3_stmt *idle;   /* NULL, or a facts statement that no cursor uses... */
  sqlite3_uint64 asked; /* ...for these columns of the table */
};

struct policy_table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct sandbox *sandbox;
  const char *lookup; /* the schema in which names are looked up; "" for the usual search */
  char *name;
  struct policy_options options;
  struct settings settings;
  char **fact_names;
  int fact_count;
  char *parameters[PARAMETER_MAX];
  int parameter_count;
  char *broken; /* NULL, or why the table cannot be read */
  sqlite3_stmt *versions;
  struct loaded *loaded;        /* NULL, or the version that was used last */
  struct policy_cursor *opened; /* NULL, or the cursor that was opened and did nothing yet */
};

struct policy_cursor {
  sqlite3_vtab_cursor base;
  struct loaded *loaded;
  sqlite3_stmt *facts;  /* NULL until the first scan */
  sqlite3_uint64 asked; /* the columns of the table that it is for */
  struct marshal decision;
  char *error;       /* NULL if the policy decided */
  bool failed;       /* its statement is not to be kept: that of tables that read each other would
                     ** keep both from being closed */
  sqlite3_int64 row; /* from 1 on; 0 at the end */
};

/* ---- a version of the policy ---- */

static void loaded_release(struct policy_table *table, struct loaded *loaded) {
  if (loaded == NULL || --loaded->references > 0) return;
  sqlite3_finalize(loaded->idle);
  policy_clear(table->sandbox, &loaded->policy);
  sqlite3_free(loaded->label);
  sqlite3_free(loaded->columns);
  sqlite3_free(loaded);
}

/* Finds each need among the columns of the facts. */
static int loaded_map(struct policy_table *table, struct loaded *loaded, char **error) {
  int needs = loaded->policy.need_count;
  loaded->columns = sqlite3_malloc64(((sqlite3_uint64)needs + 1) * sizeof *loaded->columns);
  if (loaded->columns == NULL) return SQLITE_NOMEM;
  for (int i = 0; i < needs; i++) {
    int found = -1;
    for (int f = 0; f < table->fact_count; f++) {
      if (sqlite3_stricmp(table->fact_names[f], loaded->policy.needs[i]) == 0) found = f;
    }
    for (int p = 0; p < table->parameter_count; p++) {
      if (sqlite3_stricmp(table->parameters[p], loaded->policy.needs[i]) == 0) {
        found = table->fact_count + p;
      }
    }
    if (found < 0) {
      *error = sqlite3_mprintf("%s: policy %s needs the fact '%s', which %s does not have",
          table->name, loaded->label, loaded->policy.needs[i], table->options.facts);
      return SQLITE_ERROR;
    }
    loaded->columns[i] = found;
  }
  return SQLITE_OK;
}

/* Copies and loads the version in the current row of the versions statement. It takes the settings. */
static int loaded_fill(struct policy_table *table, struct loaded *loaded,
    struct policy_setting *settings, int setting_count, char **error) {
  struct policy *policy = &loaded->policy;
  policy->settings = settings;
  policy->setting_count = setting_count;
  loaded->version = sqlite3_column_int64(table->versions, 0);
  const unsigned char *source = sqlite3_column_text(table->versions, 1);
  if (source == NULL) return SQLITE_NOMEM;
  int status = policy_set_source(
      policy, table->options.policy, source, (size_t)sqlite3_column_bytes(table->versions, 1));
  policy->limits = table->options.limits;
  loaded->label = sqlite3_mprintf("%s@%lld", table->options.policy, loaded->version);
  if (loaded->label == NULL) return SQLITE_NOMEM;
  if (status == SQLITE_OK) status = sandbox_load(table->sandbox, policy, false, error);
  if (status == SQLITE_OK) status = settings_check(policy, table->name, error);
  return status == SQLITE_OK ? loaded_map(table, loaded, error) : status;
}

/* Is what is loaded the version in the current row of the versions statement? Not its number alone: it
** may have been rolled back, and another source have taken its number. */
static bool loaded_is_current(const struct policy_table *table) {
  const struct loaded *loaded = table->loaded;
  if (loaded == NULL || loaded->version != sqlite3_column_int64(table->versions, 0)) return false;
  const unsigned char *source = sqlite3_column_text(table->versions, 1);
  size_t size = (size_t)sqlite3_column_bytes(table->versions, 1);
  return source != NULL && size == loaded->policy.size &&
         memcmp(source, loaded->policy.source, size) == 0;
}

/* The store could not be read. */
static int loaded_fail(struct policy_table *table, int status, char **error) {
  *error =
      status == SQLITE_ERROR
          ? sqlite3_mprintf("%s: there is no policy store '%s'", table->name, table->options.store)
          : sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  return status;
}

/* Makes table->loaded the version in the current row of the versions statement, with the settings of now. */
static int loaded_renew(struct policy_table *table, char **error) {
  if (sqlite3_column_type(table->versions, 1) != SQLITE_TEXT) { /* asked before it is read */
    *error = sqlite3_mprintf("%s: the source of policy %s@%lld must be text", table->name,
        table->options.policy, sqlite3_column_int64(table->versions, 0));
    return SQLITE_ERROR;
  }
  bool is_current = loaded_is_current(table);
  struct policy_setting *settings = NULL;
  int count = 0;
  if (is_current && table->loaded->policy.param_count == 0) return SQLITE_OK;
  int status = settings_read(&table->settings, &settings, &count, error);
  if (status != SQLITE_OK) {
    policy_settings_free(settings, count);
    char *why = *error ? *error : sqlite3_mprintf("%s", sqlite3_errmsg(table->db));
    *error = sqlite3_mprintf("%s: %s", table->name, why);
    sqlite3_free(why);
    return status;
  }
  if (is_current && policy_settings_are_same(settings, count, table->loaded->policy.settings,
                        table->loaded->policy.setting_count)) {
    policy_settings_free(settings, count);
    return SQLITE_OK;
  }
  struct loaded *loaded = sqlite3_malloc64(sizeof *loaded);
  if (loaded == NULL) {
    policy_settings_free(settings, count);
    return SQLITE_NOMEM;
  }
  *loaded = (struct loaded){.references = 1};
  status = loaded_fill(table, loaded, settings, count, error);
  loaded_release(table, status == SQLITE_OK ? table->loaded : loaded);
  if (status == SQLITE_OK) table->loaded = loaded;
  return status;
}

/* Makes table->loaded the version that is to be used now. SQLITE_NOTFOUND, with the message, if there
** is none. */
static int loaded_find(struct policy_table *table, char **error) {
  int status = SQLITE_OK;
  if (table->versions == NULL) {
    status = policy_store_prepare(table->db, table->lookup, table->options.store, &table->versions);
    if (status != SQLITE_OK) return loaded_fail(table, status, error);
  }
  sqlite3_bind_text(table->versions, 1, table->options.policy, -1, SQLITE_STATIC);
  if (table->options.version) sqlite3_bind_int64(table->versions, 2, table->options.version);
  status = sqlite3_step(table->versions);
  if (status == SQLITE_ROW) {
    status = loaded_renew(table, error);
    if (status == SQLITE_OK && sqlite3_step(table->versions) == SQLITE_ROW) {
      *error = sqlite3_mprintf("%s: policy %s has several %s", table->name, table->options.policy,
          table->options.version ? "versions of this number" : "active versions");
      status = SQLITE_ERROR;
    }
  } else if (status == SQLITE_DONE) {
    *error = table->options.version
                 ? sqlite3_mprintf("%s: policy %s has no version %lld", table->name,
                       table->options.policy, table->options.version)
                 : sqlite3_mprintf(
                       "%s: policy %s has no active version", table->name, table->options.policy);
    status = SQLITE_NOTFOUND;
  } else {
    loaded_fail(table, status, error);
  }
  sqlite3_reset(table->versions);
  return status;
}

/* ---- the table ---- */

static void table_free(struct policy_table *table) {
  sqlite3_finalize(table->versions);
  settings_close(&table->settings);
  loaded_release(table, table->loaded);
  for (int i = 0; i < table->fact_count; i++) sqlite3_free(table->fact_names[i]);
  for (int i = 0; i < table->parameter_count; i++) sqlite3_free(table->parameters[i]);
  sqlite3_free(table->fact_names);
  sqlite3_free(table->name);
  policy_options_free(&table->options);
  sqlite3_free(table->broken);
  sandbox_release(table->sandbox);
  sqlite3_free(table);
}

static bool table_has_column(const char *name) {
  for (size_t i = 0; i < sizeof decision_columns / sizeof *decision_columns; i++) {
    if (sqlite3_stricmp(name, decision_columns[i]) == 0) return true;
  }
  return false;
}

/* Adds a column of the facts to the table's, or to its parameters. */
static int table_add_column(
    struct policy_table *table, const char *name, bool hidden, char **error) {
  if (table_has_column(name)) {
    *error =
        sqlite3_mprintf("%s: the fact '%s' has the name of a column of the decision; rename it in "
                        "%s",
            table->name, name, table->options.facts);
    return SQLITE_ERROR;
  }
  char *copy = sqlite3_mprintf("%s", name);
  if (copy == NULL) return SQLITE_NOMEM;
  if (hidden && table->parameter_count < PARAMETER_MAX) {
    table->parameters[table->parameter_count++] = copy;
    return SQLITE_OK;
  }
  char **names =
      sqlite3_realloc64(table->fact_names, ((sqlite3_uint64)table->fact_count + 1) * sizeof *names);
  if (names == NULL) {
    sqlite3_free(copy);
    return SQLITE_NOMEM;
  }
  table->fact_names = names;
  names[table->fact_count++] = copy;
  return SQLITE_OK;
}

/* Appends the name of the facts, as it stands in a FROM. */
static void table_append_facts(const struct policy_table *table, sqlite3_str *sql) {
  if (table->lookup[0]) sqlite3_str_appendf(sql, "\"%w\".", table->lookup);
  sqlite3_str_appendf(sql, "\"%w\"", table->options.facts);
}

/* Prepares a statement whose text is given up. */
static int table_prepare(
    struct policy_table *table, sqlite3_str *sql, unsigned flags, sqlite3_stmt **statement) {
  char *text = sqlite3_str_finish(sql);
  if (text == NULL) return SQLITE_NOMEM;
  int status = sqlite3_prepare_v3(table->db, text, -1, flags, statement, NULL);
  sqlite3_free(text);
  return status;
}

/* Can the facts be read? A broken facts table has columns, but says as soon as it is asked for them what
** is wrong. */
static int table_try_facts(struct policy_table *table, char **error) {
  sqlite3_stmt *statement = NULL;
  sqlite3_str *sql = sqlite3_str_new(table->db);
  sqlite3_str_appendall(sql, "SELECT NULL FROM ");
  table_append_facts(table, sql);
  int status = table_prepare(table, sql, 0, &statement);
  if (status != SQLITE_OK) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  }
  sqlite3_finalize(statement);
  return status;
}

static int table_read_columns(struct policy_table *table, char **error) {
  sqlite3_stmt *columns = NULL; /* temp: in main there may be another table of this name */
  int status = sqlite3_prepare_v2(table->db,
      "SELECT name, hidden = 1 FROM temp.pragma_table_xinfo(?1, nullif(?2, ''))", -1, &columns,
      NULL);
  if (status == SQLITE_OK) {
    sqlite3_bind_text(columns, 1, table->options.facts, -1, SQLITE_STATIC);
    sqlite3_bind_text(columns, 2, table->lookup, -1, SQLITE_STATIC);
    while (status == SQLITE_OK && sqlite3_step(columns) == SQLITE_ROW) {
      const char *name = (const char *)sqlite3_column_text(columns, 0);
      if (table->fact_count + table->parameter_count == 0) status = table_try_facts(table, error);
      if (status != SQLITE_OK) break;
      status = name ? table_add_column(table, name, sqlite3_column_int(columns, 1) != 0, error)
                    : SQLITE_NOMEM;
    }
  }
  int finished = sqlite3_finalize(columns);
  if (status == SQLITE_OK) status = finished;
  if (status != SQLITE_OK && *error == NULL) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  }
  if (status == SQLITE_OK && table->fact_count + table->parameter_count == 0) {
    *error = sqlite3_mprintf(
        "%s: there is no table '%s' to read facts from", table->name, table->options.facts);
    return SQLITE_ERROR;
  }
  return status;
}

/* Does the policy need the fact, or is its column of the table asked for? */
static bool loaded_wants(const struct loaded *loaded, sqlite3_uint64 asked, int fact) {
  for (int i = 0; i < loaded->policy.need_count; i++) {
    if (loaded->columns[i] == fact) return true;
  }
  return (asked & parameter_column_bit(COLUMN_FACTS + fact)) != 0;
}

/* The statement that selects the facts: every column that is wanted, NULL in the place of the others,
** then the parameters. Names are qualified, because SQLite takes a quoted name that it does not know,
** alone, for a text. */
static int table_prepare_facts(struct policy_table *table, const struct loaded *loaded,
    sqlite3_uint64 asked, sqlite3_stmt **statement) {
  sqlite3_str *sql = sqlite3_str_new(table->db);
  sqlite3_str_appendall(sql, "SELECT ");
  for (int i = 0; i < table->fact_count; i++) {
    const char *name = loaded_wants(loaded, asked, i) ? table->fact_names[i] : NULL;
    sqlite3_str_appendf(sql, name ? "%sfacts.\"%w\"" : "%sNULL", i ? ", " : "", name);
  }
  for (int i = 0; i < table->parameter_count; i++) {
    sqlite3_str_appendf(sql, "%s?%d", i + table->fact_count ? ", " : "", i + 1);
  }
  sqlite3_str_appendall(sql, " FROM ");
  table_append_facts(table, sql);
  sqlite3_str_appendall(sql, " AS facts");
  for (int i = 0; i < table->parameter_count; i++) {
    sqlite3_str_appendf(
        sql, "%sfacts.\"%w\" = ?%d", i ? " AND " : " WHERE ", table->parameters[i], i + 1);
  }
  return table_prepare(table, sql, SQLITE_PREPARE_PERSISTENT, statement);
}

static int table_declare(struct policy_table *table) {
  sqlite3_str *text = sqlite3_str_new(table->db);
  sqlite3_str_appendall(text, "CREATE TABLE decisions(");
  for (size_t i = 0; i < sizeof decision_columns / sizeof *decision_columns; i++) {
    sqlite3_str_appendf(text, "%s%s", i ? ", " : "", decision_columns[i]);
  }
  for (int i = 0; i < table->fact_count; i++) {
    sqlite3_str_appendf(text, ", \"%w\"", table->fact_names[i]);
  }
  for (int i = 0; i < table->parameter_count; i++) {
    sqlite3_str_appendf(text, ", \"%w\" HIDDEN", table->parameters[i]);
  }
  if (table
          ->broken) { /* nobody knows its parameters any more: some, so that calls can be prepared */
    sqlite3_str_appendall(
        text, ", p1 HIDDEN, p2 HIDDEN, p3 HIDDEN, p4 HIDDEN, p5 HIDDEN, p6 HIDDEN");
  }
  sqlite3_str_appendall(text, ")");
  char *declaration = sqlite3_str_finish(text);
  if (declaration == NULL) return SQLITE_NOMEM;
  int status = sqlite3_declare_vtab(table->db, declaration);
  sqlite3_free(declaration);
  return status;
}

/* xCreate is strict; xConnect lets a table that cannot be read be dropped. */
static int table_build(
    struct policy_table *table, bool create, int argc, const char *const *argv, char **error) {
  bool in_temp = sqlite3_stricmp(argv[1], "temp") == 0;
  if (!in_temp && sqlite3_stricmp(argv[1], "main") != 0) {
    *error = sqlite3_mprintf(
        "%s: a lua_policy table must be in main or temp, not in %s", argv[2], argv[1]);
    return SQLITE_ERROR;
  }
  table->lookup = in_temp ? "" : "main";
  table->name = sqlite3_mprintf("%s", argv[2]);
  if (table->name == NULL) return SQLITE_NOMEM;
  int status = policy_options_read(&table->options, argc, argv, error);
  table->settings = (struct settings){.db = table->db,
      .policy = table->options.policy,
      .in_temp = in_temp,
      .name = table->options.settings};
  if (status == SQLITE_OK) status = table_read_columns(table, error);
  if (status == SQLITE_OK) status = table_declare(table);
  if (status == SQLITE_OK && create) {
    status = loaded_find(table, error);
    if (status == SQLITE_NOTFOUND) {
      status = SQLITE_ERROR;
      if (table->options.version == 0) { /* it may become active later */
        sqlite3_free(*error);
        *error = NULL;
        status = SQLITE_OK;
      }
    }
  }
  bool is_wrong = status == SQLITE_ERROR || status == SQLITE_LOCKED; /* locked: it reads itself */
  if (is_wrong && *error != NULL && !create) {
    table->broken = *error;
    *error = NULL;
    for (int i = 0; i < table->fact_count; i++) sqlite3_free(table->fact_names[i]);
    for (int i = 0; i < table->parameter_count; i++) sqlite3_free(table->parameters[i]);
    table->fact_count = table->parameter_count = 0;
    status = table_declare(table);
  }
  if (status == SQLITE_OK) status = sqlite3_vtab_config(table->db, SQLITE_VTAB_DIRECTONLY);
  return status;
}

static int table_start(sqlite3 *db, void *aux, bool create, int argc, const char *const *argv,
    sqlite3_vtab **vtab, char **error) {
  struct policy_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  memset(table, 0, sizeof *table);
  table->db = db;
  table->sandbox = sandbox_retain(aux); /* the module may go first: see sandbox.h */
  int status = table_build(table, create, argc, argv, error);
  if (status == SQLITE_OK) {
    *vtab = &table->base;
  } else {
    table_free(table);
  }
  return status;
}

static int table_create(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  return table_start(db, aux, true, argc, argv, vtab, error);
}

static int table_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  return table_start(db, aux, false, argc, argv, vtab, error);
}

static int table_disconnect(sqlite3_vtab *vtab) {
  table_free((struct policy_table *)vtab);
  return SQLITE_OK;
}

static int table_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  struct policy_table *table = (struct policy_table *)vtab;
  return parameter_best_index(info, COLUMN_FACTS + table->fact_count, table->parameter_count);
}

/* ---- cursors ---- */

/* Gives the cursor a statement that selects the facts for the columns that are asked for. */
static int cursor_select_facts(struct policy_cursor *cursor, sqlite3_uint64 asked) {
  struct policy_table *table = (struct policy_table *)cursor->base.pVtab;
  struct loaded *loaded = cursor->loaded;
  asked &= ~(parameter_column_bit(COLUMN_FACTS) - 1); /* those of the decision are there anyway */
  if (cursor->facts != NULL && cursor->asked == asked) {
    sqlite3_reset(cursor->facts);
    return SQLITE_OK;
  }
  sqlite3_finalize(cursor->facts);
  cursor->facts = NULL;
  cursor->asked = asked;
  if (loaded->idle != NULL && loaded->asked == asked) {
    cursor->facts = loaded->idle;
    loaded->idle = NULL;
    return SQLITE_OK;
  }
  int status = table_prepare_facts(table, loaded, asked, &cursor->facts);
  if (status == SQLITE_OK) return SQLITE_OK;
  return parameter_error(
      &table->base, status, sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db)));
}

static int cursor_close(sqlite3_vtab_cursor *base) {
  struct policy_cursor *cursor = (struct policy_cursor *)base;
  struct policy_table *table = (struct policy_table *)base->pVtab;
  struct loaded *loaded = cursor->loaded;
  if (table->opened != NULL && table->opened != cursor) { /* it takes the place of this one */
    loaded_release(table, table->opened->loaded);
    table->opened->loaded = loaded;
    loaded->references++;
  }
  table->opened = NULL;
  if (cursor->facts != NULL && !cursor->failed) {
    sqlite3_reset(cursor->facts);
    sqlite3_clear_bindings(cursor->facts);
    sqlite3_finalize(loaded->idle);
    loaded->idle = cursor->facts;
    loaded->asked = cursor->asked;
  } else {
    sqlite3_finalize(cursor->facts);
  }
  loaded_release(table, loaded);
  marshal_clear(&cursor->decision);
  sqlite3_free(cursor->error);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  struct policy_table *table = (struct policy_table *)vtab;
  char *error = NULL;
  if (table->broken) {
    return parameter_error(vtab, SQLITE_ERROR, sqlite3_mprintf("%s", table->broken));
  }
  int status = loaded_find(table, &error);
  if (status != SQLITE_OK) {
    if (status == SQLITE_NOTFOUND) status = SQLITE_ERROR;
    return error ? parameter_error(vtab, status, error) : status;
  }
  struct policy_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  cursor->base.pVtab = vtab;
  cursor->loaded = table->loaded;
  cursor->loaded->references++;
  table->opened = cursor;
  *out = &cursor->base;
  return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base) {
  struct policy_cursor *cursor = (struct policy_cursor *)base;
  struct policy_table *table = (struct policy_table *)base->pVtab;
  bool *reading_facts = sandbox_reading_facts(table->sandbox);
  *reading_facts = true;
  int status = sqlite3_step(cursor->facts);
  *reading_facts = false;
  sqlite3_free(cursor->error);
  cursor->error = NULL;
  if (status != SQLITE_ROW) {
    cursor->row = 0;
    status = sqlite3_reset(cursor->facts);
    if (status == SQLITE_OK) return SQLITE_OK;
    cursor->failed = true;
    return parameter_error(
        base->pVtab, status, sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db)));
  }
  cursor->row++;
  status = sandbox_decide(table->sandbox, &cursor->loaded->policy, cursor->facts,
      cursor->loaded->columns, &cursor->decision, &cursor->error);
  return status == SQLITE_ERROR ? SQLITE_OK : status; /* the policy's error is a row */
}

static int cursor_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct policy_cursor *cursor = (struct policy_cursor *)base;
  struct policy_table *table = (struct policy_table *)base->pVtab;
  (void)argc;
  table->opened = NULL;
  if (*sandbox_reading_facts(table->sandbox)) {
    cursor->failed = true;
    return parameter_error(base->pVtab, SQLITE_ERROR,
        sqlite3_mprintf("%s: its facts must not come from a lua_policy table", table->name));
  }
  cursor->row = 0;
  int status = cursor_select_facts(cursor, parameter_asked(plan));
  if (status == SQLITE_OK) {
    status = parameter_bind(&table->base, table->name, cursor->facts, table->parameters,
        table->parameter_count, given, argv);
  }
  return status == SQLITE_OK ? cursor_next(base) : status;
}

static int cursor_eof(sqlite3_vtab_cursor *base) {
  return ((struct policy_cursor *)base)->row == 0;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct policy_cursor *cursor = (struct policy_cursor *)base;
  if (column < DECISION_COUNT) { /* empty if the policy failed */
    marshal_result(&cursor->decision, column, context);
  } else if (column == COLUMN_ERROR) {
    sqlite3_result_text(context, cursor->error, -1, SQLITE_TRANSIENT);
  } else if (column == COLUMN_POLICY) {
    sqlite3_result_text(context, cursor->loaded->label, -1, SQLITE_TRANSIENT);
  } else {
    sqlite3_result_value(context, sqlite3_column_value(cursor->facts, column - COLUMN_FACTS));
  }
  return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct policy_cursor *cursor = (struct policy_cursor *)base;
  struct policy_table *table = (struct policy_table *)base->pVtab;
  sqlite3_value *values[PARAMETER_MAX];
  int status = SQLITE_OK;
  for (int i = 0; i < table->parameter_count; i++) {
    values[i] = sqlite3_value_dup(sqlite3_column_value(cursor->facts, table->fact_count + i));
    if (values[i] == NULL) status = SQLITE_NOMEM;
  }
  if (status == SQLITE_OK) {
    status = parameter_rowid(values, table->parameter_count, cursor->row, rowid);
  }
  for (int i = 0; i < table->parameter_count; i++) sqlite3_value_free(values[i]);
  return status;
}

const sqlite3_module policy_table_module = {
    .xCreate = table_create,
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xDestroy = table_disconnect,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};
