/*
** facts.c: a SELECT with parameters as a table.
**
**     CREATE VIRTUAL TABLE member_facts USING facts(
**       'SELECT name, immune FROM member WHERE id = :member AND created <= :now');
**     SELECT name FROM member_facts(7, 1700000000);
**     SELECT name FROM member_facts WHERE member = 7 AND now = 1700000000;     -- the same
**
** The columns are those of the SELECT, then a hidden one for each named parameter, in order of
** appearance. A column named like a parameter is that parameter. A parameter given as NULL is NULL;
** one that is not given is an error: "member_facts needs :now".
**
** HOW IT WORKS
**
** Only the columns that are asked for are computed. What runs is not the SELECT itself but
**
**     WITH facts(c0, c1) AS (<the SELECT>)
**     SELECT CASE WHEN ?3 & 1 THEN c0 END, CASE WHEN ?3 & 2 THEN c1 END FROM facts
**
** of which SQLite makes one loop, in which a column that is not asked for costs a test. The set of those
** that are comes from xBestIndex and is bound to a parameter behind the SELECT's own. One statement for
** every set: it has one plan, so that the same rows come in the same order whichever columns are read.
** Of a SELECT that SQLite does not merge into another (GROUP BY, DISTINCT, UNION...) all is computed. One
** with an ORDER BY runs as it is: merged, what it is sorted by would be computed twice.
**
** Each cursor runs a statement of its own. The table keeps some of them when their cursors are closed, so
** that a caller who looks up fact by fact does not prepare the SELECT anew each time. An idle
** statement is reset and holds no lock.
**
** DIRECTONLY: the SELECT runs with the rights of whoever selects from the table, and whoever made the
** file chose its text. For the same reason it must be one SELECT that writes nothing, the table must be in
** main or temp, and what the SELECT calls and reads is checked before it first runs, see facts_safety.h,
** and again when it was prepared anew. That never happens unseen: the statement is prepared by the
** oldest interface, sqlite3_prepare, whose statements fail when the schema or a function has changed,
** instead of being prepared anew and run at once.
**
** A table whose SELECT does not compile or is refused, because its own tables are gone or it was made by
** other means, can still be dropped: it connects as a broken one, and says what is wrong when it is to be
** read. Its columns are all names in the SELECT, so that what was written for it gets that far.
*/
#include "facts.h"
#include <stdbool.h>
#include <string.h>
#include "facts_safety.h"
#include "facts_text.h"
#include "parameter.h"

#define FACTS_IDLE 4           /* statements that are kept */
#define FACTS_NAMES 900        /* columns of each kind that a broken table has at most... */
#define FACTS_NAMED_SIZE 32768 /* ...if its SELECT is not longer than this */
#define FACTS_ATTEMPTS 25 /* to run a statement whose schema changes, as many as SQLite makes */

struct facts_table {
  sqlite3_vtab base;
  sqlite3 *db;
  char *name;
  bool in_main;
  bool broken;        /* it cannot be read... */
  bool asked;         /* ...and is just being asked why */
  int argument_count; /* of CREATE VIRTUAL TABLE */
  char *select;
  char *frugal; /* the statement around it; NULL if there can be none, and it runs as it is */
  sqlite3_stmt *idle[FACTS_IDLE]; /* that no cursor uses */
  int idle_count;
  int width;    /* columns of the SELECT */
  char **names; /* their names */
  int *columns; /* of the SELECT, for each column of the table but the parameters */
  int column_count;
  char *parameters[PARAMETER_MAX];
  int parameter_count;
};

struct facts_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_stmt *statement;
  sqlite3_value *given[PARAMETER_MAX]; /* the parameters' values */
  sqlite3_int64 row;                   /* from 1 on; 0 at the end */
};

/* Frees what the table holds. */
static void facts_clear(struct facts_table *table) {
  while (table->idle_count > 0) sqlite3_finalize(table->idle[--table->idle_count]);
  for (int i = 0; i < table->parameter_count; i++) sqlite3_free(table->parameters[i]);
  for (int i = 0; table->names != NULL && i < table->width; i++) sqlite3_free(table->names[i]);
  sqlite3_free(table->names);
  sqlite3_free(table->columns);
  sqlite3_free(table->frugal);
  sqlite3_free(table->select);
  sqlite3_free(table->name);
}

/* Prepares the SELECT, and checks that it is one, alone, and only reads. */
static int facts_prepare_select(
    struct facts_table *table, sqlite3_stmt **statement, const char **end, char **error) {
  int status = sqlite3_prepare_v2(table->db, table->select, -1, statement, end);
  if (status != SQLITE_OK) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
    return status;
  }
  if (*statement == NULL || !facts_text_is_over(*end) || !facts_text_is_select(table->select) ||
      !sqlite3_stmt_readonly(*statement) || sqlite3_stmt_isexplain(*statement)) {
    sqlite3_finalize(*statement);
    *statement = NULL;
    *error = sqlite3_mprintf("%s: facts must be one SELECT that writes nothing", table->name);
    return SQLITE_ERROR;
  }
  return SQLITE_OK;
}

static int facts_read_parameters(struct facts_table *table, sqlite3_stmt *select, char **error) {
  int count = sqlite3_bind_parameter_count(select);
  if (count > PARAMETER_MAX) {
    *error = sqlite3_mprintf(
        "%s: facts take at most %d parameters, not %d", table->name, PARAMETER_MAX, count);
    return SQLITE_ERROR;
  }
  for (int i = 1; i <= count; i++) {
    const char *name = sqlite3_bind_parameter_name(select, i);
    if (name == NULL || name[0] == '?') {
      *error = sqlite3_mprintf(
          "%s: each parameter must have a name, such as :member; number %d has none", table->name,
          i);
      return SQLITE_ERROR;
    }
    char *copy = sqlite3_mprintf("%s", name + 1);
    if (copy == NULL) return SQLITE_NOMEM;
    table->parameters[table->parameter_count++] = copy;
  }
  return SQLITE_OK;
}

static bool facts_is_parameter(const struct facts_table *table, const char *name) {
  for (int i = 0; i < table->parameter_count; i++) {
    if (sqlite3_stricmp(name, table->parameters[i]) == 0) return true;
  }
  return false;
}

/* Keeps the names of the SELECT's columns, so that a change of its tables is noticed, and which of them
** are columns of the table, because no parameter has the name. */
static int facts_read_names(struct facts_table *table, sqlite3_stmt *select) {
  int width = sqlite3_column_count(select);
  sqlite3_uint64 size = (sqlite3_uint64)width * sizeof *table->names;
  table->columns = sqlite3_malloc64((sqlite3_uint64)width * sizeof *table->columns);
  table->names = sqlite3_malloc64(size);
  if (table->columns == NULL || table->names == NULL) return SQLITE_NOMEM;
  memset(table->names, 0, size);
  table->width = width;
  for (int i = 0; i < width; i++) {
    const char *name = sqlite3_column_name(select, i);
    table->names[i] = name ? sqlite3_mprintf("%s", name) : NULL;
    if (table->names[i] == NULL) return SQLITE_NOMEM;
    if (!facts_is_parameter(table, name)) table->columns[table->column_count++] = i;
  }
  return SQLITE_OK;
}

/* Adds a column to a declaration. */
static void facts_append_column(sqlite3_str *text, const char *name, const char *type) {
  const char *separator = sqlite3_str_length(text) ? ", " : "CREATE TABLE facts(";
  sqlite3_str_appendf(text, "%s\"%w\"%s", separator, name, type);
}

static void facts_append_columns(sqlite3_str *text, const struct facts_table *table) {
  for (int i = 0; i < table->column_count; i++) {
    facts_append_column(text, table->names[table->columns[i]], "");
  }
  for (int i = 0; i < table->parameter_count; i++) {
    facts_append_column(text, table->parameters[i], " HIDDEN");
  }
}

/* Is a token of the SELECT a column of a broken table? Each name is once, and a parameter's is the
** parameter. */
static bool facts_is_named_column(
    const struct facts_table *table, const struct facts_token *token, const char *name) {
  const char *end = table->select + strlen(table->select);
  return !facts_text_names(table->select, token->start, token->kind, name) &&
         (token->kind == FACTS_TOKEN_PARAMETER ||
             !facts_text_names(table->select, end, FACTS_TOKEN_PARAMETER, name));
}

/* Adds what a broken table has as columns: the SELECT's tokens of a kind, so many at most. */
static int facts_append_tokens(sqlite3_str *text, const struct facts_table *table,
    enum facts_token_kind kind, const char *type) {
  struct facts_token token;
  const char *next = facts_token_next(table->select, &token);
  for (int left = FACTS_NAMES; token.kind != FACTS_TOKEN_END && left > 0;
       next = facts_token_next(next, &token)) {
    if (token.kind != kind) continue;
    char *name = facts_token_name(&token);
    if (name == NULL) return SQLITE_NOMEM;
    if (facts_is_named_column(table, &token, name)) {
      facts_append_column(text, name, type);
      left--;
    }
    sqlite3_free(name);
  }
  return SQLITE_OK;
}

static int facts_append_broken(sqlite3_str *text, const struct facts_table *table) {
  int status = SQLITE_OK;
  if (strlen(table->select) <= FACTS_NAMED_SIZE) {
    status = facts_append_tokens(text, table, FACTS_TOKEN_NAME, "");
    if (status == SQLITE_OK) {
      status = facts_append_tokens(text, table, FACTS_TOKEN_PARAMETER, " HIDDEN");
    }
  }
  if (sqlite3_str_length(text) == 0) facts_append_column(text, "facts", "");
  return status;
}

/* Tells SQLite the columns. */
static int facts_declare(struct facts_table *table, char **error) {
  sqlite3_str *text = sqlite3_str_new(table->db);
  int status = SQLITE_OK;
  if (table->broken) {
    status = facts_append_broken(text, table);
  } else {
    facts_append_columns(text, table);
  }
  sqlite3_str_appendall(text, ")");
  char *declaration = sqlite3_str_finish(text);
  if (status == SQLITE_OK && declaration == NULL) status = SQLITE_NOMEM;
  if (status == SQLITE_OK) {
    status = sqlite3_declare_vtab(table->db, declaration);
    if (status != SQLITE_OK) {
      *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
    }
  }
  sqlite3_free(declaration);
  return status;
}

static bool facts_contains(const char *text, const char *word) {
  int length = (int)strlen(word);
  for (; *text; text++) {
    if (sqlite3_strnicmp(text, word, length) == 0) return true;
  }
  return false;
}

/* The text of the frugal statement around the SELECT, which ends at `end`; NULL when out of memory. */
static char *facts_frugal(struct facts_table *table, const char *end) {
  char name[20];
  int number = 0;
  do { /* one that the SELECT does not know */
    sqlite3_snprintf(sizeof name, name, "facts%d", ++number);
  } while (facts_contains(table->select, name));
  if (end > table->select && end[-1] == ';') end--;
  sqlite3_str *text = sqlite3_str_new(table->db);
  sqlite3_str_appendf(text, "WITH %s(", name);
  for (int i = 0; i < table->width; i++) sqlite3_str_appendf(text, "%sc%d", i ? ", " : "", i);
  sqlite3_str_appendall(text, ") AS (");
  sqlite3_str_append(text, table->select, (int)(end - table->select));
  sqlite3_str_appendall(text, "\n) SELECT "); /* the SELECT may end in a comment */
  for (int i = 0, column = 0; i < table->width; i++) {
    if (i) sqlite3_str_appendall(text, ", ");
    if (column == table->column_count || table->columns[column] != i) {
      sqlite3_str_appendall(text, "NULL");
      continue;
    }
    sqlite3_str_appendf(text, "CASE WHEN ?%d & %lld THEN c%d END", table->parameter_count + 1,
        (sqlite3_int64)parameter_column_bit(column++), i);
  }
  sqlite3_str_appendf(text, " FROM %s", name);
  return sqlite3_str_finish(text);
}

/* Prepares what runs, and checks what it does. Not by sqlite3_prepare_v2: see above. */
static int facts_prepare(struct facts_table *table, sqlite3_stmt **statement, char **error) {
  const char *running = table->frugal ? table->frugal : table->select;
  int status = sqlite3_prepare(table->db, running, -1, statement, NULL);
  if (status != SQLITE_OK) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
    return status;
  }
  status =
      facts_safety_check(table->db, table->name, table->in_main, table->select, running, error);
  if (status != SQLITE_OK) {
    sqlite3_finalize(*statement);
    *statement = NULL;
  }
  return status;
}

/* Have the columns of the SELECT still the names that were declared? */
static int facts_compare(struct facts_table *table, char **error) {
  sqlite3_stmt *select = NULL;
  const char *end;
  int status = facts_prepare_select(table, &select, &end, error);
  if (status != SQLITE_OK) return status;
  bool same = sqlite3_column_count(select) == table->width;
  for (int i = 0; same && i < table->width; i++) {
    const char *name = sqlite3_column_name(select, i);
    same = name != NULL && strcmp(name, table->names[i]) == 0;
  }
  sqlite3_finalize(select);
  if (same) return SQLITE_OK;
  *error = sqlite3_mprintf("%s: its tables have changed; open the database again", table->name);
  return SQLITE_SCHEMA;
}

/* Prepares what runs anew. */
static int facts_renew(struct facts_table *table, sqlite3_stmt **statement, char **error) {
  sqlite3_finalize(*statement);
  *statement = NULL;
  int status = facts_compare(table, error);
  return status == SQLITE_OK ? facts_prepare(table, statement, error) : status;
}

/* Prepares what runs for the first time. A frugal statement that does not compile is none: the SELECT ends in
** a comment that is not closed, or is at a limit of SQLite's. */
static int facts_prepare_first(struct facts_table *table, char **error) {
  int status = facts_prepare(table, &table->idle[0], error);
  if (status == SQLITE_ERROR && table->frugal != NULL) {
    sqlite3_free(table->frugal);
    sqlite3_free(*error);
    table->frugal = *error = NULL;
    status = facts_prepare(table, &table->idle[0], error);
  }
  table->idle_count = status == SQLITE_OK;
  return status;
}

/* Reads the SELECT, and prepares it. */
static int facts_read(struct facts_table *table, char **error) {
  sqlite3_stmt *select = NULL;
  const char *end;
  if (table->argument_count != 1) {
    *error = sqlite3_mprintf(
        "%s: facts take one argument, a quoted SELECT, not %d", table->name, table->argument_count);
    return SQLITE_ERROR;
  }
  int status = facts_prepare_select(table, &select, &end, error);
  if (status == SQLITE_OK) status = facts_read_parameters(table, select, error);
  if (status == SQLITE_OK) status = facts_read_names(table, select);
  sqlite3_finalize(select);
  if (status == SQLITE_OK && !facts_text_is_sorted(table->select, end)) {
    table->frugal = facts_frugal(table, end);
    if (table->frugal == NULL) status = SQLITE_NOMEM;
  }
  return status == SQLITE_OK ? facts_prepare_first(table, error) : status;
}

/* Says why a broken table cannot be read. */
static int facts_say_broken(struct facts_table *table) {
  char *error = NULL;
  if (table->asked) {
    return parameter_error(&table->base, SQLITE_ERROR,
        sqlite3_mprintf("%s: facts must not be taken from themselves", table->name));
  }
  struct facts_table again = {.db = table->db,
      .name = sqlite3_mprintf("%s", table->name),
      .select = sqlite3_mprintf("%s", table->select),
      .in_main = table->in_main,
      .argument_count = table->argument_count};
  table->asked = true;
  int status = again.name && again.select ? facts_read(&again, &error) : SQLITE_NOMEM;
  table->asked = false;
  facts_clear(&again);
  if (status == SQLITE_OK) {
    status = SQLITE_SCHEMA;
    error = sqlite3_mprintf("%s: its tables have changed; open the database again", table->name);
  }
  return parameter_error(&table->base, status, error);
}

static int facts_build(
    struct facts_table *table, bool create, int argc, const char *const *argv, char **error) {
  table->in_main = sqlite3_stricmp(argv[1], "main") == 0;
  table->argument_count = argc - 3;
  table->name = sqlite3_mprintf("%s", argv[2]);
  table->select = argc > 3 ? parameter_dequote(argv[3], strlen(argv[3])) : sqlite3_mprintf("");
  if (table->name == NULL || table->select == NULL) return SQLITE_NOMEM;
  if (!table->in_main && sqlite3_stricmp(argv[1], "temp") != 0) {
    *error = sqlite3_mprintf("%s: facts must be in main or temp, not in %s", argv[2], argv[1]);
    return SQLITE_ERROR;
  }
  int status = facts_read(table, error);
  if (status == SQLITE_OK) status = facts_declare(table, error);
  if (!create &&
      (status == SQLITE_ERROR || status == SQLITE_LOCKED)) { /* locked: it reads itself */
    sqlite3_free(*error);
    *error = NULL;
    table->broken = true;
    status = facts_declare(table, error);
  }
  if (status == SQLITE_OK) status = sqlite3_vtab_config(table->db, SQLITE_VTAB_DIRECTONLY);
  return status;
}

static int facts_start(sqlite3 *db, bool create, int argc, const char *const *argv,
    sqlite3_vtab **vtab, char **error) {
  struct facts_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct facts_table){.db = db};
  int status = facts_build(table, create, argc, argv, error);
  if (status == SQLITE_OK) {
    *vtab = &table->base;
  } else {
    facts_clear(table);
    sqlite3_free(table);
  }
  return status;
}

static int facts_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)aux;
  return facts_start(db, false, argc, argv, vtab, error);
}

/* Another function than facts_connect, so that the module is not also a table named facts. */
static int facts_create(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)aux;
  return facts_start(db, true, argc, argv, vtab, error);
}

static int facts_disconnect(sqlite3_vtab *vtab) {
  facts_clear((struct facts_table *)vtab);
  sqlite3_free(vtab);
  return SQLITE_OK;
}

static int facts_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  struct facts_table *table = (struct facts_table *)vtab;
  if (table->broken) return facts_say_broken(table);
  return parameter_best_index(info, table->column_count, table->parameter_count);
}

static int facts_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  struct facts_table *table = (struct facts_table *)vtab;
  struct facts_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  if (table->idle_count > 0) {
    cursor->statement = table->idle[--table->idle_count];
  } else {
    char *error = NULL;
    int status = facts_renew(table, &cursor->statement, &error);
    if (status != SQLITE_OK) {
      sqlite3_free(cursor);
      return error ? parameter_error(vtab, status, error) : status;
    }
  }
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Ends a scan: the statement lets go of its locks and of the parameters. */
static void facts_rest(struct facts_cursor *cursor, int count) {
  if (cursor->statement != NULL) {
    sqlite3_reset(cursor->statement);
    sqlite3_clear_bindings(cursor->statement);
  }
  for (int i = 0; i < count; i++) {
    sqlite3_value_free(cursor->given[i]);
    cursor->given[i] = NULL;
  }
  cursor->row = 0;
}

static int facts_close(sqlite3_vtab_cursor *base) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  facts_rest(cursor, table->parameter_count);
  if (cursor->statement != NULL && table->idle_count < FACTS_IDLE) {
    table->idle[table->idle_count++] = cursor->statement;
  } else {
    sqlite3_finalize(cursor->statement);
  }
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int facts_next(sqlite3_vtab_cursor *base) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  if (sqlite3_step(cursor->statement) == SQLITE_ROW) {
    cursor->row++;
    return SQLITE_OK;
  }
  cursor->row = 0;
  int status = sqlite3_reset(cursor->statement);
  if (status == SQLITE_OK || status == SQLITE_SCHEMA) return status;
  return parameter_error(
      &table->base, status, sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db)));
}

/* Gives the statement the values of the parameters, and says which columns are asked for. */
static int facts_bind(
    struct facts_cursor *cursor, int given, const char *plan, sqlite3_value **argv) {
  struct facts_table *table = (struct facts_table *)cursor->base.pVtab;
  int status = parameter_bind(&table->base, table->name, cursor->statement, table->parameters,
      table->parameter_count, given, argv);
  if (status != SQLITE_OK || table->frugal == NULL) return status;
  sqlite3_int64 asked = (sqlite3_int64)parameter_asked(plan);
  sqlite3_bind_int64(cursor->statement, table->parameter_count + 1, asked); /* if it has columns */
  return SQLITE_OK;
}

static int facts_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  (void)argc;
  facts_rest(cursor, table->parameter_count);
  int status = facts_bind(cursor, given, plan, argv);
  if (status != SQLITE_OK) return status;
  for (int i = 0; i < table->parameter_count; i++) {
    cursor->given[i] = sqlite3_value_dup(argv[i]);
    if (cursor->given[i] == NULL) return SQLITE_NOMEM;
  }
  status = facts_next(base);
  for (int i = 1; status == SQLITE_SCHEMA && i < FACTS_ATTEMPTS; i++) {
    char *error = NULL;
    status = facts_renew(table, &cursor->statement, &error);
    if (status != SQLITE_OK) return error ? parameter_error(&table->base, status, error) : status;
    status = facts_bind(cursor, given, plan, argv);
    if (status == SQLITE_OK) status = facts_next(base);
  }
  return status;
}

static int facts_eof(sqlite3_vtab_cursor *base) {
  return ((struct facts_cursor *)base)->row == 0;
}

static int facts_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  if (column < table->column_count) {
    sqlite3_result_value(context, sqlite3_column_value(cursor->statement, table->columns[column]));
  } else {
    sqlite3_result_value(context, cursor->given[column - table->column_count]);
  }
  return SQLITE_OK;
}

static int facts_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  return parameter_rowid(cursor->given, table->parameter_count, cursor->row, rowid);
}

const sqlite3_module facts_module = {
    .xCreate = facts_create,
    .xConnect = facts_connect,
    .xBestIndex = facts_best_index,
    .xDisconnect = facts_disconnect,
    .xDestroy = facts_disconnect,
    .xOpen = facts_open,
    .xClose = facts_close,
    .xFilter = facts_filter,
    .xNext = facts_next,
    .xEof = facts_eof,
    .xColumn = facts_column,
    .xRowid = facts_rowid,
};
