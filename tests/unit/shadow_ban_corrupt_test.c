/*
** shadow_ban_corrupt_test.c: shadow_ban over a file that somebody else made.
**
** A state of three makes (a rowid table and one without, of no types, and the real one whose rows do not keep to it)
** holds two bans. Each column of one of them is set to each of some forty values, and everything is done with the bans.
** If the value is not what the column holds, then whatever uses it ends with SQLITE_CORRUPT_VTAB and a message that
** names the column; and whatever does not goes on. What is well is written down here in SQL, apart from the C of the
** extension. What fails leaves nothing behind, and what is read is within its range.
**
** Then bytes of such a file change at random: anything may come of it but a crash and a leak.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"
#include "random.h"
#include "shadow_ban.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- what stands in the file ---- */

#define REAL_STATE                                                                                 \
  "CREATE TABLE shadow_ban_state(member ANY PRIMARY KEY, id INTEGER NOT NULL UNIQUE, started_at "  \
  "REAL NOT NULL, duration_days REAL NOT NULL, base REAL NOT NULL, since REAL NOT NULL, lift_at "  \
  "REAL, reason TEXT NOT NULL, initiated_by ANY, platform TEXT, revoked INTEGER NOT NULL, "        \
  "revoked_at REAL) STRICT, WITHOUT ROWID"
#define STATE_COLUMNS                                                                              \
  "started_at, duration_days, base, since, lift_at, reason, initiated_by, platform, revoked, "     \
  "revoked_at"

static const struct {
  const char *name;
  const char *state;
  bool is_real; /* then said to be the real one, see the manual of PRAGMA writable_schema */
} makes[] = {
    {"rowid", "CREATE TABLE shadow_ban_state(member UNIQUE, id UNIQUE, " STATE_COLUMNS ")", false},
    {"without rowid",
        "CREATE TABLE shadow_ban_state(member PRIMARY KEY, id UNIQUE, " STATE_COLUMNS
        ") WITHOUT ROWID",
        false},
    {"real",
        "CREATE TABLE shadow_ban_state(member PRIMARY KEY, id UNIQUE, " STATE_COLUMNS
        ") WITHOUT ROWID",
        true},
};

#define NUMBER "typeof(x) IN ('integer', 'real') AND x > -9e999 AND x < 9e999"

/* A column of the state: what it holds, and what of the table uses it. */
static const struct {
  const char *name;
  const char *is_well; /* of x */
  const char *used_by;
} columns[] = {
    {"id", "typeof(x) = 'integer'", " rowid "},
    {"member", "typeof(x) IN ('integer', 'text')", " member "},
    {"started_at", NUMBER, " started_at "},
    {"duration_days", NUMBER " AND x > 0 AND x <= 365", " duration_days progress stage phase due "},
    {"base", NUMBER " AND x >= 0 AND x <= 1", " progress stage phase due "},
    {"since", NUMBER, " progress stage phase due "},
    {"lift_at", "x IS NULL OR " NUMBER, " lift_at due "},
    {"reason", "typeof(x) = 'text'", " reason "},
    {"initiated_by", "typeof(x) IN ('null', 'integer', 'text')", " initiated_by "},
    {"platform", "typeof(x) IN ('null', 'text')", " platform "},
    {"revoked", "typeof(x) = 'integer' AND x IN (0, 1)", " revoked "},
    {"revoked_at", "x IS NULL OR " NUMBER, " due "},
};

static const char *const values[] = {"NULL", "0", "1", "-1", "2", "365", "366", "2000000",
    "9223372036854775807", "-9223372036854775808", "9007199254740993", "0.0", "0.5", "1.0", "-0.5",
    "1.0000000000000002", "365.5", "5e-324", "-5e-324", "2.2250738585072014e-308",
    "1.7976931348623157e308", "-1.7976931348623157e308", "9e999", "-9e999", "''", "' '", "'3'",
    "' 30 '", "'0.5'", "'1e3'", "'NaN'", "'x' || char(0) || 'y'", "char(0)", "CAST(x'FF' AS TEXT)",
    "CAST(x'C328EDA080' AS TEXT)", "printf('%.100000c', 'x')", "x''", "x'00'", "CAST('7' AS BLOB)",
    "zeroblob(100000)"};

static unsigned char base_image[65536]; /* of the make that is tried */
static sqlite3_int64 image_size;

/* ---- running ---- */

struct result {
  int status;
  char message[400];
  int rows;
  bool is_nonsense; /* a value out of its range */
};

/* Is the value of that column of the table what it must be? */
static bool is_sense(sqlite3_stmt *statement, int column) {
  static const char phases[] = " latency drops fake_503 blackout banned ", dues[] = " lift revoke ";
  const char *name = sqlite3_column_name(statement, column);
  int type = sqlite3_column_type(statement, column);
  double number = sqlite3_column_double(statement, column);
  const char *text = (const char *)sqlite3_column_text(statement, column);
  bool is_number = (type == SQLITE_INTEGER || type == SQLITE_FLOAT) && number - number == 0;
  if (strcmp(name, "progress") == 0) return is_number && number >= 0 && number <= 1;
  if (strcmp(name, "stage") == 0) return is_number && number >= 1 && number <= 5;
  if (strcmp(name, "phase") == 0) return text != NULL && strstr(phases, text) != NULL;
  if (strcmp(name, "due") == 0) return text == NULL || strstr(dues, text) != NULL;
  if (strcmp(name, "duration_days") == 0) return is_number && number > 0 && number <= 365;
  if (strcmp(name, "started_at") == 0 || strcmp(name, "now") == 0) return is_number;
  if (strcmp(name, "lift_at") == 0) return type == SQLITE_NULL || is_number;
  if (strcmp(name, "member") == 0) return type == SQLITE_INTEGER || type == SQLITE_TEXT;
  if (strcmp(name, "rowid") == 0) return type == SQLITE_INTEGER;
  if (strcmp(name, "reason") == 0) return type == SQLITE_TEXT;
  if (strcmp(name, "revoked") == 0) return type == SQLITE_INTEGER && (number == 0 || number == 1);
  if (strcmp(name, "lifted") == 0) return type == SQLITE_INTEGER && number == 0;
  return true;
}

static struct result run(sqlite3 *db, const char *sql) {
  struct result result = {.rows = 0};
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
      if (!is_sense(statement, i)) result.is_nonsense = true;
    }
    result.rows++;
    status = SQLITE_OK;
  }
  result.status = status == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(db);
  snprintf(result.message, sizeof result.message, "%s", sqlite3_errmsg(db));
  sqlite3_finalize(statement);
  return result;
}

static void must(sqlite3 *db, const char *sql) {
  struct result result = run(db, sql);
  if (result.status != SQLITE_OK) fail_msg("%s: %s", sql, result.message);
}

static sqlite3 *open_with_decorum(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorumreadonly_init(db, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_create_module_v2(db, "shadow_ban", shadow_ban_module,
                       shadow_ban_connection_new(), sqlite3_free),
      SQLITE_OK);
  return db;
}

static bool is_true(sqlite3 *db, const char *format, const char *is_what, const char *of_what) {
  sqlite3_stmt *statement = NULL;
  char *sql = sqlite3_mprintf(format, is_what, of_what);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  bool is = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_free(sql);
  return is;
}

/* The file of a make, with two bans that are well. */
static void make_image(size_t make) {
  sqlite3 *db = open_with_decorum();
  must(db, "CREATE TABLE privilege(member PRIMARY KEY, mask)");
  must(db, "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban");
  must(db, "DROP TABLE shadow_ban_state");
  must(db, makes[make].state);
  must(db, "INSERT INTO shadow_ban_audit VALUES (40, 7, 7, 0, NULL, 'start', NULL, 1, '')");
  must(db, "INSERT INTO shadow_ban_state VALUES (3, 33, 1000, 15, 0, 1000, NULL, 'well', NULL, "
           "NULL, 0, NULL), (7, 34, 1000, 15, 0.25, 1000, 9e9, 'r', 9, 'irc', 1, 1100)");
  unsigned char *image = sqlite3_serialize(db, "main", &image_size, 0);
  assert_true(image_size <= (sqlite3_int64)sizeof base_image);
  memcpy(base_image, image, (size_t)image_size);
  sqlite3_free(image);
  sqlite3_close(db);
}

/* A database of that file. */
static sqlite3 *open_image(void) {
  sqlite3 *db = open_with_decorum();
  unsigned char *image = sqlite3_malloc64((sqlite3_uint64)image_size);
  memcpy(image, base_image, (size_t)image_size);
  assert_int_equal(sqlite3_deserialize(db, "main", image, image_size, image_size,
                       SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
      SQLITE_OK);
  return db;
}

/* A database of that file, in which a column of member 7's ban is that. NULL if it cannot be. */
static sqlite3 *make_database(size_t make, const char *column, const char *value) {
  sqlite3 *db = open_image();
  char *sql =
      sqlite3_mprintf("UPDATE shadow_ban_state SET %s = %s WHERE member = 7", column, value);
  bool is_possible = run(db, sql).status == SQLITE_OK;
  sqlite3_free(sql);
  if (!is_possible) {
    sqlite3_close(db);
    return NULL;
  }
  if (makes[make].is_real) {
    must(db, "PRAGMA writable_schema = ON");
    must(db, "UPDATE sqlite_schema SET sql = '" REAL_STATE "' WHERE name = 'shadow_ban_state'");
    must(db, "PRAGMA writable_schema = RESET");
  }
  return db;
}

/* All rows, as one text. Free with sqlite3_free. */
static char *contents(sqlite3 *db) {
  static const char *const tables[] = {"shadow_ban_state", "shadow_ban_audit", "privilege"};
  sqlite3_str *text = sqlite3_str_new(NULL);
  sqlite3_stmt *statement = NULL;
  for (size_t i = 0; i < COUNT(tables); i++) {
    char *sql = sqlite3_mprintf("SELECT * FROM %s", tables[i]);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      for (int j = 0; j < sqlite3_column_count(statement); j++) {
        sqlite3_str_appendf(text, "|%d.%d.%.40s", sqlite3_column_type(statement, j),
            sqlite3_column_bytes(statement, j), sqlite3_column_text(statement, j));
      }
    }
    sqlite3_finalize(statement);
    sqlite3_free(sql);
  }
  sqlite3_str_appendall(text, ".");
  return sqlite3_str_finish(text);
}

/* ---- a value that does not belong there ---- */

static struct {
  sqlite3 *db;
  const char *make;
  const char *column;
  const char *value;
} place;

static void complain(const char *sql, const struct result *result, const char *what) {
  fail_msg("%s, %s = %.60s: %s\n%s: status %d, %s", place.make, place.column, place.value, sql,
      what, result->status, result->message);
}

static void expect_corrupt(const char *sql, const struct result *result) {
  char start[100];
  snprintf(start, sizeof start, ": %s must be ", place.column);
  if (result->status != SQLITE_CORRUPT_VTAB) complain(sql, result, "not seen");
  if (strstr(result->message, start) == NULL || strstr(result->message, ", not ") == NULL) {
    complain(sql, result, "does not name the column");
  }
}

/* Each column that the table has, read by a scan and by a look-up. */
static void read_columns(bool is_well) {
  static const char *const shown[] = {"rowid", "member", "started_at", "duration_days", "lift_at",
      "progress", "stage", "phase", "reason", "initiated_by", "platform", "revoked", "lifted",
      "now", "auto_lift_days", "actor", "why", "due"};
  static const char *const froms[] = {
      "", "WHERE now = 2000000", "WHERE member = 7 AND now = 2000000", "WHERE now = -1e300"};
  const char *used_by = "";
  for (size_t i = 0; i < COUNT(columns); i++) {
    if (strcmp(columns[i].name, place.column) == 0) used_by = columns[i].used_by;
  }
  for (size_t i = 0; i < COUNT(shown); i++) {
    char word[40], sql[200];
    snprintf(word, sizeof word, " %s ", shown[i]);
    for (size_t j = 0; j < COUNT(froms); j++) {
      snprintf(sql, sizeof sql, "SELECT %s FROM shadow_ban %s", shown[i], froms[j]);
      struct result result = run(place.db, sql);
      bool is_elsewhere = j == 2 && strcmp(place.column, "member") == 0;
      if (!is_well && !is_elsewhere && strstr(used_by, word) != NULL) {
        expect_corrupt(sql, &result);
      } else if (result.status != SQLITE_OK || result.is_nonsense) {
        complain(sql, &result, "not read");
      } else if (!is_elsewhere && result.rows != (j == 2 ? 1 : 2)) {
        complain(sql, &result, "too few rows, or too many");
      }
    }
  }
}

/* What is written reads the whole ban first. */
static void write_all(bool is_well) {
  enum { BY_MEMBER = 1, MAY_BE_SAME = 2 };
  static const struct {
    const char *sql;
    int status; /* where all is well */
    int flags;
  } writes[] = {
      {"UPDATE shadow_ban SET reason = 'new' WHERE now = 2000000", SQLITE_OK, 0},
      {"UPDATE shadow_ban SET stage = 4.5, duration_days = 2, lift_at = 9e12 WHERE member = 7 AND "
       "now = 2000000",
          -1, BY_MEMBER}, /* not after a start that is later */
      {"UPDATE shadow_ban SET stage = 1 WHERE member = 7 AND now = 2000000", SQLITE_OK,
          BY_MEMBER | MAY_BE_SAME},
      {"UPDATE shadow_ban SET revoked = 1 WHERE now = 1.5e308 AND member = 7", SQLITE_OK,
          BY_MEMBER | MAY_BE_SAME},
      {"UPDATE shadow_ban SET stage = s.stage, lift_at = s.lift_at, reason = s.reason, phase = "
       "s.phase, due = s.due, progress = s.progress, member = s.member, duration_days = "
       "s.duration_days, revoked = s.revoked, started_at = s.started_at, initiated_by = "
       "s.initiated_by, platform = s.platform FROM (SELECT * , due FROM shadow_ban WHERE now = "
       "2000000) AS s WHERE s.member = shadow_ban.member AND shadow_ban.now = 2000000",
          SQLITE_OK, MAY_BE_SAME},
      {"UPDATE shadow_ban SET lifted = 1, why = 'w' WHERE member = 7 AND now = 2000000", SQLITE_OK,
          BY_MEMBER},
      {"DELETE FROM shadow_ban", SQLITE_OK, 0},
      {"DELETE FROM shadow_ban WHERE member = 7", SQLITE_OK, BY_MEMBER},
      {"INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'again', 2000000)", -1,
          BY_MEMBER}, /* where no id is left */
      {"INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'again', 2000000)",
          SQLITE_CONSTRAINT, BY_MEMBER},
      {"INSERT OR IGNORE INTO shadow_ban(member, reason, now) VALUES (7, 'again', 2000000)",
          SQLITE_OK, BY_MEMBER},
  };
  for (size_t i = 0; i < COUNT(writes); i++) {
    const char *sql = writes[i].sql;
    if ((writes[i].flags & BY_MEMBER) && strcmp(place.column, "member") == 0) continue;
    must(place.db, "BEGIN");
    char *before = contents(place.db);
    struct result result = run(place.db, sql);
    if (sqlite3_get_autocommit(place.db)) complain(sql, &result, "all rolled back");
    if (!is_well) {
      expect_corrupt(sql, &result);
    } else if (writes[i].status >= 0
                   ? result.status != writes[i].status
                   : result.status != SQLITE_OK && result.status != SQLITE_ERROR) {
      complain(sql, &result, "not written");
    }
    char *after = contents(place.db);
    bool is_same = strcmp(before, after) == 0;
    bool is_to_be_same = result.status != SQLITE_OK || strstr(sql, "IGNORE") != NULL;
    if (is_same != is_to_be_same &&
        (result.status != SQLITE_OK || !(writes[i].flags & MAY_BE_SAME))) {
      complain(sql, &result, is_same ? "nothing done" : "something left behind");
    }
    sqlite3_free(before);
    sqlite3_free(after);
    if (!makes[2].is_real || strcmp(place.make, "real") != 0) {
      if (!is_true(
              place.db, "SELECT %s FROM %s", "integrity_check = 'ok'", "pragma_integrity_check")) {
        complain(sql, &result, "not consistent");
      }
    }
    must(place.db, "ROLLBACK");
  }
}

/* What has nothing to do with that ban goes on. */
static void do_others(void) {
  static const char *const sqls[] = {"SELECT * FROM shadow_ban WHERE member = 3",
      "UPDATE shadow_ban SET stage = 2 WHERE member = 3",
      "UPDATE shadow_ban SET lifted = 1 WHERE member = 3",
      "INSERT INTO shadow_ban(member, reason) VALUES ('bob', 'b')",
      "ALTER TABLE shadow_ban RENAME TO other", "SELECT count(*) FROM other", "VACUUM",
      "DROP TABLE other"};
  for (size_t i = 0; i < COUNT(sqls); i++) {
    struct result result = run(place.db, sqls[i]);
    bool has_no_id = strncmp(sqls[i], "INSERT", 6) == 0 && strcmp(place.column, "id") == 0;
    bool is_real = strcmp(place.make, "real") == 0; /* VACUUM copies rows into a STRICT table */
    if (result.status == SQLITE_OK || has_no_id || (is_real && result.status != SQLITE_OK))
      continue;
    complain(sqls[i], &result, "not done");
  }
}

/* Everything that is done with a value in that column; false if it cannot be there. */
static bool try_value(size_t make, size_t column, const char *value, bool *is_well) {
  place.make = makes[make].name;
  place.column = columns[column].name;
  place.value = value;
  place.db = make_database(make, place.column, value);
  if (place.db == NULL) return false;
  *is_well =
      is_true(place.db, "SELECT %s FROM (SELECT %s AS x)", columns[column].is_well, place.value);
  read_columns(*is_well);
  write_all(*is_well);
  do_others();
  assert_int_equal(sqlite3_close(place.db), SQLITE_OK);
  return true;
}

static void test_values(void **state) {
  int count = 0, possible = 0, well = 0;
  (void)state;
  for (size_t make = 0; make < COUNT(makes); make++) {
    make_image(make);
    for (size_t i = 0; i < COUNT(columns) * COUNT(values); i++) {
      bool is_well = false;
      count++;
      possible += try_value(make, i / COUNT(values), values[i % COUNT(values)], &is_well);
      well += is_well;
      if (sqlite3_memory_used() != 0) {
        fail_msg("%s, %s = %.60s: a leak", place.make, place.column, place.value);
      }
    }
  }
  print_message("# %d values, %d can be there, %d belong there\n", count, possible, well);
}

/* ---- bytes ---- */

#define ROUNDS 2000

/* Is the status one that such a file, or what is done in it, may end with? */
static bool is_named(int status) {
  static const int named[] = {SQLITE_OK, SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB,
      SQLITE_CONSTRAINT, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_MISMATCH, SQLITE_TOOBIG,
      SQLITE_READONLY, SQLITE_SCHEMA, SQLITE_NOMEM};
  for (size_t i = 0; i < COUNT(named); i++) {
    if ((status & 0xFF) == named[i]) return true;
  }
  return false;
}

/* An image of the real thing: some bans, texts of all lengths. */
static void make_real_image(void) {
  sqlite3 *db = open_with_decorum();
  must(db, "PRAGMA page_size = 512");
  must(db, "CREATE TABLE privilege(member PRIMARY KEY, mask)");
  must(db, "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban");
  must(db, "INSERT INTO shadow_ban(member, reason, now, stage, platform) SELECT CASE value % 3 "
           "WHEN 0 THEN value ELSE 'member ' || value END, printf('%.*c', 1 + value * value, 'x'), "
           "1000, 1 + value / 10.0, 'irc' FROM (WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL "
           "SELECT value + 1 FROM n WHERE value < 30) SELECT value FROM n)");
  must(db, "UPDATE shadow_ban SET stage = 5 WHERE member = 6");
  must(db, "UPDATE shadow_ban SET revoked = 1 WHERE member = 6");
  unsigned char *image = sqlite3_serialize(db, "main", &image_size, 0);
  assert_true(image_size <= (sqlite3_int64)sizeof base_image);
  memcpy(base_image, image, (size_t)image_size);
  sqlite3_free(image);
  sqlite3_close(db);
}

/* Changes some bytes: mostly of pages but the first, which says that it is a database. */
static void spoil(struct random *random, unsigned char *image) {
  int count = 1 + random_below(random, 8);
  for (int i = 0; i < count; i++) {
    int from = random_once_in(random, 4) ? 100 : 512;
    int at = random_between(random, from, (int)image_size - 1);
    switch (random_below(random, 4)) {
    case 0: /* the header of a page, its cells */
      at = at / 512 * 512 + random_below(random, 40);
      image[at < 100 ? 100 : at] = (unsigned char)random_next(random);
      break;
    case 1:
      image[at] ^= (unsigned char)(1 << random_below(random, 8));
      break;
    case 2: /* a type of a record */
      image[at] = (unsigned char)random_below(random, 16);
      break;
    default:
      image[at] = (unsigned char)random_next(random);
    }
  }
}

static void test_bytes(void **state) {
  static unsigned char whole[sizeof base_image];
  static const char *const sqls[] = {"SELECT * FROM shadow_ban WHERE now = 500000",
      "SELECT *, rowid, due FROM shadow_ban WHERE member = 6",
      "SELECT count(*), max(progress) FROM shadow_ban",
      "UPDATE shadow_ban SET stage = 3, reason = 'new' WHERE member = 9",
      "UPDATE shadow_ban SET reason = 'new'", "UPDATE shadow_ban SET lifted = 1 WHERE member = 6",
      "INSERT INTO shadow_ban(member, reason, initiated_by) VALUES ('new', 'r', 'new')",
      "INSERT OR REPLACE INTO shadow_ban(member, reason) VALUES (12, 'r')",
      "DELETE FROM shadow_ban WHERE member = 'member 7'", "DELETE FROM shadow_ban",
      "ALTER TABLE shadow_ban RENAME TO other", "DROP TABLE other"};
  struct random random = random_begin();
  int statuses[256] = {0};
  (void)state;
  make_real_image();
  memcpy(whole, base_image, sizeof whole);
  for (int round = 0; round < ROUNDS; round++) {
    memcpy(base_image, whole, sizeof whole);
    spoil(&random, base_image);
    sqlite3 *db = open_image();
    for (size_t i = 0; i < COUNT(sqls); i++) {
      struct result result = run(db, sqls[i]);
      statuses[result.status & 0xFF]++;
      if (!is_named(result.status) || (result.status != SQLITE_OK && result.message[0] == '\0')) {
        fail_msg("round %d, %s: %d, %s", round, sqls[i], result.status, result.message);
      }
      if (result.is_nonsense) fail_msg("round %d, %s: out of range", round, sqls[i]);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    if (sqlite3_memory_used() != 0) fail_msg("round %d: a leak", round);
  }
  for (int i = 0; i < 256; i++) {
    if (statuses[i] > 0) print_message("# %d times: %s\n", statuses[i], sqlite3_errstr(i));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_bytes)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_ban_corrupt", tests, NULL, NULL);
}
