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
** Each cursor runs a statement of its own. The table keeps one of them when its cursor is closed, so
** that a caller who looks up fact by fact does not prepare the SELECT anew each time. An idle
** statement is reset and holds no lock. One that failed is not kept: it may be of facts that read each
** other, whose statements would keep each other's tables from being closed.
**
** DIRECTONLY: the SELECT runs with the rights of whoever selects from the table, and whoever made the
** file chose its text. For the same reason it must be one SELECT that writes nothing, and the table
** must be in main or temp.
**
** A table whose SELECT does not run any more, because its own tables are gone, says so whenever it is
** used, also when it is to be dropped.
*/
#include "facts.h"
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include "parameter.h"

struct facts_table {
  sqlite3_vtab base;
  sqlite3 *db;
  char *name;
  char *select;
  char *frugal;       /* the statement around it; NULL if there can be none, and it runs as it is */
  sqlite3_stmt *idle; /* NULL, or a statement that no cursor uses */
  bool stepping;      /* the SELECT is running: it must not come back to this table */
  int reprepared;     /* how often it had been prepared anew when its names were checked */
  int width;          /* columns of the SELECT */
  char **names;       /* their names */
  int *columns;       /* of the SELECT, for each column of the table but the parameters */
  int column_count;
  char *parameters[PARAMETER_MAX];
  int parameter_count;
};

struct facts_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_stmt *statement;
  int reprepared;                      /* as in the table */
  sqlite3_value *given[PARAMETER_MAX]; /* the parameters' values */
  sqlite3_int64 row;                   /* from 1 on; 0 at the end */
  bool failed;                         /* its statement is not to be kept */
};

static void facts_free(struct facts_table *table) {
  if (table == NULL) return;
  sqlite3_finalize(table->idle);
  for (int i = 0; i < table->parameter_count; i++) sqlite3_free(table->parameters[i]);
  for (int i = 0; table->names != NULL && i < table->width; i++) sqlite3_free(table->names[i]);
  sqlite3_free(table->names);
  sqlite3_free(table->columns);
  sqlite3_free(table->frugal);
  sqlite3_free(table->select);
  sqlite3_free(table->name);
  sqlite3_free(table);
}

/* Steps over white space and comments. */
static const char *facts_skip(const char *text) {
  for (;;) {
    if (isspace((unsigned char)*text)) {
      text++;
    } else if (text[0] == '-' && text[1] == '-') {
      text += strcspn(text, "\n");
    } else if (text[0] == '/' && text[1] == '*') {
      const char *end = strstr(text + 2, "*/");
      text = end ? end + 2 : text + strlen(text);
    } else {
      return text;
    }
  }
}

static bool facts_is_select(const char *select) {
  static const char *const words[] = {"SELECT", "WITH", "VALUES"};
  select = facts_skip(select);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t length = strlen(words[i]);
    if (sqlite3_strnicmp(select, words[i], (int)length) == 0 &&
        !isalnum((unsigned char)select[length]) && select[length] != '_') {
      return true;
    }
  }
  return false;
}

/* Prepares a text of the table's; *end is where the statement in it ends. */
static int facts_prepare(struct facts_table *table, const char *sql, sqlite3_stmt **statement,
    const char **end, char **error) {
  int status = sqlite3_prepare_v3(table->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, end);
  if (status != SQLITE_OK) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  }
  return status;
}

/* Prepares the SELECT, and checks that it is one, alone, and only reads. */
static int facts_prepare_select(
    struct facts_table *table, sqlite3_stmt **statement, const char **end, char **error) {
  int status = facts_prepare(table, table->select, statement, end, error);
  if (status != SQLITE_OK) return status;
  const char *tail = *end;
  while (*(tail = facts_skip(tail)) == ';') tail++;
  if (*statement == NULL || *tail || !facts_is_select(table->select) ||
      !sqlite3_stmt_readonly(*statement) || sqlite3_stmt_isexplain(*statement)) {
    sqlite3_finalize(*statement);
    *statement = NULL;
    *error = sqlite3_mprintf("%s: facts must be one SELECT that writes nothing", table->name);
    return SQLITE_ERROR;
  }
  return SQLITE_OK;
}

static int facts_read_parameters(struct facts_table *table, char **error) {
  int count = sqlite3_bind_parameter_count(table->idle);
  if (count > PARAMETER_MAX) {
    *error = sqlite3_mprintf(
        "%s: facts take at most %d parameters, not %d", table->name, PARAMETER_MAX, count);
    return SQLITE_ERROR;
  }
  for (int i = 1; i <= count; i++) {
    const char *name = sqlite3_bind_parameter_name(table->idle, i);
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

/* Keeps the names of the SELECT's columns, so that a change of its tables is noticed. */
static int facts_read_names(struct facts_table *table) {
  int width = sqlite3_column_count(table->idle);
  sqlite3_uint64 size = (sqlite3_uint64)width * sizeof *table->names;
  table->columns = sqlite3_malloc64((sqlite3_uint64)width * sizeof *table->columns);
  table->names = sqlite3_malloc64(size);
  if (table->columns == NULL || table->names == NULL) return SQLITE_NOMEM;
  memset(table->names, 0, size);
  table->width = width;
  for (int i = 0; i < width; i++) {
    const char *name = sqlite3_column_name(table->idle, i);
    table->names[i] = name ? sqlite3_mprintf("%s", name) : NULL;
    if (table->names[i] == NULL) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

/* Tells SQLite the columns. */
static int facts_declare(struct facts_table *table, char **error) {
  int status = facts_read_names(table);
  if (status != SQLITE_OK) return status;
  sqlite3_str *text = sqlite3_str_new(table->db);
  sqlite3_str_appendall(text, "CREATE TABLE facts(");
  const char *separator = "";
  for (int i = 0; i < table->width; i++) {
    if (facts_is_parameter(table, table->names[i])) continue;
    table->columns[table->column_count++] = i;
    sqlite3_str_appendf(text, "%s\"%w\"", separator, table->names[i]);
    separator = ", ";
  }
  for (int i = 0; i < table->parameter_count; i++) {
    sqlite3_str_appendf(text, "%s\"%w\" HIDDEN", separator, table->parameters[i]);
    separator = ", ";
  }
  sqlite3_str_appendall(text, ")");
  char *declaration = sqlite3_str_finish(text);
  if (declaration == NULL) return SQLITE_NOMEM;
  status = sqlite3_declare_vtab(table->db, declaration);
  if (status != SQLITE_OK) {
    *error = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  }
  sqlite3_free(declaration);
  return status;
}

/* Has the SELECT an ORDER BY of its own, not in parentheses? */
static bool facts_is_sorted(const char *text, const char *end) {
  int depth = 0;
  while ((text = facts_skip(text)) < end) {
    size_t word = 0;
    while (isalnum((unsigned char)text[word]) || text[word] == '_') word++;
    if (word > 0) {
      if (depth == 0 && word == 5 && sqlite3_strnicmp(text, "ORDER", 5) == 0) return true;
      text += word;
    } else if (*text == '\'' || *text == '"' || *text == '`' || *text == '[') {
      text = strchr(text + 1, *text == '[' ? ']' : *text) + 1; /* it compiles: there is one */
    } else {
      depth += (*text == '(') - (*text == ')');
      text++;
    }
  }
  return false;
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

/* Replaces the idle statement by the frugal one. One that does not compile is none: the SELECT ends in a
** comment that is not closed, or is at a limit of SQLite's. */
static int facts_economise(struct facts_table *table, const char *end) {
  sqlite3_stmt *statement = NULL;
  if (facts_is_sorted(table->select, end)) return SQLITE_OK;
  table->frugal = facts_frugal(table, end);
  if (table->frugal == NULL) return SQLITE_NOMEM;
  int status =
      sqlite3_prepare_v3(table->db, table->frugal, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (status == SQLITE_OK) {
    sqlite3_finalize(table->idle);
    table->idle = statement;
  } else {
    sqlite3_free(table->frugal);
    table->frugal = NULL;
  }
  return status == SQLITE_NOMEM ? SQLITE_NOMEM : SQLITE_OK;
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

/* The same, asked when the statement was prepared anew. */
static int facts_follow(struct facts_table *table, struct facts_cursor *cursor, char **error) {
  int reprepared = sqlite3_stmt_status(cursor->statement, SQLITE_STMTSTATUS_REPREPARE, 0);
  if (reprepared == cursor->reprepared) return SQLITE_OK;
  cursor->reprepared = reprepared;
  return facts_compare(table, error);
}

static int facts_build(struct facts_table *table, int argc, const char *const *argv, char **error) {
  table->name = sqlite3_mprintf("%s", argv[2]);
  if (table->name == NULL) return SQLITE_NOMEM;
  if (sqlite3_stricmp(argv[1], "main") != 0 && sqlite3_stricmp(argv[1], "temp") != 0) {
    *error = sqlite3_mprintf("%s: facts must be in main or temp, not in %s", argv[2], argv[1]);
    return SQLITE_ERROR;
  }
  if (argc != 4) {
    *error =
        sqlite3_mprintf("%s: facts take one argument, a quoted SELECT, not %d", argv[2], argc - 3);
    return SQLITE_ERROR;
  }
  table->select = parameter_dequote(argv[3], strlen(argv[3]));
  if (table->select == NULL) return SQLITE_NOMEM;
  const char *end;
  int status = facts_prepare_select(table, &table->idle, &end, error);
  if (status == SQLITE_OK) status = facts_read_parameters(table, error);
  if (status == SQLITE_OK) status = facts_declare(table, error);
  if (status == SQLITE_OK) status = facts_economise(table, end);
  if (status == SQLITE_OK) status = sqlite3_vtab_config(table->db, SQLITE_VTAB_DIRECTONLY);
  return status;
}

static int facts_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)aux;
  struct facts_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  memset(table, 0, sizeof *table);
  table->db = db;
  int status = facts_build(table, argc, argv, error);
  if (status == SQLITE_OK) {
    *vtab = &table->base;
  } else {
    facts_free(table);
  }
  return status;
}

/* A function of its own, so that the module is not also a table named facts. */
static int facts_create(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  return facts_connect(db, aux, argc, argv, vtab, error);
}

static int facts_disconnect(sqlite3_vtab *vtab) {
  facts_free((struct facts_table *)vtab);
  return SQLITE_OK;
}

static int facts_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  struct facts_table *table = (struct facts_table *)vtab;
  return parameter_best_index(info, table->column_count, table->parameter_count);
}

static int facts_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  struct facts_table *table = (struct facts_table *)vtab;
  struct facts_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  cursor->statement = table->idle;
  cursor->reprepared = table->reprepared;
  table->idle = NULL;
  if (cursor->statement == NULL) {
    char *error = NULL;
    int status = facts_compare(table, &error);
    if (status == SQLITE_OK) {
      status = facts_prepare(
          table, table->frugal ? table->frugal : table->select, &cursor->statement, NULL, &error);
    }
    if (status != SQLITE_OK) {
      sqlite3_free(cursor);
      return parameter_error(vtab, status, error);
    }
    cursor->reprepared = 0;
  }
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Ends a scan: the statement lets go of its locks and of the parameters. */
static void facts_rest(struct facts_cursor *cursor, int count) {
  sqlite3_reset(cursor->statement);
  sqlite3_clear_bindings(cursor->statement);
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
  if (table->idle == NULL && !cursor->failed) {
    table->idle = cursor->statement;
    table->reprepared = cursor->reprepared;
  } else {
    sqlite3_finalize(cursor->statement);
  }
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int facts_next(sqlite3_vtab_cursor *base) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  table->stepping = true;
  int status = sqlite3_step(cursor->statement);
  table->stepping = false;
  char *error = NULL;
  if (status == SQLITE_ROW) {
    status = facts_follow(table, cursor, &error);
    if (status == SQLITE_OK) {
      cursor->row++;
      return SQLITE_OK;
    }
    cursor->failed = true;
    facts_rest(cursor, table->parameter_count);
    return parameter_error(&table->base, status, error);
  }
  status = sqlite3_reset(cursor->statement);
  cursor->row = 0;
  if (status == SQLITE_OK) return SQLITE_OK;
  cursor->failed = true;
  char *said = sqlite3_mprintf("%s: %s", table->name, sqlite3_errmsg(table->db));
  int changed = status == SQLITE_ERROR ? facts_compare(table, &error) : SQLITE_OK;
  if (changed == SQLITE_OK) return parameter_error(&table->base, status, said);
  sqlite3_free(said); /* it is about the frugal statement, which nobody wrote */
  return parameter_error(&table->base, changed, error);
}

static int facts_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct facts_cursor *cursor = (struct facts_cursor *)base;
  struct facts_table *table = (struct facts_table *)base->pVtab;
  (void)argc;
  if (table->stepping) {
    cursor->failed = true;
    return parameter_error(&table->base, SQLITE_ERROR,
        sqlite3_mprintf("%s: facts must not be taken from themselves", table->name));
  }
  facts_rest(cursor, table->parameter_count);
  int status = parameter_bind(&table->base, table->name, cursor->statement, table->parameters,
      table->parameter_count, given, argv);
  if (status != SQLITE_OK) return status;
  if (table->frugal != NULL) {
    sqlite3_int64 asked = (sqlite3_int64)parameter_asked(plan);
    sqlite3_bind_int64(cursor->statement, table->parameter_count + 1, asked);
  }
  for (int i = 0; i < table->parameter_count; i++) {
    cursor->given[i] = sqlite3_value_dup(argv[i]);
    if (cursor->given[i] == NULL) return SQLITE_NOMEM;
  }
  return facts_next(base);
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
