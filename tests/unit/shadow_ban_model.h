/*
** shadow_ban_model.h: what a shadow_ban table is to do, as plain loops over arrays. For shadow_ban_test.c.
**
** Written from what the table tells its user, not from how it does it. A struct model is all that a file holds: the
** bans, the audit, the masks. It is small, so that a savepoint is a copy; of the audit, which only grows, its length.
**
**     model_start     INSERT of a row
**     model_adjust    UPDATE of a row
**     model_lift      DELETE of a row
**
** Each says in a struct verdict what is to come of it. If several things are wrong with a row, any of them may be told,
** but for the numbered refusals of an INSERT, of which the first comes. Ids of bans are not foretold: a ban has a number
** below 0 until the test has seen its id.
*/
#ifndef DECORUM_TESTS_SHADOW_BAN_MODEL_H
#define DECORUM_TESTS_SHADOW_BAN_MODEL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shadow_ban_value.h"

#define MODEL_MEMBERS 24
#define MODEL_AUDIT 4000
#define MODEL_DAY 86400.0

#define BIT_SHADOW_BAN_ADMIN (UINT64_C(1) << 14)
#define BIT_GUILD_ADMIN (UINT64_C(1) << 17)
#define BIT_USE (UINT64_C(1) << 63)

/* ---- what a file holds ---- */

struct ban {
  sqlite3_int64 id;
  struct value member, lift_at, reason, initiated_by, platform, revoked_at;
  double started_at, duration_days, base, since;
  bool revoked;
};

struct entry { /* of the audit */
  sqlite3_int64 ban;
  struct value member, actor, before, after, why;
  double at;
  const char *action;
};

struct mask { /* a row of the privilege table */
  struct value member, mask;
  bool has_use_by_hand;
};

struct model {
  struct ban bans[MODEL_MEMBERS]; /* in order of the members */
  struct mask masks[MODEL_MEMBERS];
  int ban_count, mask_count, audit_count;
};

static struct entry audit[MODEL_AUDIT];
static sqlite3_int64 unseen_id; /* the last number of a ban whose id was not seen yet */

enum column {
  MEMBER,
  STARTED_AT,
  DURATION_DAYS,
  LIFT_AT,
  PROGRESS,
  STAGE,
  PHASE,
  REASON,
  INITIATED_BY,
  PLATFORM,
  REVOKED,
  LIFTED,
  NOW,
  AUTO_LIFT_DAYS,
  ACTOR,
  WHY,
  DUE,
  COLUMNS
};

static const char *const column_names[COLUMNS] = {"member", "started_at", "duration_days",
    "lift_at", "progress", "stage", "phase", "reason", "initiated_by", "platform", "revoked",
    "lifted", "now", "auto_lift_days", "actor", "why", "due"};

/* What the trigger on the privilege table does. */
enum trap { TRAP_NONE, TRAP_ABORT, TRAP_FAIL, TRAP_ROLLBACK, TRAP_IGNORE, TRAPS };

struct verdict {
  bool is_refused;
  bool is_constraint;
  bool rolls_back;        /* the whole transaction */
  char messages[24][128]; /* one of which must stand in the error */
  int message_count;
};

static inline void verdict_add(struct verdict *verdict, const char *format, const char *detail) {
  verdict->is_refused = true;
  snprintf(verdict->messages[verdict->message_count++], 128, format, detail);
}

/* ---- reading ---- */

static inline double ban_progress(const struct ban *ban, double now) {
  double elapsed = fmax(now - ban->since, 0);
  return fmin(ban->base + elapsed / (ban->duration_days * MODEL_DAY), 1);
}

static inline double ban_stage(const struct ban *ban, double now) {
  return 1 + 4 * ban_progress(ban, now);
}

/* By the whole stage, which rounding may lift; but to banned only progress does. */
static inline const char *ban_phase(double progress) {
  static const char *const phases[] = {"latency", "drops", "fake_503", "blackout", "blackout"};
  return progress >= 1 ? "banned" : phases[(int)floor(1 + 4 * progress) - 1];
}

/* A row as a SELECT shows it. */
static inline void ban_show(const struct ban *ban, double now, struct value *columns) {
  double progress = ban_progress(ban, now);
  for (int i = 0; i < COLUMNS; i++) columns[i] = null;
  columns[MEMBER] = ban->member;
  columns[STARTED_AT] = value_real_of(ban->started_at);
  columns[DURATION_DAYS] = value_real_of(ban->duration_days);
  columns[LIFT_AT] = ban->lift_at;
  columns[PROGRESS] = value_real_of(progress);
  columns[STAGE] = value_real_of(1 + 4 * progress);
  columns[PHASE] = value_text_of(ban_phase(progress));
  columns[REASON] = ban->reason;
  columns[INITIATED_BY] = ban->initiated_by;
  columns[PLATFORM] = ban->platform;
  columns[REVOKED] = value_integer_of(ban->revoked);
  columns[LIFTED] = value_integer_of(0);
  columns[NOW] = value_real_of(now);
  if (ban->lift_at.type != SQLITE_NULL && ban->lift_at.real <= now) {
    columns[DUE] = value_text_of("lift");
  } else if (progress >= 1 && ban->revoked_at.type == SQLITE_NULL) {
    columns[DUE] = value_text_of("revoke");
  }
}

static inline struct ban *model_find(struct model *model, const struct value *member) {
  for (int i = 0; i < model->ban_count; i++) {
    if (value_same(&model->bans[i].member, member)) return &model->bans[i];
  }
  return NULL;
}

/* The member's mask, and its row, if there is one. False with a verdict if it cannot be told. */
static inline bool model_mask(struct model *model, const struct value *member, uint64_t *bits,
    struct mask **row, struct verdict *verdict) {
  *row = NULL;
  *bits = BIT_USE;
  for (int i = 0; i < model->mask_count; i++) {
    if (value_same(&model->masks[i].member, member)) *row = &model->masks[i];
  }
  if (*row == NULL || (*row)->mask.type == SQLITE_NULL) return true;
  if ((*row)->mask.type == SQLITE_INTEGER) {
    *bits = (uint64_t)(*row)->mask.integer;
    return true;
  }
  char *end = NULL;
  if ((*row)->mask.type == SQLITE_TEXT) *bits = strtoull((*row)->mask.text, &end, 10);
  if (end != NULL && end != (*row)->mask.text && *end == '\0') return true;
  verdict_add(verdict, "a mask in %s must be 64 bits", "privilege");
  return false;
}

static inline bool model_may(
    struct model *model, const struct value *who, struct verdict *verdict) {
  uint64_t bits;
  struct mask *row;
  if (!model_mask(model, who, &bits, &row, verdict)) return true;
  return (bits & (BIT_SHADOW_BAN_ADMIN | BIT_GUILD_ADMIN)) != 0;
}

/* ---- writing ---- */

/* Gives USE or takes it. False if the privilege table does not let it. */
static inline bool model_set_use(struct model *model, const struct value *member, bool has_use,
    enum trap trap, struct verdict *verdict) {
  uint64_t bits;
  struct mask *row;
  if (!model_mask(model, member, &bits, &row, verdict)) return false;
  bool is_as_asked = ((bits & BIT_USE) != 0) == has_use;
  bits = has_use ? bits | BIT_USE : bits & ~BIT_USE;
  if (trap == TRAP_IGNORE) {
    if (is_as_asked) return true;
    verdict_add(verdict, "the privilege table does not keep what is written of member %s",
        value_shown(member));
    return false;
  }
  if (trap != TRAP_NONE) {
    verdict_add(verdict, "%s", "trapped");
    verdict->rolls_back = trap == TRAP_ROLLBACK;
    return false;
  }
  if (bits >= 100 && bits < 200) {
    verdict_add(verdict, "%s", "CHECK constraint failed");
    return false;
  }
  if (row == NULL) {
    row = &model->masks[model->mask_count++];
    *row = (struct mask){.member = *member, .has_use_by_hand = true};
  }
  row->mask = value_integer_of((sqlite3_int64)bits);
  return true;
}

struct deed {
  double at;
  struct value actor, why;
  enum trap trap;
};

static inline void model_audit(struct model *model, const struct ban *ban, const struct deed *deed,
    const char *action, struct value before, struct value after) {
  audit[model->audit_count++] = (struct entry){.ban = ban->id,
      .member = ban->member,
      .at = deed->at,
      .actor = deed->actor,
      .action = action,
      .before = before,
      .after = after,
      .why = deed->why};
}

static inline bool model_lift(
    struct model *model, struct ban *ban, const struct deed *deed, struct verdict *verdict) {
  struct ban old = *ban;
  int after = model->ban_count - 1 - (int)(ban - model->bans);
  memmove(ban, ban + 1, (size_t)after * sizeof *ban);
  model->ban_count--;
  if (old.revoked) {
    if (!model_set_use(model, &old.member, true, deed->trap, verdict)) return false;
    model_audit(model, &old, deed, "revoked", value_integer_of(1), value_integer_of(0));
  }
  model_audit(model, &old, deed, "lift", value_real_of(ban_stage(&old, deed->at)), null);
  return true;
}

/* Reads lift_at or auto_lift_days, of which one or both are not NULL. */
static inline bool lift_read(const struct value *lift_at, const struct value *days, double from,
    struct ban *ban, struct verdict *verdict, int *lowest) {
  double number = 0;
  const struct value *given = lift_at->type != SQLITE_NULL ? lift_at : days;
  if (lift_at->type != SQLITE_NULL && days->type != SQLITE_NULL) {
    verdict_add(verdict, "%s: give lift_at or auto_lift_days, not both", "shadow_ban");
    return false;
  }
  bool is_number = value_is_number(given, &number);
  double time = given == days ? from + number * MODEL_DAY : number;
  bool is_after = time > ban->started_at && (given == lift_at || time > from);
  if (!is_number || !isfinite(time) || !is_after) {
    if (*lowest > 5) *lowest = 5;
    return false;
  }
  ban->lift_at = value_real_of(time);
  return true;
}

enum conflict {
  CONFLICT_NONE,
  CONFLICT_ROLLBACK,
  CONFLICT_FAIL,
  CONFLICT_IGNORE,
  CONFLICT_REPLACE
};

/* What is wrong with the terms of an INSERT; the first numbered refusal. */
static inline int start_terms(
    const struct value *columns, struct ban *ban, struct deed *deed, struct verdict *verdict) {
  static const enum column computed[] = {PROGRESS, PHASE, REVOKED, LIFTED, DUE};
  int lowest = 8;
  bool has_times = true;
  double stage;
  if (columns[DURATION_DAYS].type != SQLITE_NULL) {
    bool is_number = value_is_number(&columns[DURATION_DAYS], &ban->duration_days);
    if (!is_number || ban->duration_days <= 0) lowest = 4;
    ban->duration_days = fmin(ban->duration_days, 365);
  }
  if (columns[WHY].type == SQLITE_BLOB) verdict_add(verdict, "shadow_ban: %s must be", "why");
  deed->why = value_as_text(&columns[WHY]);
  if (columns[NOW].type != SQLITE_NULL && !value_is_number(&columns[NOW], &deed->at)) {
    verdict_add(verdict, "shadow_ban: %s must be a number of seconds", "now");
    has_times = false;
  }
  ban->started_at = deed->at;
  if (columns[STARTED_AT].type != SQLITE_NULL &&
      !value_is_number(&columns[STARTED_AT], &ban->started_at)) {
    verdict_add(verdict, "shadow_ban: %s must be a number of seconds", "started_at");
    has_times = false;
  }
  ban->since = ban->started_at;
  if (columns[STAGE].type != SQLITE_NULL) {
    if (!value_is_number(&columns[STAGE], &stage) || stage < 1 || stage > 5) {
      verdict_add(verdict, "shadow_ban: %s must be between 1.0 and 5.0", "stage");
    } else {
      ban->base = (stage - 1) / 4;
    }
  }
  if (has_times &&
      !(columns[LIFT_AT].type == SQLITE_NULL && columns[AUTO_LIFT_DAYS].type == SQLITE_NULL)) {
    lift_read(&columns[LIFT_AT], &columns[AUTO_LIFT_DAYS], ban->started_at, ban, verdict, &lowest);
  }
  ban->reason = value_as_text(&columns[REASON]);
  if (columns[REASON].type == SQLITE_BLOB) {
    verdict_add(verdict, "shadow_ban: %s must be TEXT", "reason");
  } else if (value_is_blank(&ban->reason)) {
    if (lowest > 6) lowest = 6;
  }
  ban->platform = value_as_text(&columns[PLATFORM]);
  if (columns[PLATFORM].type == SQLITE_BLOB) {
    verdict_add(verdict, "shadow_ban: %s must be TEXT", "platform");
  }
  for (size_t i = 0; i < sizeof computed / sizeof *computed; i++) {
    if (columns[computed[i]].type == SQLITE_NULL) continue;
    verdict_add(verdict, "shadow_ban: %s must be left out", column_names[computed[i]]);
  }
  return lowest;
}

/* The same of the people. */
static inline int start_people(struct model *model, const struct value *columns, struct ban *ban,
    struct deed *deed, struct verdict *verdict) {
  struct mask *row;
  uint64_t bits = 0;
  bool is_member = value_is_name(&columns[MEMBER], &ban->member);
  if (!is_member) verdict_add(verdict, "shadow_ban: %s must be an INTEGER or TEXT", "member");
  if (is_member && ban->member.type == SQLITE_NULL) return 1;
  struct value *const who[] = {&ban->initiated_by, &deed->actor};
  static const enum column from[] = {INITIATED_BY, ACTOR};
  int lowest = 8;
  for (int i = 0; i < 2; i++) {
    if (!value_is_who(&columns[from[i]], who[i])) {
      verdict_add(verdict, "shadow_ban: %s must be NULL, an INTEGER", column_names[from[i]]);
    } else if (who[i]->type != SQLITE_NULL && !(is_member && value_same(who[i], &ban->member))) {
      if (!model_may(model, who[i], verdict)) lowest = 2;
    }
  }
  if (deed->actor.type == SQLITE_NULL) deed->actor = ban->initiated_by;
  if (ban->initiated_by.type == SQLITE_NULL) ban->initiated_by = deed->actor;
  if (!is_member || !model_mask(model, &ban->member, &bits, &row, verdict)) return lowest;
  return lowest > 3 && bits & BIT_GUILD_ADMIN ? 3 : lowest;
}

static inline void start_refuse(struct model *model, const struct value *member, int number,
    double at, struct verdict *verdict) {
  static const char *const refusals[] = {"", "member is required",
      "insufficient privileges: only SHADOW_BAN_ADMIN may shadow ban another member",
      "member %s is an admin; admins cannot be shadow banned", "duration_days must be positive",
      "auto_lift_days must be positive", "reason is required"};
  char format[128];
  if (number < 7) {
    verdict_add(verdict, refusals[number], value_shown(member));
    return;
  }
  double progress = ban_progress(model_find(model, member), at);
  sqlite3_snprintf(sizeof format, format, /* which rounds halves up */
      "member %%s is already shadow banned (stage %.2f/5.00, progress %.3f)",
      progress < 1 ? fmin(1 + 4 * progress, 4.99) : 5, progress < 1 ? fmin(progress, 0.999) : 1);
  verdict_add(verdict, format, value_shown(member));
  verdict->is_constraint = true;
}

/* False if nothing came of the row. */
static inline bool model_start(struct model *model, const struct value *columns,
    enum conflict conflict, double clock, enum trap trap, struct verdict *verdict) {
  struct ban ban = {.id = --unseen_id, .duration_days = 15, .lift_at = null, .revoked_at = null};
  struct deed deed = {.at = clock, .trap = trap};
  int people = start_people(model, columns, &ban, &deed, verdict);
  int terms = start_terms(columns, &ban, &deed, verdict);
  int lowest = people < terms ? people : terms;
  if (lowest < 7) start_refuse(model, &ban.member, lowest, deed.at, verdict);
  if (verdict->is_refused) return false;
  struct ban *old = model_find(model, &ban.member);
  if (old != NULL && conflict == CONFLICT_IGNORE) return false;
  if (old != NULL && conflict != CONFLICT_REPLACE) {
    start_refuse(model, &ban.member, 7, deed.at, verdict);
    return false;
  }
  if (old != NULL && deed.actor.type != SQLITE_NULL && !model_may(model, &deed.actor, verdict)) {
    verdict_add(verdict, "insufficient privileges: %s",
        "only SHADOW_BAN_ADMIN may change or lift a shadow ban");
  }
  if (verdict->is_refused) return false;
  if (old != NULL && !model_lift(model, old, &deed, verdict)) return false;
  int place = model->ban_count++;
  for (; place > 0 && value_compare(&model->bans[place - 1].member, &ban.member) > 0; place--) {
    model->bans[place] = model->bans[place - 1];
  }
  model->bans[place] = ban;
  if (deed.why.type == SQLITE_NULL) deed.why = ban.reason;
  model_audit(model, &ban, &deed, "start", null, value_real_of(ban_stage(&ban, deed.at)));
  return true;
}

/* ---- UPDATE ---- */

/* What a row's columns are set to. */
struct setting {
  bool is_set[COLUMNS];
  struct value to[COLUMNS];
};

/* Is the column set to another number than that? */
static inline bool setting_changes(const struct setting *set, enum column column, double was) {
  double number;
  return set->is_set[column] && !(value_is_number(&set->to[column], &number) && number == was);
}

static inline void adjust_curve(
    const struct setting *set, double now, struct ban *ban, struct verdict *verdict) {
  double progress = ban_progress(ban, now), stage;
  bool has_stage = setting_changes(set, STAGE, 1 + 4 * progress);
  bool has_duration = setting_changes(set, DURATION_DAYS, ban->duration_days);
  if (!has_stage && !has_duration) return;
  ban->base = progress;
  ban->since = now;
  if (has_duration) {
    bool is_number = value_is_number(&set->to[DURATION_DAYS], &ban->duration_days);
    if (!is_number || ban->duration_days <= 0) {
      verdict_add(verdict, "%s must be positive", "duration_days");
    }
    ban->duration_days = fmin(ban->duration_days, 365);
  }
  if (has_stage && (!value_is_number(&set->to[STAGE], &stage) || stage < 1 || stage > 5)) {
    verdict_add(verdict, "shadow_ban: %s must be between 1.0 and 5.0", "stage");
  } else if (has_stage) {
    ban->base = (stage - 1) / 4;
  }
  if (ban->base < 1) {
    ban->revoked = false;
    ban->revoked_at = null;
  }
}

static inline void adjust_terms(
    const struct setting *set, double now, struct ban *ban, struct verdict *verdict) {
  struct value lift_at = null, days = set->is_set[AUTO_LIFT_DAYS] ? set->to[AUTO_LIFT_DAYS] : null;
  int lowest = 8;
  double number;
  if (set->is_set[LIFT_AT]) {
    lift_at = set->to[LIFT_AT];
    if (lift_at.type == SQLITE_NULL) {
      ban->lift_at = null;
    } else if (ban->lift_at.type != SQLITE_NULL && value_is_number(&lift_at, &number) &&
               number == ban->lift_at.real) {
      lift_at = null; /* as it was */
    }
  }
  if (!(lift_at.type == SQLITE_NULL && days.type == SQLITE_NULL)) {
    lift_read(&lift_at, &days, now, ban, verdict, &lowest);
    if (lowest == 5) verdict_add(verdict, "%s must be positive", "auto_lift_days");
  }
  if (!set->is_set[REASON]) return;
  ban->reason = value_as_text(&set->to[REASON]);
  if (ban->reason.type == SQLITE_BLOB) {
    verdict_add(verdict, "shadow_ban: %s must be TEXT", "reason");
  } else if (value_is_blank(&ban->reason)) {
    verdict_add(verdict, "%s is required", "reason");
  }
}

static inline bool setting_bit(
    const struct setting *set, enum column column, bool was, struct verdict *verdict) {
  double number;
  if (!set->is_set[column]) return was;
  if (value_is_number(&set->to[column], &number) && (number == 0 || number == 1))
    return number == 1;
  verdict_add(verdict, "shadow_ban: %s must be 0 or 1", column_names[column]);
  return was;
}

static inline void adjust_revoked(struct model *model, const struct setting *set, double now,
    const struct ban *old, struct ban *ban, struct verdict *verdict) {
  bool revoked = setting_bit(set, REVOKED, old->revoked, verdict);
  uint64_t bits;
  struct mask *row;
  if (revoked == old->revoked || revoked == ban->revoked) return;
  if (!revoked) {
    verdict_add(verdict, "%s cannot be unset", "revoked");
  } else if (!verdict->is_refused && ban_progress(ban, now) < 1) {
    verdict_add(verdict, "member %s is not at progress 1", value_shown(&ban->member));
  } else if (model_mask(model, &ban->member, &bits, &row, verdict)) {
    ban->revoked = (bits & BIT_USE) != 0;
    ban->revoked_at = value_real_of(now);
  }
}

static inline bool adjust_write(struct model *model, struct ban *row, const struct ban *new,
    bool is_lifted, const struct deed *deed, struct verdict *verdict) {
  struct ban old = *row;
  *row = *new;
  const struct {
    const char *action;
    struct value before, after;
  } parts[] = {
      {"stage", value_real_of(ban_stage(&old, deed->at)), value_real_of(ban_stage(new, deed->at))},
      {"duration_days", value_real_of(old.duration_days), value_real_of(new->duration_days)},
      {"lift_at", old.lift_at, new->lift_at},
      {"reason", old.reason, new->reason},
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (value_same(&parts[i].before, &parts[i].after)) continue;
    model_audit(model, &old, deed, parts[i].action, parts[i].before, parts[i].after);
  }
  if (!value_same(&old.revoked_at, &new->revoked_at)) {
    model_audit(model, &old, deed, "revoked", value_integer_of(old.revoked),
        value_integer_of(new->revoked));
  }
  if (old.revoked != new->revoked &&
      !model_set_use(model, &old.member, !new->revoked, deed->trap, verdict)) {
    return false;
  }
  return !is_lifted || model_lift(model, row, deed, verdict);
}

static inline bool model_adjust(struct model *model, struct ban *row, const struct setting *set,
    double now, enum trap trap, struct verdict *verdict) {
  static const enum column fixed[] = {MEMBER, STARTED_AT, INITIATED_BY, PLATFORM};
  struct ban new = *row;
  struct deed deed = {.at = now, .actor = null, .why = null, .trap = trap};
  struct value shown[COLUMNS];
  if (set->is_set[ACTOR] && !value_is_who(&set->to[ACTOR], &deed.actor)) {
    verdict_add(verdict, "shadow_ban: %s must be NULL, an INTEGER", "actor");
  } else if (deed.actor.type != SQLITE_NULL && !model_may(model, &deed.actor, verdict)) {
    verdict_add(verdict, "insufficient privileges: %s",
        "only SHADOW_BAN_ADMIN may change or lift a shadow ban");
  }
  if (set->is_set[WHY]) deed.why = value_as_text(&set->to[WHY]);
  if (deed.why.type == SQLITE_BLOB) verdict_add(verdict, "shadow_ban: %s must be", "why");
  ban_show(row, now, shown);
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
    double number, was;
    const struct value *to = &set->to[fixed[i]], *from = &shown[fixed[i]];
    if (!set->is_set[fixed[i]] || value_same(to, from)) continue;
    struct value who;
    bool is_who = fixed[i] == MEMBER || fixed[i] == INITIATED_BY;
    if (is_who && value_is_name(to, &who) && value_same(&who, from)) continue;
    bool are_numbers = !is_who && value_is_number(to, &number) && value_is_number(from, &was);
    if (are_numbers && from->type != SQLITE_TEXT && number == was) continue;
    verdict_add(verdict, "shadow_ban: %s cannot be set", column_names[fixed[i]]);
  }
  adjust_curve(set, now, &new, verdict);
  adjust_terms(set, now, &new, verdict);
  adjust_revoked(model, set, now, row, &new, verdict);
  bool is_lifted = setting_bit(set, LIFTED, false, verdict);
  if (verdict->is_refused) return false;
  return adjust_write(model, row, &new, is_lifted, &deed, verdict);
}

#endif
