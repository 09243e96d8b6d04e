/*
** policy.c: what is known of a policy outside of Lua. See policy.h.
*/
#include "policy.h"
#include <lauxlib.h>
#include <string.h>

int policy_set_source(struct policy *policy, const char *name, const void *text, size_t size) {
  policy->size = size;
  policy->name = sqlite3_mprintf("%s", name);
  policy->source = sqlite3_malloc64(size + 1);
  if (policy->name == NULL || policy->source == NULL) return SQLITE_NOMEM;
  if (size > 0 && text == NULL) return SQLITE_NOMEM; /* SQLite could not give it */
  if (size) memcpy(policy->source, text, size);
  policy->source[size] = '\0';
  return SQLITE_OK;
}

int policy_take_source(struct policy *policy, const char *name, sqlite3_value *source) {
  const void *text = sqlite3_value_type(source) == SQLITE_BLOB
                         ? sqlite3_value_blob(source)
                         : (const void *)sqlite3_value_text(source);
  return policy_set_source(policy, name, text, (size_t)sqlite3_value_bytes(source));
}

/* A copy of the text in a field of the table at the index; NULL if there is none. */
static char *policy_copy(lua_State *lua, int index, const char *field, bool *out_of_memory) {
  char *copy = NULL;
  if (lua_getfield(lua, index, field) == LUA_TSTRING) {
    copy = sqlite3_mprintf("%s", lua_tostring(lua, -1));
    if (copy == NULL) *out_of_memory = true;
  }
  lua_pop(lua, 1);
  return copy;
}

/* Copies the list of texts on top of the stack, which it pops; what is no text is NULL. */
static char **policy_copy_list(lua_State *lua, int *count, bool *out_of_memory) {
  lua_Unsigned length = lua_rawlen(lua, -1);
  char **list = sqlite3_malloc64((length + 1) * sizeof *list);
  for (lua_Unsigned i = 1; list != NULL && i <= length; i++) {
    lua_rawgeti(lua, -1, (lua_Integer)i);
    const char *text = lua_tostring(lua, -1);
    list[*count] = text ? sqlite3_mprintf("%s", text) : NULL;
    if (text != NULL && list[*count] == NULL) *out_of_memory = true;
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

void policy_forget(struct policy *policy) {
  policy_free_list(&policy->needs, &policy->need_count);
  policy_free_list(&policy->param_names, &policy->param_count);
  policy_free_list(&policy->tests, &policy->test_count);
  policy_free_list(&policy->test_errors, &policy->test_error_count);
  sqlite3_free(policy->id);
  sqlite3_free(policy->note);
  sqlite3_free(policy->params);
  policy->id = policy->note = policy->params = NULL;
}

bool policy_describe(lua_State *lua, struct policy *policy, int index) {
  bool out_of_memory = false;
  lua_rawgeti(lua, index, 3);
  if (lua_rawlen(lua, -1) > POLICY_NEEDS_MAX) {
    luaL_error(lua, "needs: at most %d facts", POLICY_NEEDS_MAX);
  }
  if (policy->needs != NULL) {
    lua_pop(lua, 1);
    return true;
  }
  policy->needs = policy_copy_list(lua, &policy->need_count, &out_of_memory);
  policy->id = policy_copy(lua, index, "id", &out_of_memory);
  policy->note = policy_copy(lua, index, "note", &out_of_memory);
  policy->params = policy_copy(lua, index, "params", &out_of_memory);
  lua_getfield(lua, index, "param_names");
  policy->param_names = policy_copy_list(lua, &policy->param_count, &out_of_memory);
  if (lua_getfield(lua, index, "test_names") == LUA_TTABLE) {
    policy->tests = policy_copy_list(lua, &policy->test_count, &out_of_memory);
    lua_getfield(lua, index, "test_errors");
    policy->test_errors = policy_copy_list(lua, &policy->test_error_count, &out_of_memory);
  } else {
    lua_pop(lua, 1);
  }
  if (!out_of_memory) return true;
  policy_forget(policy);
  return false;
}

void policy_push_settings(lua_State *lua, const struct policy *policy) {
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

void policy_settings_free(struct policy_setting *settings, int count) {
  for (int i = 0; i < count; i++) {
    sqlite3_free(settings[i].param);
    sqlite3_free(settings[i].refused);
  }
  sqlite3_free(settings);
}

char *policy_names_json(char *const *names, int count) {
  sqlite3_str *text = sqlite3_str_new(NULL);
  for (int i = 0; i < count; i++) {
    sqlite3_str_appendall(text, i ? ",\"" : "[\"");
    for (const char *c = names[i]; *c; c++) {
      if ((unsigned char)*c < ' ') {
        sqlite3_str_appendf(text, "\\u%04x", *c);
      } else {
        if (*c == '"' || *c == '\\') sqlite3_str_appendchar(text, 1, '\\');
        sqlite3_str_appendchar(text, 1, *c);
      }
    }
    sqlite3_str_appendall(text, "\"");
  }
  sqlite3_str_appendall(text, count ? "]" : "[]");
  return sqlite3_str_finish(text);
}
