/*
** shadow_effect.c: what becomes of an answer to a shadow banned member.
**
**   shadow_effect(progress [, model [, tool_calls [, overflow_s [, seed]]]])
**
** A table-valued function of one row. It draws nothing by chance: a message's own seed gives the same row
** whenever it is asked, so that the delay can be asked for again once the tool calls are known.
**
**     SELECT delay_target_s, dropped, fake_503_text, blackout, banned FROM shadow_effect(0.15, 'claude-opus-4', 3, 0, 'message 12');
**         93.9477955339059|0||0|0
**
**   delay_target_s      seconds from the message to the answer, all in all; at most 180
**   dropped             1: no answer
**   fake_503_text       what is said instead of an answer, else NULL
**   blackout            1: no answer
**   banned              1: access is revoked, which is so at progress 1 and only there
**   tool_calls          as given
**   latency_i, drops_i, fake_503_i, blackout_i    the intensities, 0..1
**   answered_p          the chance of an answer at this progress
**
** At most one of banned, blackout, dropped and fake_503_text is set; the first in this order wins. Where
** nothing is said there is no delay. Who is not banned, progress 0 or NULL (a LEFT JOIN that found no ban),
** is always answered without delay, whatever the other arguments are.
**
** model is a name, or the seconds that it takes for an answer: haiku, flash and mini 4, opus and what
** reasons 15, others 8. overflow_s are seconds that the answer needs anyhow. Without a seed, as with NULL, it is
** always the same throw: give one for each message.
**
** HOW IT WORKS
**
** The arithmetic is shadow_curve.c's; xFilter reads the arguments and keeps the result. They are the hidden
** columns at_progress, model, calls, overflow_s and seed, as in parameter.h; only the first must be given. (It
** is not called progress, so that FROM shadow_ban, shadow_effect(progress) is not ambiguous.) idxNum:
** bit i is set if argument i is given; xFilter's arguments are their values in that order.
**
** INNOCUOUS: a pure function of its arguments.
*/
#include "shadow_effect.h"
#include "parameter.h"
#include "shadow_curve.h"
#include "value.h"

#define SHADOW_EFFECT_COST 10.0
#define SHADOW_EFFECT_NO_PROGRESS_COST 1e15
#define SHADOW_EFFECT_NO_MODEL "default"

enum {
  COLUMN_DELAY_TARGET_S,
  COLUMN_DROPPED,
  COLUMN_FAKE_503_TEXT,
  COLUMN_BLACKOUT,
  COLUMN_BANNED,
  COLUMN_TOOL_CALLS,
  COLUMN_LATENCY_I,
  COLUMN_DROPS_I,
  COLUMN_FAKE_503_I,
  COLUMN_BLACKOUT_I,
  COLUMN_ANSWERED_P,
  COLUMN_PROGRESS, /* the first argument; the others follow */
};

enum {
  ARGUMENT_PROGRESS,
  ARGUMENT_MODEL,
  ARGUMENT_CALLS,
  ARGUMENT_OVERFLOW_S,
  ARGUMENT_SEED,
  ARGUMENTS
};

/* The arguments with their defaults. */
struct effect_input {
  double progress;
  const char *model; /* its name */
  double base;
  sqlite3_int64 tool_calls;
  double overflow_s;
};

struct effect_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *arguments[ARGUMENTS]; /* NULL where not given */
  struct effect_input input;           /* points into the arguments */
  struct shadow_throw thrown;
  enum shadow_outcome outcome;
  int given; /* idxNum */
  bool at_end;
};

/* ---- the arguments ---- */

static const char *effect_read_progress(struct effect_input *input, sqlite3_value *value) {
  double progress;
  if (!value_number(value, &progress) || progress < 0 || progress > 1) return "between 0 and 1";
  input->progress = progress;
  return NULL;
}

/* A text that is nothing but a number is one. */
static const char *effect_read_model(struct effect_input *input, sqlite3_value *value) {
  static const char rule[] = "a model's name or a number of seconds above 0";
  const char *name = value_word(value);
  if (name == NULL || sqlite3_value_numeric_type(value) != SQLITE_TEXT) {
    return value_number(value, &input->base) && input->base > 0 ? NULL : rule;
  }
  input->model = name;
  input->base = shadow_curve_base(name);
  return name[0] != '\0' ? NULL : rule;
}

static const char *effect_read_calls(struct effect_input *input, sqlite3_value *value) {
  bool is_count = value_integer(value, &input->tool_calls) && input->tool_calls >= 0;
  return is_count ? NULL : "an integer that is 0 or more";
}

static const char *effect_read_overflow(struct effect_input *input, sqlite3_value *value) {
  double seconds;
  if (!value_number(value, &seconds)) return "a number of seconds";
  input->overflow_s = seconds > 0 ? seconds : 0.0;
  return NULL;
}

/* How an argument is called, and what reads it: gives the rule if the value breaks it. Any seed will do. */
static const struct {
  const char *name;
  const char *(*read)(struct effect_input *, sqlite3_value *);
} effect_arguments[ARGUMENT_SEED] = {
    {"progress", effect_read_progress},
    {"model", effect_read_model},
    {"tool_calls", effect_read_calls},
    {"overflow_s", effect_read_overflow},
};

/* Reads those that are given; NULL is as not given. */
static int effect_read(struct effect_cursor *cursor) {
  struct effect_input *input = &cursor->input;
  *input = (struct effect_input){.model = SHADOW_EFFECT_NO_MODEL, .base = SHADOW_BASE_DEFAULT};
  for (int i = 0; i < ARGUMENT_SEED; i++) {
    sqlite3_value *value = cursor->arguments[i];
    if (value == NULL || value_is_null(value)) continue;
    const char *rule = effect_arguments[i].read(input, value);
    if (rule == NULL) continue;
    return parameter_error(cursor->base.pVtab, SQLITE_ERROR,
        value_refusal("shadow_effect", effect_arguments[i].name, rule, value));
  }
  return SQLITE_OK;
}

/* ---- the table, in the order of its life ---- */

static int effect_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)aux, (void)argc, (void)argv, (void)error;
  int status = sqlite3_declare_vtab(db,
      "CREATE TABLE shadow_effect(delay_target_s REAL, dropped INTEGER, fake_503_text TEXT, "
      "blackout INTEGER, banned INTEGER, tool_calls INTEGER, latency_i REAL, drops_i REAL, "
      "fake_503_i REAL, blackout_i REAL, answered_p REAL, at_progress HIDDEN, model HIDDEN, "
      "calls HIDDEN, overflow_s HIDDEN, seed HIDDEN)");
  if (status == SQLITE_OK) status = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  if (status != SQLITE_OK) return status;
  *vtab = sqlite3_malloc64(sizeof **vtab);
  if (*vtab == NULL) return SQLITE_NOMEM;
  **vtab = (sqlite3_vtab){.zErrMsg = NULL};
  return SQLITE_OK;
}

static int effect_disconnect(sqlite3_vtab *vtab) {
  sqlite3_free(vtab);
  return SQLITE_OK;
}

/* An argument that is given, but not yet known, makes no plan: to scan without it would scan with its
** default. No progress is a plan that fails in words. */
static int effect_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  (void)vtab;
  if (parameter_is_awaited(info, COLUMN_PROGRESS, ARGUMENTS)) return SQLITE_CONSTRAINT;
  int status = parameter_best_index(info, COLUMN_PROGRESS, ARGUMENTS);
  bool has_progress = info->idxNum & (1 << ARGUMENT_PROGRESS);
  info->estimatedRows = 1;
  info->estimatedCost = has_progress ? SHADOW_EFFECT_COST : SHADOW_EFFECT_NO_PROGRESS_COST;
  info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
  return status;
}

static int effect_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct effect_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (struct effect_cursor){.at_end = true};
  *out = &cursor->base;
  return SQLITE_OK;
}

static void effect_clear(struct effect_cursor *cursor) {
  for (int i = 0; i < ARGUMENTS; i++) {
    sqlite3_value_free(cursor->arguments[i]);
    cursor->arguments[i] = NULL;
  }
  cursor->at_end = true;
}

static int effect_close(sqlite3_vtab_cursor *base) {
  effect_clear((struct effect_cursor *)base);
  sqlite3_free(base);
  return SQLITE_OK;
}

static int effect_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct effect_cursor *cursor = (struct effect_cursor *)base;
  (void)plan, (void)argc;
  effect_clear(cursor);
  if (!(given & (1 << ARGUMENT_PROGRESS))) {
    return parameter_error(
        base->pVtab, SQLITE_ERROR, sqlite3_mprintf("shadow_effect: progress must be given"));
  }
  for (int i = 0; i < ARGUMENTS; i++) {
    if (!(given & (1 << i))) continue;
    cursor->arguments[i] = sqlite3_value_dup(*argv++);
    sqlite3_value *value = cursor->arguments[i];
    bool is_text = value != NULL && sqlite3_value_type(value) == SQLITE_TEXT;
    if (value == NULL || (is_text && sqlite3_value_text(value) == NULL)) return SQLITE_NOMEM;
  }
  int status = effect_read(cursor);
  if (status != SQLITE_OK) return status;
  if (!shadow_curve_throw(cursor->arguments[ARGUMENT_SEED], &cursor->thrown)) return SQLITE_NOMEM;
  cursor->outcome = shadow_curve_outcome(cursor->input.progress, &cursor->thrown);
  cursor->given = given;
  cursor->at_end = false;
  return SQLITE_OK;
}

static int effect_next(sqlite3_vtab_cursor *base) {
  ((struct effect_cursor *)base)->at_end = true;
  return SQLITE_OK;
}

static int effect_eof(sqlite3_vtab_cursor *base) {
  return ((struct effect_cursor *)base)->at_end;
}

static void effect_result_503(sqlite3_context *context, const char *model) {
  char *text = shadow_curve_503_text(model);
  if (text != NULL) {
    sqlite3_result_text(context, text, -1, sqlite3_free);
  } else {
    sqlite3_result_error_nomem(context);
  }
}

static int effect_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct effect_cursor *cursor = (struct effect_cursor *)base;
  const struct effect_input *input = &cursor->input;
  struct shadow_intensity intensity = shadow_curve_intensity(input->progress);
  switch (column) {
  case COLUMN_DELAY_TARGET_S:
    sqlite3_result_double(context, shadow_curve_delay(input->progress, &cursor->thrown, input->base,
                                       input->tool_calls, input->overflow_s));
    break;
  case COLUMN_DROPPED:
    sqlite3_result_int(context, cursor->outcome == SHADOW_DROPPED);
    break;
  case COLUMN_FAKE_503_TEXT:
    if (cursor->outcome == SHADOW_FAKE_503) effect_result_503(context, input->model);
    break;
  case COLUMN_BLACKOUT:
    sqlite3_result_int(context, cursor->outcome == SHADOW_BLACKOUT);
    break;
  case COLUMN_BANNED:
    sqlite3_result_int(context, cursor->outcome == SHADOW_BANNED);
    break;
  case COLUMN_TOOL_CALLS:
    sqlite3_result_int64(context, input->tool_calls);
    break;
  case COLUMN_LATENCY_I:
    sqlite3_result_double(context, intensity.latency);
    break;
  case COLUMN_DROPS_I:
    sqlite3_result_double(context, intensity.drops);
    break;
  case COLUMN_FAKE_503_I:
    sqlite3_result_double(context, intensity.fake_503);
    break;
  case COLUMN_BLACKOUT_I:
    sqlite3_result_double(context, intensity.blackout);
    break;
  case COLUMN_ANSWERED_P:
    sqlite3_result_double(context, shadow_curve_answered(input->progress));
    break;
  default:
    if (cursor->arguments[column - COLUMN_PROGRESS] == NULL) break;
    sqlite3_result_value(context, cursor->arguments[column - COLUMN_PROGRESS]);
  }
  return SQLITE_OK;
}

/* Which arguments are given tells model 8 from tool_calls 8. */
static int effect_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct effect_cursor *cursor = (struct effect_cursor *)base;
  sqlite3_value *given[ARGUMENTS];
  int count = 0;
  for (int i = 0; i < ARGUMENTS; i++) {
    if (cursor->arguments[i] != NULL) given[count++] = cursor->arguments[i];
  }
  return parameter_rowid(given, count, cursor->given, rowid);
}

const sqlite3_module shadow_effect_module = {
    .xConnect = effect_connect,
    .xBestIndex = effect_best_index,
    .xDisconnect = effect_disconnect,
    .xOpen = effect_open,
    .xClose = effect_close,
    .xFilter = effect_filter,
    .xNext = effect_next,
    .xEof = effect_eof,
    .xColumn = effect_column,
    .xRowid = effect_rowid,
};
