/*
** database.h: SQLite for the benchmarks. What goes wrong ends the program: there is nobody to hand an error on to.
*/
#ifndef DECORUM_BENCH_DATABASE_H
#define DECORUM_BENCH_DATABASE_H

#include <stdbool.h>
#include <sqlite3.h>

_Noreturn void fail(const char *what, const char *why);
void execute(sqlite3 *db, const char *sql);
sqlite3_stmt *prepare(sqlite3 *db, const char *sql);
bool step(sqlite3_stmt *statement); /* true if there is a row */

#endif
