/*
** sparkline.h: a row of bars as text. Callbacks for the registration table in decorum.c.
*/
#ifndef DECORUM_SPARKLINE_H
#define DECORUM_SPARKLINE_H

#include "api.h"

void sparkline_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void sparkline_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void sparkline_value(sqlite3_context *context);
void sparkline_final(sqlite3_context *context);

#endif
