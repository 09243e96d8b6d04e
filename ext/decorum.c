/*
** decorum.c: registration, and nothing else.
**
** What the extension adds to a connection stands in the two tables below; what each thing means
** stands in help.c (SELECT * FROM decorum_help) and at the head of the file that implements it.
**
** Every function here is a pure function of its arguments, so all are DETERMINISTIC and INNOCUOUS:
** fit for indexes, views, triggers and generated columns, with trusted_schema off.
*/
#include "decorum.h"
SQLITE_EXTENSION_INIT1
#include <stdbool.h>
#include <stdint.h>
#include "action.h"
#include "coherence.h"
#include "dice.h"
#include "display.h"
#include "drama.h"
#include "drama_terms.h"
#include "facts.h"
#include "flag.h"
#include "fold_text.h"
#include "help.h"
#include "lexicon.h"
#include "lexicon_cache.h"
#include "lua_origin.h"
#include "policy_store.h"
#include "policy_table.h"
#include "policy_test.h"
#include "privilege.h"
#include "regexp.h"
#include "reputation.h"
#include "rows.h"
#include "sampling.h"
#include "sandbox.h"
#include "shadow_ban.h"
#include "shadow_effect.h"
#include "sparkline.h"
#include "toxicity.h"

#define DECORUM_PURE (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

static void decorum_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
  char problem[200], version[300] = DECORUM_VERSION;
  (void)argc, (void)argv;
  if (!lua_origin_is_ours(problem, sizeof problem)) {
    sqlite3_snprintf(
        sizeof version, version, "%s (without Lua policies: %s)", DECORUM_VERSION, problem);
  }
  sqlite3_result_text(context, version, -1, SQLITE_TRANSIENT);
}

/* Stands for policy_store and lua_policy where they cannot run. */
static int decorum_refuse_policies(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  char problem[200] = "";
  (void)db, (void)aux, (void)argc, (void)vtab;
  lua_origin_is_ours(problem, sizeof problem);
  *error = sqlite3_mprintf("%s: no %s in this process: %s", argv[2], argv[0], problem);
  return SQLITE_ERROR;
}

/* Nobody comes here, but SQLite asks for it in a module that can create. */
static int decorum_refuse_end(sqlite3_vtab *vtab) {
  (void)vtab;
  return SQLITE_ERROR;
}

static const sqlite3_module no_policies_module = {.xCreate = decorum_refuse_policies,
    .xConnect = decorum_refuse_policies,
    .xDisconnect = decorum_refuse_end,
    .xDestroy = decorum_refuse_end};

/* A function with its least and largest number of arguments; -1 for any number. Those with an
** inverse are window functions. Their user data is the number of arguments. */
static const struct {
  const char *name;
  int least;
  int most;
  void (*scalar)(sqlite3_context *, int, sqlite3_value **);
  void (*step)(sqlite3_context *, int, sqlite3_value **);
  void (*final)(sqlite3_context *);
  void (*value)(sqlite3_context *);
  void (*inverse)(sqlite3_context *, int, sqlite3_value **);
  bool has_lexicons; /* its user data is the connection's struct lexicon_cache */
} functions[] = {
    {.name = "drama_score",
        .least = 2,
        .most = 7,
        .step = drama_score_step,
        .final = drama_score_final,
        .value = drama_score_value,
        .inverse = drama_score_inverse},
    {.name = "offence_count",
        .least = 1,
        .most = 3,
        .step = offence_count_step,
        .final = offence_count_final,
        .value = offence_count_value,
        .inverse = offence_count_inverse},
    {.name = "ema",
        .least = 2,
        .most = 4,
        .step = ema_step,
        .final = ema_final,
        .value = ema_value,
        .inverse = ema_inverse},
    {.name = "sparkline",
        .least = 2,
        .most = 4,
        .step = sparkline_step,
        .final = sparkline_final,
        .value = sparkline_value,
        .inverse = sparkline_inverse},
    {.name = "drama_threshold", .least = 2, .most = 3, .scalar = drama_threshold},
    {.name = "coherence_drop", .least = 2, .most = 4, .scalar = coherence_drop},
    {.name = "reputation_after", .least = 2, .most = 5, .scalar = reputation_after},
    {.name = "review_required", .least = 2, .most = 4, .scalar = review_required},
    {.name = "sampling_rate", .least = 1, .most = 5, .scalar = sampling_rate},
    {.name = "should_analyze", .least = 3, .most = 6, .scalar = should_analyze},
    {.name = "reputation_decay", .least = 1, .most = 5, .scalar = reputation_decay},
    {.name = "flag_penalty", .least = 2, .most = 3, .scalar = flag_penalty},
    {.name = "flag_severity", .least = 1, .most = 1, .scalar = flag_severity},
    {.name = "privilege_bit", .least = 1, .most = 1, .scalar = privilege_bit},
    {.name = "has_privilege", .least = 2, .most = 2, .scalar = has_privilege},
    {.name = "privilege_names", .least = 1, .most = 1, .scalar = privilege_names},
    {.name = "toxicity", .least = 1, .most = 2, .scalar = toxicity, .has_lexicons = true},
    {.name = "dice", .least = -1, .most = -1, .scalar = dice},
    {.name = "display", .least = 1, .most = 1, .scalar = display},
    {.name = "fold", .least = 1, .most = 1, .scalar = fold_text},
    {.name = "regexp", .least = 2, .most = 2, .scalar = regexp},
    {.name = "decorum_version", .least = 0, .most = 0, .scalar = decorum_version},
};

static const struct {
  const char *name;
  const struct rows *rows;
} tables[] = {
    {"decorum_help", &help_rows},
    {"decorum_action", &action_rows},
    {"decorum_lexicon", &lexicon_rows},
};

static int decorum_register_functions(sqlite3 *db, struct lexicon_cache *lexicons) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    for (int arity = functions[i].least; arity <= functions[i].most; arity++) {
      /* SQLite gives the reference back when it drops the function or cannot create it. */
      void *data = functions[i].has_lexicons ? lexicon_cache_retain(lexicons) : NULL;
      void (*release)(void *) = functions[i].has_lexicons ? lexicon_cache_release : NULL;
      int status = functions[i].scalar
                       ? sqlite3_create_function_v2(db, functions[i].name, arity, DECORUM_PURE,
                             data, functions[i].scalar, NULL, NULL, release)
                       : sqlite3_create_window_function(db, functions[i].name, arity, DECORUM_PURE,
                             (void *)(intptr_t)arity, functions[i].step, functions[i].final,
                             functions[i].value, functions[i].inverse, NULL);
      if (status != SQLITE_OK) return status;
    }
  }
  return SQLITE_OK;
}

static int decorum_register_tables(sqlite3 *db, struct lexicon_cache *lexicons) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    int status =
        sqlite3_create_module_v2(db, tables[i].name, &rows_module, (void *)tables[i].rows, NULL);
    if (status != SQLITE_OK) return status;
  }
  int status = sqlite3_create_module_v2(db, "drama_terms", &drama_terms_module, NULL, NULL);
  if (status != SQLITE_OK) return status;
  status = sqlite3_create_module_v2(db, "shadow_effect", &shadow_effect_module, NULL, NULL);
  if (status != SQLITE_OK) return status;
  return sqlite3_create_module_v2(db, "toxicity_terms", &toxicity_terms_module,
      lexicon_cache_retain(lexicons), lexicon_cache_release);
}

/* facts, policy_store, lua_policy and policy_test. The latter three share the connection's sandbox; each module has
** a reference to it, which SQLite gives back when it drops the module or cannot create it. */
static int decorum_register_policies(sqlite3 *db) {
  char problem[200];
  int status = sqlite3_create_module_v2(db, "facts", &facts_module, NULL, NULL);
  if (status == SQLITE_OK && !lua_origin_is_ours(problem, sizeof problem)) {
    static const char *const modules[] = {"policy_store", "lua_policy", "policy_test"};
    for (size_t i = 0; status == SQLITE_OK && i < sizeof modules / sizeof *modules; i++) {
      status = sqlite3_create_module_v2(db, modules[i], &no_policies_module, NULL, NULL);
    }
    return status;
  }
  struct sandbox *sandbox = status == SQLITE_OK ? sandbox_new(db) : NULL;
  if (sandbox == NULL) return status == SQLITE_OK ? SQLITE_NOMEM : status;
  if (status == SQLITE_OK) {
    status = sqlite3_create_module_v2(
        db, "policy_store", &policy_store_module, sandbox_retain(sandbox), sandbox_release);
  }
  if (status == SQLITE_OK) {
    status = sqlite3_create_module_v2(
        db, "lua_policy", &policy_table_module, sandbox_retain(sandbox), sandbox_release);
  }
  if (status == SQLITE_OK) {
    status = sqlite3_create_module_v2(
        db, "policy_test", &policy_test_module, sandbox_retain(sandbox), sandbox_release);
  }
  sandbox_release(sandbox);
  return status;
}

static int decorum_register_shadow_ban(sqlite3 *db) {
  void *connection = shadow_ban_connection_new();
  if (connection == NULL) return SQLITE_NOMEM;
  return sqlite3_create_module_v2(db, "shadow_ban", shadow_ban_module, connection, sqlite3_free);
}

int sqlite3_decorumreadonly_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api)
  (void)api;
  if (sqlite3_libversion_number() < DECORUM_SQLITE_VERSION_NUMBER) {
    *error =
        sqlite3_mprintf("decorum: needs SQLite 3.40 or newer, this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  struct lexicon_cache *lexicons = lexicon_cache_new();
  if (lexicons == NULL) return SQLITE_NOMEM;
  int status = decorum_register_functions(db, lexicons);
  if (status == SQLITE_OK) status = decorum_register_tables(db, lexicons);
  lexicon_cache_release(lexicons);
  return status;
}

int sqlite3_decorum_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  int status = sqlite3_decorumreadonly_init(db, error, api);
  if (status == SQLITE_OK) status = decorum_register_shadow_ban(db);
  return status == SQLITE_OK ? decorum_register_policies(db) : status;
}
