/*
** shadow_effect.h: what becomes of an answer to a shadow banned member. The module for the registration in
** decorum.c.
*/
#ifndef DECORUM_SHADOW_EFFECT_H
#define DECORUM_SHADOW_EFFECT_H

#include "api.h"

extern const sqlite3_module shadow_effect_module;

#endif
