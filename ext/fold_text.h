/*
** fold_text.h: callback for registration in decorum.c. The function is described in fold_text.c.
*/
#ifndef DECORUM_FOLD_TEXT_H
#define DECORUM_FOLD_TEXT_H

#include "api.h"

void fold_text(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
