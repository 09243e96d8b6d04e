/*
** sandbox_history_test.c: a decision is what it would be in a connection of its own, whatever was decided before it
** and whatever else is loaded.
**
** A policy is asked, in new connections, for the largest number that it does not fail at. Then it must fail from the
** next number on, and not before, in connections with a history.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "decorum.h"

#define HEAD "return policy { id = 'tried', needs = { 'n' }, "
#define TAIL " return d end, tests = { { 'rests', { n = 0 }, { action = 'none' } } } }"

static void execute(sqlite3 *db, const char *sql) {
  char *error = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s: %s", sql, error);
}

static void insert(sqlite3 *db, const char *source) {
  char *sql = sqlite3_mprintf("INSERT INTO policy(source, active) VALUES (%Q, 1)", source);
  execute(db, sql);
  sqlite3_free(sql);
}

/* A new connection, in which tried(n) are the policy's decisions on the fact n. */
static sqlite3 *open_with(const char *source, const char *options) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  execute(db, "CREATE VIRTUAL TABLE policy USING policy_store");
  execute(db, "CREATE VIRTUAL TABLE fact USING facts('SELECT :n AS n')");
  insert(db, source);
  char *sql = sqlite3_mprintf(
      "CREATE VIRTUAL TABLE tried USING lua_policy(policy = tried, facts = fact%s)", options);
  execute(db, sql);
  sqlite3_free(sql);
  return db;
}

static double now(void) { /* ms */
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* The decision's error, an empty text if there is none. */
static const char *decide(sqlite3 *db, int n) {
  static char error[600];
  sqlite3_stmt *statement;
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT coalesce(error, '') FROM tried(?)", -1, &statement, NULL),
      SQLITE_OK);
  sqlite3_bind_int(statement, 1, n);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  snprintf(error, sizeof error, "%s", (const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  return error;
}

static const char *decide_alone(const char *source, const char *options, int n) {
  sqlite3 *db = open_with(source, options);
  const char *error = decide(db, n);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  return error;
}

/* The largest number that the policy does not fail at, from `least` on. */
static int find_limit(const char *source, const char *options, int least, int most) {
  assert_string_equal(decide_alone(source, options, least), "");
  while (most - least > 1) {
    int middle = (least + most) / 2;
    *(decide_alone(source, options, middle)[0] ? &most : &least) = middle;
  }
  return least;
}

/* Decides on random numbers, half of them at the limit and the next, in turn with those of `others`. */
static void check_limit(const char *source, const char *options, int limit, const char *message,
    const int *others, unsigned other_count, int decisions) {
  unsigned random = 1;
  sqlite3 *db = open_with(source, options);
  for (int i = 0; i < decisions; i++) {
    random = random * 1103515245 + 12345;
    int n =
        random >> 30 & 1 ? limit + (int)(random >> 16 & 1) : others[(random >> 16) % other_count];
    const char *error = decide(db, n);
    if (n >= 0 && n <= limit ? error[0] : n > limit && !strstr(error, message)) {
      fail_msg("decision %d, on %d of %d: %s", i, n, limit, error);
    }
  }
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Lua's stack grows and shrinks. */
static void test_depth(void **state) {
  static const char source[] = "local function deep(n, a, b, c) if n == 0 then return 0 end\n"
                               "  local t = { n } return 1 + deep(n - 1, a, b, c) end\n" HEAD
                               "decide = function(f, d) if f.n < 0 then error('low') end\n"
                               "  deep(f.n)" TAIL;
  static const int others[] = {-1, 0, 50, 100, 150, 300, 400, 600, 800, 5000};
  (void)state;
  int limit = find_limit(source, "", 500, 5000);
  check_limit(source, "", limit, "calls are nested too deep", others, 10, 1000);
}

/* Texts that are there already cost nothing, and neither do patterns. */
static void test_memory_in_turn(void **state) {
  static const char source[] =
      HEAD "decide = function(f, d)\n"
           "  for i = 1, 20000 do local _ = 'abcdefghijklmnopqrstuvwxyzabcd' .. i end\n"
           "  for i = 1, 40 do local _ = re.find('y', ('xy?'):rep(300) .. i) end\n"
           "  local long = ('x'):rep(50000)\n"
           "  for i = 1, f.n do local _ = long .. i end" TAIL;
  static const int others[] = {0, 1};
  (void)state;
  int limit = find_limit(source, ", time_ms = 1000", 0, 2000);
  check_limit(
      source, ", time_ms = 1000", limit, "more than 64 MiB of memory in turn", others, 2, 60);
}

/* What a buffer holds is no table, whenever garbage is collected. */
static void test_buffers(void **state) {
  static const char source[] =
      HEAD "decide = function(f, d)\n"
           "  local function down(n) if n == 0 then local s = ('x'):rep(140000) return #s end\n"
           "    local r = down(n - 1) return r end\n"
           "  for i = 1, f.n > 0 and 200 or 0 do\n"
           "    local t = {} for k = 1, i * f.n % 54 do t[k] = 'abcdefgh' .. i .. k end\n"
           "    down(i * f.n % 10)\n"
           "    for k = 1, i % 45 do t[k] = {} end\n"
           "  end" TAIL;
  (void)state;
  sqlite3 *db = open_with(source, ", instructions = 10000000, time_ms = 1000");
  for (int n = 1; n <= 40; n++) assert_string_equal(decide(db, n), "");
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* What is noted of a policy while it is loaded is not noted while it decides, even if another failed to load. */
static void test_notes(void **state) {
  static const char source[] =
      HEAD "decide = function(f, d) local t = {}\n"
           "  for i = 1, f.n do t[i] = cooldown('n', 1) policy({ i }) end" TAIL;
  (void)state;
  sqlite3 *db = open_with(source, "");
  assert_string_equal(decide(db, 5000), "");
  assert_int_equal(
      sqlite3_exec(db, "INSERT INTO policy(source) VALUES ('error()')", 0, 0, 0), SQLITE_ERROR);
  assert_string_equal(decide(db, 5000), "");
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Beside a policy that holds most of the memory a decision is tried again in a state of its own, with time of its own:
** more than half of it is used when memory is refused first, and then it goes on until all is used. */
static void test_neighbour(void **state) {
  static const char source[] =
      "local long, longer = ('\\0'):rep(100000), ('\\0'):rep(100001)\n" HEAD
      "decide = function(f, d)\n"
      "  for i = 1, f.n do local _ = long < longer end\n"
      "  if f.n > 10 then local t = {} for i = 1, 8 do t[i] = ('y'):rep(1000000) end\n"
      "    while true do local _ = long < longer end\n"
      "  end" TAIL;
  static const char hog[] =
      "local t = {} for i = 1, 11 do t[i] = ('x'):rep(1000000) .. i end\n"
      "return policy { id = 'hog', needs = { 'n' }, decide = function(f, d) local _ = t[f.n] "
      "return d end,\n  tests = { { 'rests', { n = 0 }, { action = 'none' } } } }";
  (void)state;
  sqlite3 *db = open_with(source, ", time_ms = 200");
  double start = now();
  assert_string_equal(decide(db, 10), "");
  int n = (int)(10 * 150 / (now() - start));
  insert(db, hog);
  execute(db, "CREATE VIRTUAL TABLE hog USING lua_policy(policy = hog, facts = fact)");
  execute(db, "SELECT action FROM hog(1)");
  const char *error = decide(db, n);
  assert_string_equal(error, "tried.lua:5: more than 200 ms of processor time");
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* A test before which another policy cost the state has the time of a test, all of it, beside that of loading. */
static void test_rebuilt(void **state) {
  static const char source[] =
      "local long, longer = ('\\0'):rep(1000000), ('\\0'):rep(1000001)\n"
      "for i = 1, 6 do local _ = long < longer end\n" HEAD
      "decide = function(f, d) while f.n == 1 do local _ = long < longer end return d end,\n"
      "  tests = { { 'rests', {}, {} }, { 'is slow', { n = 1 }, { error = 'more than 100 ms' } } } "
      "}";
  sqlite3 *db = open_with(HEAD "decide = function(f, d)" TAIL, "");
  sqlite3_stmt *statement;
  double loading = 1e9, slow = 0;
  (void)state;
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT ok, message FROM policy_test(?)", -1, &statement, NULL),
      SQLITE_OK);
  sqlite3_bind_text(statement, 1, source, -1, SQLITE_STATIC);
  for (int i = 0; i < 3; i++) {
    double start = now();
    sqlite3_reset(statement);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    if (now() - start < loading) loading = now() - start;
    execute(db, "SELECT message FROM policy_test('while true do end')");
  }
  slow = now();
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  slow = now() - slow;
  if (!sqlite3_column_int(statement, 0)) {
    fail_msg("%s", (const char *)sqlite3_column_text(statement, 1));
  }
  if (slow < 100 + 0.75 * loading) fail_msg("loading %f ms, the test %f ms", loading, slow);
  sqlite3_finalize(statement);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_depth),
      cmocka_unit_test(test_memory_in_turn), cmocka_unit_test(test_buffers),
      cmocka_unit_test(test_notes), cmocka_unit_test(test_neighbour),
      cmocka_unit_test(test_rebuilt)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("sandbox_history", tests, NULL, NULL);
}
