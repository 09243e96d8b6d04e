/*
** policy_table.h: a policy's decisions as a table.
*/
#ifndef DECORUM_POLICY_TABLE_H
#define DECORUM_POLICY_TABLE_H

#include "api.h"

/* Register it with a struct sandbox as client data. */
extern const sqlite3_module policy_table_module;

#endif
