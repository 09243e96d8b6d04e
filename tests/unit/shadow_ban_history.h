/*
** shadow_ban_history.h: a random history as far as it has come: its database, what ran in it, and whether everything there
** is as in the model. For shadow_ban_test.c.
*/
#ifndef DECORUM_TESTS_SHADOW_BAN_HISTORY_H
#define DECORUM_TESTS_SHADOW_BAN_HISTORY_H

#include "shadow_ban_random.h"

#define OPERATIONS 100
#define SAVEPOINTS 8

static sqlite3 *db;
static enum trap trap;

static struct {
  char name; /* 0: BEGIN */
  struct model model;
} saved[SAVEPOINTS];
static int depth;

static sqlite3_int64 last_rowid; /* last_insert_rowid after the last operation... */
static bool is_rowid_kept;       /* ...is what it was before */
static bool has_started;         /* it was an INSERT that started a ban */

static char *history[OPERATIONS * 6];
static int history_length;

/* ---- SQL ---- */

static void history_print(void) {
  for (int i = 0; i < history_length; i++) printf("# %d: %s\n", i, history[i]);
  printf("# clock %.17g, trap %d\n", clock_s, trap);
  fflush(stdout);
}

#define FAIL(...)                                                                                  \
  do {                                                                                             \
    history_print();                                                                               \
    fail_msg(__VA_ARGS__);                                                                         \
  } while (0)

static void execute(const char *sql) {
  char *error = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) FAIL("%s: %s", sql, error);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
    FAIL("%s: %s", sql, sqlite3_errmsg(db));
  }
  return statement;
}

static void bind(sqlite3_stmt *statement, int parameter, struct value value) {
  if (value.type == SQLITE_INTEGER) sqlite3_bind_int64(statement, parameter, value.integer);
  if (value.type == SQLITE_FLOAT) sqlite3_bind_double(statement, parameter, value.real);
  if (value.type == SQLITE_NULL) sqlite3_bind_null(statement, parameter);
  if (value.type == SQLITE_TEXT) {
    sqlite3_bind_text(statement, parameter, value.text, value.size, SQLITE_TRANSIENT);
  }
  if (value.type == SQLITE_BLOB) {
    sqlite3_bind_blob(statement, parameter, value.text, value.size, SQLITE_TRANSIENT);
  }
}

static struct value column(sqlite3_stmt *row, int index) {
  struct value value = {.type = sqlite3_column_type(row, index)};
  if (value.type == SQLITE_INTEGER) value.integer = sqlite3_column_int64(row, index);
  if (value.type == SQLITE_FLOAT) value.real = sqlite3_column_double(row, index);
  if (value.type == SQLITE_TEXT || value.type == SQLITE_BLOB) {
    value.size = sqlite3_column_bytes(row, index);
    assert_in_range(value.size, 0, VALUE_TEXT - 1);
    memcpy(value.text, sqlite3_column_blob(row, index), (size_t)value.size);
  }
  return value;
}

static void note(sqlite3_stmt *statement) {
  char *sql = sqlite3_expanded_sql(statement);
  assert_non_null(sql);
  history[history_length++] = sqlite3_mprintf("%s  -- clock %.17g, trap %d", sql, clock_s, trap);
  sqlite3_free(sql);
}

/* Runs the statement, which is to end as the verdict says and to change as many rows. */
static void run(sqlite3_stmt *statement, const struct verdict *verdict, int changes) {
  sqlite3_int64 last = random_below(&chance, 1 << 30);
  sqlite3_set_last_insert_rowid(db, last);
  note(statement);
  int status = sqlite3_step(statement), expected = SQLITE_DONE;
  if (verdict->is_refused) expected = verdict->is_constraint ? SQLITE_CONSTRAINT : SQLITE_ERROR;
  const char *message = sqlite3_errmsg(db);
  if (status != expected) {
    FAIL("status %d (%s), expected %d (%s)", status, message, expected,
        verdict->is_refused ? verdict->messages[0] : "");
  }
  bool is_told = !verdict->is_refused;
  for (int i = 0; i < verdict->message_count && !is_told; i++) {
    is_told = strstr(message, verdict->messages[i]) != NULL;
  }
  if (!is_told) FAIL("%s; expected %s", message, verdict->messages[0]);
  if (!verdict->is_refused && sqlite3_changes(db) != changes) {
    FAIL("%d changes, expected %d", sqlite3_changes(db), changes);
  }
  sqlite3_reset(statement);
  last_rowid = sqlite3_last_insert_rowid(db);
  is_rowid_kept = last_rowid == last;
}

/* ---- comparing ---- */

/* The id of a ban that is new must never have been another's. */
static void learn_id(int entry, sqlite3_int64 id) {
  sqlite3_int64 unseen = audit[entry].ban;
  for (int i = 0; i < entry; i++) {
    if (audit[i].ban == id) FAIL("the id %lld is used again", id);
  }
  for (int i = entry; i < model.audit_count; i++) {
    if (audit[i].ban == unseen) audit[i].ban = id;
  }
  for (int i = 0; i < model.ban_count; i++) {
    if (model.bans[i].id == unseen) model.bans[i].id = id;
  }
}

static void check_value(const char *what, int row, struct value got, struct value expected) {
  if (value_same(&got, &expected)) return;
  FAIL("%s of row %d: type %d, %lld, %.17g, %s; expected type %d, %lld, %.17g, %s", what, row,
      got.type, got.integer, got.real, got.text, expected.type, expected.integer, expected.real,
      expected.text);
}

static void check_audit(sqlite3_stmt *rows) {
  int count = 0;
  sqlite3_int64 before = 0;
  for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
    if (count >= model.audit_count) FAIL("the audit has too many rows");
    const struct entry *entry = &audit[count];
    if (sqlite3_column_int64(rows, 0) <= before) FAIL("ids of the audit");
    before = sqlite3_column_int64(rows, 0);
    if (entry->ban < 0) learn_id(count, sqlite3_column_int64(rows, 1));
    check_value("ban", count, column(rows, 1), value_integer_of(entry->ban));
    check_value("audit's member", count, column(rows, 2), entry->member);
    check_value("at", count, column(rows, 3), value_real_of(entry->at));
    check_value("audit's actor", count, column(rows, 4), entry->actor);
    check_value("action", count, column(rows, 5), value_text_of(entry->action));
    check_value("before", count, column(rows, 6), entry->before);
    check_value("after", count, column(rows, 7), entry->after);
    check_value("audit's why", count, column(rows, 8), entry->why);
  }
  sqlite3_reset(rows);
  if (count != model.audit_count) FAIL("the audit has %d rows of %d", count, model.audit_count);
}

/* What holds of any row, whatever the model thinks. */
static void check_row(sqlite3_stmt *row) {
  static const char *const phases[] = {"latency", "drops", "fake_503", "blackout", "banned"};
  double progress = sqlite3_column_double(row, PROGRESS), stage = sqlite3_column_double(row, STAGE);
  const char *phase = (const char *)sqlite3_column_text(row, PHASE);
  int step = progress < 1 && stage >= 5 ? 3 : (int)floor(stage) - 1; /* 5 by rounding */
  if (!(progress >= 0 && progress <= 1)) FAIL("progress %.17g", progress);
  if (strcmp(phase, phases[step]) != 0) FAIL("stage %.17g has phase %s", stage, phase);
}

static void check_bans(sqlite3_stmt *rows, double now, double *progress) {
  int count = 0;
  struct value shown[COLUMNS];
  for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
    if (count >= model.ban_count) FAIL("too many bans");
    ban_show(&model.bans[count], now, shown);
    for (int i = 0; i < COLUMNS; i++) {
      check_value(column_names[i], count, column(rows, i), shown[i]);
    }
    check_value("rowid", count, column(rows, COLUMNS), value_integer_of(model.bans[count].id));
    check_row(rows);
    progress[count] = sqlite3_column_double(rows, PROGRESS);
  }
  sqlite3_reset(rows);
  if (count != model.ban_count) FAIL("%d bans of %d", count, model.ban_count);
}

static void check_masks(sqlite3_stmt *rows) {
  int count = 0;
  for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
    struct value member = column(rows, 0);
    int i = 0;
    while (i < model.mask_count && !value_same(&model.masks[i].member, &member)) i++;
    if (i == model.mask_count) FAIL("a mask of %s too many", value_shown(&member));
    check_value("mask", count, column(rows, 1), model.masks[i].mask);
  }
  sqlite3_reset(rows);
  if (count != model.mask_count) FAIL("%d masks of %d", count, model.mask_count);
  for (int i = 0; i < model.mask_count; i++) { /* who took USE? */
    const struct mask *mask = &model.masks[i];
    struct value name;
    value_is_name(&mask->member, &name);
    if (!mask->has_use_by_hand || mask->mask.type != SQLITE_INTEGER || mask->mask.integer < 0)
      continue;
    const struct ban *ban = model_find(&model, &name);
    if (ban == NULL || !ban->revoked) FAIL("%s has lost USE", value_shown(&name));
  }
}

/* The statements of a history that it needs again and again. */
static struct {
  sqlite3_stmt *bans, *bans_of_today, *one, *audit, *masks, *start[CONFLICT_REPLACE + 1];
} again;

/* An INSERT that starts a ban leaves its id; nothing else that is done shows, though rows of the audit are inserted. */
static void check_rowid(void) {
  int last = model.audit_count - 1;
  while (has_started && strcmp(audit[last].action, "start") != 0) last--;
  if (has_started ? last_rowid != audit[last].ban : !is_rowid_kept) FAIL("rowid %lld", last_rowid);
}

static void check_all(void) {
  double one[MODEL_MEMBERS], other[MODEL_MEMBERS];
  double now = random_time(), later = now + random_below(&chance, 3) * random_unit(&chance) * 1e6;
  check_audit(again.audit);
  check_rowid();
  bind(again.bans, 1, value_real_of(now));
  check_bans(again.bans, now, one);
  bind(again.bans, 1, value_real_of(later));
  check_bans(again.bans, later, other);
  for (int i = 0; i < model.ban_count; i++) {
    if (other[i] < one[i]) FAIL("progress falls from %.17g to %.17g", one[i], other[i]);
  }
  if (random_once_in(&chance, 3)) check_bans(again.bans_of_today, clock_s, one);
  struct value member = random_member(), written = member; /* = does not trim a TEXT */
  if (member.type == SQLITE_INTEGER && member.integer != INT64_MAX && random_once_in(&chance, 2)) {
    written = value_real_of((double)member.integer);
  }
  const struct ban *ban = model_find(&model, &member);
  struct value shown[COLUMNS];
  bind(again.one, 1, written);
  bind(again.one, 2, value_real_of(now));
  int status = sqlite3_step(again.one);
  if ((status == SQLITE_ROW) != (ban != NULL)) FAIL("look-up of %s", value_shown(&member));
  if (ban != NULL) {
    ban_show(ban, now, shown);
    for (int i = 0; i < COLUMNS; i++) {
      check_value(column_names[i], -1, column(again.one, i), shown[i]);
    }
  }
  sqlite3_reset(again.one);
  check_masks(again.masks);
  if (!sqlite3_get_autocommit(db) != (depth > 0)) FAIL("depth %d", depth);
}

#endif
