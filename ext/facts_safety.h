/*
** facts_safety.h: what a facts table's SELECT must not do.
**
** It runs with the rights of whoever selects from the table, and whoever made the file chose its text. So
** it must be harmless in all that it calls, and a table in main must mean the same to everybody:
**
**     member_facts: facts must not call writefile(): it is not marked as harmless (SQLITE_INNOCUOUS)
**     member_facts: facts must not read words, a virtual table that is not known to be harmless
**     member_facts: facts in main must read main alone, not temp.member, which hides main.member
*/
#ifndef DECORUM_FACTS_SAFETY_H
#define DECORUM_FACTS_SAFETY_H

#include <stdbool.h>
#include "api.h"

/* Checks the program of `running`, the statement that is run for the SELECT. It must have been prepared
** before this is called, by sqlite3_prepare: then what runs is what was checked, since a change of the
** schema or of a function makes it fail with SQLITE_SCHEMA.
**
** SQLITE_ERROR with a message if it calls or reads what it must not; SQLITE_PERM if, with in_main, it
** reads something outside of main, which may be another the next time. */
int facts_safety_check(sqlite3 *db, const char *name, bool in_main, const char *select,
    const char *running, char **error);

#endif
