/*
** api.h: SQLite's interface as a loadable extension sees it.
**
** Each file of ext/ reaches SQLite through this header; decorum.c alone has the variable behind it
** (SQLITE_EXTENSION_INIT1). Built with -DSQLITE_CORE the calls go straight to the linked library.
*/
#ifndef DECORUM_API_H
#define DECORUM_API_H

#include <stddef.h>
#include "sqlite3ext.h"
SQLITE_EXTENSION_INIT3

#endif
