/*
** shadow_ban_concurrency_test.c: a shadow_ban table that several read and write at once.
**
**   - two connections to one file in WAL mode: a reader's snapshot stays what it was, a writer who must wait is told so and
**     nothing else, what one does to the schema the other sees;
**   - one connection that writes while it reads: from the middle of a SELECT, from a function that a SELECT calls, from and
**     into the same table;
**   - two threads with a connection each;
**   - a process that is killed in the middle of writing.
**
** Afterwards the state, the audit and the masks must still say the same: see check_consistent.
*/
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include <cmocka.h>
#include "decorum.h"
#include "random.h"

#define BANS 20
#define THREAD_OPERATIONS 5000
#define KILLS 12

static struct random chance;
static char folder[200];
static char path[220];
static sqlite3 *one, *other;

/* ---- SQL ---- */

static int try(sqlite3 *db, const char *sql) {
  return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static void execute(sqlite3 *db, const char *sql) {
  if (try(db, sql) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  }
  return statement;
}

static sqlite3_int64 number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  if (sqlite3_step(statement) != SQLITE_ROW) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_int64 result = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return result;
}

static void assert_number(sqlite3 *db, const char *sql, sqlite3_int64 expected) {
  sqlite3_int64 got = number(db, sql);
  if (got != expected) fail_msg("%s: %lld, expected %lld", sql, got, expected);
}

/* A statement that is refused, with words that contain these. */
static void assert_refused(sqlite3 *db, const char *sql, int status, const char *words) {
  int got = try(db, sql);
  const char *message = sqlite3_errmsg(db);
  if (got != status || strstr(message, words) == NULL) fail_msg("%s: %d, %s", sql, got, message);
}

/* Steps so many rows (or to the end) of a SELECT of members, which must be first, first + 1... */
static void assert_members(sqlite3_stmt *select, int first, int count) {
  for (int i = 0; i < count; i++) {
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(select, 0), first + i);
  }
}

static void assert_done(sqlite3_stmt *select) {
  assert_int_equal(sqlite3_step(select), SQLITE_DONE);
  assert_int_equal(sqlite3_finalize(select), SQLITE_OK);
}

#define SCHEMA                                                                                     \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"                                           \
  "CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);"                     \
  "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;"                                              \
  "CREATE TABLE done(count INTEGER); INSERT INTO done VALUES (0);"

/* Members 1 to BANS, all at stage 1 and time 0. */
#define START                                                                                      \
  "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20) "                  \
  "INSERT INTO shadow_ban(member, reason, now) SELECT n, 'floods', 0 FROM n"

static sqlite3 *open_one(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  execute(db, "PRAGMA synchronous = OFF");
  return db;
}

static int setup(void **state) {
  char wal[240];
  (void)state;
  snprintf(path, sizeof path, "%s/file", folder);
  snprintf(wal, sizeof wal, "%s-wal", path);
  unlink(path);
  unlink(wal);
  one = open_one();
  execute(one, SCHEMA);
  other = open_one();
  return 0;
}

static int teardown(void **state) {
  (void)state;
  return sqlite3_close(one) != SQLITE_OK || sqlite3_close(other) != SQLITE_OK;
}

/* What holds in any file of which nobody changed the masks by hand. Counts what does not hold. */
static void check_consistent(sqlite3 *db) {
  static const char *const exceptions[] = {
      "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
      /* a ban began once, and has not ended */
      "SELECT count(*) FROM shadow_ban AS b WHERE 1 <> (SELECT count(*) FROM shadow_ban_audit AS a "
      "WHERE a.ban = b.rowid AND a.member = b.member AND action = 'start')",
      "SELECT count(*) FROM shadow_ban AS b JOIN shadow_ban_audit ON ban = b.rowid AND action = "
      "'lift'",
      /* what has begun and not ended is a ban */
      "SELECT count(*) FROM (SELECT ban FROM shadow_ban_audit GROUP BY ban "
      "HAVING sum(action = 'lift') = 0) WHERE ban NOT IN (SELECT rowid FROM shadow_ban)",
      /* nothing before the start nor behind the lift, neither twice, and of one member */
      "SELECT count(*) FROM (SELECT 1 FROM shadow_ban_audit GROUP BY ban HAVING "
      "sum(action = 'start') <> 1 OR sum(action = 'lift') > 1 OR "
      "min(id) <> min(iif(action = 'start', id, NULL)) OR "
      "max(id) <> coalesce(max(iif(action = 'lift', id, NULL)), max(id)) OR "
      "count(DISTINCT member) <> 1)",
      /* USE is missing where a ban says so, and only there */
      "SELECT count(*) FROM shadow_ban LEFT JOIN privilege USING (member) "
      "WHERE revoked <> NOT has_privilege(mask, 'USE')",
      "SELECT count(*) FROM privilege WHERE NOT has_privilege(mask, 'USE') "
      "AND member NOT IN (SELECT member FROM shadow_ban WHERE revoked)",
      /* the audit's last word on it is the same */
      "SELECT count(*) FROM shadow_ban AS b WHERE revoked <> coalesce((SELECT after FROM "
      "shadow_ban_audit WHERE ban = b.rowid AND action = 'revoked' ORDER BY id DESC LIMIT 1), 0)"};
  for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
    assert_number(db, exceptions[i], 0);
  }
}

/* ---- two connections ---- */

static void test_snapshot(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_stmt *scan = prepare(other, "SELECT member, stage FROM shadow_ban WHERE now = 0");
  sqlite3_stmt *lookup =
      prepare(other, "SELECT stage FROM shadow_ban WHERE member = 6 AND now = 0");
  assert_members(scan, 1, 3);
  execute(one, "DELETE FROM shadow_ban WHERE member % 2 AND now = 0");
  execute(one, "UPDATE shadow_ban SET stage = 3 WHERE now = 0");
  execute(one, "INSERT INTO shadow_ban(member, reason) VALUES (100, 'rude'), (-1, 'rude')");
  assert_number(other, "SELECT count(*) FROM shadow_ban_audit", BANS);
  assert_number(other, "SELECT count(*) FROM shadow_ban WHERE now = 0 AND stage = 1", BANS);
  assert_members(scan, 4, BANS - 3);
  assert_int_equal(sqlite3_step(lookup), SQLITE_ROW);
  assert_int_equal(sqlite3_column_int(lookup, 0), 1);
  sqlite3_reset(lookup);
  assert_done(scan);
  assert_number(other, "SELECT count(*) FROM shadow_ban", BANS / 2 + 2);
  assert_int_equal(sqlite3_step(lookup), SQLITE_ROW); /* prepared before */
  assert_int_equal(sqlite3_column_int(lookup, 0), 3);
  sqlite3_finalize(lookup);
  check_consistent(other);
}

static void test_rename_and_drop_under_a_reader(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_stmt *scan = prepare(other, "SELECT member FROM shadow_ban");
  sqlite3_stmt *insert = prepare(other, "INSERT INTO shadow_ban(member, reason) VALUES (50, 'x')");
  assert_members(scan, 1, 3);
  execute(one, "ALTER TABLE shadow_ban RENAME TO slow");
  assert_members(scan, 4, 3);
  assert_number(other, "SELECT count(*) FROM shadow_ban", BANS); /* in that snapshot */
  assert_members(scan, 7, BANS - 6);
  assert_done(scan);
  assert_int_equal(sqlite3_step(insert), SQLITE_ERROR);
  sqlite3_finalize(insert);
  assert_refused(other, "SELECT * FROM shadow_ban", SQLITE_ERROR, "no such table: shadow_ban");
  execute(other, "INSERT INTO slow(member, reason) VALUES (50, 'x')");
  assert_number(one, "SELECT count(*) FROM slow", BANS + 1);
  scan = prepare(other, "SELECT member FROM slow");
  assert_members(scan, 1, 3);
  execute(one, "DROP TABLE slow");
  assert_members(scan, 4, BANS - 3);
  assert_members(scan, 50, 1);
  assert_done(scan);
  assert_refused(other, "SELECT * FROM slow", SQLITE_ERROR, "no such table: slow");
  assert_number(other, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'slow%'", 0);
}

static void test_busy(void **state) {
  static const char *const writes[] = {"INSERT INTO shadow_ban(member, reason) VALUES (90, 'x')",
      "UPDATE shadow_ban SET stage = 2 WHERE member = 3", "UPDATE shadow_ban SET lifted = 1",
      "DELETE FROM shadow_ban WHERE member = 3"};
  (void)state;
  execute(one, START);
  for (int i = 0; i < 4; i++) {
    execute(one, "BEGIN IMMEDIATE; DELETE FROM shadow_ban WHERE member = 4");
    assert_refused(other, writes[i], SQLITE_BUSY, "locked");
    execute(other, "SAVEPOINT s");
    assert_refused(other, writes[i], SQLITE_BUSY, "locked");
    assert_number(other, "SELECT count(*) FROM shadow_ban", BANS);
    execute(one, "COMMIT");
    /* What it has read is out of date. */
    assert_refused(other, writes[i], SQLITE_BUSY, "locked");
    assert_int_equal(sqlite3_extended_errcode(other), SQLITE_BUSY_SNAPSHOT);
    assert_number(other, "SELECT count(*) FROM shadow_ban", BANS);
    execute(other, "ROLLBACK TO s; RELEASE s");
    execute(other, writes[i]);
    execute(one, "INSERT OR REPLACE INTO shadow_ban(member, reason, now) WITH RECURSIVE n(n) AS "
                 "(SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20) SELECT n, 'x', 0 FROM n");
    execute(one, "DELETE FROM shadow_ban WHERE member > 20");
    check_consistent(other);
  }
}

static void test_schema_of_another(void **state) {
  (void)state;
  sqlite3_stmt *insert = prepare(one, "INSERT INTO shadow_ban(member, reason) VALUES (?1, 'x')");
  sqlite3_bind_int(insert, 1, 1);
  assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
  sqlite3_reset(insert);
  /* The same name, another privilege table: of an admin. */
  execute(other, "DROP TABLE shadow_ban; CREATE TABLE rights(member, mask);"
                 "INSERT INTO rights VALUES (2, privilege_bit('GUILD_ADMIN'));"
                 "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = rights)");
  assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
  sqlite3_reset(insert);
  sqlite3_bind_int(insert, 1, 2);
  assert_int_equal(sqlite3_step(insert), SQLITE_ERROR);
  assert_string_equal(sqlite3_errmsg(one), "member 2 is an admin; admins cannot be shadow banned");
  sqlite3_reset(insert);
  assert_number(one, "SELECT count(*) FROM shadow_ban_audit", 1);
  /* Without its privilege table nothing starts, but all is read. */
  execute(other, "ALTER TABLE rights RENAME TO wrongs");
  sqlite3_bind_int(insert, 1, 3);
  assert_int_equal(sqlite3_step(insert), SQLITE_ERROR);
  assert_non_null(strstr(sqlite3_errmsg(one), "no such table: main.rights"));
  sqlite3_reset(insert);
  assert_number(one, "SELECT member FROM shadow_ban", 1);
  execute(other, "ALTER TABLE wrongs RENAME TO rights; VACUUM");
  assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
  assert_int_equal(sqlite3_finalize(insert), SQLITE_OK);
  assert_number(other, "SELECT sum(member) FROM shadow_ban", 4);
  /* One that reads keeps the other from VACUUM, and no more. */
  sqlite3_stmt *scan = prepare(one, "SELECT member FROM shadow_ban");
  assert_int_equal(sqlite3_step(scan), SQLITE_ROW);
  execute(other, "VACUUM");
  assert_members(scan, 3, 1);
  assert_done(scan);
  assert_number(one, "SELECT sum(member) FROM shadow_ban", 4);
}

/* ---- one connection ---- */

/* Each ban is shown once, whatever is done to the one that is shown. */
static void test_writes_in_the_middle_of_a_scan(void **state) {
  static const char *const writes[] = {"UPDATE shadow_ban SET stage = 4 WHERE member = ?1",
      "UPDATE shadow_ban SET reason = 'y' WHERE now = 0 AND member <> -?1",
      "UPDATE shadow_ban SET lifted = 1 WHERE member = ?1",
      "DELETE FROM shadow_ban WHERE member = ?1",
      "INSERT INTO shadow_ban(member, reason) VALUES (-?1, 'x')"};
  static const char *const scans[] = {"SELECT member FROM shadow_ban WHERE member > 0",
      "SELECT member, total(stage) FROM shadow_ban WHERE member > 0 GROUP BY member",
      ("SELECT a.member FROM shadow_ban AS a LEFT JOIN shadow_ban AS b ON b.member = a.member + 1 "
       "WHERE a.member > 0")};
  (void)state;
  for (int i = 0; i < 5 * 3; i++) {
    execute(one, "DELETE FROM shadow_ban");
    execute(one, START);
    sqlite3_stmt *scan = prepare(one, scans[i / 5]), *write = prepare(one, writes[i % 5]);
    if (i % 2) execute(one, "BEGIN");
    for (int member = 1; member <= BANS; member++) {
      assert_members(scan, member, 1);
      sqlite3_bind_int(write, 1, member);
      if (sqlite3_step(write) != SQLITE_DONE)
        fail_msg("%s: %s", writes[i % 5], sqlite3_errmsg(one));
      sqlite3_reset(write);
    }
    assert_done(scan);
    sqlite3_finalize(write);
    if (i % 2) execute(one, "COMMIT");
    int left = i % 5 == 2 || i % 5 == 3 ? 0 : i % 5 == 4 ? 2 * BANS : BANS;
    assert_number(one, "SELECT count(*) FROM shadow_ban", left);
    check_consistent(one);
  }
}

/* What is gone before the scan comes there is not shown; what is new behind it is. */
static void test_scan_sees_what_is_ahead(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_stmt *scan = prepare(one, "SELECT member, stage FROM shadow_ban WHERE now = 0");
  assert_members(scan, 1, 3);
  execute(one, "DELETE FROM shadow_ban WHERE member BETWEEN 2 AND 5");
  execute(one, "UPDATE shadow_ban SET stage = 3 WHERE member = 6 AND now = 0");
  execute(one, "INSERT INTO shadow_ban(member, reason) VALUES (0, 'x'), (21, 'x')");
  assert_members(scan, 6, 1);
  assert_int_equal(sqlite3_column_int(scan, 1), 3);
  assert_members(scan, 7, BANS + 1 - 6);
  assert_done(scan);
  /* All of them, from the first. */
  scan = prepare(one, "SELECT member FROM shadow_ban");
  assert_members(scan, 0, 1);
  execute(one, "DELETE FROM shadow_ban");
  assert_done(scan);
  /* A look-up, and one inside of the other. */
  execute(one, START);
  scan = prepare(one, "SELECT member FROM shadow_ban WHERE member = 5");
  assert_members(scan, 5, 1);
  execute(one, "DELETE FROM shadow_ban WHERE member = 5");
  assert_number(one, "SELECT count(*) FROM shadow_ban WHERE member = 5", 0);
  assert_done(scan);
  check_consistent(one);
}

static void test_schema_in_the_middle_of_a_scan(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_stmt *scan = prepare(one, "SELECT member FROM shadow_ban");
  assert_members(scan, 1, 2);
  assert_refused(one, "DROP TABLE shadow_ban", SQLITE_LOCKED, "locked");
  assert_refused(one, "VACUUM", SQLITE_ERROR, "cannot VACUUM");
  assert_members(scan, 3, 1);
  int renamed = try(one, "ALTER TABLE shadow_ban RENAME TO slow");
  execute(one, renamed == SQLITE_OK ? "INSERT INTO slow(member, reason) VALUES (21, 'x')"
                                    : "INSERT INTO shadow_ban(member, reason) VALUES (21, 'x')");
  assert_members(scan, 4, BANS + 1 - 3);
  assert_done(scan);
  if (renamed == SQLITE_OK) execute(one, "ALTER TABLE slow RENAME TO shadow_ban");
  assert_number(one, "SELECT count(*) FROM shadow_ban", BANS + 1);
  /* A transaction that ends under the scan: it goes on with what is left, or says that it cannot. */
  execute(one, "BEGIN; DELETE FROM shadow_ban WHERE member > 3");
  scan = prepare(one, "SELECT member FROM shadow_ban");
  assert_members(scan, 1, 2);
  execute(one, "ROLLBACK");
  int status = sqlite3_step(scan), steps = 0;
  while (status == SQLITE_ROW && steps++ < BANS) status = sqlite3_step(scan);
  assert_true(status == SQLITE_DONE || (status & 0xff) == SQLITE_ABORT);
  sqlite3_finalize(scan);
  check_consistent(one);
}

static void test_table_into_itself(void **state) {
  (void)state;
  execute(one, START);
  execute(one, "UPDATE shadow_ban SET stage = 1 + member / 10.0 WHERE now = 0");
  execute(one, "INSERT INTO shadow_ban(member, reason, stage, now) "
               "SELECT member + 100, 'copy', stage, 0 FROM shadow_ban WHERE now = 0");
  assert_number(one, "SELECT count(*) FROM shadow_ban", 2 * BANS);
  execute(one, "INSERT OR REPLACE INTO shadow_ban(member, reason, stage, now) "
               "SELECT member, reason || '!', stage, 0 FROM shadow_ban WHERE now = 0");
  assert_number(one, "SELECT sum(reason LIKE '%!') FROM shadow_ban", 2 * BANS);
  assert_number(one, "SELECT count(*) FROM shadow_ban_audit WHERE action = 'lift'", 2 * BANS);
  /* Each gets the stage of the one before, as it was before the statement. */
  execute(one,
      "UPDATE shadow_ban SET stage = (SELECT o.stage FROM shadow_ban AS o WHERE o.member = "
      "shadow_ban.member - 1 AND o.now = 0) WHERE now = 0 AND member BETWEEN 2 AND 20");
  assert_number(one,
      "SELECT count(*) FROM shadow_ban WHERE now = 0 AND member BETWEEN 2 AND 20 "
      "AND abs(stage - (1 + (member - 1) / 10.0)) < 1e-9",
      BANS - 1);
  execute(one, "UPDATE shadow_ban SET stage = (SELECT max(stage) FROM shadow_ban AS o WHERE o.now "
               "= 0) WHERE now = 0");
  assert_number(one, "SELECT count(DISTINCT stage) FROM shadow_ban WHERE now = 0", 1);
  execute(one, "UPDATE shadow_ban SET stage = o.stage / 2 FROM shadow_ban AS o "
               "WHERE o.member = shadow_ban.member + 100 AND o.now = 0 AND shadow_ban.now = 0");
  assert_number(one, "SELECT count(*) FROM shadow_ban WHERE now = 0 AND stage = 1.5", BANS);
  execute(one, "DELETE FROM shadow_ban WHERE member IN (SELECT member - 100 FROM shadow_ban)");
  assert_number(one, "SELECT min(member) FROM shadow_ban", 101);
  execute(one, "DELETE FROM shadow_ban WHERE (SELECT count(*) FROM shadow_ban) > 0");
  assert_number(one, "SELECT count(*) FROM shadow_ban", 0);
  check_consistent(one);
}

static void test_nested_cursors(void **state) {
  (void)state;
  execute(one, START);
  assert_number(one,
      "SELECT count(*) FROM shadow_ban AS a, shadow_ban AS b, shadow_ban AS c "
      "WHERE b.member = a.member AND c.reason = b.reason",
      BANS * BANS);
  assert_number(one,
      "SELECT sum((SELECT count(*) FROM shadow_ban AS b WHERE b.member IN (a.member, a.member + 1, "
      "(SELECT max(member) FROM shadow_ban AS c WHERE c.member = a.member + 2)))) "
      "FROM shadow_ban AS a",
      3 * BANS - 3);
  assert_number(one,
      "SELECT count(*) FROM shadow_ban AS a, shadow_ban AS b ON b.member = a.member AND b.now = "
      "a.duration_days * 86400 * a.member / 20 WHERE abs(b.progress - a.member / 20.0) < 1e-9",
      BANS);
  assert_number(one,
      "WITH RECURSIVE chain(member) AS (SELECT 1 UNION ALL SELECT b.member FROM chain, shadow_ban "
      "AS b WHERE b.member = chain.member + 1) SELECT count(*) FROM chain",
      BANS);
}

/* touch(SQL, member) runs the statement. */
static void touch(sqlite3_context *context, int argc, sqlite3_value **argv) {
  sqlite3 *db = sqlite3_context_db_handle(context);
  (void)argc;
  sqlite3_stmt *statement = prepare(db, (const char *)sqlite3_value_text(argv[0]));
  sqlite3_bind_value(statement, 1, argv[1]);
  sqlite3_step(statement);
  int status = sqlite3_finalize(statement);
  sqlite3_result_int(context, status);
  if (status != SQLITE_OK) sqlite3_result_error(context, sqlite3_errmsg(db), -1);
}

static void test_function_writes(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_create_function(one, "touch", 2, SQLITE_UTF8, NULL, touch, NULL, NULL);
  assert_number(one,
      "SELECT sum(touch('UPDATE shadow_ban SET stage = 3 WHERE now = 0 AND member = ?1', member)) "
      "+ count(*) FROM shadow_ban",
      BANS);
  assert_number(one, "SELECT count(*) FROM shadow_ban WHERE now = 0 AND stage = 3", BANS);
  /* From inside of an UPDATE of the same table, of the row and of the next. */
  execute(one, "UPDATE shadow_ban SET reason = 'x' || touch('UPDATE shadow_ban SET stage = 2 WHERE "
               "member = ?1 AND now = 0', member) WHERE now = 0");
  assert_number(
      one, "SELECT count(*) FROM shadow_ban WHERE now = 0 AND stage = 2 AND reason = 'x0'", BANS);
  execute(one, "UPDATE shadow_ban SET reason = 'y' || touch('DELETE FROM shadow_ban WHERE "
               "member = ?1', member + 1) WHERE member % 4 = 1");
  assert_number(one, "SELECT count(*) FROM shadow_ban", BANS - BANS / 4);
  assert_number(one,
      "SELECT sum(touch('DELETE FROM shadow_ban WHERE member = ?1', member)) + count(*) FROM "
      "shadow_ban",
      BANS - BANS / 4);
  assert_number(one, "SELECT count(*) FROM shadow_ban", 0);
  check_consistent(one);
}

/* A trigger on the privilege table may read bans, and use other virtual tables; but not write bans. */
static void test_trigger_below(void **state) {
  (void)state;
  execute(one, START);
  execute(one,
      "CREATE TABLE seen(member, bans); CREATE TRIGGER look AFTER INSERT ON privilege BEGIN "
      "INSERT INTO seen SELECT new.member, count(*) FROM shadow_ban WHERE revoked; END");
  execute(one, "UPDATE shadow_ban SET stage = 5, revoked = 1 WHERE member < 4 AND now = 0");
  assert_number(one, "SELECT sum(bans * 10 * member) FROM seen", 10 * (1 + 2 * 2 + 3 * 3));
  execute(one,
      "CREATE VIRTUAL TABLE other_ban USING shadow_ban; CREATE TRIGGER meddle AFTER UPDATE "
      "ON privilege BEGIN INSERT INTO other_ban(member, reason) VALUES (7, 'x'); END");
  assert_refused(one, "UPDATE shadow_ban SET stage = 1 WHERE now = 0", SQLITE_ERROR,
      "cannot be written to by what follows from writing to it");
  assert_number(one, "SELECT sum(stage = 5) FROM shadow_ban WHERE now = 0", 3);
  assert_number(one, "SELECT count(*) FROM other_ban", 0);
  check_consistent(one);
}

/* It may roll the whole transaction back, while bans are being read, and with it the table itself. */
static void test_rollback_from_below(void **state) {
  (void)state;
  execute(one, START);
  execute(one,
      "CREATE TRIGGER no AFTER INSERT ON privilege BEGIN SELECT RAISE(ROLLBACK, 'no'); END;"
      "BEGIN; DELETE FROM shadow_ban WHERE member > 10;"
      "CREATE VIRTUAL TABLE new_ban USING shadow_ban;"
      "INSERT INTO new_ban(member, reason, stage, now) VALUES (1, 'x', 5, 0), (2, 'x', 1, 0)");
  sqlite3_stmt *scan = prepare(one, "SELECT member FROM shadow_ban");
  sqlite3_stmt *new_scan = prepare(one, "SELECT member FROM new_ban");
  assert_members(scan, 1, 2);
  assert_members(new_scan, 1, 1);
  assert_refused(one, "UPDATE new_ban SET revoked = 1 WHERE now = 0 AND due = 'revoke'",
      SQLITE_ERROR, "cannot be written to: no");
  assert_int_equal(sqlite3_get_autocommit(one), 1);
  for (int i = 0; i < BANS && sqlite3_step(scan) == SQLITE_ROW; i++) continue;
  for (int i = 0; i < BANS && sqlite3_step(new_scan) == SQLITE_ROW; i++) continue;
  sqlite3_finalize(scan);
  sqlite3_finalize(new_scan);
  assert_refused(one, "SELECT * FROM new_ban", SQLITE_ERROR, "no such table");
  assert_number(one, "SELECT count(*) FROM shadow_ban", BANS);
  check_consistent(one);
}

/* A host that closes a connection too early makes SQLite forget the table's object, though not that of a statement that is
** prepared: that one must still write, though the table writes through itself with another. */
static void test_closed_too_early(void **state) {
  (void)state;
  execute(one, START);
  sqlite3_stmt *update =
      prepare(one, "UPDATE shadow_ban SET stage = 3 WHERE member < 4 AND now = 0");
  assert_int_equal(sqlite3_close(one), SQLITE_BUSY);
  assert_int_equal(sqlite3_step(update), SQLITE_DONE);
  assert_number(one, "SELECT sum(stage = 3) FROM shadow_ban WHERE now = 0", 3);
  sqlite3_finalize(update);
  check_consistent(one);
}

/* ---- threads, and a process that is killed ---- */

/* Something, in a transaction that also counts the bans that were started. */
static int write_something(sqlite3 *db, struct random *luck) {
  char sql[400];
  int member = random_between(luck, 1, 12);
  static const char *const somethings[] = {
      "INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (%d, 'x', 0)",
      "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (%d, 'x', 0)",
      "UPDATE shadow_ban SET stage = 5 WHERE now = 0 AND member = %d",
      "UPDATE shadow_ban SET stage = 2 WHERE now = 0 AND member > %d",
      "UPDATE shadow_ban SET revoked = 1 WHERE now = 0 AND due = 'revoke' AND %d",
      "UPDATE shadow_ban SET revoked = 1 WHERE now = 1e9 AND due = 'revoke' AND member <> %d",
      "UPDATE shadow_ban SET lifted = 1 WHERE now = 0 AND member = %d",
      "DELETE FROM shadow_ban WHERE member = %d"};
  execute(db, "PRAGMA busy_timeout = 0");
  snprintf(sql, sizeof sql, somethings[random_below(luck, 8)], member);
  int status = try(db, random_once_in(luck, 2) ? "BEGIN" : "BEGIN IMMEDIATE");
  if (status == SQLITE_OK) status = try(db, sql);
  if (status == SQLITE_OK) {
    status = try(db, "UPDATE done SET count = (SELECT count(*) FROM shadow_ban_audit WHERE "
                     "action = 'start')");
  }
  if (status == SQLITE_OK) status = try(db, "COMMIT");
  if (status != SQLITE_OK && !sqlite3_get_autocommit(db)) execute(db, "ROLLBACK");
  return status;
}

static void check_whole(sqlite3 *db) {
  assert_number(db,
      "SELECT count - (SELECT count(*) FROM shadow_ban_audit WHERE action = 'start') FROM done", 0);
  check_consistent(db);
}

struct worker {
  sqlite3 *db;
  struct random luck;
  int written, busy, status;
};

/* No assertion in here: cmocka's are for its own thread. */
static void *work(void *argument) {
  struct worker *worker = argument;
  for (int i = 0; i < THREAD_OPERATIONS; i++) {
    int status = write_something(worker->db, &worker->luck);
    if (status == SQLITE_OK) worker->written++;
    if (status == SQLITE_BUSY) worker->busy++;
    if (status != SQLITE_OK && status != SQLITE_BUSY) worker->status = status;
    status = try(worker->db, "SELECT *, due FROM shadow_ban WHERE now = 5e5");
    if (status == SQLITE_BUSY) worker->busy++;
    if (status != SQLITE_OK && status != SQLITE_BUSY) worker->status = status;
  }
  return NULL;
}

static void test_threads(void **state) {
  pthread_t threads[2];
  struct worker workers[2] = {{.db = one}, {.db = other}};
  (void)state;
  for (int i = 0; i < 2; i++) {
    workers[i].luck = (struct random){random_next(&chance)};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < 2; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
  for (int i = 0; i < 2; i++) {
    printf("# %d written, %d times busy\n", workers[i].written, workers[i].busy);
    if (workers[i].status != SQLITE_OK) fail_msg("status %d", workers[i].status);
    assert_true(workers[i].written > 0);
  }
  check_whole(one);
  check_whole(other);
}

/* Writes until it is killed; a byte for each thing that is written. */
_Noreturn static void write_on(int pipe_end, struct random luck) {
  sqlite3 *db = open_one();
  for (;;) {
    if (write_something(db, &luck) != SQLITE_OK || write(pipe_end, "x", 1) != 1) _exit(1);
  }
}

static void test_kill(void **state) {
  sqlite3_int64 rows = 0;
  (void)state;
  for (int i = 0; i < KILLS; i++) {
    int ends[2], status;
    char byte;
    assert_int_equal(sqlite3_close(one) | sqlite3_close(other), SQLITE_OK);
    one = other = NULL;
    assert_int_equal(pipe(ends), 0);
    struct random luck = {random_next(&chance)};
    pid_t child = fork();
    if (child == 0) write_on(ends[1], luck);
    close(ends[1]);
    for (int written = random_between(&chance, 20, 80); written > 0; written--) {
      assert_int_equal(read(ends[0], &byte, 1), 1);
    }
    for (int spin = random_below(&chance, 100000); spin > 0; spin--) luck.state += (uint64_t)spin;
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    close(ends[0]);
    one = open_one();
    check_whole(one);
    sqlite3_int64 now = number(one, "SELECT count(*) FROM shadow_ban_audit");
    assert_true(now > rows);
    rows = now;
    other = open_one();
  }
}

static int group_setup(void **state) {
  (void)state;
  const char *place = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/shadow_ban_XXXXXX", place ? place : P_tmpdir);
  chance = random_begin();
  return mkdtemp(folder) == NULL;
}

static int group_teardown(void **state) {
  (void)state;
  unlink(path);
  return rmdir(folder);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_snapshot),
      TEST(test_rename_and_drop_under_a_reader),
      TEST(test_busy),
      TEST(test_schema_of_another),
      TEST(test_writes_in_the_middle_of_a_scan),
      TEST(test_scan_sees_what_is_ahead),
      TEST(test_schema_in_the_middle_of_a_scan),
      TEST(test_table_into_itself),
      TEST(test_nested_cursors),
      TEST(test_function_writes),
      TEST(test_trigger_below),
      TEST(test_rollback_from_below),
      TEST(test_closed_too_early),
      TEST(test_threads),
      TEST(test_kill),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_ban_concurrency", tests, group_setup, group_teardown);
}
