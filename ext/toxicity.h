/*
** toxicity.h: the built-in scorer. Callback for the registration table in decorum.c.
*/
#ifndef DECORUM_TOXICITY_H
#define DECORUM_TOXICITY_H

#include "api.h"

void toxicity(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
