/*
** policy.h: what is known of a policy outside of Lua: its text, and what its description says of itself.
*/
#ifndef DECORUM_POLICY_H
#define DECORUM_POLICY_H

#include <lua.h>
#include <stdbool.h>
#include "api.h"
#include "budget.h"

#define POLICY_NEEDS_MAX 200

/* A param that is not to be the script's. */
struct policy_setting {
  char *param;
  bool is_integer;
  sqlite3_int64 integer;
  double number;
  char *refused; /* NULL, or what the value is, if it is no finite number */
};

/* A policy that can be loaded into a sandbox. The owner fills in name, source and size, perhaps settings, zeroes
** the rest, and calls policy_clear in the end. */
struct policy {
  char *name;   /* for messages: errors begin NAME.lua:LINE: */
  char *source; /* Lua text */
  size_t size;
  struct policy_setting *settings; /* those of params that it does not have change nothing */
  int setting_count;
  struct budget_limits limits;
  /* Filled in by sandbox_load. */
  char *id;
  char *note;   /* NULL if the script has no version_note */
  char *params; /* with the script's values, a JSON object in the order of the names */
  char **param_names;
  int param_count;
  char **needs; /* the facts that it reads */
  int need_count;
  char **tests; /* their names, once it was loaded with them */
  int test_count;
  char **test_errors; /* of each, NULL or a part of the error that it expects */
  int test_error_count;
  int reference;       /* of the loaded policy, in the registry of the state... */
  unsigned generation; /* ...of this generation */
  size_t largest;      /* block that it made while it was loaded */
};

/* Copies the text, of which messages call the policy `name`. SQLITE_OK or SQLITE_NOMEM. The second takes a value that is
** TEXT or BLOB. */
int policy_set_source(struct policy *policy, const char *name, const void *text, size_t size);
int policy_take_source(struct policy *policy, const char *name, sqlite3_value *source);

/* Copies what is told of a policy in the table at the index, unless the policy has it from an earlier load. False
** when out of memory; it then has none of it. May raise a Lua error, as the next may. */
bool policy_describe(lua_State *lua, struct policy *policy, int index);

/* Pushes the table of the settings: numbers by the name of a param. */
void policy_push_settings(lua_State *lua, const struct policy *policy);

/* Names as a JSON array. NULL when out of memory. */
char *policy_names_json(char *const *names, int count);

/* Frees what policy_describe copied. */
void policy_forget(struct policy *policy);

void policy_settings_free(struct policy_setting *settings, int count);

#endif
