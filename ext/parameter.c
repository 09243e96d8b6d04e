/*
** parameter.c: virtual tables with parameters. See parameter.h.
*/
#include "parameter.h"
#include <stdlib.h>
#include <string.h>
#include "dice.h"

#define PARAMETER_COST 100.0 /* of one look-up */
#define PARAMETER_ROWS 1000  /* a guess at what a table without parameters holds */
#define PARAMETER_MISSING_COST 1e15

/* The first equality on a column that can, or cannot, be used in this plan; -1 if there is none. */
static int parameter_equality(const sqlite3_index_info *info, int column, bool usable) {
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (constraint->iColumn == column && constraint->op == SQLITE_INDEX_CONSTRAINT_EQ &&
        (constraint->usable != 0) == usable) {
      return i;
    }
  }
  return -1;
}

bool parameter_is_awaited(const sqlite3_index_info *info, int first, int count) {
  for (int column = first; column < first + count; column++) {
    if (parameter_equality(info, column, true) < 0 &&
        parameter_equality(info, column, false) >= 0) {
      return true;
    }
  }
  return false;
}

int parameter_best_index(sqlite3_index_info *info, int first, int count) {
  int arguments = 0;
  info->idxNum = 0;
  info->estimatedRows = count ? 1 : PARAMETER_ROWS;
  info->estimatedCost = PARAMETER_COST * (double)info->estimatedRows;
  for (int i = 0; i < count; i++) {
    int chosen = parameter_equality(info, first + i, true);
    if (chosen < 0) {
      info->estimatedCost *= PARAMETER_MISSING_COST;
      continue;
    }
    info->aConstraintUsage[chosen].argvIndex = ++arguments;
    info->aConstraintUsage[chosen].omit = 1; /* the value is bound: the column equals it */
    info->idxNum |= 1 << i;
  }
  info->idxStr = sqlite3_mprintf("%llx", info->colUsed);
  info->needToFreeIdxStr = 1;
  return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

sqlite3_uint64 parameter_asked(const char *plan) {
  return strtoull(plan, NULL, 16);
}

sqlite3_uint64 parameter_column_bit(int column) {
  return (sqlite3_uint64)1 << (column < 63 ? column : 63);
}

int parameter_error(sqlite3_vtab *vtab, int status, char *message) {
  if (message == NULL) return SQLITE_NOMEM;
  sqlite3_free(vtab->zErrMsg);
  vtab->zErrMsg = message;
  return status;
}

int parameter_bind(sqlite3_vtab *vtab, const char *table, sqlite3_stmt *statement,
    char *const *names, int count, int given, sqlite3_value **argv) {
  char *missing = NULL;
  for (int i = 0, argument = 0; i < count; i++) {
    if (given & (1 << i)) {
      int status = sqlite3_bind_value(statement, i + 1, argv[argument++]);
      if (status != SQLITE_OK) {
        sqlite3_free(missing);
        return status;
      }
      continue;
    }
    char *longer = missing ? sqlite3_mprintf("%s, :%s", missing, names[i])
                           : sqlite3_mprintf("%s needs :%s", table, names[i]);
    sqlite3_free(missing);
    missing = longer;
    if (missing == NULL) return SQLITE_NOMEM;
  }
  return missing ? parameter_error(vtab, SQLITE_ERROR, missing) : SQLITE_OK;
}

int parameter_rowid(
    sqlite3_value *const *values, int count, sqlite3_int64 row, sqlite3_int64 *rowid) {
  struct dice dice = dice_begin();
  for (int i = 0; i < count; i++) {
    if (!dice_value(&dice, values[i])) return SQLITE_NOMEM;
  }
  dice_integer(&dice, row);
  *rowid = count ? (sqlite3_int64)(dice_bits(&dice) >> 1) : row;
  return SQLITE_OK;
}

char *parameter_dequote(const char *text, size_t length) {
  char *result = sqlite3_malloc64(length + 1);
  if (result == NULL) return NULL;
  char quote = length >= 2 ? text[0] : '\0';
  if (quote == '[') quote = ']';
  if (quote != '\'' && quote != '"' && quote != '`' && quote != ']') {
    memcpy(result, text, length);
    result[length] = '\0';
    return result;
  }
  size_t used = 0;
  for (size_t i = 1; i < length; i++) {
    if (text[i] == quote && (quote == ']' || i + 1 >= length || text[++i] != quote)) break;
    result[used++] = text[i];
  }
  result[used] = '\0';
  return result;
}
