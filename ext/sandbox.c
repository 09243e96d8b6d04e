/*
** sandbox.c: where policies run. See sandbox.h for what a caller may rely on.
**
** HOW IT WORKS
**
** Limits. Memory: the state's allocator counts bytes and refuses above the limit. Instructions: a
** count hook fires every SANDBOX_STEP instructions and ends the call when the budget is used up;
** the count starts anew at each entry, so the same call always ends at the same instruction.
** Policies have no pcall, and a state whose limit was exceeded is thrown away, so that nothing that
** runs on (a half-done library call, a finalizer) can be seen by a later decision.
**
** Every entry into Lua is one lua_pcall of a C function that does all the pushing itself, because
** each push may run out of memory; outside of it only calls are made that cannot raise an error.
**
** Lua files are compiled in: policy_library.lua (what a policy can call), policy_check.lua (what a description may
** say), policy.lua, which makes the environments and turns descriptions into functions, policy_names.lua and
** policy_test.lua. A loaded policy is a table in the registry:
**
**     [1] decide(), [2] the table of the facts' values, [3] the names of the needs; with its tests also
**     [4] a function that runs a test, [5] one that is told the error of a test
**
** and, by name, what is copied into struct policy.
*/
#include "sandbox.h"
#include <lauxlib.h>
#include <locale.h>
#include <lualib.h>
#include <string.h>
#include "action.h"
#include "dice.h"
#include "embed.h"

#define SANDBOX_STEP 1000
#define PRELUDE "=decorum"       /* the chunk name of our own Lua... */
#define PRELUDE_PLACE "decorum:" /* ...as messages begin with it */

struct sandbox {
  int references;
  locale_t
      locale; /* the plain one, for the time in Lua: numbers and order must not depend on the host's */
  lua_State *lua; /* NULL until it is needed, and after a limit was exceeded */
  size_t memory;  /* bytes in use */
  int steps;      /* left in the budget, of SANDBOX_STEP instructions */
  bool exceeded;  /* the instructions were used up */
  bool capped;    /* the last allocation that failed was refused because of the limit... */
  bool starved;   /* ...because the machine had no more memory */
  unsigned generation;
  int prelude; /* reference of the table of functions that policy.lua and policy_test.lua returned */
  bool reading_facts;
};

struct sandbox *sandbox_new(void) {
  struct sandbox *sandbox = sqlite3_malloc64(sizeof *sandbox);
  if (sandbox == NULL) return NULL;
  *sandbox = (struct sandbox){.references = 1};
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
  if (sandbox->lua != NULL) lua_close(sandbox->lua);
  sandbox->lua = NULL;
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

/* ---- limits ---- */

static void *sandbox_allocate(void *pointer, void *block, size_t old_size, size_t new_size) {
  struct sandbox *sandbox = pointer;
  if (block == NULL) old_size = 0; /* then it tells the kind of object */
  if (new_size == 0) {
    sandbox->memory -= old_size;
    sqlite3_free(block);
    return NULL;
  }
  if (new_size > old_size && new_size - old_size > SANDBOX_MEMORY - sandbox->memory) {
    sandbox->capped = true;
    sandbox->starved = false;
    return NULL;
  }
  void *result = sqlite3_realloc64(block, new_size);
  if (result == NULL && new_size > old_size) {
    sandbox->starved = true;
    sandbox->capped = false;
    return NULL;
  }
  sandbox->memory = sandbox->memory - old_size + new_size;
  return result ? result : block; /* shrinking must not fail */
}

static struct sandbox *sandbox_of(lua_State *lua) {
  void *sandbox;
  lua_getallocf(lua, &sandbox);
  return sandbox;
}

/* Pushes "ladder.lua:12: ", the line of the policy that is running or that called what is running; an
** empty text if there is none. */
static void sandbox_push_place(lua_State *lua) {
  lua_Debug activation;
  for (int level = 0; lua_getstack(lua, level, &activation); level++) {
    lua_getinfo(lua, "Sl", &activation);
    if (activation.currentline > 0 && strcmp(activation.source, PRELUDE) != 0) {
      lua_pushfstring(lua, "%s:%d: ", activation.short_src, activation.currentline);
      return;
    }
  }
  lua_pushliteral(lua, "");
}

static void sandbox_hook(lua_State *lua, lua_Debug *activation) {
  struct sandbox *sandbox = sandbox_of(lua);
  (void)activation;
  if (--sandbox->steps > 0) return;
  sandbox->exceeded = true;
  sandbox_push_place(lua);
  lua_pushfstring(lua, "more than %d instructions", SANDBOX_INSTRUCTIONS);
  lua_concat(lua, 2);
  lua_error(lua);
}

static void sandbox_renew_budget(lua_State *lua) {
  struct sandbox *sandbox = sandbox_of(lua);
  sandbox->steps = SANDBOX_INSTRUCTIONS / SANDBOX_STEP;
  lua_sethook(lua, sandbox_hook, LUA_MASKCOUNT, SANDBOX_STEP);
}

static int sandbox_lua_renew(lua_State *lua) {
  sandbox_renew_budget(lua);
  return 0;
}

/* ---- the state ---- */

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
  if (luaL_loadbufferx(lua, (const char *)text, size, PRELUDE, "t") != LUA_OK) lua_error(lua);
  lua_insert(lua, -(arguments + 1));
  lua_call(lua, arguments, results);
}

/* Protected: fills a new state. */
static int sandbox_prepare(lua_State *lua) {
  static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base}, {LUA_STRLIBNAME, luaopen_string},
      {LUA_TABLIBNAME, luaopen_table}, {LUA_MATHLIBNAME, luaopen_math},
      {LUA_UTF8LIBNAME, luaopen_utf8}};
  struct sandbox *sandbox = sandbox_of(lua);
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    luaL_requiref(lua, libraries[i].name, libraries[i].func, 1);
    lua_pop(lua, 1);
  }
  lua_pushcfunction(lua, sandbox_lua_dice);
  sandbox_run_embedded(lua, embed_library, embed_library_size, 1, 5); /* 1 to 5: what it returns */
  lua_pushvalue(lua, 4);                                              /* plain */
  sandbox_run_embedded(lua, embed_nearest, embed_nearest_size, 0, 1);
  lua_getfield(lua, 1, "null");
  sandbox_run_embedded(lua, embed_check, embed_check_size, 3, 1); /* 6: checks */
  sandbox_push_actions(lua);
  lua_pushvalue(lua, 6);
  for (int i = 1; i <= 5; i++) lua_pushvalue(lua, i);
  sandbox_run_embedded(lua, embed_policy, embed_policy_size, 7, 1); /* 7: the prelude */
  lua_getfield(lua, 1, "null");
  sandbox_run_embedded(lua, embed_neutral_facts, embed_neutral_facts_size, 1, 1);
  lua_pushvalue(lua, 6);
  lua_pushvalue(lua, 7);
  lua_pushvalue(lua, 4);
  lua_pushcfunction(lua, sandbox_lua_renew);
  lua_pushvalue(lua, 7);
  sandbox_run_embedded(lua, embed_names, embed_names_size, 2, 1);
  sandbox_run_embedded(lua, embed_test, embed_test_size, 5, 1);
  lua_setfield(lua, 7, "test");
  sandbox->prelude = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

/* Ends a failed entry: takes the message from the stack, in a form that names the policy. A place in
** our own Lua is of no use to who wrote the policy. */
static int sandbox_fail(struct sandbox *sandbox, int status, const char *name, char **error) {
  if (sandbox->starved) {
    sandbox_discard(sandbox);
    return SQLITE_NOMEM;
  }
  char number[32];
  const char *said = "the error is not text";
  if (lua_isinteger(sandbox->lua, -1)) { /* lua_tostring would allocate */
    said = sqlite3_snprintf(sizeof number, number, "%lld", lua_tointeger(sandbox->lua, -1));
  } else if (lua_type(sandbox->lua, -1) == LUA_TSTRING) {
    said = lua_tostring(sandbox->lua, -1);
  }
  if (status == LUA_ERRMEM) said = "more than 16 MiB of memory";
  if (strncmp(said, PRELUDE_PLACE, strlen(PRELUDE_PLACE)) == 0) {
    said += strlen(PRELUDE_PLACE);
    said += strspn(said, "0123456789");
    said += strspn(said, ": ");
  }
  char *prefix = sqlite3_mprintf("%s.lua:", name);
  if (prefix != NULL) {
    bool named = strncmp(said, prefix, strlen(prefix)) == 0;
    *error = named ? sqlite3_mprintf("%s", said) : sqlite3_mprintf("%s %s", prefix, said);
  }
  sqlite3_free(prefix);
  if (sandbox->exceeded || sandbox->capped) {
    sandbox_discard(sandbox);
  } else {
    lua_settop(sandbox->lua, 0);
  }
  return *error ? SQLITE_ERROR : SQLITE_NOMEM;
}

/* Makes the state if there is none, and runs function(argument) protected, with a fresh budget. */
static int sandbox_enter(struct sandbox *sandbox, lua_CFunction function, void *argument,
    const char *name, char **error) {
  int status = LUA_OK;
  locale_t locale = uselocale(sandbox->locale);
  sandbox->exceeded = sandbox->capped = sandbox->starved = false;
  if (sandbox->lua == NULL) {
    sandbox->memory = 0;
    sandbox->lua = lua_newstate(sandbox_allocate, sandbox);
    if (sandbox->lua == NULL) {
      uselocale(locale);
      return SQLITE_NOMEM;
    }
    sandbox->generation++;
    lua_pushcfunction(sandbox->lua, sandbox_prepare);
    status = lua_pcall(sandbox->lua, 0, 0, 0);
  }
  bool is_prepared = status == LUA_OK;
  if (is_prepared) {
    sandbox_renew_budget(sandbox->lua);
    lua_pushcfunction(sandbox->lua, function);
    lua_pushlightuserdata(sandbox->lua, argument);
    status = lua_pcall(sandbox->lua, 1, 0, 0);
  }
  if (status != LUA_OK) status = sandbox_fail(sandbox, status, name, error);
  if (!is_prepared) sandbox_discard(sandbox);
  uselocale(locale);
  return status; /* LUA_OK is SQLITE_OK */
}

/* ---- loading ---- */

struct sandbox_load {
  struct policy *policy;
  bool with_tests;
  bool out_of_memory;
};

/* A copy of the text in a field of the table at the index; NULL if there is none. */
static char *sandbox_copy(lua_State *lua, int index, const char *field, bool *out_of_memory) {
  char *copy = NULL;
  if (lua_getfield(lua, index, field) == LUA_TSTRING) {
    copy = sqlite3_mprintf("%s", lua_tostring(lua, -1));
    if (copy == NULL) *out_of_memory = true;
  }
  lua_pop(lua, 1);
  return copy;
}

/* Copies the list of texts on top of the stack, which it pops. */
static char **sandbox_copy_list(lua_State *lua, int *count, bool *out_of_memory) {
  lua_Unsigned length = lua_rawlen(lua, -1);
  char **list = sqlite3_malloc64((length + 1) * sizeof *list);
  for (lua_Unsigned i = 1; list != NULL && i <= length; i++) {
    lua_rawgeti(lua, -1, (lua_Integer)i);
    list[*count] = sqlite3_mprintf("%s", lua_tostring(lua, -1));
    if (list[*count] == NULL) *out_of_memory = true;
    (*count)++;
    lua_pop(lua, 1);
  }
  if (list == NULL) *out_of_memory = true;
  lua_pop(lua, 1);
  return list;
}

static void policy_free_list(char ***list, int *count) {
  for (int i = 0; i < *count; i++) sqlite3_free((*list)[i]);
  sqlite3_free(*list);
  *list = NULL;
  *count = 0;
}

static void policy_forget(struct policy *policy) {
  policy_free_list(&policy->needs, &policy->need_count);
  policy_free_list(&policy->param_names, &policy->param_count);
  policy_free_list(&policy->tests, &policy->test_count);
  sqlite3_free(policy->id);
  sqlite3_free(policy->note);
  sqlite3_free(policy->params);
  policy->id = policy->note = policy->params = NULL;
}

/* Copies what is told of a policy in the table at the index, unless the policy has it from an earlier load. False
** when out of memory; it then has none of it. */
static bool sandbox_describe(lua_State *lua, struct policy *policy, int index) {
  bool out_of_memory = false;
  lua_rawgeti(lua, index, 3);
  if (lua_rawlen(lua, -1) > SANDBOX_NEEDS_MAX) {
    luaL_error(lua, "needs: at most %d facts", SANDBOX_NEEDS_MAX);
  }
  if (policy->needs != NULL) {
    lua_pop(lua, 1);
    return true;
  }
  policy->needs = sandbox_copy_list(lua, &policy->need_count, &out_of_memory);
  policy->id = sandbox_copy(lua, index, "id", &out_of_memory);
  policy->note = sandbox_copy(lua, index, "note", &out_of_memory);
  policy->params = sandbox_copy(lua, index, "params", &out_of_memory);
  lua_getfield(lua, index, "param_names");
  policy->param_names = sandbox_copy_list(lua, &policy->param_count, &out_of_memory);
  if (lua_getfield(lua, index, "test_names") == LUA_TTABLE) {
    policy->tests = sandbox_copy_list(lua, &policy->test_count, &out_of_memory);
  } else {
    lua_pop(lua, 1);
  }
  if (!out_of_memory) return true;
  policy_forget(policy);
  return false;
}

/* Pushes the table of the settings: numbers by the name of a param. */
static void sandbox_push_settings(lua_State *lua, const struct policy *policy) {
  lua_createtable(lua, 0, policy->setting_count);
  for (int i = 0; i < policy->setting_count; i++) {
    const struct policy_setting *setting = &policy->settings[i];
    if (setting->is_integer) {
      lua_pushinteger(lua, setting->integer);
    } else {
      lua_pushnumber(lua, setting->number);
    }
    lua_setfield(lua, -2, setting->param);
  }
}

/* Protected: compiles a policy, and leaves it in the registry. */
static int sandbox_load_protected(lua_State *lua) {
  struct sandbox_load *load = lua_touserdata(lua, 1);
  struct policy *policy = load->policy;
  struct sandbox *sandbox = sandbox_of(lua);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, sandbox->prelude); /* 2: the prelude */
  lua_getfield(lua, 2, "environment");
  lua_call(lua, 0, 2);                                               /* 3: environment, 4: seal */
  const char *chunk = lua_pushfstring(lua, "=%s.lua", policy->name); /* 5 */
  if (luaL_loadbufferx(lua, policy->source, policy->size, chunk, "t") != LUA_OK) lua_error(lua);
  lua_pushvalue(lua, 3);
  lua_setupvalue(lua, 6, 1); /* 6: the chunk; _ENV is its only upvalue */
  lua_call(lua, 0, 1);       /* 6: the description */
  lua_pushvalue(lua, 4);
  lua_call(lua, 0, 0);
  lua_getfield(lua, 2, "finish");
  lua_pushvalue(lua, 6);
  sandbox_push_settings(lua, policy);
  lua_call(lua, 2, 1); /* 7: what is kept of it */
  if (load->with_tests) {
    lua_getfield(lua, 2, "test");
    lua_pushvalue(lua, 7);
    lua_pushlstring(lua, policy->source, policy->size);
    lua_pushstring(lua, policy->name);
    lua_call(lua, 3, 0);
  }
  if (!sandbox_describe(lua, policy, 7)) {
    load->out_of_memory = true;
    return 0;
  }
  policy->reference = luaL_ref(lua, LUA_REGISTRYINDEX);
  policy->generation = sandbox->generation;
  return 0;
}

int sandbox_load(struct sandbox *sandbox, struct policy *policy, bool with_tests, char **error) {
  struct sandbox_load load = {.policy = policy, .with_tests = with_tests};
  if (policy->size > SANDBOX_SOURCE_MAX) {
    *error = sqlite3_mprintf("%s.lua: a policy's source must be at most %d bytes, not %lld",
        policy->name, SANDBOX_SOURCE_MAX, (sqlite3_int64)policy->size);
    return *error ? SQLITE_ERROR : SQLITE_NOMEM;
  }
  int status = sandbox_enter(sandbox, sandbox_load_protected, &load, policy->name, error);
  return status == SQLITE_OK && load.out_of_memory ? SQLITE_NOMEM : status;
}

void policy_settings_free(struct policy_setting *settings, int count) {
  for (int i = 0; i < count; i++) {
    sqlite3_free(settings[i].param);
    sqlite3_free(settings[i].refused);
  }
  sqlite3_free(settings);
}

void policy_clear(struct sandbox *sandbox, struct policy *policy) {
  if (sandbox->lua != NULL && policy->generation == sandbox->generation) {
    luaL_unref(sandbox->lua, LUA_REGISTRYINDEX, policy->reference);
  }
  policy_forget(policy);
  policy_settings_free(policy->settings, policy->setting_count);
  sqlite3_free(policy->name);
  sqlite3_free(policy->source);
  memset(policy, 0, sizeof *policy);
}

/* ---- deciding ---- */

struct sandbox_decision {
  const struct policy *policy;
  sqlite3_stmt *statement;
  const int *columns;
  struct marshal *decision;
  bool out_of_memory;
};

/* Protected: calls the policy. */
static int sandbox_decide_protected(lua_State *lua) {
  struct sandbox_decision *call = lua_touserdata(lua, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, call->policy->reference); /* 2 */
  lua_rawgeti(lua, 2, 1);                                       /* 3: decide */
  lua_rawgeti(lua, 2, 2);                                       /* 4: values */
  lua_rawgeti(lua, 2, 3);                                       /* 5: names */
  for (int i = 0; i < call->policy->need_count; i++) {
    lua_rawgeti(lua, 5, i + 1);
    marshal_push(lua, call->statement, call->columns[i]);
    lua_rawset(lua, 4);
  }
  lua_settop(lua, 3);
  lua_call(lua, 0, DECISION_COUNT);
  for (int i = 0; i < DECISION_COUNT; i++) {
    if (!marshal_add(call->decision, lua, 3 + i)) call->out_of_memory = true;
  }
  return 0;
}

/* Loads the policy again if the state is not the one that it was loaded into. */
static int sandbox_ready(
    struct sandbox *sandbox, struct policy *policy, bool with_tests, char **error) {
  if (sandbox->lua != NULL && policy->generation == sandbox->generation) return SQLITE_OK;
  return sandbox_load(sandbox, policy, with_tests, error);
}

int sandbox_decide(struct sandbox *sandbox, struct policy *policy, sqlite3_stmt *statement,
    const int *columns, struct marshal *decision, char **error) {
  struct sandbox_decision call = {policy, statement, columns, decision, false};
  marshal_reset(decision); /* of the row before this one */
  int status = sandbox_ready(sandbox, policy, false, error);
  if (status != SQLITE_OK) return status;
  status = sandbox_enter(sandbox, sandbox_decide_protected, &call, policy->name, error);
  if (status != SQLITE_OK || call.out_of_memory) marshal_reset(decision);
  return status == SQLITE_OK && call.out_of_memory ? SQLITE_NOMEM : status;
}

/* ---- testing ---- */

struct sandbox_trial {
  const struct policy *policy;
  int number;
  const char *why; /* NULL, or the error that the test ended in */
  char *failure;
  bool out_of_memory;
};

/* Protected: runs a test, or has the error of one judged. */
static int sandbox_test_protected(lua_State *lua) {
  struct sandbox_trial *trial = lua_touserdata(lua, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, trial->policy->reference); /* 2 */
  lua_rawgeti(lua, 2, trial->why ? 5 : 4);
  lua_pushinteger(lua, trial->number + 1);
  lua_pushstring(lua, trial->why);
  lua_call(lua, 2, 2); /* 3: did it pass? 4: what was expected and got */
  if (lua_toboolean(lua, 3)) return 0;
  trial->failure = sqlite3_mprintf("%s", lua_tostring(lua, 4));
  trial->out_of_memory = trial->failure == NULL;
  return 0;
}

int sandbox_test(
    struct sandbox *sandbox, struct policy *policy, int number, char **failure, char **error) {
  struct sandbox_trial trial = {.policy = policy, .number = number};
  char *why = NULL;
  *failure = NULL;
  int status = sandbox_ready(sandbox, policy, true, error);
  if (status != SQLITE_OK) return status;
  status = sandbox_enter(sandbox, sandbox_test_protected, &trial, policy->name, &why);
  if (status == SQLITE_ERROR) {
    size_t prefix = strlen(policy->name) + strlen(".lua: "); /* of no use where no line follows */
    bool is_placed = strlen(why) < prefix || why[prefix - 1] != ' ';
    trial.why = is_placed ? why : why + prefix;
    status = sandbox_ready(sandbox, policy, true, error);
    if (status == SQLITE_OK) {
      status = sandbox_enter(sandbox, sandbox_test_protected, &trial, policy->name, error);
    }
  }
  sqlite3_free(why);
  *failure = trial.failure;
  return trial.out_of_memory ? SQLITE_NOMEM : status;
}
