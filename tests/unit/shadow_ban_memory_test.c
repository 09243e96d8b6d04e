/*
** shadow_ban_memory_test.c: the SQL tests of shadow_ban when memory runs out.
**
** Takes tests/sql/shadow_ban*.sql, all that there are, and runs them in one connection, the reference, with enough
** memory. Each statement, before it runs there, runs in copies of the database as it is then: in a new connection whose
** first allocation fails, then its second..., until none does any more; once with that one alone failing, once with all
** from there on. To close is part of that, and for the first statement after a change of virtual tables also to read the
** schema and to connect the table. Each try ends
**     as the reference does: the same status, rows and contents of all tables; or
**     with SQLITE_NOMEM, and the contents as they were before the statement, or, where SQLite rolled the whole
**     transaction back (also when it could not undo what failed as the reference did), before that. Then the same statement, with enough memory, ends as the reference does (tried
**     for one of the two ways that an allocation fails);
** and gives all memory back.
**
** What does not name a virtual table or a view is not swept, nor what asks for last_insert_rowid() or changes(), which a copy does
** not know; VACUUM INTO a file is not done. Statements that differ in nothing but literals and end with the same status and
** error are alike: the first is swept. From the 1000th allocation on, where
** renaming a table and VACUUM are mostly SQLite's own, each thirteenth fails. A line with a dot is left out, but for
** .dbconfig, which is done, and what leads to another database (.open and the like) or to a file (ATTACH), which ends
** the script there. What a copy cannot take over (settings, temporary tables, an open transaction) is done again in it.
** The clock stands still.
*/
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glob.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>
#include "contents.h"
#include "decorum.h"
#include "failing_memory.h"
#include "shadow_ban.h"

#define STATEMENTS 4000 /* in all files */
#define LEAP_FROM 1000
#define LEAP 13

/* ---- a clock that stands still ---- */

static int clock_milliseconds(sqlite3_vfs *vfs, sqlite3_int64 *now) {
  (void)vfs;
  *now = 212640897600000; /* of the Julian day: 2026 */
  return SQLITE_OK;
}

static int memory_setup(void **state) {
  static sqlite3_vfs still;
  if (failing_memory_setup(state) != 0) return 1;
  mallopt(M_TRIM_THRESHOLD, 1 << 26); /* memory goes to and fro all the time */
  still = *sqlite3_vfs_find(NULL);
  still.zName = "still";
  still.xCurrentTimeInt64 = clock_milliseconds;
  return sqlite3_vfs_register(&still, 1) != SQLITE_OK;
}

/* ---- the reference, and what its copies are made of ---- */

static struct {
  sqlite3 *db;
  const char *file;
  int defensive, trusted_schema;
  char *settings[STATEMENTS]; /* what is done in each copy, whatever the database is */
  int setting_count;
  unsigned char *image; /* the database... */
  sqlite3_int64 image_size;
  char *redo[STATEMENTS]; /* ...and what was done since */
  int redo_count;
  struct text at_rest; /* the contents outside of a transaction, and now */
  struct text before;
  bool was_at_rest;
  /* of the statement with enough memory */
  int status;
  struct text rows;
  struct text after;
  struct text image_after; /* of a copy; empty where the image does not tell all */
} reference;

static long tries;

static void forget(char **list, int *count) {
  while (*count > 0) sqlite3_free(list[--*count]);
}

static int number_of(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  int number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
  sqlite3_finalize(statement);
  return number;
}

/* Is all that there is in main, so that its image tells all? */
static bool is_in_main(sqlite3 *db) {
  return sqlite3_get_autocommit(db) &&
         number_of(db, "SELECT count(*) FROM pragma_database_list WHERE name <> 'temp'") == 1 &&
         number_of(db, "SELECT count(*) FROM temp.sqlite_schema") == 0;
}

static void reference_note(void) {
  text_put(&reference.before, contents(reference.db));
  reference.was_at_rest = sqlite3_get_autocommit(reference.db);
  if (reference.was_at_rest) text_put(&reference.at_rest, contents(reference.db));
  if (!is_in_main(reference.db)) return;
  sqlite3_free(reference.image);
  reference.image = sqlite3_serialize(reference.db, "main", &reference.image_size, 0);
  forget(reference.redo, &reference.redo_count);
}

/* All of Decorum but its policies, which take long to load. */
static void load(sqlite3 *db) {
  assert_int_equal(sqlite3_decorumreadonly_init(db, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_create_module_v2(db, "shadow_ban", shadow_ban_module,
                       shadow_ban_connection_new(), sqlite3_free),
      SQLITE_OK);
}

static void configure(sqlite3 *db) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, reference.defensive, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, reference.trusted_schema, NULL);
}

static sqlite3 *copy_open(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  if (reference.image != NULL && reference.image_size > 0) {
    unsigned char *image = sqlite3_malloc64((sqlite3_uint64)reference.image_size);
    memcpy(image, reference.image, (size_t)reference.image_size);
    assert_int_equal(
        sqlite3_deserialize(db, "main", image, reference.image_size, reference.image_size,
            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
        SQLITE_OK);
  }
  return db;
}

/* What stood before the statement, in the copy. */
static void copy_catch_up(sqlite3 *db) {
  for (int i = 0; i < reference.setting_count; i++) {
    sqlite3_exec(db, reference.settings[i], NULL, NULL, NULL);
  }
  for (int i = 0; i < reference.redo_count; i++) {
    sqlite3_exec(db, reference.redo[i], NULL, NULL, NULL);
  }
}

/* Reads the schema, and connects the tables. */
static void copy_warm_up(sqlite3 *db) {
  sqlite3_stmt *tables = NULL, *table;
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage = 0",
          -1, &tables, NULL),
      SQLITE_OK);
  while (sqlite3_step(tables) == SQLITE_ROW) {
    char *sql = sqlite3_mprintf("SELECT 1 FROM \"%w\"", sqlite3_column_text(tables, 0));
    sqlite3_prepare_v2(db, sql, -1, &table, NULL);
    sqlite3_finalize(table);
    sqlite3_free(sql);
  }
  sqlite3_finalize(tables);
}

static sqlite3 *copy_make(bool is_cold) {
  sqlite3 *db = copy_open();
  load(db);
  configure(db);
  copy_catch_up(db);
  if (!is_cold) copy_warm_up(db);
  return db;
}

/* ---- the sweep ---- */

static void complain(sqlite3 *db, const char *sql, long number, const char *what, int status) {
  fail_msg("%s: %s\nallocation %ld, %s: %s; status %d, %s; expected %d", reference.file, sql,
      number, once ? "once" : "from there on", what, status, db ? sqlite3_errmsg(db) : "closed",
      reference.status);
}

/* Is the whole database that, byte by byte? */
static bool is_image(sqlite3 *db, const void *expected, sqlite3_int64 expected_size) {
  sqlite3_int64 size = 0;
  if (reference.redo_count > 0 || expected == NULL || !sqlite3_get_autocommit(db)) return false;
  const unsigned char *image = sqlite3_serialize(db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
  return image != NULL && size == expected_size && memcmp(image, expected, (size_t)size) == 0;
}

static void expect_reference(
    sqlite3 *db, const char *sql, long number, int status, const struct text *rows) {
  if (status != reference.status) complain(db, sql, number, "another status", status);
  if (!text_equal(rows, &reference.rows)) complain(db, sql, number, rows->bytes, status);
  if (is_image(db, reference.image_after.bytes, (sqlite3_int64)reference.image_after.size)) return;
  if (!contents_are(db, &reference.after)) complain(db, sql, number, "other contents", status);
}

static void expect_undone(sqlite3 *db, const char *sql, long number, int status) {
  if (is_image(db, reference.image, reference.image_size)) return;
  bool is_at_rest = sqlite3_get_autocommit(db);
  if (!contents_are(db, is_at_rest ? &reference.at_rest : &reference.before)) {
    complain(db, sql, number, "something stayed behind", status);
  }
}

/* Runs it in a copy. Cold: reading the schema and connecting the tables are part of what can fail. */
static void try(const char *sql, bool is_cold, long number) {
  sqlite3_int64 used = sqlite3_memory_used();
  struct text rows, again;
  sqlite3 *db = copy_make(is_cold);
  tries++;
  failed = 0;
  left = number;
  int status = run_for_rows(db, sql, &rows);
  left = -1;
  /* Where SQLite cannot undo what fails anyhow, it rolls the transaction back, and says why it fails. */
  bool is_rolled_back = failed && status == reference.status && status != SQLITE_OK &&
                        !reference.was_at_rest && sqlite3_get_autocommit(db);
  if (is_rolled_back) {
    expect_undone(db, sql, number, status);
  } else if (!failed || status != SQLITE_NOMEM) {
    expect_reference(db, sql, number, status, &rows);
  } else {
    expect_undone(db, sql, number, status);
    /* Again, now that there is some; of the two ways to fail there, after one. */
    if (sqlite3_get_autocommit(db) == reference.was_at_rest && number % 2 == once) {
      status = run_for_rows(db, sql, &again);
      expect_reference(db, sql, number, status, &again);
      free(again.bytes);
    }
  }
  free(rows.bytes);
  if (sqlite3_close(db) != SQLITE_OK) complain(db, sql, number, "does not close", status);
  if (sqlite3_memory_used() != used) complain(NULL, sql, number, "a leak", status);
}

/* The image after the statement is that of a copy: one of another history has other bytes. Returns how many allocations
** there are. */
static long take_image(const char *sql) {
  struct text rows;
  sqlite3 *db = copy_make(false);
  text_put(&reference.image_after, (struct text){.bytes = NULL});
  left = LONG_MAX;
  int status = run_for_rows(db, sql, &rows);
  long allocations = LONG_MAX - left;
  left = -1;
  expect_reference(db, sql, allocations, status, &rows);
  free(rows.bytes);
  sqlite3_int64 size = 0;
  const void *image = sqlite3_serialize(db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
  if (image != NULL && reference.redo_count == 0 && sqlite3_get_autocommit(db)) {
    reference.image_after.bytes = malloc((size_t)size);
    reference.image_after.size = (size_t)size;
    memcpy(reference.image_after.bytes, image, (size_t)size);
  }
  sqlite3_close(db);
  return allocations;
}

/* The first statement after a change of virtual tables starts cold, the others when all is connected. */
static bool is_cold(void) {
  static struct text last;
  struct text schema;
  run_for_rows(reference.db, "SELECT sql FROM sqlite_schema WHERE rootpage = 0", &schema);
  bool is = !text_equal(&schema, &last);
  text_put(&last, schema);
  return is;
}

static void sweep(const char *sql, bool cold) {
  for (once = 0; once <= 1; once++) {
    failed = 1;
    for (long number = 0; failed; number += number < LEAP_FROM ? 1 : LEAP) {
      try(sql, cold, number);
    }
  }
}

/* ---- the files ---- */

/* The statement behind the comments that are before it. */
static const char *without_comments(const char *sql) {
  for (;;) {
    sql += strspn(sql, " \t\r\n");
    if (strncmp(sql, "--", 2) != 0) return sql;
    sql += strcspn(sql, "\n");
  }
}

static bool begins(const char *sql, const char *word) {
  return strncasecmp(sql, word, strlen(word)) == 0;
}

/* Writes the statement without its literals: '' for a text, 0 for a number. */
static void write_without_literals(FILE *file, const char *sql) {
  while (*sql != '\0') {
    size_t digits = strspn(sql, "0123456789");
    size_t text = *sql == '\'' ? 1 + strcspn(sql + 1, "'") : 0;
    if (text > 0) fputc('\'', file); /* and the closing one */
    fputc(digits ? '0' : *sql, file);
    sql += digits ? digits : text;
    if (digits == 0 && *sql != '\0') sql++;
  }
}

/* Has one like it, with the same error if any, been swept? */
static bool is_known(const char *sql, const char *error) {
  static struct text known[STATEMENTS];
  static int count;
  struct text one;
  text_begin(&one);
  fprintf(one.file, "%d ", reference.status);
  write_without_literals(one.file, error);
  write_without_literals(one.file, sql);
  text_end(&one);
  for (int i = 0; i < count; i++) {
    if (!text_equal(&known[i], &one)) continue;
    free(one.bytes);
    return true;
  }
  assert_true(count < STATEMENTS);
  known[count++] = one;
  return false;
}

/* Does the text have that name, as a word? */
static bool has_word(const char *sql, const char *name) {
  const char *end = "\t\n !\"#%&'()*+,-./:;<=>?[]`|~";
  for (const char *at = sql; (at = strstr(at, name)) != NULL; at++) {
    char next = at[strlen(name)];
    if ((at == sql || strchr(end, at[-1])) && (next == '\0' || strchr(end, next))) return true;
  }
  return false;
}

/* Does it ask for what the connection remembers and a copy does not? */
static bool is_of_connection(const char *sql) {
  return strstr(sql, "last_insert_rowid()") != NULL || strstr(sql, "changes()") != NULL;
}

/* Does it come to a virtual table, or a view, which may be over one? What does not is SQLite's alone. */
static bool is_ours(const char *sql) {
  static const char *const always[] = {
      "CREATE VIRTUAL", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM"};
  for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
    if (begins(sql, always[i])) return true;
  }
  sqlite3_stmt *names = NULL;
  bool is = false;
  assert_int_equal(
      sqlite3_prepare_v2(reference.db,
          "SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'view')", -1, &names, NULL),
      SQLITE_OK);
  while (!is && sqlite3_step(names) == SQLITE_ROW) {
    is = has_word(sql, (const char *)sqlite3_column_text(names, 0));
  }
  sqlite3_finalize(names);
  return is;
}

/* Sweeps a statement and runs it. False: it leads out of what a copy can be made of. */
static bool take_statement(const char *whole, int *count, int *swept) {
  const char *sql = without_comments(whole);
  if (*sql == '\0' || begins(sql, "VACUUM INTO")) return true; /* no files are left behind */
  if (begins(sql, "ATTACH") && strstr(sql, ":memory:") == NULL) return false;
  ++*count;
  bool ours = is_ours(sql) && !is_of_connection(sql);
  reference_note();
  bool cold = ours && is_cold();
  free(reference.rows.bytes);
  reference.status = run_for_rows(reference.db, sql, &reference.rows);
  char *error = sqlite3_mprintf("%s", sqlite3_errmsg(reference.db));
  text_put(&reference.after, contents(reference.db));
  if (ours && !is_known(sql, error)) {
    take_image(sql);
    sweep(sql, cold);
    ++*swept;
  }
  sqlite3_free(error);
  if (begins(sql, "PRAGMA") && strchr(sql, '=') != NULL) {
    reference.settings[reference.setting_count++] = sqlite3_mprintf("%s", sql);
  } else {
    reference.redo[reference.redo_count++] = sqlite3_mprintf("%s", sql);
  }
  return true;
}

static bool take_command(const char *line) {
  static const char *const ends[] = {
      ".open", ".connection", ".read", ".restore", ".import", ".shell", ".system", ".clone"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    if (begins(line, ends[i])) return false;
  }
  bool on = strstr(line, " on") != NULL || strstr(line, " 1") != NULL;
  if (begins(line, ".dbconfig defensive")) reference.defensive = on;
  if (begins(line, ".dbconfig trusted_schema")) reference.trusted_schema = on;
  configure(reference.db);
  return true;
}

static void reference_begin(const char *name) {
  reference.file = name;
  reference.defensive = 0;
  reference.trusted_schema = 1;
  assert_int_equal(sqlite3_open(":memory:", &reference.db), SQLITE_OK);
  load(reference.db);
}

static void reference_end(void) {
  forget(reference.settings, &reference.setting_count);
  forget(reference.redo, &reference.redo_count);
  text_put(&reference.at_rest, (struct text){.bytes = NULL});
  text_put(&reference.before, (struct text){.bytes = NULL});
  text_put(&reference.rows, (struct text){.bytes = NULL});
  text_put(&reference.after, (struct text){.bytes = NULL});
  text_put(&reference.image_after, (struct text){.bytes = NULL});
  sqlite3_free(reference.image);
  reference.image = NULL;
  reference.image_size = 0;
  assert_int_equal(sqlite3_close(reference.db), SQLITE_OK);
  assert_int_equal(sqlite3_memory_used(), 0);
}

/* Takes the statements of a text, which ends with one. */
static bool take_statements(char *text, int *count, int *swept) {
  bool goes_on = true;
  for (char *end = text; goes_on && (end = strchr(end, ';')) != NULL;) {
    char next = *++end;
    *end = '\0';
    if (sqlite3_complete(text)) {
      goes_on = take_statement(text, count, swept);
      text = end;
    }
    *end = next;
  }
  return goes_on;
}

static void take_script(FILE *file, const char *name) {
  char *line = NULL, *statement = NULL;
  size_t room = 0;
  int count = 0, swept = 0;
  long number = 0, tries_before = tries;
  bool goes_on = true;
  reference_begin(name);
  while (goes_on && getline(&line, &room, file) >= 0) {
    number++;
    if (statement == NULL && (*line == '.' || *line == '#')) {
      goes_on = take_command(line);
      continue;
    }
    char *longer = sqlite3_mprintf("%s%s", statement ? statement : "", line);
    sqlite3_free(statement);
    statement = longer;
    bool is_comment = *without_comments(statement) == '\0';
    if (!is_comment && !sqlite3_complete(statement)) continue;
    if (!is_comment) goes_on = take_statements(statement, &count, &swept);
    sqlite3_free(statement);
    statement = NULL;
  }
  free(line);
  sqlite3_free(statement);
  print_message("# %s: %d of %d statements, %ld tries; ends %s %ld\n", name, swept, count,
      tries - tries_before, goes_on ? "after line" : "at line", number);
  reference_end();
}

static void test_files(void **state) {
  glob_t found;
  char pattern[] = __FILE__ "                    ";
  (void)state;
  strcpy(strstr(pattern, "unit/"), "sql/shadow_ban*.sql");
  if (glob(pattern, 0, NULL, &found) != 0) skip();
  for (size_t i = 0; i < found.gl_pathc; i++) {
    FILE *file = fopen(found.gl_pathv[i], "r");
    assert_non_null(file);
    take_script(file, strrchr(found.gl_pathv[i], '/') + 1);
    fclose(file);
  }
  globfree(&found);
}

#define TABLES                                                                                     \
  "CREATE TABLE privilege(member PRIMARY KEY, mask);\n"                                            \
  "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;\n"                                            \
  "INSERT INTO privilege VALUES (1, -1), (9, '9223372036854792192'), ('eve', 131072);\n"           \
  "INSERT INTO shadow_ban(member, reason, now) VALUES (7, 'floods', 1000);\n"

/* A life of bans in which everything is done once. */
static const char life[] = TABLES
    "INSERT INTO shadow_ban(member, reason, initiated_by, platform, duration_days, "
    "auto_lift_days, now, actor, why) VALUES (' ann ', 'says so', 9, 'irc', 3, 2, 2000, 9, 'w');\n"
    "INSERT INTO shadow_ban(member, reason) VALUES ('7', 'again');\n"
    "INSERT INTO shadow_ban(member, reason) VALUES (' eve', 'an admin');\n"
    "INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (8, 'no right', 'bea');\n"
    "INSERT INTO shadow_ban(member, reason, platform) VALUES (8, 'why', x'00');\n"
    "SELECT *, now, due FROM shadow_ban WHERE now = 500000;\n"
    "SELECT * FROM shadow_ban WHERE member = 'ann';\n"
    "SELECT count(*) FROM shadow_ban AS a JOIN shadow_ban AS b ON b.member = a.member;\n"
    "INSERT OR IGNORE INTO shadow_ban(member, reason) VALUES (7, 'again');\n"
    "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'again', 3000);\n"
    "UPDATE shadow_ban SET stage = 3.5, duration_days = 9, lift_at = 9e9, reason = 'more', "
    "actor = 9, why = 'x' WHERE member = 7 AND now = 4000;\n"
    "UPDATE shadow_ban SET stage = 9 WHERE member = 7;\n"
    "UPDATE shadow_ban SET member = 8 WHERE member = 7;\n"
    "UPDATE shadow_ban SET stage = 5 WHERE member = 7 AND now = 5000;\n"
    "UPDATE shadow_ban SET revoked = 1, why = 'at the end' WHERE member = 7 AND now = 6000;\n"
    "UPDATE shadow_ban SET auto_lift_days = 1;\n"
    "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'once more', 7000);\n"
    "BEGIN;\n"
    "UPDATE shadow_ban SET stage = 5 WHERE member = 7 AND now = 7001;\n"
    "UPDATE shadow_ban SET revoked = 1 WHERE member = 7 AND now = 7002;\n"
    "SAVEPOINT s;\n"
    "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (7, 'yet more', 7003);\n"
    "ROLLBACK TO s;\n"
    "UPDATE shadow_ban SET lifted = 1, actor = 9 WHERE member = 7 AND now = 7004;\n"
    "INSERT INTO shadow_ban(member, reason) VALUES (7, 'anew');\n"
    "DELETE FROM shadow_ban;\n"
    "COMMIT;\n"
    "SELECT * FROM shadow_ban_audit;\n"
    "CREATE TRIGGER t AFTER UPDATE ON privilege BEGIN SELECT raise(ABORT, 'no'); END;\n"
    "INSERT INTO shadow_ban(member, reason, stage) VALUES (7, 'a trigger', 5);\n"
    "UPDATE shadow_ban SET revoked = 1 WHERE member = 7;\n"
    "CREATE VIEW v AS SELECT member, phase FROM shadow_ban;\n"
    "SELECT * FROM v;\n"
    "BEGIN;\n"
    "ALTER TABLE shadow_ban RENAME TO sb;\n"
    "INSERT INTO sb(member, reason) VALUES (6, 'renamed');\n"
    "DROP TABLE sb;\n"
    "ROLLBACK;\n"
    "VACUUM;\n"
    "PRAGMA integrity_check;\n"
    "ALTER TABLE shadow_ban RENAME TO other;\n"
    "DROP TABLE other;\n"
    "CREATE VIRTUAL TABLE temp.tb USING shadow_ban(privilege = nobody);\n"
    "CREATE TEMP TABLE privilege(member, mask);\n"
    "CREATE VIRTUAL TABLE temp.tb USING shadow_ban;\n"
    "INSERT INTO tb(member, reason) VALUES (6, 'for a while');\n"
    "DELETE FROM tb;\n";

static void take_text(const char *text, const char *name) {
  FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
  assert_non_null(file);
  take_script(file, name);
  fclose(file);
}

static void test_life(void **state) {
  (void)state;
  take_text(life, "a life");
}

/* Texts are converted there. */
static const char utf16[] =
    "PRAGMA encoding = 'UTF-16';\n" TABLES
    "INSERT INTO shadow_ban(member, reason, initiated_by, platform, now, actor, why) VALUES "
    "('ann ', 'says so', ' 9', 'irc', '2000', '9', 'w');\n"
    "INSERT INTO shadow_ban(member, reason, initiated_by) VALUES ('bob', 'has no right', 'bea');\n"
    "SELECT * FROM shadow_ban WHERE member = 'ann' AND now = '9000';\n"
    "UPDATE shadow_ban SET stage = '5', reason = 'more' WHERE member = 'ann' AND now = 3000;\n"
    "UPDATE shadow_ban SET revoked = '1' WHERE member = 'ann' AND now = '4000';\n"
    "INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES ('ann', 'again', 9000);\n"
    "UPDATE shadow_ban SET lifted = '1', why = 'so' WHERE member = ' ann';\n"
    "UPDATE shadow_ban SET stage = 'none' WHERE member = '7';\n"
    "CREATE TABLE list(member, stage, platform, initiated_by, reason);\n"
    "INSERT INTO list VALUES ('7', '3.5', NULL, NULL, 'of a list');\n"
    "UPDATE shadow_ban SET stage = list.stage, reason = list.reason FROM list "
    "WHERE list.member = shadow_ban.member;\n"
    "UPDATE privilege SET mask = 'none';\n"
    "INSERT INTO shadow_ban(member, reason, actor) VALUES ('bob', 'a mask', 9);\n";

/* The extension itself. */
static void test_load(void **state) {
  (void)state;
  for (once = 0; once <= 1; once++) {
    failed = 1;
    for (long number = 0; failed; number++) {
      sqlite3 *db;
      char *error = NULL;
      assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
      failed = 0;
      left = number;
      int status = sqlite3_decorum_init(db, &error, NULL);
      left = -1;
      sqlite3_free(error);
      assert_int_equal(status, status != SQLITE_OK && failed ? SQLITE_NOMEM : SQLITE_OK);
      assert_int_equal(sqlite3_close(db), SQLITE_OK);
      assert_int_equal(sqlite3_memory_used(), 0);
    }
  }
}

static void test_utf16(void **state) {
  (void)state;
  take_text(utf16, "UTF-16");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_load), cmocka_unit_test(test_life),
      cmocka_unit_test(test_utf16), cmocka_unit_test(test_files)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_ban_memory", tests, memory_setup, NULL);
}
