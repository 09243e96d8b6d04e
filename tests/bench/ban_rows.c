/*
** ban_rows.c: bans for the benchmarks. See ban_rows.h.
**
** Each ban is of another length and began at another time, so that there are some in all stages; some have a day on which
** they are lifted. A moderator has started every second one. Every message is of a member who is banned.
*/
#include "ban_rows.h"
#include <stdio.h>
#include <stdlib.h>
#include "database.h"

static sqlite3_stmt *lists[2];
static volatile double sink; /* so that what is read is not left out */

#define COLUMNS                                                                                    \
  ", started_at REAL, duration_days REAL, lift_at REAL, progress REAL, stage REAL, phase TEXT, "   \
  "reason TEXT, initiated_by INTEGER, platform TEXT, revoked INTEGER, lifted INTEGER)"

void ban_rows_open(sqlite3 *db, int count) {
  char sql[800];
  execute(db, "CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);"
              "INSERT INTO privilege VALUES (0, privilege_bit('SHADOW_BAN_ADMIN'));"
              "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = privilege);"
              "CREATE TABLE ban_message(id INTEGER PRIMARY KEY, member INTEGER NOT NULL);"
              "CREATE TABLE ban_unique(member INTEGER UNIQUE" COLUMNS ";"
              "CREATE TABLE ban_key(member INTEGER PRIMARY KEY" COLUMNS);
  snprintf(sql, sizeof sql,
      "WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row LIMIT %d) "
      "INSERT INTO shadow_ban(member, started_at, duration_days, auto_lift_days, reason, "
      "initiated_by, platform, now) SELECT nr, " BAN_NOW " - nr * 7919 %% (30 * 86400), "
      "5 + nr %% 26, iif(nr %% 3, NULL, 10), 'floods the bot, case ' || nr, iif(nr %% 2, NULL, 0), "
      "iif(nr %% 5, 'irc', 'discord'), " BAN_NOW " FROM row;"
      "INSERT INTO ban_message(member) WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL "
      "SELECT nr + 1 FROM row LIMIT %d) SELECT 1 + CAST(dice(nr, 'member') * %d AS INTEGER) "
      "FROM row",
      count, count, count);
  execute(db, sql);
  execute(db, "INSERT INTO ban_unique SELECT * FROM shadow_ban WHERE now = " BAN_NOW ";"
              "INSERT INTO ban_key SELECT * FROM ban_unique");
  lists[0] = prepare(db, "SELECT * FROM shadow_ban WHERE now = ?1");
  lists[1] = prepare(db, "SELECT * FROM ban_unique");
  sqlite3_bind_double(lists[0], 1, atof(BAN_NOW));
}

void ban_rows_close(void) {
  for (int i = 0; i < 2; i++) sqlite3_finalize(lists[i]);
}

static void list(sqlite3_stmt *rows) {
  double sum = 0;
  while (step(rows)) {
    sum += (double)sqlite3_column_int64(rows, 0);
    for (int i = 1; i < 6; i++) sum += sqlite3_column_double(rows, i);
    for (int i = 6; i < 8; i++) sum += *sqlite3_column_text(rows, i);
    sum += (double)sqlite3_column_int64(rows, 8) + *sqlite3_column_text(rows, 9);
    for (int i = 10; i < 12; i++) sum += sqlite3_column_int(rows, i);
  }
  sqlite3_reset(rows);
  sink = sum;
}

void ban_rows_list(void) {
  list(lists[0]);
}

void ban_rows_list_ordinary(void) {
  list(lists[1]);
}

int ban_rows_agree(sqlite3 *db) {
  sqlite3_stmt *differences = prepare(db,
      "WITH shown AS (SELECT * FROM shadow_ban WHERE now = " BAN_NOW ") SELECT "
      "(SELECT count(*) FROM (SELECT * FROM shown EXCEPT SELECT * FROM ban_unique)) + "
      "(SELECT count(*) FROM (SELECT * FROM ban_unique EXCEPT SELECT * FROM ban_key)) + "
      "(SELECT count(*) FROM (SELECT * FROM ban_key EXCEPT SELECT * FROM shown))");
  int are_same = step(differences) && sqlite3_column_int(differences, 0) == 0;
  sqlite3_finalize(differences);
  ban_rows_list();
  double sum = sink;
  ban_rows_list_ordinary();
  return are_same && sum == sink;
}
