/*
** parameter.h: what virtual tables with parameters share (facts, lua_policy, drama_terms, toxicity_terms).
**
** Their hidden columns are parameters: each must be given, by an equality or as an argument of the
** table. A plan without one of them costs so much that any other is taken; if there is no other, the
** scan ends with an error that names what is missing, instead of the planner's "no query solution".
**
** The plan, from xBestIndex to xFilter:
**     idxNum  the set of the parameters that are given: bit i for parameter i. Their values are the
**             arguments of xFilter, in the order of the parameters.
**     idxStr  the set of the columns that are asked for, in hexadecimal: bit i for column i, bit 63 for
**             all from 63 on.
*/
#ifndef DECORUM_PARAMETER_H
#define DECORUM_PARAMETER_H

#include <stdbool.h>
#include "api.h"

#define PARAMETER_MAX 30 /* what fits in idxNum */

/* xBestIndex of a table with `count` parameters from column `first` on. */
int parameter_best_index(sqlite3_index_info *info, int first, int count);

/* Is one of the parameters given, but not yet known in this plan? Where parameters may be left out such a plan must
** not be made: it would be scanned without the parameter. */
bool parameter_is_awaited(const sqlite3_index_info *info, int first, int count);

/* The set of columns in idxStr, and the column's bit in such a set. */
sqlite3_uint64 parameter_asked(const char *plan);
sqlite3_uint64 parameter_column_bit(int column);

/* Binds the arguments of xFilter to the statement's parameters 1 to count. SQLITE_ERROR with a message
** in the table's zErrMsg ("member_facts needs :now, :seq") if one is missing. */
int parameter_bind(sqlite3_vtab *vtab, const char *table, sqlite3_stmt *statement,
    char *const *names, int count, int given, sqlite3_value **argv);

/* A rowid for a row of such a table: a hash of the parameters' values and the row's number. SQLite tells
** the rows of an OR apart by their rowids, also those of different parameters. */
int parameter_rowid(
    sqlite3_value *const *values, int count, sqlite3_int64 row, sqlite3_int64 *rowid);

/* Sets the error message of a virtual table, and returns status; SQLITE_NOMEM if there is no room. */
int parameter_error(sqlite3_vtab *vtab, int status, char *message);

/* An argument of CREATE VIRTUAL TABLE without its quotation marks ('', "", [] or ``). Free with
** sqlite3_free; NULL when out of memory. */
char *parameter_dequote(const char *text, size_t length);

#endif
