/*
** policy_test.h: the tests in a policy, run when somebody asks and when a version is added.
*/
#ifndef DECORUM_POLICY_TEST_H
#define DECORUM_POLICY_TEST_H

#include "api.h"
#include "sandbox.h"

/* Register it with a struct sandbox as client data. */
extern const sqlite3_module policy_test_module;

/* Copies a value, which is TEXT or BLOB, as the source of a policy that messages call `name`. SQLITE_OK or
** SQLITE_NOMEM. */
int policy_take_source(struct policy *policy, const char *name, sqlite3_value *source);

/* Loads the policy with its tests and runs them. SQLITE_OK; SQLITE_NOMEM; or SQLITE_ERROR with what is wrong with it,
** or which test failed first, in *error. */
int policy_test_all(struct sandbox *sandbox, struct policy *policy, char **error);

/* Names as a JSON array. NULL when out of memory. */
char *policy_names_json(char *const *names, int count);

#endif
