/*
** policy_setting.c: the numbers that a community sets in the place of a policy's params.
**
**     INSERT INTO setting(name, value) VALUES ('ladder.warn', 0.6);     -- params.warn of the policy ladder
**
** So a community keeps its numbers when a new version of the policy comes. See policy_setting.h for what a caller
** may rely on.
**
** HOW IT WORKS
**
** One look-up for each statement that opens a lua_policy table: the names from 'ladder.' up to 'ladder/', which is
** the byte after the dot. It is prepared once. A file may come from a stranger, so only an ordinary table is read: no
** view (there is no metadata of its columns) and no virtual table (SQLITE_PREPARE_NO_VTAB), and that is asked anew each
** time, as the table may have been replaced.
*/
#include "policy_setting.h"
#include <math.h>
#include <string.h>
#include "value.h"

#define SETTINGS_DEFAULT "setting"

/* Is there such a table, that may be a virtual one, in the schema? SQLITE_OK; SQLITE_ERROR if not. */
static int settings_look(const struct settings *settings, const char *schema, const char *table) {
  int status = sqlite3_table_column_metadata(
      settings->db, schema, table, "name", NULL, NULL, NULL, NULL, NULL);
  if (status != SQLITE_OK) return status;
  return sqlite3_table_column_metadata(
      settings->db, schema, table, "value", NULL, NULL, NULL, NULL, NULL);
}

/* Finds the schema with such a table; NULL if there is none. */
static int settings_find(const struct settings *settings, const char *table, const char **schema) {
  static const char *const schemas[] = {"temp", "main"};
  *schema = NULL;
  for (int i = settings->in_temp ? 0 : 1; i < 2; i++) {
    int status = settings_look(settings, schemas[i], table);
    if (status == SQLITE_OK) *schema = schemas[i];
    if (status != SQLITE_ERROR) return status;
  }
  return SQLITE_OK;
}

/* The statement that selects the policy's settings. It stays NULL, with SQLITE_OK, if the table is a virtual one. */
static int settings_prepare(struct settings *settings, const char *table) {
  char *sql = sqlite3_mprintf("SELECT name, value FROM \"%w\".\"%w\" WHERE name > '%q.' AND name < "
                              "'%q/' ORDER BY name",
      settings->schema, table, settings->policy, settings->policy);
  if (sql == NULL) return SQLITE_NOMEM;
  int status = sqlite3_prepare_v3(settings->db, sql, -1,
      SQLITE_PREPARE_PERSISTENT | SQLITE_PREPARE_NO_VTAB, &settings->statement, NULL);
  sqlite3_free(sql);
  return status == SQLITE_ERROR ? SQLITE_OK : status;
}

/* Readies the statement for the table as it is now; it is NULL, with SQLITE_OK, if there is none to read. */
static int settings_ready(struct settings *settings, const char *table) {
  const char *schema;
  int status = settings_find(settings, table, &schema);
  if (status != SQLITE_OK) return status;
  if (settings->statement != NULL && schema == settings->schema) return SQLITE_OK;
  settings_close(settings);
  settings->schema = schema;
  return schema ? settings_prepare(settings, table) : SQLITE_OK;
}

/* Adds the row of the statement to the list, if it is one of the policy's. */
static int settings_take(
    const struct settings *settings, struct policy_setting **list, int *count) {
  sqlite3_stmt *statement = settings->statement;
  const char *name = (const char *)sqlite3_column_text(statement, 0);
  size_t length = strlen(settings->policy);
  if (name == NULL || strncmp(name, settings->policy, length) != 0 || name[length] != '.') {
    return SQLITE_OK; /* a column with another collation */
  }
  struct policy_setting *grown =
      sqlite3_realloc64(*list, ((sqlite3_uint64)*count + 1) * sizeof *grown);
  if (grown == NULL) return SQLITE_NOMEM;
  *list = grown;
  struct policy_setting *setting = &grown[*count];
  *setting = (struct policy_setting){.param = sqlite3_mprintf("%s", name + length + 1)};
  if (setting->param == NULL) return SQLITE_NOMEM;
  (*count)++;
  int type = sqlite3_column_type(statement, 1);
  setting->is_integer = type == SQLITE_INTEGER;
  setting->integer = sqlite3_column_int64(statement, 1);
  setting->number = sqlite3_column_double(statement, 1);
  if ((type == SQLITE_INTEGER || type == SQLITE_FLOAT) && isfinite(setting->number)) {
    return SQLITE_OK;
  }
  sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 1));
  setting->refused = value ? value_describe(value) : NULL;
  sqlite3_value_free(value);
  return setting->refused ? SQLITE_OK : SQLITE_NOMEM;
}

static int settings_scan(struct settings *settings, struct policy_setting **list, int *count) {
  int status = SQLITE_OK;
  while (status == SQLITE_OK && sqlite3_step(settings->statement) == SQLITE_ROW) {
    status = settings_take(settings, list, count);
  }
  int finished = sqlite3_reset(settings->statement);
  return status == SQLITE_OK ? finished : status;
}

int settings_read(
    struct settings *settings, struct policy_setting **list, int *count, char **error) {
  const char *table = settings->name ? settings->name : SETTINGS_DEFAULT;
  int status = settings_ready(settings, table);
  if (status != SQLITE_OK) return status;
  if (settings->statement != NULL) status = settings_scan(settings, list, count);
  if (status == SQLITE_ERROR) { /* is there a virtual table in its place now? */
    settings_close(settings);
    status = settings_prepare(settings, table);
    if (status == SQLITE_OK && settings->statement != NULL) {
      policy_settings_free(*list, *count);
      *list = NULL;
      *count = 0;
      status = settings_scan(settings, list, count);
    }
  }
  if (status == SQLITE_OK && settings->statement == NULL && settings->name != NULL) {
    *error = sqlite3_mprintf(
        "settings must be an ordinary table with the columns name and value, not '%s'", table);
    status = *error ? SQLITE_ERROR : SQLITE_NOMEM;
  }
  return status;
}

int settings_check(const struct policy *policy, const char *table, char **error) {
  for (int i = 0; i < policy->setting_count; i++) {
    const struct policy_setting *setting = &policy->settings[i];
    for (int p = 0; p < policy->param_count && setting->refused; p++) {
      if (strcmp(policy->param_names[p], setting->param) != 0) continue;
      *error = sqlite3_mprintf("%s: the setting %s.%s must be a finite number, not %s", table,
          policy->id, setting->param, setting->refused);
      return *error ? SQLITE_ERROR : SQLITE_NOMEM;
    }
  }
  return SQLITE_OK;
}

void settings_close(struct settings *settings) {
  sqlite3_finalize(settings->statement);
  settings->statement = NULL;
}

bool policy_settings_are_same(
    const struct policy_setting *a, int a_count, const struct policy_setting *b, int b_count) {
  bool same = a_count == b_count;
  for (int i = 0; i < a_count && same; i++) {
    same = strcmp(a[i].param, b[i].param) == 0 && a[i].is_integer == b[i].is_integer &&
           a[i].integer == b[i].integer && a[i].number == b[i].number &&
           (a[i].refused == NULL) == (b[i].refused == NULL);
  }
  return same;
}
