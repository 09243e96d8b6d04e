/*
** flag.h: what a member's report of a message costs. Callbacks for the registration table in
** decorum.c.
*/
#ifndef DECORUM_FLAG_H
#define DECORUM_FLAG_H

#include "api.h"

void flag_penalty(sqlite3_context *context, int argc, sqlite3_value **argv);
void flag_severity(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
