/*
** sampling.h: which messages get a model's attention. Callbacks for the registration table in
** decorum.c.
*/
#ifndef DECORUM_SAMPLING_H
#define DECORUM_SAMPLING_H

#include "api.h"

void sampling_rate(sqlite3_context *context, int argc, sqlite3_value **argv);
void should_analyze(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
