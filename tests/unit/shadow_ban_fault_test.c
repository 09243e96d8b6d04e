/*
** shadow_ban_fault_test.c: what goes wrong while a shadow_ban table is written to leaves nothing behind.
**
** Each write of a list, inside of BEGIN and outside, meets each fault: the file is full at N pages, an interrupt comes
** at step N of the virtual machine, input or output number N fails, for all N; the database is read-only, another
** connection writes to it, an authorizer denies or ignores what is done to a table below, a trigger refuses. It then
** ends with the fault's code and all tables as they were before it or, where SQLite rolled the whole transaction back,
** as before that; or it ends well, and as without a fault.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "decorum.h"
#include "shadow_ban.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define LONG "printf('%.3000c', 'x')" /* a reason of several pages */

/* All that makes several rows in several tables. */
static const char *const writes[] = {
    "INSERT INTO shadow_ban(member, reason, now) VALUES ('new', " LONG ", 1000)",
    "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, " LONG ", 1000)",
    "INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES ('new', 'r', 1000)",
    "UPDATE shadow_ban SET stage = 2, duration_days = 5, reason = " LONG
    ", lift_at = 9e9, why = " LONG " WHERE member = 7 AND now = 1000",
    "UPDATE shadow_ban SET revoked = 1 WHERE member = 8 AND now = 1000",
    "UPDATE shadow_ban SET lifted = 1, why = " LONG " WHERE member = 7 AND now = 1000",
    "UPDATE shadow_ban SET reason = " LONG " WHERE now = 1000",
    "DELETE FROM shadow_ban WHERE member = 7",
    "DELETE FROM shadow_ban",
};

static char path[] = P_tmpdir "/shadow_ban_fault_XXXXXX";

/* Member 7 has lost access by a ban, member 8 is at its end and has not. Both have a mask. */
static const char *const life[] = {"PRAGMA page_size = 512",
    "CREATE TABLE privilege(member PRIMARY KEY, mask)",
    "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban",
    "INSERT INTO privilege VALUES (7, -1 << 63), (8, -1 << 63)",
    "INSERT INTO shadow_ban(member, reason, stage, now) VALUES (7, 'r', 5, 0), (8, 'r', 5, 0)",
    "UPDATE shadow_ban SET revoked = 1 WHERE member = 7 AND now = 1"};

static unsigned char *image;
static sqlite3_int64 image_size;

static void make_image(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  for (size_t i = 0; i < COUNT(life); i++) {
    assert_int_equal(sqlite3_exec(db, life[i], NULL, NULL, NULL), SQLITE_OK);
  }
  image = sqlite3_serialize(db, "main", &image_size, 0);
  sqlite3_close(db);
}

static void make_file(void) {
  char journal[sizeof path + 8];
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(image, 1, (size_t)image_size, file), image_size);
  assert_int_equal(fclose(file), 0);
  snprintf(journal, sizeof journal, "%s-journal", path);
  unlink(journal); /* of a try that failed */
}

static const char *file_system; /* NULL: the usual one */

static sqlite3 *open_file(int flags) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open_v2(path, &db, flags, file_system), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
  return db;
}

static int contents_row(void *text, int count, char **row, char **names) {
  (void)names;
  for (int i = 0; i < count; i++) {
    sqlite3_str_appendf(text, "%s|", row[i] ? row[i] : "NULL");
  }
  sqlite3_str_appendall(text, "\n");
  return 0;
}

/* All rows; without the current time, which a DELETE writes. Free with sqlite3_free. */
static char *contents(sqlite3 *db) {
  sqlite3_str *text = sqlite3_str_new(NULL);
  assert_int_equal(
      sqlite3_exec(db,
          "SELECT * FROM shadow_ban_state; SELECT id, ban, member, iif(at < 1e8, at, 'now'), actor,"
          " action, before, after, why FROM shadow_ban_audit; SELECT * FROM privilege",
          contents_row, text, NULL),
      SQLITE_OK);
  return sqlite3_str_finish(text);
}

/* ---- a write that meets a fault ---- */

static struct {
  sqlite3 *db;
  const char *sql;
  bool is_inside; /* of a transaction, in which something else was written before */
  char *at_rest;
  char *before;
  char *done;   /* the contents without a fault, if it may come when all is done... */
  bool is_late; /* ...as it has done */
  int count;    /* of writes that failed */
  int rolled_back;
} now;

static void fault_begin(int flags, const char *sql, bool is_inside) {
  now.db = open_file(flags);
  now.sql = sql;
  now.is_inside = is_inside;
  now.at_rest = contents(now.db);
  if (is_inside) {
    sqlite3_exec(now.db,
        "BEGIN; INSERT INTO shadow_ban(member, reason, now) VALUES ('b', 'r', 500)", NULL, NULL,
        NULL);
  }
  now.before = contents(now.db);
}

/* The status must be one of two; what stands in the tables as it says, also after COMMIT and for who comes next. */
static void fault_end(int status, int expected, int other, const char *what) {
  bool was_rolled_back = now.is_inside && sqlite3_get_autocommit(now.db);
  char message[400];
  snprintf(message, sizeof message, "%s: %.200s: status %d, %s", what, now.sql, status,
      sqlite3_errmsg(now.db));
  if (status != SQLITE_OK && (status & 0xFF) != expected && (status & 0xFF) != other) {
    fail_msg("%s", message);
  }
  char *after = contents(now.db);
  bool is_same = strcmp(after, was_rolled_back ? now.at_rest : now.before) == 0;
  bool is_ignored = status == SQLITE_OK && strstr(now.sql, "IGNORE") != NULL;
  if (status != SQLITE_OK && now.done != NULL && strcmp(after, now.done) == 0) now.is_late = true;
  if (now.is_late ? is_same : is_same != (status != SQLITE_OK) && !is_ignored) {
    fail_msg("%s: %s", message, is_same ? "nothing done" : "something left behind");
  }
  if (now.is_inside && !was_rolled_back) {
    int committed = sqlite3_exec(now.db, "COMMIT", NULL, NULL, NULL);
    if (committed != SQLITE_OK) fail_msg("%s: no COMMIT, %d", message, committed);
  }
  assert_int_equal(sqlite3_close(now.db), SQLITE_OK);
  now.db = open_file(SQLITE_OPEN_READWRITE);
  char *later = contents(now.db);
  if (strcmp(after, later) != 0) fail_msg("%s: other contents after it", message);
  assert_int_equal(sqlite3_close(now.db), SQLITE_OK);
  sqlite3_free(later);
  sqlite3_free(after);
  sqlite3_free(now.before);
  sqlite3_free(now.at_rest);
  now.count += status != SQLITE_OK;
  now.rolled_back += was_rolled_back;
}

/* Each write, outside of a transaction and inside. */
static void fault_each(void (*meet)(void)) {
  now.count = now.rolled_back = 0;
  for (size_t i = 0; i < COUNT(writes) * 2; i++) {
    now.sql = writes[i / 2];
    now.is_inside = i % 2;
    make_file();
    meet();
  }
  print_message(
      "# %d writes failed; %d took the whole transaction with them\n", now.count, now.rolled_back);
  assert_int_not_equal(now.count, 0);
}

static int run(void) {
  return sqlite3_exec(now.db, now.sql, NULL, NULL, NULL);
}

/* ---- no room ---- */

static void meet_full(void) {
  for (int pages = (int)image_size / 512, status = SQLITE_FULL; status != SQLITE_OK; pages++) {
    char sql[60];
    make_file();
    fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", pages);
    sqlite3_exec(now.db, sql, NULL, NULL, NULL);
    status = run();
    fault_end(status, SQLITE_FULL, SQLITE_FULL, sql);
  }
}

static void test_full(void **state) {
  (void)state;
  fault_each(meet_full);
}

/* ---- an interrupt ---- */

static int steps_left;

static int interrupt_step(void *data) {
  (void)data;
  return --steps_left == 0;
}

/* How many steps there are, and what stands in the tables after them. */
static int count_steps(void) {
  make_file();
  fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
  steps_left = 0;
  sqlite3_progress_handler(now.db, 1, interrupt_step, NULL);
  int status = run();
  int count = -steps_left;
  sqlite3_progress_handler(now.db, 0, NULL, NULL);
  char *done = contents(now.db);
  fault_end(status, SQLITE_OK, SQLITE_OK, "no interrupt");
  now.done = done;
  return count;
}

/* When a statement is done, SQLite asks for the steps that it has not asked for yet, and may then say that it was
** interrupted, of whatever table. So from some step on all is done. */
static void meet_interrupt(void) {
  int count = count_steps();
  now.is_late = false;
  for (int steps = 1; steps <= count; steps++) {
    char what[60];
    make_file();
    fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
    steps_left = steps;
    sqlite3_progress_handler(now.db, 1, interrupt_step, NULL);
    int status = run();
    sqlite3_progress_handler(now.db, 0, NULL, NULL);
    snprintf(what, sizeof what, "an interrupt at step %d of %d", steps, count);
    if (status == SQLITE_OK) fail_msg("%s: %s: done", what, now.sql);
    fault_end(status, SQLITE_INTERRUPT, SQLITE_INTERRUPT, what);
  }
  now.is_late = false;
  sqlite3_free(now.done);
  now.done = NULL;
}

static void test_interrupt(void **state) {
  (void)state;
  fault_each(meet_interrupt);
}

/* ---- input and output ---- */

/* What a file's methods are, and what they were. */
static struct methods {
  sqlite3_io_methods failing;
  const sqlite3_io_methods *real;
} methods[4];

static long io_left = -1; /* calls until one fails; -1: none does */
static bool io_once;

static bool io_fails(void) {
  if (io_left != 0) {
    io_left -= io_left > 0;
    return false;
  }
  if (io_once) io_left = -1;
  return true;
}

static const sqlite3_io_methods *io_real(sqlite3_file *file) {
  return ((const struct methods *)file->pMethods)->real;
}

static int io_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at) {
  return io_fails() ? SQLITE_IOERR_READ : io_real(file)->xRead(file, bytes, size, at);
}

static int io_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
  return io_fails() ? SQLITE_IOERR_WRITE : io_real(file)->xWrite(file, bytes, size, at);
}

static int io_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return io_fails() ? SQLITE_IOERR_TRUNCATE : io_real(file)->xTruncate(file, size);
}

static int io_sync(sqlite3_file *file, int flags) {
  return io_fails() ? SQLITE_IOERR_FSYNC : io_real(file)->xSync(file, flags);
}

static int io_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  int status = sqlite3_vfs_find(NULL)->xOpen(vfs, name, file, flags, out);
  if (status != SQLITE_OK) return status;
  size_t i = 0;
  while (methods[i].real != NULL && methods[i].real != file->pMethods) i++;
  assert_true(i < COUNT(methods));
  methods[i].real = file->pMethods;
  methods[i].failing = *file->pMethods;
  methods[i].failing.iVersion = 2; /* nothing is mapped */
  methods[i].failing.xRead = io_read;
  methods[i].failing.xWrite = io_write;
  methods[i].failing.xTruncate = io_truncate;
  methods[i].failing.xSync = io_sync;
  file->pMethods = &methods[i].failing;
  return SQLITE_OK;
}

static void meet_io(void) {
  for (int i = 0; i < 2; i++) {
    for (int number = 0, status = SQLITE_IOERR; status != SQLITE_OK; number++) {
      char what[60];
      make_file();
      fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
      sqlite3_exec(now.db, "PRAGMA synchronous = FULL; PRAGMA cache_size = 1", NULL, NULL, NULL);
      io_once = i;
      io_left = number;
      status = run();
      io_left = -1;
      snprintf(what, sizeof what, "input or output %d, once %d", number, i);
      fault_end(status, SQLITE_IOERR, SQLITE_IOERR, what);
    }
  }
}

static void test_io(void **state) {
  static sqlite3_vfs failing;
  (void)state;
  failing = *sqlite3_vfs_find(NULL);
  failing.zName = "failing";
  failing.xOpen = io_open;
  assert_int_equal(sqlite3_vfs_register(&failing, 0), SQLITE_OK);
  file_system = "failing";
  fault_each(meet_io);
  file_system = NULL;
  sqlite3_vfs_unregister(&failing);
}

/* ---- a database that cannot be written to ---- */

static void meet_read_only(void) {
  now.is_inside = false;
  fault_begin(SQLITE_OPEN_READONLY, now.sql, false);
  fault_end(run(), SQLITE_READONLY, SQLITE_READONLY, "a read-only database");
}

static void test_read_only(void **state) {
  (void)state;
  fault_each(meet_read_only);
  assert_int_equal(now.count, COUNT(writes) * 2);
}

static void meet_busy(void) {
  sqlite3 *other = open_file(SQLITE_OPEN_READWRITE);
  now.is_inside = false;
  assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  fault_begin(SQLITE_OPEN_READWRITE, now.sql, false);
  int status = run();
  sqlite3_close(other);
  fault_end(status, SQLITE_BUSY, SQLITE_BUSY, "another connection writes");
}

static void test_busy(void **state) {
  (void)state;
  fault_each(meet_busy);
  assert_int_equal(now.count, COUNT(writes) * 2);
}

/* ---- an authorizer ---- */

static struct {
  int answer;
  int action;
  const char *table;
  bool was_asked;
} rule;

static int authorize(void *data, int action, const char *table, const char *column,
    const char *schema, const char *trigger) {
  (void)data, (void)column, (void)schema, (void)trigger;
  if (action != rule.action || table == NULL || strcmp(table, rule.table) != 0) return SQLITE_OK;
  rule.was_asked = true;
  return rule.answer;
}

/* Ignoring an INSERT leaves it out. The other actions it does not leave out. */
static void meet_authorizer(void) {
  static const struct {
    int answer, action;
    const char *verb;
  } answers[] = {{SQLITE_DENY, SQLITE_INSERT, "INSERT"}, {SQLITE_DENY, SQLITE_UPDATE, "UPDATE"},
      {SQLITE_DENY, SQLITE_DELETE, "DELETE"}, {SQLITE_IGNORE, SQLITE_INSERT, "INSERT"}};
  static const char *const tables[] = {
      "shadow_ban_state", "shadow_ban_audit", "shadow_ban", "privilege"};
  for (size_t i = 0; i < COUNT(answers) * COUNT(tables); i++) {
    rule.answer = answers[i % COUNT(answers)].answer;
    rule.action = answers[i % COUNT(answers)].action;
    rule.table = tables[i / COUNT(answers)];
    rule.was_asked = false;
    bool ignores = rule.answer == SQLITE_IGNORE;
    bool is_itself = strcmp(rule.table, "shadow_ban") == 0 &&
                     strncmp(now.sql, answers[i % COUNT(answers)].verb, 6) == 0;
    if (ignores && (is_itself || strcmp(rule.table, "privilege") == 0)) continue;
    make_file();
    fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
    sqlite3_set_authorizer(now.db, authorize, NULL);
    int status = run();
    sqlite3_set_authorizer(now.db, NULL, NULL);
    char what[100];
    snprintf(what, sizeof what, "%s %s on %s",
        ignores ? "ignored:" : "denied:", answers[i % COUNT(answers)].verb, rule.table);
    if (rule.was_asked != (status != SQLITE_OK)) fail_msg("%s: %s: %d", what, now.sql, status);
    fault_end(status, SQLITE_AUTH, ignores ? SQLITE_CORRUPT : SQLITE_AUTH, what);
  }
}

static void test_authorizer(void **state) {
  (void)state;
  fault_each(meet_authorizer);
}

/* ---- a trigger ---- */

static void meet_trigger(void) {
  static const char *const tables[] = {"privilege", "shadow_ban_audit", "shadow_ban_state"};
  static const char *const events[] = {"INSERT", "UPDATE", "DELETE"};
  static const char *const times[] = {"BEFORE", "AFTER"};
  static const char *const raises[] = {"ABORT", "FAIL", "ROLLBACK"};
  for (size_t i = 0; i < 54; i++) {
    make_file();
    sqlite3 *db = open_file(SQLITE_OPEN_READWRITE);
    char *sql = sqlite3_mprintf("CREATE TRIGGER t %s %s ON %s %s BEGIN SELECT raise(%s, 'no'); END",
        times[i % 2], events[i / 2 % 3], tables[i / 6 % 3],
        strcmp(events[i / 2 % 3], "DELETE") == 0 ? "" : "WHEN new.member <> 'b'", raises[i / 18]);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    fault_begin(SQLITE_OPEN_READWRITE, now.sql, now.is_inside);
    int status = run();
    fault_end(status, SQLITE_ERROR, SQLITE_ERROR, sql);
    sqlite3_free(sql);
  }
}

static void test_trigger(void **state) {
  (void)state;
  fault_each(meet_trigger);
}

static int setup(void **state) {
  (void)state;
  int file = mkstemp(path);
  make_image();
  return file < 0 || close(file) != 0;
}

static int teardown(void **state) {
  (void)state;
  sqlite3_free(image);
  return unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_full), cmocka_unit_test(test_interrupt),
      cmocka_unit_test(test_io), cmocka_unit_test(test_read_only), cmocka_unit_test(test_busy),
      cmocka_unit_test(test_authorizer), cmocka_unit_test(test_trigger)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_ban_fault", tests, setup, teardown);
}
