/*
** sandbox_memory_test.c: policies when memory runs out.
**
** A policy is put into a store, and decides; and so again with the first allocation failing, then the second...
** until none fails any more (in the longer tests each third); with that one alone failing, and, for some, with all from
** there on. It must end with
** SQLITE_NOMEM or as it does with enough memory, and give everything back.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"
#include "failing_memory.h"

/* Runs a statement to its end; the first column of its rows is added to `out`. */
static int run(sqlite3 *db, const char *sql, const char *source, char *out, size_t size) {
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (status == SQLITE_OK && source) sqlite3_bind_text(statement, 1, source, -1, SQLITE_STATIC);
  while (status == SQLITE_OK && (status = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    snprintf(out + strlen(out), size - strlen(out), "%s|", text ? text : "NULL");
    status = SQLITE_OK;
  }
  int finished = sqlite3_finalize(statement);
  return status == SQLITE_DONE ? SQLITE_OK : finished != SQLITE_OK ? finished : status;
}

/* From an empty database to decisions. From the policy's INSERT on allocations fail. */
static int decide(sqlite3 *db, const char *source, long number, char *out, size_t size) {
  static const char *const statements[] = {"CREATE VIRTUAL TABLE policy USING policy_store",
      "CREATE TABLE fact(said)", "INSERT INTO fact VALUES ('one two'), ('three'), ('loop'), (5)",
      "INSERT INTO policy(source, active) VALUES (?, 1)",
      "CREATE VIRTUAL TABLE d USING lua_policy(policy = tried, facts = fact, instructions = 20000)",
      "SELECT coalesce(action || ': ' || reason, error) FROM d"};
  int status = sqlite3_decorum_init(db, NULL, NULL);
  for (int i = 0; i < 6 && status == SQLITE_OK; i++) {
    if (i == 3) left = number;
    status = run(db, statements[i], i == 3 ? source : NULL, out, size);
  }
  left = -1;
  return status;
}

static void sweep(const char *source, int every, int expected_status, const char *expected) {
  for (once = 0; once <= 1; once++) {
    failed = 1;
    for (long number = 0; failed; number += once ? every : 7) {
      sqlite3 *db;
      char out[300] = "";
      assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
      failed = 0;
      int status = decide(db, source, number, out, sizeof out);
      bool right = status == expected_status && strcmp(out, expected) == 0;
      if (!right && (status != SQLITE_NOMEM || !failed)) {
        fail_msg(
            "allocation %ld, once %d: %d, %s, %s", number, once, status, sqlite3_errmsg(db), out);
      }
      assert_int_equal(sqlite3_close(db), SQLITE_OK);
    }
  }
  assert_int_equal(sqlite3_memory_used(), 0);
}

static void test_ladder(void **state) {
  (void)state;
  sweep("return policy { id = 'tried', needs = { 'said' }, params = { most = 3 },\n"
        "  guards = { { 'number', function(f) return f.said == 5 end } },\n"
        "  signals = { { 'long', function(f, p) return #f.said > p.most and 2 or 0 end, 'said "
        "{said}' } },\n"
        "  ladder = { { at = 2, action = 'warn' } },\n"
        "  tests = { { 'warns', { said = 'long' }, { action = 'warn' } } } }",
      1, SQLITE_OK, "warn: said one two|warn: said three|warn: said loop|NULL|");
}

static void test_regex_and_state(void **state) {
  (void)state;
  sweep("local count, words = 0, { 'x' }\n"
        "local function reset() count = 0 end\n"
        "return policy { id = 'tried', needs = { 'said' }, decide = function(f)\n"
        "    if f.said == 'loop' then reset() while true do end end\n"
        "    if f.said == 5 then count = count + 1 end\n"
        "    local t = {}\n"
        "    for word in re.gmatch(f.said or '', [[\\w+]]) do table.insert(t, word) end\n"
        "    table.sort(t)\n"
        "    return { action = 'note', reason = re.gsub(table.concat(t, ' '), 't', "
        "words[1]:rep(2)) }\n"
        "  end, tests = { { 'notes', {}, { action = 'note' } } } }",
      3, SQLITE_OK,
      "note: one xxwo|note: xxhree|tried.lua:4: more than 20000 instructions|tried.lua: a policy "
      "must "
      "not keep anything from one decision to the next, but changed 'count'|");
}

static void test_refused(void **state) {
  (void)state;
  sweep("return policy { id = 'tried', needs = {}, decide = function() error({}) end,\n"
        "  tests = { { 'fails', {}, {} } } }",
      3, SQLITE_ERROR, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_ladder),
      cmocka_unit_test(test_regex_and_state), cmocka_unit_test(test_refused)};
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("sandbox_memory", tests, failing_memory_setup, NULL);
}
