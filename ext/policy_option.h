/*
** policy_option.h: what stands in the parentheses of USING lua_policy(...).
**
**     policy = 'ladder@3', facts = member_facts, time_ms = 50
*/
#ifndef DECORUM_POLICY_OPTION_H
#define DECORUM_POLICY_OPTION_H

#include "api.h"
#include "budget.h"

struct policy_options {
  char *policy;          /* without the version */
  sqlite3_int64 version; /* 0: the active one */
  char *facts;
  char *store;
  char *settings;              /* NULL for the usual table */
  struct budget_limits limits; /* 0 where none is given */
};

/* Reads the arguments of xCreate and xConnect, of which the third is the table's name. SQLITE_OK; SQLITE_NOMEM; or
** SQLITE_ERROR with the message in *error. policy_options_free in any case. */
int policy_options_read(
    struct policy_options *options, int argc, const char *const *argv, char **error);
void policy_options_free(struct policy_options *options);

#endif
