/*
** toxicity.h: the built-in scorer in SQL. Callback and modules for registration in decorum.c, which gives
** the function and toxicity_terms a struct lexicon_cache as user data.
*/
#ifndef DECORUM_TOXICITY_H
#define DECORUM_TOXICITY_H

#include "api.h"

void toxicity(sqlite3_context *context, int argc, sqlite3_value **argv);

extern const sqlite3_module toxicity_terms_module;

#endif
