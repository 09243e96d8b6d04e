/*
** budget.c: what one entry into Lua may use. See budget.h.
**
** HOW IT WORKS
**
** Instructions. A count hook fires every BUDGET_STEP instructions. The count starts anew at each entry, so the
** same call always ends at the same instruction. C functions whose work grows with their arguments take
** theirs before they begin.
**
** Time. A single instruction is fast unless what it works on is large: two texts of a megabyte that are compared, a
** table of thousands of keys that is rehashed. So from the first block of more than BUDGET_LARGE bytes
** on the hook fires more often, in the end at every instruction, and looks at the time. A short decision
** never asks what time it is. The clock on the wall costs a fifteenth of the thread's own, and runs
** at least as fast, so it is read first.
**
** Memory. The allocator counts the bytes in use, and the bytes that an entry asked for in turn. It knows a table's
** parts from texts, whose kind Lua tells for a new block, and from the buffers of Lua's library, which are
** made right after a userdata that owns them. It refuses the parts that no policy needs: inserting into a
** table whose keys all collide is quadratic within one instruction, which must stay short.
**
** What was asked for in turn must not depend on what earlier entries left. So only blocks of BUDGET_COUNTED bytes
** and more count: the others cost an instruction or more each, and whether a short text or the record of a call is made
** depends on what is still there. Larger ones that do are the table of all strings, which is known, and what our
** own code keeps between entries, which sets `uncounted`. The stack has its full size from the beginning (BUDGET_STACK),
** and what would make it larger is refused, so that calls can always be nested equally deep; but for the twenty values
** that a finalizer asks for, should garbage be collected down there.
**
** At a refusal Lua collects its garbage and tries again. Where it can do without (the table of all strings) it
** would go on so with every string, collecting each time; a few refusals are therefore the end. In a state that
** others have used the first is, as `patience` says: when memory is full there depends on them.
**
** Exceeded. The error is raised from a hook that fires at the next instruction and at each one after it, so that
** nothing can swallow it; the state must then be thrown away.
*/
#define _GNU_SOURCE
#include "budget.h"
#include <stdio.h>
#include <string.h>

#define BUDGET_STEP 1000
#define BUDGET_LARGE 8192
#define BUDGET_REFUSALS 4
#define BUDGET_DEEP                                                                                \
  200 /* calls that make it likely that the stack has grown too large, and not a table */
#define BUDGET_LOOK_NS 1000000 /* between two looks at the thread's time */
#define BUDGET_TIMES_MAX 2.25  /* that the time may be taken, when it is given anew on the way */
#define BUDGET_SOURCE_TABLE_MAX                                                                    \
  393216                  /* bytes of the table in which the parser collects names and values */
#define BUDGET_NOTED 1024 /* bytes; buffers and the table of all strings are no smaller */
#define BUDGET_COUNTED                                                                             \
  1024 /* bytes; texts that are kept once, and Lua's records of calls, are smaller */
#define BUDGET_STRING_TABLE (128 * sizeof(void *)) /* Lua's first table of all strings */

const struct budget_limits budget_default = {1000000, 100, 16};
const struct budget_limits budget_least = {1000, 1, 1};
const struct budget_limits budget_most = {10000000, 1000, 64};

struct budget *budget_of(lua_State *lua) {
  void *budget;
  lua_getallocf(lua, &budget);
  return budget;
}

void budget_place(lua_State *lua, char *place, size_t size) {
  lua_Debug activation;
  for (int level = 0; lua_getstack(lua, level, &activation); level++) {
    lua_getinfo(lua, "Sl", &activation);
    if (activation.currentline > 0 && strcmp(activation.source, BUDGET_OWN_CHUNK) != 0) {
      snprintf(place, size, "%s:%d: ", activation.short_src, activation.currentline);
      return;
    }
  }
  place[0] = '\0';
}

/* ---- the end ---- */

static void budget_hook(lua_State *lua, lua_Debug *activation);

/* Lua begins to count anew, so what it counted since the last hook is not taken. In an entry that is at most 1,069
** instructions (999, 63 and 7: the step only gets shorter), at the same blocks each time and so the same ones. */
static void budget_set_step(struct budget *budget, int step) {
  budget->step = step;
  if (budget->lua != NULL) lua_sethook(budget->lua, budget_hook, LUA_MASKCOUNT, step);
}

/* Notes what was used up, the first time, and makes the next instruction raise it. */
static void budget_exceed(struct budget *budget, const char *what) {
  char place[100] = "";
  if (budget->exceeded[0]) return;
  if (budget->lua != NULL) budget_place(budget->lua, place, sizeof place);
  snprintf(budget->exceeded, sizeof budget->exceeded, "%s%s", place, what);
  budget->left = 0;
  budget_set_step(budget, 1);
}

int budget_raise(lua_State *lua) {
  lua_pushstring(lua, budget_of(lua)->exceeded);
  return lua_error(lua);
}

/* ---- instructions and time ---- */

static long long budget_elapsed(const struct timespec *from, const struct timespec *to) {
  return (to->tv_sec - from->tv_sec) * 1000000000LL + (to->tv_nsec - from->tv_nsec);
}

/* The part of its time that the entry took until now. */
static double budget_used(const struct budget *budget, const struct timespec *now) {
  return (double)budget_elapsed(&budget->start, now) /
         (1e6 * budget->limits.milliseconds * budget->times);
}

void budget_spend(struct budget *budget) {
  struct timespec own;
  if (!budget->timed) return;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &own);
  budget->spent += budget_used(budget, &own);
  budget->timed = false;
}

/* Was sqlite3_interrupt called? A statement that is run while others are says so, and lets a progress handler do so.
** The host's authorizer may refuse it, and is asked once; but so does SQLite's tokenizer, which needs no permission. */
static bool budget_is_interrupted(struct budget *budget) {
  int status;
  if (!budget->probed) {
    budget->probed = true;
    sqlite3_prepare_v2(budget->db, "SELECT 1", -1, &budget->probe, NULL);
  }
  if (budget->probe != NULL) {
    status = sqlite3_step(budget->probe);
    sqlite3_reset(budget->probe);
  } else {
    sqlite3_stmt *none = NULL;
    status = sqlite3_prepare_v2(budget->db, " ", -1, &none, NULL);
  }
  return status == SQLITE_INTERRUPT;
}

bool budget_look(struct budget *budget) {
  struct timespec wall, own;
  if (budget->exceeded[0]) return false;
  clock_gettime(CLOCK_MONOTONIC, &wall);
  if (budget->timed && budget_elapsed(&budget->looked, &wall) < BUDGET_LOOK_NS) return true;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &own);
  budget->looked = wall;
  if (!budget->timed) {
    budget->timed = true;
    budget->start = own;
    return true;
  }
  double used = budget_used(budget, &own);
  if (used > 1 || budget->spent + used > BUDGET_TIMES_MAX) {
    char what[60];
    double times = used > 1 ? budget->times : budget->times * BUDGET_TIMES_MAX;
    snprintf(what, sizeof what, "more than %.0f ms of processor time",
        budget->limits.milliseconds * times);
    budget_exceed(budget, what);
  } else if (budget_is_interrupted(budget)) {
    budget->interrupted = true;
    budget_exceed(budget, "interrupted");
  }
  return !budget->exceeded[0];
}

bool budget_take(struct budget *budget, lua_Unsigned n) {
  if (budget->exceeded[0]) return false;
  if (n < (lua_Unsigned)budget->left) {
    budget->left -= (int)n;
    return true;
  }
  char what[40];
  snprintf(what, sizeof what, "more than %d instructions", budget->limits.instructions);
  budget_exceed(budget, what);
  return false;
}

void budget_charge(lua_State *lua, lua_Unsigned n) {
  if (!budget_take(budget_of(lua), n)) budget_raise(lua);
}

static void budget_hook(lua_State *lua, lua_Debug *activation) {
  struct budget *budget = budget_of(lua);
  (void)activation;
  if (!budget_take(budget, (lua_Unsigned)budget->step) || !budget_look(budget)) budget_raise(lua);
}

void budget_expect(struct budget *budget, size_t largest) {
  if (largest > budget->largest) budget->largest = largest;
  int step = largest > 32 * BUDGET_LARGE  ? 1
             : largest > 4 * BUDGET_LARGE ? 8
             : largest > BUDGET_LARGE     ? 64
                                          : BUDGET_STEP;
  if (step < budget->step) budget_set_step(budget, step);
}

static void budget_fill(struct budget *budget) {
  budget->left = budget->limits.instructions;
  budget->made = 0;
  budget->uncounted = false;
  budget_set_step(budget, BUDGET_STEP);
}

void budget_begin(struct budget *budget, const struct budget_limits *limits) {
  budget->limits = *limits;
  budget->times = 1;
  budget->timed = false;
  budget->largest = 0;
  budget->refused = 0;
  budget->patience = BUDGET_REFUSALS;
  budget->after_userdata = budget->capped = budget->starved = budget->interrupted =
      budget->trusting = false;
  budget->exceeded[0] = budget->place[0] = '\0';
  budget_fill(budget);
}

void budget_end(struct budget *budget) {
  sqlite3_finalize(budget->probe);
  budget->probe = NULL;
  budget->probed = false;
}

void budget_renew(lua_State *lua, bool time) {
  struct budget *budget = budget_of(lua);
  size_t largest = budget->largest;
  if (!budget_look(budget)) budget_raise(lua);
  if (time) budget_spend(budget);
  budget_fill(budget);
  budget_expect(budget, largest);
}

/* ---- memory ---- */

static size_t budget_memory_max(const struct budget *budget) {
  return (size_t)budget->limits.mebibytes << 20;
}

/* The limit on memory is reached. */
static void budget_refuse(struct budget *budget) {
  budget->capped = true;
  budget->starved = false;
  if (budget->lua != NULL) budget_place(budget->lua, budget->place, sizeof budget->place);
  if (++budget->refused >= budget->patience) {
    char what[40];
    snprintf(what, sizeof what, "more than %d MiB of memory", budget->limits.mebibytes);
    budget_exceed(budget, what);
  } else if (budget->step > 1) {
    budget_set_step(budget, 1);
  }
}

static bool budget_is_box(const struct budget *budget, const void *block) {
  for (size_t i = 0; i < sizeof budget->boxes / sizeof *budget->boxes; i++) {
    if (budget->boxes[i] == block) return true;
  }
  return false;
}

/* May a block of more than BUDGET_LARGE bytes be made? `kind` is that of the object, 0 for a part of one. */
static bool budget_admit(struct budget *budget, const void *block, int kind, size_t size) {
  bool is_text = kind == LUA_TSTRING || kind == LUA_TUSERDATA ||
                 (block ? budget_is_box(budget, block) : budget->after_userdata);
  if (budget->lua == NULL || (block != NULL && block == budget->string_table)) return true;
  if (is_text) {
    /* A buffer has room for half as much again, an object a head. */
    size_t most = kind == 0 ? BUDGET_TEXT_MAX / 2 * 3 : BUDGET_TEXT_MAX + 64;
    if (size > most) {
      budget_exceed(budget, "a text of more than 1 MiB");
      return false;
    }
  } else if (budget->trusting) {
    if (block != NULL || size <= BUDGET_SOURCE_TABLE_MAX) return true;
    budget_exceed(budget, "more than 16384 names and values in one source");
    return false;
  } else if (size > BUDGET_TABLE_MAX) {
    lua_Debug activation; /* it is a table, or the stack */
    budget_exceed(budget, lua_getstack(budget->lua, BUDGET_DEEP, &activation)
                              ? "calls are nested too deep"
                              : "more than 8192 items or 4096 keys in one table or call");
    return false;
  }
  budget_expect(budget, size);
  return true;
}

/* Counts a block of that size, which may take the place of another. */
static void budget_count(struct budget *budget, const void *block, size_t size) {
  if (size < BUDGET_COUNTED || budget->uncounted) return;
  if (block != NULL && block == budget->string_table) return;
  budget->made += size;
  if (budget->made > 4 * budget_memory_max(budget)) {
    char what[60];
    snprintf(what, sizeof what, "more than %d MiB of memory in turn", 4 * budget->limits.mebibytes);
    budget_exceed(budget, what);
  }
}

/* Keeps the account of which blocks are what. */
static void budget_note(
    struct budget *budget, const void *block, int kind, size_t size, void *made) {
  if (block == NULL) {
    if (budget->after_userdata && kind == 0 && budget->lua != NULL) {
      budget->boxes[budget->box++ % (sizeof budget->boxes / sizeof *budget->boxes)] = made;
    }
    budget->after_userdata = kind == LUA_TUSERDATA;
    if (budget->lua == NULL && kind == 0 && size == BUDGET_STRING_TABLE && !budget->string_table) {
      budget->string_table = made;
    }
    return;
  }
  if (block == budget->string_table) budget->string_table = made;
  for (size_t i = 0; i < sizeof budget->boxes / sizeof *budget->boxes; i++) {
    if (budget->boxes[i] == block) budget->boxes[i] = made;
  }
}

void *budget_allocate(void *pointer, void *block, size_t old_size, size_t new_size) {
  struct budget *budget = pointer;
  int kind = 0;
  if (block == NULL) { /* then old_size tells the kind of object */
    kind = (int)old_size;
    old_size = 0;
  }
  if (new_size == 0) {
    budget->memory -= old_size;
    if (old_size >= BUDGET_NOTED) budget_note(budget, block, 0, 0, NULL);
    sqlite3_free(block);
    return NULL;
  }
  if (new_size > old_size) {
    if (new_size > BUDGET_LARGE && !budget_admit(budget, block, kind, new_size)) return NULL;
    size_t most = budget_memory_max(budget);
    if (budget->memory > most || new_size - old_size > most - budget->memory) {
      budget_refuse(budget);
      return NULL;
    }
    budget_count(budget, block, new_size);
  }
  void *result = sqlite3_realloc64(block, new_size);
  if (result == NULL && new_size > old_size) {
    budget->starved = true;
    budget->capped = false;
    return NULL;
  }
  budget->memory = budget->memory - old_size + new_size;
  if (result == NULL) return block; /* shrinking must not fail */
  if (new_size >= BUDGET_NOTED || old_size >= BUDGET_NOTED) {
    budget_note(budget, block, kind, new_size, result);
  } else if (kind != 0) { /* a finalizer that runs in between may need room for its call */
    budget->after_userdata = kind == LUA_TUSERDATA;
  }
  return result;
}

void *budget_userdata(lua_State *lua, size_t size) {
  void *made = lua_newuserdatauv(lua, size, 0);
  budget_of(lua)->after_userdata = false;
  return made;
}

/* The size of each block stands before it. SQLite's blocks are aligned to eight bytes. */
struct budget_head {
  sqlite3_uint64 size;
};

void *budget_malloc(size_t size, void *pointer) {
  struct budget *budget = pointer;
  size_t most = budget_memory_max(budget);
  size += sizeof(struct budget_head);
  if (size > most || budget->memory > most - size) {
    budget_refuse(budget);
    return NULL;
  }
  struct budget_head *head = sqlite3_malloc64(size);
  if (head == NULL) {
    budget->starved = true;
    budget->capped = false;
    return NULL;
  }
  head->size = size;
  budget->memory += size;
  return head + 1;
}

void budget_free(void *block, void *pointer) {
  struct budget *budget = pointer;
  if (block == NULL) return;
  struct budget_head *head = (struct budget_head *)block - 1;
  budget->memory -= (size_t)head->size;
  sqlite3_free(head);
}
