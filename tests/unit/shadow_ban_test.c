/*
** shadow_ban_test.c: shadow_ban against a plain model, over random histories.
**
** A history is a database of its own and some hundred operations: bans that are started, changed and lifted, with right
** and wrong arguments of all kinds, one or many in a statement, by all conflict clauses; the tick job; privileges that
** somebody changes by hand, and a trigger and a CHECK on them that make a write fail; a clock that goes on, stands still
** or goes back; transactions and savepoints; other names for the table, and VACUUM. After each operation there must be the same as in the model
** (shadow_ban_model.h): what came of it, in which words, every column of every ban, bit for bit, at some clock, the whole
** audit, all masks, the last rowid and the number of changes.
**
** A failure prints the history; the seed brings it back (see random.h).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"
#include "shadow_ban_history.h"

#define HISTORIES 250

/* ---- the clock, the trap ---- */

static sqlite3_int64 clock_ms; /* Julian, as SQLite's VFS tells it; clock_s is the same */

static int clock_tell(sqlite3_vfs *vfs, sqlite3_int64 *now) {
  (void)vfs;
  *now = clock_ms;
  return SQLITE_OK;
}

static int parts; /* of a day */

/* In parts of a day that a double holds exactly: what is made of them has no rounding. */
static void clock_set(void) {
  const double epoch = 2440587.5, parts_a_day = 1024;
  double day = epoch + 20500 + parts / parts_a_day;
  clock_ms = (sqlite3_int64)(day * 86400000);
  clock_s = (day - epoch) * MODEL_DAY;
}

static void clock_move(void) {
  if (random_once_in(&chance, 8)) parts -= random_below(&chance, 6000); /* back */
  if (!random_once_in(&chance, 3)) parts += random_below(&chance, 3000);
  clock_set();
}

static void trap_tell(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc, (void)argv;
  sqlite3_result_int(context, (int)trap);
}

/* ---- operations ---- */

/* What became of a statement that was to change the model: all of it, or nothing. */
static void settle(
    const struct model *before, const struct verdict *verdict, enum conflict conflict) {
  if (!verdict->is_refused) return;
  if (verdict->is_constraint && conflict == CONFLICT_FAIL) return;
  model = *before;
  if (verdict->rolls_back || (verdict->is_constraint && conflict == CONFLICT_ROLLBACK)) {
    if (depth > 0) model = saved[0].model;
    depth = 0;
  }
}

static const char *const conflicts[] = {"", "OR ROLLBACK", "OR FAIL", "OR IGNORE", "OR REPLACE"};

static void random_start(struct value *columns) {
  static const enum column computed[] = {PROGRESS, PHASE, REVOKED, LIFTED, DUE};
  int wild = random_once_in(&chance, 3) ? random_below(&chance, COLUMNS) : -1;
  for (int i = 0; i < COLUMNS; i++) columns[i] = null;
  for (int i = 0; i < COLUMNS; i++) {
    bool is_computed = false;
    for (int j = 0; j < 5; j++) is_computed = is_computed || (int)computed[j] == i;
    bool is_needed = i == MEMBER || i == REASON;
    if (i == wild || is_needed || (!is_computed && random_once_in(&chance, 4))) {
      columns[i] = random_value((enum column)i, i == wild);
    }
  }
  if (!random_once_in(&chance, 6)) columns[INITIATED_BY] = columns[ACTOR] = null;
  if (random_once_in(&chance, 6)) columns[INITIATED_BY] = columns[MEMBER];
  if (!random_once_in(&chance, 10) && wild != AUTO_LIFT_DAYS && wild != LIFT_AT) {
    columns[random_once_in(&chance, 2) ? AUTO_LIFT_DAYS : LIFT_AT] = null;
  }
}

static void do_start(void) {
  struct value columns[COLUMNS];
  struct verdict verdict = {.is_refused = false};
  struct model before = model;
  enum conflict conflict = (enum conflict)random_below(&chance, CONFLICT_REPLACE + 1);
  random_start(columns);
  for (int i = 0; i < COLUMNS; i++) bind(again.start[conflict], i + 1, columns[i]);
  int changes = model_start(&model, columns, conflict, clock_s, trap, &verdict);
  settle(&before, &verdict, conflict);
  run(again.start[conflict], &verdict, changes);
  has_started = !verdict.is_refused && changes > 0;
}

#define PARAMETERS "?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17"
#define ALL_COLUMNS                                                                                \
  "member, started_at, duration_days, lift_at, progress, stage, phase, reason, initiated_by, "     \
  "platform, revoked, lifted, now, auto_lift_days, actor, why, due"

/* Several in one statement. */
static void do_start_many(void) {
  struct value columns[COLUMNS];
  struct verdict verdict = {.is_refused = false};
  struct model before = model;
  enum conflict conflict = (enum conflict)random_below(&chance, CONFLICT_REPLACE + 1);
  int changes = 0;
  execute("DELETE FROM incoming");
  sqlite3_stmt *insert = prepare("INSERT INTO incoming VALUES (" PARAMETERS ")");
  for (int i = random_between(&chance, 1, 4); i > 0 && !verdict.is_refused; i--) {
    random_start(columns);
    for (int j = 0; j < COLUMNS; j++) bind(insert, j + 1, columns[j]);
    note(insert);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_reset(insert);
    changes += model_start(&model, columns, conflict, clock_s, trap, &verdict);
  }
  sqlite3_finalize(insert);
  settle(&before, &verdict, conflict);
  char *sql = sqlite3_mprintf("INSERT %s INTO shadow_ban(" ALL_COLUMNS
                              ") SELECT * FROM incoming ORDER BY rowid",
      conflicts[conflict]);
  sqlite3_stmt *statement = prepare(sql);
  run(statement, &verdict, changes);
  has_started = !verdict.is_refused && changes > 0;
  if (verdict.is_refused) is_rowid_kept = true; /* rows before it may have been inserted */
  sqlite3_finalize(statement);
  sqlite3_free(sql);
}

/* The condition of an UPDATE or DELETE: a column that is so, or all rows. */
struct condition {
  enum column column; /* COLUMNS: all */
  struct value is;
  bool has_now;
  struct value now;
  double clock;
};

static struct condition random_condition(void) {
  static const enum column columns[] = {REASON, PHASE, DUE, REVOKED, INITIATED_BY, COLUMNS};
  struct condition condition = {.column = MEMBER, .clock = clock_s};
  if (random_once_in(&chance, 3)) condition.column = columns[random_below(&chance, 6)];
  struct value shown[COLUMNS];
  condition.is = member_written(random_member());
  if (condition.column != MEMBER && model.ban_count > 0) {
    ban_show(&model.bans[random_below(&chance, model.ban_count)], clock_s, shown);
    if (condition.column != COLUMNS) condition.is = shown[condition.column];
  } else if (model.ban_count > 0 && !random_once_in(&chance, 4)) {
    condition.is = member_written(model.bans[random_below(&chance, model.ban_count)].member);
  }
  condition.has_now = random_once_in(&chance, 2);
  if (condition.has_now) {
    condition.clock = random_time();
    condition.now = value_real_of(condition.clock);
  }
  return condition;
}

/* The members whose bans fulfil it, in order. */
static int condition_find(const struct condition *condition, struct value *members) {
  int count = 0;
  struct value shown[COLUMNS], is = condition->is;
  if (is.type == SQLITE_FLOAT) value_is_name(&condition->is, &is); /* = does not trim a TEXT */
  for (int i = 0; i < model.ban_count; i++) {
    ban_show(&model.bans[i], condition->clock, shown);
    if (condition->column != COLUMNS && !value_same(&shown[condition->column], &is)) continue;
    members[count++] = model.bans[i].member;
  }
  return count;
}

static void condition_write(const struct condition *condition, sqlite3_str *sql) {
  if (condition->column == COLUMNS) {
    sqlite3_str_appendall(sql, " WHERE 1");
  } else {
    sqlite3_str_appendf(sql, " WHERE %s %s :is", column_names[condition->column],
        condition->column == MEMBER ? "=" : "IS");
  }
  if (condition->has_now) sqlite3_str_appendall(sql, " AND now = :now");
}

static sqlite3_stmt *condition_prepare(const struct condition *condition, sqlite3_str *sql) {
  condition_write(condition, sql);
  char *text = sqlite3_str_finish(sql);
  sqlite3_stmt *statement = prepare(text);
  sqlite3_free(text);
  int is = sqlite3_bind_parameter_index(statement, ":is");
  int now = sqlite3_bind_parameter_index(statement, ":now");
  if (is) bind(statement, is, condition->is);
  if (now) bind(statement, now, condition->now);
  return statement;
}

enum form { FORM_GIVEN, FORM_SAME, FORM_MORE };

/* What a column is set to: some value, itself, or somewhat more. */
static void setting_write(sqlite3_str *sql, enum column which, enum form form, bool is_first) {
  sqlite3_str_appendf(sql, "%s %s = ", is_first ? " SET" : ",", column_names[which]);
  if (form == FORM_GIVEN) {
    sqlite3_str_appendf(sql, ":%s", column_names[which]);
  } else {
    sqlite3_str_appendall(sql, column_names[which]);
  }
  if (form == FORM_MORE) sqlite3_str_appendall(sql, which == DURATION_DAYS ? " * 2" : " + 0.5");
}

static struct value setting_of(enum column which, enum form form, const struct value *shown) {
  struct value value = shown[which];
  if (form == FORM_MORE && value.type == SQLITE_FLOAT) {
    value.real = which == DURATION_DAYS ? value.real * 2 : value.real + 0.5;
  }
  return value;
}

static void do_adjust(void) {
  static const enum column columns[] = {STAGE, DURATION_DAYS, LIFT_AT, AUTO_LIFT_DAYS, REASON,
      REVOKED, LIFTED, ACTOR, WHY, STARTED_AT, INITIATED_BY, PLATFORM};
  enum form forms[COLUMNS];
  struct setting set = {.is_set = {false}};
  struct value members[MODEL_MEMBERS], shown[COLUMNS];
  struct verdict verdict = {.is_refused = false};
  struct model before = model;
  struct condition condition = random_condition();
  int wild = random_once_in(&chance, 4) ? (int)columns[random_below(&chance, 9)] : -1, count = 0;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, "UPDATE %s shadow_ban", conflicts[random_below(&chance, 5)]);
  for (int i = 0; i < 12; i++) {
    enum column which = columns[i];
    bool is_rare = i >= 9 || which == LIFTED || which == ACTOR;
    if ((int)which != wild && !random_once_in(&chance, is_rare ? 20 : 5) && (i < 11 || count))
      continue;
    forms[which] = (enum form)random_below(&chance, i < 3 ? 3 : 2);
    if ((int)which == wild || i >= 3) forms[which] = FORM_GIVEN;
    if (i >= 9) forms[which] = FORM_SAME;
    if (i >= 9 && random_once_in(&chance, 4)) forms[which] = FORM_GIVEN;
    set.is_set[which] = true;
    set.to[which] = random_value(which, (int)which == wild);
    if (random_once_in(&chance, 15)) set.to[which] = null;
    setting_write(sql, which, forms[which], count++ == 0);
  }
  sqlite3_stmt *statement = condition_prepare(&condition, sql);
  for (int i = 0; i < COLUMNS; i++) {
    char name[32];
    snprintf(name, sizeof name, ":%s", column_names[i]);
    int parameter = set.is_set[i] ? sqlite3_bind_parameter_index(statement, name) : 0;
    if (parameter) bind(statement, parameter, set.to[i]);
  }
  int changes = condition_find(&condition, members);
  for (int i = 0; i < changes && !verdict.is_refused; i++) {
    struct ban *ban = model_find(&model, &members[i]);
    ban_show(ban, condition.clock, shown);
    for (int j = 0; j < COLUMNS; j++) {
      if (set.is_set[j] && forms[j] != FORM_GIVEN) {
        set.to[j] = setting_of((enum column)j, forms[j], shown);
      }
    }
    model_adjust(&model, ban, &set, condition.clock, trap, &verdict);
  }
  settle(&before, &verdict, CONFLICT_NONE);
  run(statement, &verdict, changes);
  sqlite3_finalize(statement);
}

/* UPDATE ... FROM: SQLite 3.40 does not say then which columns are set. Nor does it see, up to 3.54, that there may be many
** rows: inside of BEGIN those before one that is refused stay changed. */
static void do_adjust_from(void) {
  struct verdict verdict = {.is_refused = false};
  struct model before = model, last = model;
  double now = random_time();
  int changes = 0;
  execute("DELETE FROM change");
  sqlite3_stmt *insert = prepare("INSERT INTO change VALUES (?1, ?2, ?3, ?4)");
  for (int i = 0; i < before.ban_count && !verdict.is_refused; i++) {
    struct setting set = {.is_set = {[STAGE] = true, [REASON] = true, [LIFTED] = true}};
    struct ban *ban = model_find(&model, &before.bans[i].member);
    if (random_once_in(&chance, 2)) continue;
    set.to[REASON] = random_reason(random_once_in(&chance, 10));
    set.to[LIFTED] = value_integer_of(random_once_in(&chance, 10));
    set.to[STAGE] = random_once_in(&chance, 2) ? null : random_stage(random_once_in(&chance, 10));
    bind(insert, 1, ban->member);
    bind(insert, 2, set.to[STAGE]);
    bind(insert, 3, set.to[REASON]);
    bind(insert, 4, set.to[LIFTED]);
    note(insert);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_reset(insert);
    set.is_set[STAGE] = set.to[STAGE].type != SQLITE_NULL;
    if (depth > 0) last = model;
    model_adjust(&model, ban, &set, now, trap, &verdict);
    changes++;
  }
  sqlite3_finalize(insert);
  settle(&last, &verdict, CONFLICT_NONE);
  sqlite3_stmt *statement =
      prepare("UPDATE shadow_ban SET stage = coalesce(change.stage, shadow_ban.stage), reason = "
              "change.reason, lifted = change.lifted FROM change "
              "WHERE change.member = shadow_ban.member AND shadow_ban.now = ?1");
  bind(statement, 1, value_real_of(now));
  run(statement, &verdict, changes);
  sqlite3_finalize(statement);
}

/* The tick job: lifts what is due, then revokes. */
static void do_tick(void) {
  bool is_lift = random_once_in(&chance, 2);
  struct setting set = {.is_set = {[REVOKED] = !is_lift, [LIFTED] = is_lift, [WHY] = true},
      .to = {[REVOKED] = value_integer_of(1),
          [LIFTED] = value_integer_of(1),
          [WHY] = value_text_of("tick")}};
  struct verdict verdict = {.is_refused = false};
  struct model before = model;
  struct value members[MODEL_MEMBERS];
  double now = random_once_in(&chance, 2) ? clock_s : random_time();
  struct condition condition = {.column = DUE,
      .is = value_text_of(is_lift ? "lift" : "revoke"),
      .has_now = true,
      .now = value_real_of(now),
      .clock = now};
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(
      sql, "UPDATE shadow_ban SET %s = 1, why = 'tick'", is_lift ? "lifted" : "revoked");
  sqlite3_stmt *statement = condition_prepare(&condition, sql);
  int changes = condition_find(&condition, members);
  for (int i = 0; i < changes && !verdict.is_refused; i++) {
    model_adjust(&model, model_find(&model, &members[i]), &set, now, trap, &verdict);
  }
  settle(&before, &verdict, CONFLICT_NONE);
  run(statement, &verdict, changes);
  sqlite3_finalize(statement);
}

/* DELETE: in order of the ids, at the current time. */
static void do_lift(void) {
  struct verdict verdict = {.is_refused = false};
  struct model before = model;
  struct value members[MODEL_MEMBERS];
  const struct deed deed = {.at = clock_s, .actor = null, .why = null, .trap = trap};
  struct condition condition = random_condition();
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, "DELETE FROM shadow_ban");
  sqlite3_stmt *statement = condition_prepare(&condition, sql);
  int count = condition_find(&condition, members), changes = count;
  while (count > 0 && !verdict.is_refused) {
    int first = 0;
    for (int i = 1; i < count; i++) {
      if (model_find(&model, &members[i])->id < model_find(&model, &members[first])->id) first = i;
    }
    model_lift(&model, model_find(&model, &members[first]), &deed, &verdict);
    members[first] = members[--count];
  }
  settle(&before, &verdict, CONFLICT_NONE);
  run(statement, &verdict, changes);
  sqlite3_finalize(statement);
}

/* Somebody changes a privilege by hand, or deletes it. */
static void do_mask(void) {
  static const uint64_t masks[] = {BIT_USE, BIT_USE | BIT_SHADOW_BAN_ADMIN, BIT_SHADOW_BAN_ADMIN,
      BIT_USE | BIT_GUILD_ADMIN, 0, BIT_USE | 100, BIT_USE | 1};
  static const char *const texts[] = {"18446744073709551615", "9223372036854775808", "0", "all"};
  struct value member = random_member();
  uint64_t bits = masks[random_below(&chance, 7)];
  struct value mask = value_integer_of((sqlite3_int64)bits);
  enum trap was = trap;
  if (has_any_members && member.type == SQLITE_INTEGER && random_once_in(&chance, 12)) {
    member = value_text_of(value_shown(&member)); /* maybe a second row of the same */
  }
  if (has_any_members && random_once_in(&chance, 12)) {
    mask = random_once_in(&chance, 4) ? value_real_of(1.5) : text_in(texts, 4);
    if (random_once_in(&chance, 4)) mask = null;
  }
  int i = 0;
  while (i < model.mask_count && !value_same(&model.masks[i].member, &member)) i++;
  trap = TRAP_NONE;
  if (random_once_in(&chance, 4)) {
    sqlite3_stmt *statement =
        prepare("DELETE FROM privilege WHERE member = ?1 AND typeof(member) = typeof(?1)");
    bind(statement, 1, member);
    if (i < model.mask_count) model.masks[i] = model.masks[model.mask_count - 1];
    note(statement);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    if (i < model.mask_count) model.mask_count--;
  } else {
    sqlite3_stmt *statement = prepare("REPLACE INTO privilege(member, mask) VALUES (?1, ?2)");
    bind(statement, 1, member);
    bind(statement, 2, mask);
    model.masks[i] = (struct mask){member, mask, mask.type == SQLITE_INTEGER && mask.integer < 0};
    if (i == model.mask_count) model.mask_count++;
    note(statement);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
  }
  trap = was;
}

static void run_plain(const char *sql, bool is_refused) {
  sqlite3_stmt *statement = prepare(sql);
  note(statement);
  int status = sqlite3_step(statement);
  sqlite3_finalize(statement);
  if (status != (is_refused ? SQLITE_ERROR : SQLITE_DONE)) FAIL("%s: %d", sql, status);
}

static void do_savepoint(void) {
  static const char *const verbs[] = {"SAVEPOINT", "RELEASE", "ROLLBACK TO"};
  char sql[32], name = (char)('a' + random_below(&chance, 3));
  int verb = random_below(&chance, 3), place = depth - 1;
  if (verb == 0 && depth == SAVEPOINTS) return;
  snprintf(sql, sizeof sql, "%s %c", verbs[verb], name);
  while (place >= 0 && saved[place].name != name) place--;
  run_plain(sql, verb > 0 && place < 0);
  if (verb == 0) {
    saved[depth].name = name;
    saved[depth++].model = model;
  } else if (place >= 0) {
    if (verb == 2) model = saved[place].model;
    depth = verb == 2 ? place + 1 : place;
  }
}

static void do_transaction(void) {
  static const char *const verbs[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};
  int verb = random_below(&chance, 4);
  run_plain(verbs[verb], (verb < 2) == (depth > 0));
  if (verb < 2) {
    if (depth > 0) return;
    saved[0].name = 0;
    saved[depth++].model = model;
  } else {
    if (verb == 3 && depth > 0) model = saved[0].model;
    depth = 0;
  }
}

/* What changes nothing, but under the table: it has another name, or none, for a while; its statements are to be prepared
** anew. */
static void do_schema(void) {
  static const char *const scripts[][4] = {
      {"ALTER TABLE shadow_ban RENAME TO slow", "ALTER TABLE slow RENAME TO shadow_ban"},
      {"SAVEPOINT z", "ALTER TABLE shadow_ban RENAME TO slow", "ROLLBACK TO z", "RELEASE z"},
      {"SAVEPOINT z", "DROP TABLE shadow_ban", "ROLLBACK TO z", "RELEASE z"},
      {"CREATE TABLE unrelated(x)", "DROP TABLE unrelated"},
      {"ANALYZE"},
      {"VACUUM"},
  };
  int script = random_below(&chance, depth > 0 ? 5 : 6);
  for (int i = 0; i < 4 && scripts[script][i] != NULL; i++) run_plain(scripts[script][i], false);
}

static void do_something(void) {
  static void (*const operations[])(void) = {do_start, do_start, do_start, do_start_many, do_adjust,
      do_adjust, do_adjust, do_adjust, do_adjust_from, do_tick, do_tick, do_lift, do_mask, do_mask,
      do_savepoint, do_savepoint, do_transaction, do_schema};
  clock_move();
  has_started = false;
  is_rowid_kept = true;
  trap = random_once_in(&chance, 6) ? (enum trap)random_below(&chance, TRAPS) : TRAP_NONE;
  operations[random_below(&chance, sizeof operations / sizeof *operations)]();
}

/* ---- histories ---- */

#define PRIVILEGE_CHECK "CHECK(typeof(mask) <> 'integer' OR mask NOT BETWEEN 100 AND 199)"
#define TRAP_BEFORE(what)                                                                          \
  "CREATE TRIGGER trap_" what " BEFORE " what                                                      \
  " ON privilege BEGIN SELECT CASE trap() WHEN 1 THEN RAISE(ABORT, 'trapped') WHEN 2 THEN "        \
  "RAISE(FAIL, 'trapped') WHEN 3 THEN RAISE(ROLLBACK, 'trapped') WHEN 4 THEN RAISE(IGNORE) END; "  \
  "END;"

static void history_begin(void) {
  has_any_members = random_once_in(&chance, 2);
  model = (struct model){.ban_count = 0};
  depth = 0;
  trap = TRAP_NONE;
  parts = 0;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  sqlite3_create_function(
      db, "trap", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, trap_tell, NULL, NULL);
  execute(has_any_members ? "CREATE TABLE privilege(member UNIQUE, mask " PRIVILEGE_CHECK ")"
                          : "CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT "
                            "NULL " PRIVILEGE_CHECK ")");
  execute("CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;"
          "CREATE TEMP TABLE incoming(" ALL_COLUMNS ");"
          "CREATE TEMP TABLE change(member PRIMARY KEY, stage, reason, lifted) WITHOUT "
          "ROWID;" TRAP_BEFORE("INSERT") TRAP_BEFORE("UPDATE"));
  again.bans = prepare("SELECT " ALL_COLUMNS ", rowid FROM shadow_ban WHERE now = ?1");
  again.bans_of_today = prepare("SELECT " ALL_COLUMNS ", rowid FROM shadow_ban ORDER BY member");
  again.one = prepare("SELECT " ALL_COLUMNS " FROM shadow_ban WHERE member = ?1 AND now = ?2");
  again.audit = prepare("SELECT id, ban, member, at, actor, action, before, after, why "
                        "FROM shadow_ban_audit ORDER BY id");
  again.masks = prepare("SELECT member, mask FROM privilege");
  for (int i = 0; i <= CONFLICT_REPLACE; i++) {
    char sql[400];
    snprintf(sql, sizeof sql, "INSERT %s INTO shadow_ban(" ALL_COLUMNS ") VALUES (" PARAMETERS ")",
        conflicts[i]);
    again.start[i] = prepare(sql);
  }
}

static void history_end(void) {
  sqlite3_stmt *statements[] = {
      again.bans, again.bans_of_today, again.one, again.audit, again.masks};
  for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
    sqlite3_finalize(statements[i]);
  for (int i = 0; i <= CONFLICT_REPLACE; i++) sqlite3_finalize(again.start[i]);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  for (int i = 0; i < history_length; i++) sqlite3_free(history[i]);
  history_length = 0;
}

static void test_histories(void **state) {
  (void)state;
  for (int i = 0; i < HISTORIES; i++) {
    history_begin();
    for (int j = 0; j < OPERATIONS; j++) {
      do_something();
      check_all();
    }
    history_end();
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_histories)};
  sqlite3_vfs fake = *sqlite3_vfs_find(NULL);
  fake.zName = "fake_clock";
  fake.xCurrentTimeInt64 = clock_tell;
  if (sqlite3_vfs_register(&fake, 1) != SQLITE_OK) return 1;
  chance = random_begin();
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("shadow_ban", tests, NULL, NULL);
}
