/*
** policy_option.c: what stands in the parentheses of USING lua_policy(...). See policy_option.h.
**
** Each option may be given once, in any order; policy and facts must be.
*/
#include "policy_option.h"
#include <stdlib.h>
#include <string.h>
#include "option.h"
#include "parameter.h"

/* Reads `instructions = 1000` and the like. SQLITE_NOTFOUND if the option is no limit. */
static int option_limit(
    struct budget_limits *limits, const struct option *option, const char *table, char **error) {
  const struct {
    const char *name;
    int *limit;
    int least;
    int most;
  } known[] = {
      {"instructions", &limits->instructions, budget_least.instructions, budget_most.instructions},
      {"time_ms", &limits->milliseconds, budget_least.milliseconds, budget_most.milliseconds},
      {"memory_mib", &limits->mebibytes, budget_least.mebibytes, budget_most.mebibytes},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (!option_is(option, known[i].name)) continue;
    size_t digits = strspn(option->value, "0123456789");
    if (*known[i].limit != 0) {
      *error = sqlite3_mprintf("%s: %s is given twice", table, known[i].name);
      return SQLITE_ERROR;
    }
    *known[i].limit = digits < 10 && option->value[digits] == '\0' ? atoi(option->value) : -1;
    if (*known[i].limit >= known[i].least && *known[i].limit <= known[i].most) return SQLITE_OK;
    *error = sqlite3_mprintf("%s: %s must be a whole number from %d to %d, not %s", table,
        known[i].name, known[i].least, known[i].most, option->value);
    return SQLITE_ERROR;
  }
  return SQLITE_NOTFOUND;
}

/* Where the value of an option that names something goes; NULL if there is no such option. */
static char **option_place(struct policy_options *options, const struct option *option) {
  if (option_is(option, "policy")) return &options->policy;
  if (option_is(option, "facts")) return &options->facts;
  if (option_is(option, "store")) return &options->store;
  if (option_is(option, "settings")) return &options->settings;
  return NULL;
}

/* Takes the version off the policy's name: ladder@3. */
static int option_split_version(struct policy_options *options, const char *table, char **error) {
  char *at = strchr(options->policy, '@');
  if (at == NULL) return SQLITE_OK;
  size_t digits = strspn(at + 1, "0123456789");
  options->version = digits > 0 && digits < 10 && at[1 + digits] == '\0' ? atoi(at + 1) : 0;
  if (options->version < 1) {
    *error = sqlite3_mprintf(
        "%s: policy must be a name or name@version, not '%s'", table, options->policy);
    return SQLITE_ERROR;
  }
  *at = '\0';
  return SQLITE_OK;
}

int policy_options_read(
    struct policy_options *options, int argc, const char *const *argv, char **error) {
  const char *table = argv[2];
  for (int i = 3; i < argc; i++) {
    struct option option = option_of(argv[i]);
    int status = option_limit(&options->limits, &option, table, error);
    if (status == SQLITE_OK) continue;
    if (status != SQLITE_NOTFOUND) return status;
    char **place = option_place(options, &option);
    if (place == NULL || *place != NULL) {
      *error = sqlite3_mprintf("%s: lua_policy takes policy = ..., facts = ..., store = ..., "
                               "settings = ..., instructions = ..., time_ms = ... and memory_mib = "
                               "..., each once; not %s",
          table, argv[i]);
      return SQLITE_ERROR;
    }
    *place = parameter_dequote(option.value, strlen(option.value));
    if (*place == NULL) return SQLITE_NOMEM;
  }
  if (options->policy == NULL || options->facts == NULL) {
    *error = sqlite3_mprintf("%s: lua_policy needs %s", table,
        options->policy ? "facts = a table" : "policy = 'name' or 'name@version'");
    return SQLITE_ERROR;
  }
  if (options->store == NULL) options->store = sqlite3_mprintf("policy");
  return options->store ? option_split_version(options, table, error) : SQLITE_NOMEM;
}

void policy_options_free(struct policy_options *options) {
  sqlite3_free(options->policy);
  sqlite3_free(options->facts);
  sqlite3_free(options->store);
  sqlite3_free(options->settings);
}
