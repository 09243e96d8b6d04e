/*
** facts.h: a SELECT with parameters as a table.
*/
#ifndef DECORUM_FACTS_H
#define DECORUM_FACTS_H

#include "api.h"

extern const sqlite3_module facts_module;

#endif
