/*
** help.h: the table decorum_help.
*/
#ifndef DECORUM_HELP_H
#define DECORUM_HELP_H

#include "rows.h"

extern const struct rows help_rows;

#endif
