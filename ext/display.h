/*
** display.h: chat text made safe to look at. Callback for the registration table in decorum.c.
*/
#ifndef DECORUM_DISPLAY_H
#define DECORUM_DISPLAY_H

#include "api.h"

void display(sqlite3_context *context, int argc, sqlite3_value **argv);

#endif
