/*
** policy_setting.h: the numbers that a community sets in the place of a policy's params.
*/
#ifndef DECORUM_POLICY_SETTING_H
#define DECORUM_POLICY_SETTING_H

#include "api.h"
#include "sandbox.h"

/* Where a policy's settings are looked for. Zeroed but for the first four; settings_close frees the rest. */
struct settings {
  sqlite3 *db;
  const char *policy;
  bool in_temp;     /* look in temp, then in main; else in main alone */
  const char *name; /* of the table; NULL for `setting`, which need not be there */
  const char *schema;
  sqlite3_stmt *statement; /* NULL, or the look-up in a table of that schema */
};

/* Reads the policy's settings into list and count (policy_settings_free them): those whose name is the
** policy's, a dot and more, in order. SQLITE_OK; SQLITE_ERROR with the reason in *error if a table that was named is
** not there or not an ordinary one with the columns name and value; or SQLite's own error. */
int settings_read(
    struct settings *settings, struct policy_setting **list, int *count, char **error);

/* SQLITE_ERROR with the reason in *error, for the named lua_policy table, if a setting of one of the params of the
** policy, which is loaded, is no finite number. */
int settings_check(const struct policy *policy, const char *table, char **error);

void settings_close(struct settings *settings);

bool policy_settings_are_same(
    const struct policy_setting *a, int a_count, const struct policy_setting *b, int b_count);

#endif
