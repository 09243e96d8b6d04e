/*
** reputation.h: a member's standing, 0 to 100. Callbacks for the registration table in decorum.c.
*/
#ifndef DECORUM_REPUTATION_H
#define DECORUM_REPUTATION_H

#include "api.h"

void reputation_decay(sqlite3_context *context, int argc, sqlite3_value **argv);
void reputation_after(sqlite3_context *context, int argc, sqlite3_value **argv);
void review_required(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
