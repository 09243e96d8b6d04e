/*
** regexp.h: text REGEXP 'pattern'.
*/
#ifndef DECORUM_REGEXP_H
#define DECORUM_REGEXP_H

#include "api.h"

void regexp(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
