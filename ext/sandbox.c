/*
** sandbox.c: where policies run. See sandbox.h for what a caller may rely on.
**
** HOW IT WORKS
**
** Every entry into Lua is one lua_pcall of a C function that does all the pushing itself, because
** each push may run out of memory; outside of it only calls are made that cannot raise an error. It loads
** the policy if the state is a new one. What an entry may use is budget.c's matter.
**
** A state whose budget was exceeded is thrown away, so that nothing that runs on (a half-done library
** call, a finalizer) can be seen by a later decision. An entry that is refused memory in a state that
** held other things, garbage or other policies, begins once more in a state of its own, with a full budget: whether a
** policy fails must not depend on its neighbours.
**
** So what a decision meets is the same whatever was decided before, on every machine: the number of instructions,
** how deep calls are nested, the sizes of texts, tables and patterns, the large blocks asked for in turn. The memory of
** the state is, too, but for policies that keep nearly all of it: when garbage is collected is Lua's matter. The time is
** a net, and is no limit that a decision should come near: who does may fail on one machine and not on the next. A
** decision has the whole of it for itself, for loading the policy in a new state, and for each of them again if it begins
** once more; all that together ends at two and a quarter times it.
**
** Lua files are compiled in: policy_library.lua (what a policy can call), policy_check.lua (what a description may
** say), policy.lua, which makes the environments and turns descriptions into functions, policy_state.lua, which keeps
** decisions apart, policy_names.lua and policy_test.lua. A loaded policy is a table in the registry:
**
**     [1] decide(), [2] the table of the facts' values, [3] the names of the needs; with its tests also
**     [4] a function that runs a test
**
** and, by name, what is copied into struct policy.
*/
#include "sandbox.h"
#include <lauxlib.h>
#include <locale.h>
#include <lualib.h>
#include <string.h>
#include "action.h"
#include "assigns.h"
#include "bounded.h"
#include "dice.h"
#include "embed.h"
#include "regex_lua.h"

#define PRELUDE_PLACE "decorum:" /* as messages begin with BUDGET_OWN_CHUNK */
#define SANDBOX_PIECE 256        /* bytes that the parser gets at a time */
#define SANDBOX_TEXT_TIMES 5     /* the time of a decision, to look at all names in a text */

struct sandbox {
  struct budget
      budget; /* and the Lua state, NULL until it is needed and after a limit was exceeded */
  int references;
  /* The plain one, for the time in Lua: numbers and order must not depend on the host's. */
  locale_t locale;
  unsigned generation;
  int prelude; /* reference of the table of functions of our own Lua */
  bool reading_facts;
};

struct sandbox *sandbox_new(sqlite3 *db) {
  struct sandbox *sandbox = sqlite3_malloc64(sizeof *sandbox);
  if (sandbox == NULL) return NULL;
  *sandbox = (struct sandbox){.references = 1, .budget.db = db};
  sandbox->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (sandbox->locale == (locale_t)0) {
    sqlite3_free(sandbox);
    return NULL;
  }
  return sandbox;
}

struct sandbox *sandbox_retain(struct sandbox *sandbox) {
  sandbox->references++;
  return sandbox;
}

static void sandbox_discard(struct sandbox *sandbox) {
  lua_State *lua = sandbox->budget.lua;
  sandbox->budget.lua = NULL;
  if (lua != NULL) lua_close(lua);
}

void sandbox_release(void *pointer) {
  struct sandbox *sandbox = pointer;
  if (--sandbox->references > 0) return;
  sandbox_discard(sandbox);
  freelocale(sandbox->locale);
  sqlite3_free(sandbox);
}

bool *sandbox_reading_facts(struct sandbox *sandbox) {
  return &sandbox->reading_facts;
}

/* ---- the state ---- */

static struct sandbox *sandbox_of(lua_State *lua) {
  return (struct sandbox *)budget_of(lua); /* its first member */
}

/* renew(), for our own Lua, whose work is bounded by the source. */
static int sandbox_lua_renew(lua_State *lua) {
  budget_renew(lua, false);
  return 0;
}

/* count(), for our own Lua: from here on memory is the policy's. */
static int sandbox_lua_count(lua_State *lua) {
  budget_of(lua)->uncounted = false;
  return 0;
}

/* dice(...) with the values that Lua has, as the SQL function sees them. */
static int sandbox_lua_dice(lua_State *lua) {
  int count = lua_gettop(lua);
  struct dice dice = dice_begin();
  if (count == 0) return luaL_error(lua, "dice: seed must be given");
  for (int i = 1; i <= count; i++) {
    size_t length;
    switch (lua_type(lua, i)) {
    case LUA_TNIL:
      dice_null(&dice);
      break;
    case LUA_TBOOLEAN:
      dice_integer(&dice, lua_toboolean(lua, i));
      break;
    case LUA_TNUMBER:
      if (lua_isinteger(lua, i)) {
        dice_integer(&dice, lua_tointeger(lua, i));
      } else {
        dice_real(&dice, lua_tonumber(lua, i));
      }
      break;
    case LUA_TSTRING: {
      const char *text = lua_tolstring(lua, i, &length);
      budget_charge(lua, length / 8);
      dice_bytes(&dice, 't', text, length);
      break;
    }
    default:
      return luaL_error(lua, "dice: argument %d must be text, a number, a boolean or nil, not a %s",
          i, luaL_typename(lua, i));
    }
  }
  lua_pushnumber(lua, dice_end(&dice));
  return 1;
}

static void sandbox_push_actions(lua_State *lua) {
  lua_createtable(lua, 0, action_count);
  for (int i = 0; i < action_count; i++) {
    lua_createtable(lua, 0, 2);
    lua_pushinteger(lua, actions[i].severity);
    lua_setfield(lua, -2, "severity");
    lua_pushinteger(lua, actions[i].sanctions);
    lua_setfield(lua, -2, "sanctions");
    lua_setfield(lua, -2, actions[i].name);
  }
}

static void sandbox_run_embedded(
    lua_State *lua, const unsigned char *text, size_t size, int arguments, int results) {
  if (luaL_loadbufferx(lua, (const char *)text, size, BUDGET_OWN_CHUNK, "t") != LUA_OK)
    lua_error(lua);
  lua_insert(lua, -(arguments + 1));
  lua_call(lua, arguments, results);
}

/* Protected: fills a new state. */
static int sandbox_prepare(lua_State *lua) {
  static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base}, {LUA_STRLIBNAME, luaopen_string},
      {LUA_TABLIBNAME, luaopen_table}, {LUA_MATHLIBNAME, luaopen_math},
      {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_DBLIBNAME, luaopen_debug}};
  enum { DEBUG = 1, LIBRARY, FROZEN, PLAIN, NOTED, CONTENTS, CHECK, PRELUDE };
  struct sandbox *sandbox = sandbox_of(lua);
  luaL_checkversion(lua);
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    luaL_requiref(lua, libraries[i].name, libraries[i].func, 1);
    lua_settop(lua, i + 1 < sizeof libraries / sizeof *libraries ? 0 : DEBUG);
  }
  lua_pushcfunction(lua, sandbox_lua_dice);
  bounded_push(lua);
  regex_push(lua);
  sandbox_run_embedded(lua, embed_library, embed_library_size, 3, CONTENTS - LIBRARY + 1);
  lua_pushvalue(lua, PLAIN);
  sandbox_run_embedded(lua, embed_nearest, embed_nearest_size, 0, 1);
  lua_getfield(lua, LIBRARY, "null");
  sandbox_run_embedded(lua, embed_check, embed_check_size, 3, 1);
  sandbox_push_actions(lua);
  lua_pushvalue(lua, CHECK);
  for (int i = LIBRARY; i <= NOTED; i++) lua_pushvalue(lua, i);
  sandbox_run_embedded(lua, embed_policy, embed_policy_size, 6, 1);
  lua_getfield(lua, LIBRARY, "null");
  sandbox_run_embedded(lua, embed_neutral_facts, embed_neutral_facts_size, 1, 1);
  lua_pushvalue(lua, CHECK);
  lua_pushvalue(lua, PRELUDE);
  lua_pushvalue(lua, PLAIN);
  lua_pushcfunction(lua, sandbox_lua_count);
  sandbox_run_embedded(lua, embed_test, embed_test_size, 5, 1);
  lua_setfield(lua, PRELUDE, "test");
  lua_pushcfunction(lua, sandbox_lua_renew);
  lua_pushvalue(lua, PRELUDE);
  sandbox_run_embedded(lua, embed_names, embed_names_size, 2, 1);
  lua_setfield(lua, PRELUDE, "names");
  lua_pushvalue(lua, DEBUG);
  lua_pushvalue(lua, LIBRARY);
  lua_pushvalue(lua, CONTENTS);
  lua_pushvalue(lua, NOTED);
  sandbox_run_embedded(lua, embed_state, embed_state_size, 4, 1);
  lua_setfield(lua, PRELUDE, "keep");
  sandbox->prelude = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

/* The message of a failed entry, which is on top of the stack or in the budget: at most SANDBOX_ERROR_MAX bytes of
** text, not cut within a character, NULs as \0. Free with sqlite3_free. */
static char *sandbox_message(struct sandbox *sandbox, int status) {
  struct budget *budget = &sandbox->budget;
  lua_State *lua = budget->lua;
  if (budget->exceeded[0]) {
    return sqlite3_mprintf("%s", budget->exceeded);
  }
  if (status == LUA_ERRMEM) {
    return sqlite3_mprintf("%smore than %d MiB of memory", budget->place, budget->limits.mebibytes);
  }
  if (lua_type(lua, -1) != LUA_TSTRING) { /* not by `error`, which makes text of what it is given */
    return sqlite3_mprintf("the error is not text, but a %s", luaL_typename(lua, -1));
  }
  size_t size;
  const char *said = lua_tolstring(lua, -1, &size);
  /* A place in our own Lua is of no use to who wrote the policy. */
  if (strncmp(said, PRELUDE_PLACE, strlen(PRELUDE_PLACE)) == 0) {
    size_t place = strlen(PRELUDE_PLACE);
    place += strspn(said + place, "0123456789");
    place += strspn(said + place, ": ");
    said += place;
    size -= place;
  }
  if (size > SANDBOX_ERROR_MAX) {
    size = SANDBOX_ERROR_MAX;
    while (size > SANDBOX_ERROR_MAX - 4 && ((unsigned char)said[size] & 0xC0) == 0x80) size--;
  }
  sqlite3_str *text = sqlite3_str_new(NULL);
  for (size_t i = 0; i < size; i++) {
    if (said[i]) {
      sqlite3_str_append(text, said + i, 1);
    } else {
      sqlite3_str_append(text, "\\0", 2);
    }
  }
  if (size == 0) sqlite3_str_appendall(text, "an error without words");
  return sqlite3_str_finish(text);
}

/* Ends a failed entry: its status for SQLite, and the message. */
static int sandbox_fail(struct sandbox *sandbox, int status, char **error) {
  struct budget *budget = &sandbox->budget;
  int result = budget->starved       ? SQLITE_NOMEM
               : budget->interrupted ? SQLITE_INTERRUPT
                                     : SQLITE_ERROR;
  if (result == SQLITE_ERROR) {
    *error = sandbox_message(sandbox, status);
    if (*error == NULL) result = SQLITE_NOMEM;
  }
  if (budget->exceeded[0] || budget->capped || budget->starved) {
    sandbox_discard(sandbox);
  } else {
    lua_settop(budget->lua, 0);
  }
  return result;
}

/* Puts the policy's name before the message of an entry with that status, unless it begins with NAME.lua:LINE: */
static int sandbox_name(const struct policy *policy, int status, char **error) {
  size_t length = strlen(policy->name);
  if (status != SQLITE_ERROR) return status;
  char *said = *error;
  if (strncmp(said, policy->name, length) == 0 && strncmp(said + length, ".lua:", 5) == 0) {
    return status;
  }
  *error = sqlite3_mprintf("%s.lua: %s", policy->name, said);
  sqlite3_free(said);
  return *error ? status : SQLITE_NOMEM;
}

/* What an entry is about. */
struct sandbox_call {
  struct policy *policy;
  bool with_tests; /* it is loaded with them, also when the state is a new one... */
  bool with_names; /* ...and the names in its text are looked at */
  bool out_of_memory;
  /* Deciding. */
  sqlite3_stmt *statement; /* the facts */
  const int *columns;
  struct marshal *decision;
  /* Testing. */
  int number;
  char *failure;
};

/* Makes the state if there is none, and runs function(call) protected, with a fresh budget. */
static int sandbox_enter(
    struct sandbox *sandbox, lua_CFunction function, struct sandbox_call *call, char **error) {
  struct budget *budget = &sandbox->budget;
  struct budget_limits limits = call->policy->limits;
  if (limits.instructions == 0) limits.instructions = budget_default.instructions;
  if (limits.milliseconds == 0) limits.milliseconds = budget_default.milliseconds;
  if (limits.mebibytes == 0) limits.mebibytes = budget_default.mebibytes;
  int status = LUA_OK;
  budget_begin(budget, &limits);
  if (budget->lua != NULL) {
    budget->patience = 1; /* see sandbox_run */
  } else {
    budget->memory = 0;
    budget->string_table = NULL;
    lua_State *lua = lua_newstate(budget_allocate, budget);
    if (lua == NULL) return SQLITE_NOMEM;
    if (!lua_checkstack(lua, BUDGET_STACK)) { /* it raises no error */
      lua_close(lua);
      return SQLITE_NOMEM;
    }
    budget->lua = lua;
    sandbox->generation++;
    budget->trusting = true;
    lua_pushcfunction(lua, sandbox_prepare);
    status = lua_pcall(lua, 0, 0, 0);
    if (status != LUA_OK) {
      status = sandbox_fail(sandbox, status, error);
      sandbox_discard(sandbox);
      budget_end(budget);
      return status;
    }
    budget_begin(budget, &limits);
  }
  lua_pushcfunction(budget->lua, function);
  lua_pushlightuserdata(budget->lua, call);
  status = lua_pcall(budget->lua, 1, 0, 0);
  if (status != LUA_OK || budget->exceeded[0]) { /* that may be noted by the last instruction */
    status = sandbox_fail(sandbox, status, error);
  }
  budget_end(budget);
  return status; /* LUA_OK is SQLITE_OK */
}

/* The same; and if an old state had not the memory, once more in a new one, as if the other had not been. */
static int sandbox_run(
    struct sandbox *sandbox, lua_CFunction function, struct sandbox_call *call, char **error) {
  bool was_old = sandbox->budget.lua != NULL;
  locale_t locale = uselocale(sandbox->locale);
  sandbox->budget.spent = 0;
  int status = sandbox_enter(sandbox, function, call, error);
  if (status == SQLITE_ERROR && was_old && sandbox->budget.capped) {
    budget_spend(&sandbox->budget);
    sqlite3_free(*error);
    sqlite3_free(call->failure);
    *error = call->failure = NULL;
    status = sandbox_enter(sandbox, function, call, error);
  }
  uselocale(locale);
  return status == SQLITE_OK && call->out_of_memory ? SQLITE_NOMEM : status;
}

/* ---- loading ---- */

/* A lua_Reader: gives the parser a piece of the source, unless it has taken too long for those before. What it does
** with one may be quadratic in the names and numbers that it knows already. */
struct sandbox_source {
  const char *text;
  size_t size;
};

static const char *sandbox_read(lua_State *lua, void *data, size_t *size) {
  struct sandbox_source *source = data;
  const char *piece = source->text;
  if (!budget_look(budget_of(lua))) budget_raise(lua);
  *size = source->size < SANDBOX_PIECE ? source->size : SANDBOX_PIECE;
  source->text += *size;
  source->size -= *size;
  return piece;
}

/* Pushes the source as a function. */
static void sandbox_compile(lua_State *lua, const struct policy *policy) {
  struct budget *budget = budget_of(lua);
  struct sandbox_source source = {policy->source, policy->size};
  if (policy->size > 0 && policy->source[0] == LUA_SIGNATURE[0]) {
    luaL_error(lua, "a policy must be Lua text, not compiled Lua");
  }
  const char *chunk = lua_pushfstring(lua, "=%s.lua", policy->name);
  budget->trusting = true;
  int status = lua_load(lua, sandbox_read, &source, chunk, "t");
  budget->trusting = false;
  if (status != LUA_OK) lua_error(lua);
  lua_remove(lua, -2);
}

/* Runs the function of that name in the prelude, at index 2, on the arguments on top of the stack. */
static void sandbox_call_prelude(lua_State *lua, const char *name, int arguments, int results) {
  lua_getfield(lua, 2, name);
  lua_insert(lua, -(arguments + 1));
  lua_call(lua, arguments, results);
}

/* Raises an error if a name in the policy's text stands for nothing. */
static void sandbox_look_at_names(lua_State *lua, const struct policy *policy) {
  struct budget *budget = budget_of(lua);
  size_t largest = budget->largest;
  if (budget->times < SANDBOX_TEXT_TIMES) budget->times = SANDBOX_TEXT_TIMES;
  budget->trusting = true;
  lua_pushlstring(lua, policy->source, policy->size);
  lua_pushstring(lua, policy->name);
  budget->largest = largest; /* a text as long as that is nothing slow here */
  budget_renew(lua, false);
  sandbox_call_prelude(lua, "names", 2, 0);
  budget->trusting = false;
}

/* Protected: compiles a policy, and leaves it in the registry. */
static int sandbox_load_protected(lua_State *lua) {
  struct sandbox_call *call = lua_touserdata(lua, 1);
  struct policy *policy = call->policy;
  struct sandbox *sandbox = sandbox_of(lua);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, sandbox->prelude); /* 2: the prelude */
  sandbox_call_prelude(lua, "environment", 0, 2);        /* 3: environment, 4: seal */
  sandbox_compile(lua, policy);                          /* 5: the chunk... */
  bool assigns = assigns_upvalues(lua);
  lua_pushvalue(lua, 3);
  lua_setupvalue(lua, 5, 1); /* ...of which _ENV is the only upvalue */
  lua_call(lua, 0, 1);       /* 5: the description */
  lua_pushvalue(lua, 4);
  lua_call(lua, 0, 0);
  budget_renew(lua, false);
  lua_pushvalue(lua, 5);
  policy_push_settings(lua, policy);
  sandbox_call_prelude(lua, "finish", 2, 1); /* 6: what is kept of it */
  if (call->with_names) sandbox_look_at_names(lua, policy);
  if (call->with_tests) {
    budget_renew(lua, false);
    lua_pushvalue(lua, 6);
    sandbox->budget.trusting = true;
    sandbox_call_prelude(lua, "test", 1, 0);
    sandbox->budget.trusting = false;
  }
  if (!policy_describe(lua, policy, 6)) {
    call->out_of_memory = true;
    return 0;
  }
  lua_pushvalue(lua, 5);
  lua_pushvalue(lua, 3);
  lua_rawgeti(lua, 6, 1);
  lua_pushboolean(lua, assigns);
  sandbox->budget.trusting = true;
  sandbox_call_prelude(lua, "keep", 4, 1);
  sandbox->budget.trusting = false;
  lua_rawseti(lua, 6, 1); /* decide, kept from keeping anything */
  policy->largest = sandbox->budget.largest;
  sandbox->budget.uncounted = true; /* the registry may grow */
  policy->reference = luaL_ref(lua, LUA_REGISTRYINDEX);
  policy->generation = sandbox->generation;
  return 0;
}

int sandbox_load(struct sandbox *sandbox, struct policy *policy, bool with_tests, char **error) {
  struct sandbox_call call = {.policy = policy, .with_tests = with_tests, .with_names = with_tests};
  if (policy->size > SANDBOX_SOURCE_MAX) {
    *error = sqlite3_mprintf("%s.lua: a policy's source must be at most %d bytes, not %lld",
        policy->name, SANDBOX_SOURCE_MAX, (sqlite3_int64)policy->size);
    return *error ? SQLITE_ERROR : SQLITE_NOMEM;
  }
  return sandbox_name(policy, sandbox_run(sandbox, sandbox_load_protected, &call, error), error);
}

void policy_clear(struct sandbox *sandbox, struct policy *policy) {
  lua_State *lua = sandbox->budget.lua;
  if (lua != NULL && policy->generation == sandbox->generation) {
    luaL_unref(lua, LUA_REGISTRYINDEX, policy->reference);
  }
  policy_forget(policy);
  policy_settings_free(policy->settings, policy->setting_count);
  sqlite3_free(policy->name);
  sqlite3_free(policy->source);
  memset(policy, 0, sizeof *policy);
}

/* ---- deciding ---- */

/* Pushes the loaded policy, at index 2; loads it if the state is a new one. False when out of memory. */
static bool sandbox_push_policy(lua_State *lua, struct sandbox_call *call) {
  struct sandbox *sandbox = sandbox_of(lua);
  if (call->policy->generation != sandbox->generation) {
    int times = sandbox->budget.times;
    sandbox_load_protected(lua);
    if (call->out_of_memory) return false;
    lua_settop(lua, 1);
    budget_renew(lua, true);
    sandbox->budget.times = times; /* more was for its text */
  }
  budget_expect(&sandbox->budget, call->policy->largest);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, call->policy->reference);
  return true;
}

/* Protected: calls the policy. */
static int sandbox_decide_protected(lua_State *lua) {
  struct sandbox_call *call = lua_touserdata(lua, 1);
  if (!sandbox_push_policy(lua, call)) return 0; /* 2 */
  lua_rawgeti(lua, 2, 1);                        /* 3: decide */
  lua_rawgeti(lua, 2, 2);                        /* 4: values */
  lua_rawgeti(lua, 2, 3);                        /* 5: names */
  budget_of(lua)->uncounted = true;              /* values may be rehashed, or not */
  for (int i = 0; i < call->policy->need_count; i++) {
    lua_rawgeti(lua, 5, i + 1);
    if (!marshal_push(lua, call->statement, call->columns[i])) {
      call->out_of_memory = true;
      return 0;
    }
    lua_rawset(lua, 4);
  }
  budget_of(lua)->uncounted = false;
  lua_settop(lua, 3);
  lua_call(lua, 0, DECISION_COUNT);
  marshal_reset(call->decision); /* of a first try */
  for (int i = 0; i < DECISION_COUNT; i++) {
    if (!marshal_add(call->decision, lua, 3 + i)) call->out_of_memory = true;
  }
  return 0;
}

int sandbox_decide(struct sandbox *sandbox, struct policy *policy, sqlite3_stmt *statement,
    const int *columns, struct marshal *decision, char **error) {
  struct sandbox_call call = {
      .policy = policy, .statement = statement, .columns = columns, .decision = decision};
  marshal_reset(decision); /* of the row before this one */
  int status = sandbox_run(sandbox, sandbox_decide_protected, &call, error);
  if (status != SQLITE_OK) marshal_reset(decision);
  return sandbox_name(policy, status, error);
}

/* ---- testing ---- */

/* Protected: runs a test. */
static int sandbox_test_protected(lua_State *lua) {
  struct sandbox_call *call = lua_touserdata(lua, 1);
  if (!sandbox_push_policy(lua, call)) return 0; /* 2 */
  budget_of(lua)->uncounted = true; /* as while facts are pushed; until sandbox_lua_count */
  lua_rawgeti(lua, 2, 4);
  lua_pushinteger(lua, call->number + 1);
  lua_call(lua, 1, 2); /* 3: did it pass? 4: what was expected and got */
  if (lua_toboolean(lua, 3)) return 0;
  call->failure = sqlite3_mprintf("%s", lua_tostring(lua, 4));
  call->out_of_memory = call->failure == NULL;
  return 0;
}

int sandbox_test(struct sandbox *sandbox, struct policy *policy, int number, char **failure) {
  struct sandbox_call call = {.policy = policy, .with_tests = true, .number = number};
  const char *expected = policy->test_errors[number];
  char *why = NULL;
  int status = sandbox_run(sandbox, sandbox_test_protected, &call, &why);
  *failure = call.failure;
  if (status == SQLITE_ERROR) {
    sqlite3_free(call.failure);
    *failure = NULL;
    status = SQLITE_OK;
    if (expected == NULL || strstr(why, expected) == NULL) {
      *failure = expected ? sqlite3_mprintf("expected the error '%s', got: %s", expected, why)
                          : sqlite3_mprintf("failed: %s", why);
      if (*failure == NULL) status = SQLITE_NOMEM;
    }
  }
  sqlite3_free(why);
  return status;
}
