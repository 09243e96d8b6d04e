/*
** ban_rows.h: what the benchmarks of shadow_ban work on: bans, the same rows in ordinary tables, and messages of those who
** are banned.
*/
#ifndef DECORUM_BAN_ROWS_H
#define DECORUM_BAN_ROWS_H

#include <sqlite3.h>

#define BAN_NOW "1700000000.0" /* the time of all queries */

/* Makes `count` bans and as many messages: the tables shadow_ban, ban_unique (member INTEGER UNIQUE), ban_key (member
** INTEGER PRIMARY KEY) and ban_message(member). Ends the program when it cannot. */
void ban_rows_open(sqlite3 *db, int count);
void ban_rows_close(void);

/* A host that lists the bans: steps through SELECT * and reads every column. Side a of shadow_ban, b of ban_unique. */
void ban_rows_list(void);
void ban_rows_list_ordinary(void);

/* Do the three tables show the same rows? */
int ban_rows_agree(sqlite3 *db);

#endif
