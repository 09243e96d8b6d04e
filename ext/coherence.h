/*
** coherence.h: does somebody still make sense? Callbacks for the registration table in decorum.c.
*/
#ifndef DECORUM_COHERENCE_H
#define DECORUM_COHERENCE_H

#include "api.h"

/* The user data of each arity of ema is the number of its arguments. */
void ema_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void ema_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void ema_value(sqlite3_context *context);
void ema_final(sqlite3_context *context);

void coherence_drop(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
