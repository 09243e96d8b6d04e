/*
** drama_terms.h: what a drama_score is made of. The module for the registration in decorum.c.
*/
#ifndef DECORUM_DRAMA_TERMS_H
#define DECORUM_DRAMA_TERMS_H

#include "api.h"

extern const sqlite3_module drama_terms_module;

#endif
