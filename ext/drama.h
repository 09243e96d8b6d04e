/*
** drama.h: toxicity over time. Callbacks for the registration table in decorum.c.
*/
#ifndef DECORUM_DRAMA_H
#define DECORUM_DRAMA_H

#include "api.h"

void drama_score_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void drama_score_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void drama_score_value(sqlite3_context *context);
void drama_score_final(sqlite3_context *context);

void offence_count_step(sqlite3_context *context, int argc, sqlite3_value **argv);
void offence_count_inverse(sqlite3_context *context, int argc, sqlite3_value **argv);
void offence_count_value(sqlite3_context *context);
void offence_count_final(sqlite3_context *context);

void drama_threshold(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
