/*
** sandbox.h: where policies run.
**
** A connection has one sandbox: one Lua state with a budget for each entry (budget.h). It is shared by that
** connection's policy_store and lua_policy tables and made when the first of them needs it. A policy
** whose budget is exceeded costs the state: it is thrown away and made anew at the next entry, and each
** policy is loaded into it again from its source. What one policy does is nothing to the others, nor a
** decision to the next.
*/
#ifndef DECORUM_SANDBOX_H
#define DECORUM_SANDBOX_H

#include <stdbool.h>
#include "api.h"
#include "marshal.h"
#include "policy.h"

#define SANDBOX_SOURCE_MAX (256 * 1024) /* bytes of a policy's text */
#define SANDBOX_ERROR_MAX 500           /* bytes of a policy's message */

struct sandbox;

/* What a policy decided on: the values in the order of the columns of lua_policy. */
enum {
  DECISION_ACTION,
  DECISION_DURATION,
  DECISION_SEVERITY,
  DECISION_POINTS,
  DECISION_RULE,
  DECISION_REASON,
  DECISION_REVIEW,
  DECISION_MODE,
  DECISION_TRACE,
  DECISION_COUNT
};

/* A new sandbox for the connection, with one reference, NULL when out of memory. Modules and tables each hold a reference: when
** the extension is loaded a second time SQLite drops the first modules while their tables live on. */
struct sandbox *sandbox_new(sqlite3 *db);
struct sandbox *sandbox_retain(struct sandbox *sandbox);
void sandbox_release(void *sandbox);

/* Compiles the policy and, if with_tests is set, checks its embedded tests and all names in its text, and readies
** it for sandbox_test. SQLITE_OK; SQLITE_NOMEM; SQLITE_INTERRUPT if the connection was interrupted; or SQLITE_ERROR
** with the reason in *error (sqlite3_free it). */
int sandbox_load(struct sandbox *sandbox, struct policy *policy, bool with_tests, char **error);

/* Runs test `number`, from 0 on, of a policy that was loaded with its tests, with a budget of its own. *failure is NULL
** if it passed, else what was expected and got, or "failed: " and the policy's error (sqlite3_free it). SQLITE_OK,
** SQLITE_NOMEM or SQLITE_INTERRUPT. */
int sandbox_test(struct sandbox *sandbox, struct policy *policy, int number, char **failure);

/* Decides on the facts in the current row of statement: columns[i] is the column of needs[i]. The
** policy is loaded again if the state is a new one. Results as for sandbox_load; after SQLITE_ERROR
** the sandbox is fit for the next call. */
int sandbox_decide(struct sandbox *sandbox, struct policy *policy, sqlite3_stmt *statement,
    const int *columns, struct marshal *decision, char **error);

/* Facts are being read for a lua_policy table; while they are, no other may be scanned. */
bool *sandbox_reading_facts(struct sandbox *sandbox);

/* Frees what the policy holds, also in the sandbox. */
void policy_clear(struct sandbox *sandbox, struct policy *policy);

#endif
