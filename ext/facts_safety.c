/*
** facts_safety.c: what a facts table's SELECT must not do. See facts_safety.h.
**
** HOW IT WORKS
**
** EXPLAIN lists the program that SQLite made of the SELECT, the views and generated columns in it
** included, and thereby all that it can do:
**
**     Function, PureFunc, Agg...   call the function in p4: "lower(1)"
**     VOpen                        reads the virtual table in p4: "vtab:55F4D2E34DC8"
**     OpenRead, ReopenIdx          read the table or index with root page p2 in database number p3
**     Transaction                  reads something in database number p1: 0 is main, 1 temp
**
** A function must be INNOCUOUS by PRAGMA function_list, in each of its rows: which of several is called
** depends on the number of arguments and the encoding. The built-in JSON functions are, whatever the
** list says: SQLite 3.38 to 3.40 register them with the flag the wrong way round.
**
** What a virtual table is, SQLite does not tell. Those in the list below are known to be harmless, and each
** is one and the same object for the connection, whose address stands in the program of a SELECT from it.
** It is asked for as temp.json_each, because in main a stranger may have another table of that name.
**
** A view in temp leaves no trace in the program, which only shows the tables that it reads. So its name
** is searched for in the text of the SELECT.
**
** Collations are not looked at: SQLite has no flag for them.
*/
#include "facts_safety.h"
#include <stdarg.h>
#include <string.h>
#include "facts_text.h"

#ifndef SQLITE_INNOCUOUS
#error "SQLite is too old"
#endif

#define SAFETY_FUNCTIONS 200 /* different ones in a SELECT; member_facts has some thirty */

static const char *const safe_tables[] = {"json_each(1)", "json_tree(1)", "generate_series(1)",
    "drama_terms(1)", "toxicity_terms(1)", "shadow_effect(1)", "decorum_help", "decorum_action",
    "decorum_lexicon"};

/* A function that the program calls, and what the list says of all that have its name. */
struct safety_function {
  char *name;
  bool listed;
  bool harmful;   /* one of them is */
  bool is_json;   /* one of them is one of SQLite's JSON functions, not marked */
  bool from_host; /* one of them does not come with SQLite */
};

struct safety {
  sqlite3 *db;
  const char *name; /* of the facts table */
  bool in_main;
  const char *select;
  const char *running;
  struct safety_function functions[SAFETY_FUNCTIONS];
  int function_count;
  int schema;              /* the last database but main that is read; 0 if there is none... */
  sqlite3_int64 root_page; /* ...and what in it; 0 if that is not known */
  char *message;
};

/* The message of a refusal; SQLITE_NOMEM if there is no room for it. */
static int safety_refuse(struct safety *safety, int status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *rest = sqlite3_vmprintf(format, arguments);
  va_end(arguments);
  safety->message = rest ? sqlite3_mprintf("%s: %s", safety->name, rest) : NULL;
  sqlite3_free(rest);
  return safety->message ? status : SQLITE_NOMEM;
}

/* Prepares a statement of our own. */
static int safety_prepare(
    struct safety *safety, unsigned flags, sqlite3_stmt **statement, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *sql = sqlite3_vmprintf(format, arguments);
  va_end(arguments);
  int status = sql ? sqlite3_prepare_v3(safety->db, sql, -1, flags, statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return status;
}

/* ---- functions ---- */

/* Notes the function of an instruction: "lower(1)". */
static int safety_note_function(struct safety *safety, const char *p4) {
  const char *end = p4 ? strrchr(p4, '(') : NULL;
  int length = end ? (int)(end - p4) : 0;
  for (int i = 0; i < safety->function_count; i++) {
    const char *known = safety->functions[i].name;
    if (sqlite3_strnicmp(known, p4, length) == 0 && known[length] == '\0') return SQLITE_OK;
  }
  if (end == NULL || safety->function_count == SAFETY_FUNCTIONS) {
    return safety_refuse(safety, SQLITE_ERROR, "facts must not call so many functions");
  }
  char *name = sqlite3_mprintf("%.*s", length, p4);
  if (name == NULL) return SQLITE_NOMEM;
  safety->functions[safety->function_count++].name = name;
  return SQLITE_OK;
}

static bool safety_is_json(const char *name) {
  return sqlite3_strnicmp(name, "json", 4) == 0 || strcmp(name, "->") == 0 ||
         strcmp(name, "->>") == 0;
}

/* Notes what a row of PRAGMA function_list says: name, builtin, type, enc, narg, flags. */
static void safety_note_flags(struct safety_function *function, sqlite3_stmt *list) {
  bool builtin = sqlite3_column_int(list, 1) != 0;
  int flags = sqlite3_column_int(list, 5);
  function->listed = true;
  if (!builtin) function->from_host = true;
  if ((flags & SQLITE_INNOCUOUS) && !(flags & SQLITE_DIRECTONLY)) return;
  if (builtin && !(flags & SQLITE_DIRECTONLY) && safety_is_json(function->name)) {
    function->is_json = true;
  } else {
    function->harmful = true;
  }
}

static int safety_check_functions(struct safety *safety) {
  sqlite3_stmt *list = NULL;
  if (safety->function_count == 0) return SQLITE_OK;
  int status = safety_prepare(safety, 0, &list, "PRAGMA function_list");
  while (status == SQLITE_OK && sqlite3_step(list) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(list, 0);
    for (int i = 0; name != NULL && i < safety->function_count; i++) {
      if (sqlite3_stricmp(name, safety->functions[i].name) == 0) {
        safety_note_flags(&safety->functions[i], list);
      }
    }
  }
  int finished = sqlite3_finalize(list);
  if (status == SQLITE_OK) status = finished;
  for (int i = 0; status == SQLITE_OK && i < safety->function_count; i++) {
    const struct safety_function *function = &safety->functions[i];
    if (function->listed && !function->harmful && !(function->is_json && function->from_host)) {
      continue;
    }
    status = safety_refuse(safety, SQLITE_ERROR,
        "facts must not call %s(): it is not marked as harmless (SQLITE_INNOCUOUS)",
        function->name);
  }
  return status;
}

/* ---- outside of main ---- */

/* Stands a table or view of this name, up to its parentheses, in the schema? */
static int safety_find(struct safety *safety, const char *schema, const char *name, bool *found) {
  sqlite3_stmt *statement = NULL;
  int status = safety_prepare(safety, SQLITE_PREPARE_NO_VTAB, &statement,
      "SELECT 1 FROM %s.sqlite_schema WHERE name = '%.*q' COLLATE NOCASE "
      "AND type IN ('table', 'view')",
      schema, (int)strcspn(name, "("), name);
  *found = status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
  int finished = sqlite3_finalize(statement);
  return status == SQLITE_OK ? finished : status;
}

static int safety_refuse_outside(struct safety *safety, const char *schema, const char *table) {
  bool hides = false;
  if (sqlite3_stricmp(schema, "temp") == 0) {
    int status = safety_find(safety, "main", table, &hides);
    if (status != SQLITE_OK) return status;
  }
  return safety_refuse(safety, SQLITE_PERM, "facts in main must read main alone, not %s.%s%s%s",
      schema, table, hides ? ", which hides main." : "", hides ? table : "");
}

/* Refuses what the program reads outside of main, with its name. */
static int safety_check_schema(struct safety *safety) {
  sqlite3_stmt *statement = NULL;
  if (safety->schema == 0) return SQLITE_OK;
  const char *schema = sqlite3_db_name(safety->db, safety->schema);
  if (schema == NULL) schema = "another database";
  int status = safety_prepare(safety, SQLITE_PREPARE_NO_VTAB, &statement,
      "SELECT tbl_name FROM \"%w\".sqlite_schema WHERE rootpage = nullif(%lld, 0)", schema,
      safety->root_page);
  const char *table = status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW
                          ? (const char *)sqlite3_column_text(statement, 0)
                          : NULL;
  status = safety_refuse_outside(safety, schema, table ? table : "sqlite_schema");
  sqlite3_finalize(statement);
  return status;
}

/* Refuses a view in temp whose name stands in the SELECT. */
static int safety_check_views(struct safety *safety) {
  sqlite3_stmt *views = NULL;
  int status = safety_prepare(safety, SQLITE_PREPARE_NO_VTAB, &views,
      "SELECT name FROM temp.sqlite_schema WHERE type = 'view'");
  while (status == SQLITE_OK && sqlite3_step(views) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(views, 0);
    if (name == NULL) {
      status = SQLITE_NOMEM;
    } else if (facts_text_may_read(safety->select, name)) {
      status = safety_refuse_outside(safety, "temp", name);
    }
  }
  int finished = sqlite3_finalize(views);
  return status == SQLITE_OK ? finished : status;
}

/* ---- virtual tables ---- */

/* Does a SELECT from this table open the virtual table with this p4, and no other? */
static int safety_opens(struct safety *safety, const char *table, const char *p4, bool *opens) {
  sqlite3_stmt *explain = NULL;
  *opens = false;
  int status = safety_prepare(safety, 0, &explain, "EXPLAIN SELECT 1 FROM temp.%s", table);
  if (status == SQLITE_ERROR) return SQLITE_OK; /* there is none */
  while (status == SQLITE_OK && sqlite3_step(explain) == SQLITE_ROW) {
    const char *opcode = (const char *)sqlite3_column_text(explain, 1);
    const char *opened = (const char *)sqlite3_column_text(explain, 5);
    if (opcode == NULL) status = SQLITE_NOMEM;
    if (opcode && opened && strcmp(opcode, "VOpen") == 0) *opens = strcmp(opened, p4) == 0;
  }
  int finished = sqlite3_finalize(explain);
  return status == SQLITE_OK ? finished : status;
}

/* The name in "no such table: words", which SQLite says of the first virtual table if there must be none.
** Empty if it says something else, NULL when out of memory. */
static char *safety_missing_table(struct safety *safety) {
  static const char no_such_table[] = "no such table: ";
  sqlite3_stmt *statement = NULL;
  int status = safety_prepare(safety, SQLITE_PREPARE_NO_VTAB, &statement, "%s", safety->running);
  sqlite3_finalize(statement);
  const char *said = status == SQLITE_ERROR ? sqlite3_errmsg(safety->db) : "";
  size_t length = sizeof no_such_table - 1;
  return sqlite3_mprintf("%s", strncmp(said, no_such_table, length) == 0 ? said + length : "");
}

static int safety_refuse_virtual(struct safety *safety) {
  bool found = false;
  char *name = safety_missing_table(safety);
  if (name == NULL) return SQLITE_NOMEM;
  int status = safety->in_main ? safety_find(safety, "temp", name, &found) : SQLITE_OK;
  for (size_t i = 0; !found && i < sizeof safe_tables / sizeof *safe_tables; i++) {
    size_t length = strcspn(safe_tables[i], "(");
    if (strlen(name) == length && sqlite3_strnicmp(name, safe_tables[i], (int)length) == 0) {
      name[0] = '\0'; /* it is another one */
    }
  }
  if (found) {
    status = safety_refuse_outside(safety, "temp", name);
  } else if (status == SQLITE_OK) {
    status = safety_refuse(safety, SQLITE_ERROR,
        "facts must not read %s%sa virtual table that is not known to be harmless", name,
        name[0] ? ", " : "");
  }
  sqlite3_free(name);
  return status;
}

static int safety_check_virtual(struct safety *safety, const char *p4) {
  for (size_t i = 0; i < sizeof safe_tables / sizeof *safe_tables; i++) {
    bool found, safe = false;
    int status = safety_find(safety, "temp", safe_tables[i], &found);
    if (status == SQLITE_OK && !found) status = safety_opens(safety, safe_tables[i], p4, &safe);
    if (status != SQLITE_OK || safe) return status;
  }
  return safety_refuse_virtual(safety);
}

/* ---- the program ---- */

/* Looks at an instruction: addr, opcode, p1, p2, p3, p4, ... */
static int safety_check_instruction(struct safety *safety, sqlite3_stmt *explain) {
  const char *opcode = (const char *)sqlite3_column_text(explain, 1);
  const char *p4 = (const char *)sqlite3_column_text(explain, 5);
  if (opcode == NULL) return SQLITE_NOMEM;
  if (strncmp(opcode, "Agg", 3) == 0 || strstr(opcode, "Func") != NULL) {
    return safety_note_function(safety, p4);
  }
  if (strcmp(opcode, "VOpen") == 0) return safety_check_virtual(safety, p4 ? p4 : "");
  if (strcmp(opcode, "OpenRead") == 0 || strcmp(opcode, "ReopenIdx") == 0) {
    if (sqlite3_column_int(explain, 4) != 0) {
      safety->schema = sqlite3_column_int(explain, 4);
      safety->root_page = sqlite3_column_int64(explain, 3);
    }
  } else if (strcmp(opcode, "Transaction") == 0 && safety->schema == 0) {
    safety->schema = sqlite3_column_int(explain, 2);
  }
  return SQLITE_OK;
}

static int safety_check_program(struct safety *safety) {
  sqlite3_stmt *explain = NULL;
  int status = safety_prepare(safety, 0, &explain, "EXPLAIN %s", safety->running);
  while (status == SQLITE_OK && sqlite3_step(explain) == SQLITE_ROW) {
    status = safety_check_instruction(safety, explain);
  }
  int finished = sqlite3_finalize(explain);
  if (status == SQLITE_OK) status = finished;
  if (status == SQLITE_OK && safety->in_main) status = safety_check_views(safety);
  if (status == SQLITE_OK && safety->in_main) status = safety_check_schema(safety);
  return status == SQLITE_OK ? safety_check_functions(safety) : status;
}

int facts_safety_check(sqlite3 *db, const char *name, bool in_main, const char *select,
    const char *running, char **error) {
  struct safety safety = {
      .db = db, .name = name, .in_main = in_main, .select = select, .running = running};
  int status = safety_check_program(&safety);
  if (status != SQLITE_OK && status != SQLITE_NOMEM && safety.message == NULL) {
    safety_refuse(&safety, status, "%s", sqlite3_errmsg(db));
  }
  for (int i = 0; i < safety.function_count; i++) sqlite3_free(safety.functions[i].name);
  *error = safety.message;
  return status;
}
