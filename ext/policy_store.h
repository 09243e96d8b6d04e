/*
** policy_store.h: the versions of the policies, as a writable table.
*/
#ifndef DECORUM_POLICY_STORE_H
#define DECORUM_POLICY_STORE_H

#include "api.h"
#include "sandbox.h"

/* Register it with a struct sandbox as client data. */
extern const sqlite3_module policy_store_module;

/* A statement with the parameters ?1 name and ?2 version (NULL: the active one) and the columns
** version and source. schema is "" for the usual search. */
int policy_store_prepare(
    sqlite3 *db, const char *schema, const char *store, sqlite3_stmt **statement);

#endif
