/*
** decorum.h: the extension's entry points.
*/
#ifndef DECORUM_H
#define DECORUM_H

#include "api.h"

#define DECORUM_VERSION "0.1.0"
#define DECORUM_SQLITE_VERSION_NUMBER 3040000 /* the oldest library that will do: 3.40.0 */

#ifdef _WIN32
#define DECORUM_EXPORT __declspec(dllexport)
#else
#define DECORUM_EXPORT __attribute__((visibility("default")))
#endif

/* Everything: functions and tables. */
DECORUM_EXPORT int sqlite3_decorum_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

/* Pure functions and read-only tables alone, for hosts that run strangers' SQL. */
DECORUM_EXPORT int sqlite3_decorumreadonly_init(
    sqlite3 *db, char **error, const sqlite3_api_routines *api);

#endif
