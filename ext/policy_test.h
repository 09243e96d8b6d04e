/*
** policy_test.h: the tests in a policy, run when somebody asks and when a version is added.
*/
#ifndef DECORUM_POLICY_TEST_H
#define DECORUM_POLICY_TEST_H

#include "api.h"
#include "sandbox.h"

/* Register it with a struct sandbox as client data. */
extern const sqlite3_module policy_test_module;

#define POLICY_TEST_SECONDS 2 /* of the thread's time, that the tests of a policy may take in all */

/* Loads the policy with its tests and runs them. SQLITE_OK; SQLITE_NOMEM; or SQLITE_ERROR with what is wrong with it,
** or which test failed first, in *error. */
int policy_test_all(struct sandbox *sandbox, struct policy *policy, char **error);

#endif
