/*
** shadow_ban.h: the module for the registration table in decorum.c.
*/
#ifndef DECORUM_SHADOW_BAN_H
#define DECORUM_SHADOW_BAN_H

#include "api.h"

/* Its user data is a struct shadow_ban_connection. */
extern const sqlite3_module *const shadow_ban_module;

/* One for a connection, which the module frees with sqlite3_free; NULL when out of memory. */
void *shadow_ban_connection_new(void);

#endif
