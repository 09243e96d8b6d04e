/*
** lexicon_cache.c: the lists of terms that a connection scores with. See lexicon_cache.h.
**
** The built-in list is made ready when it is first needed, for each connection: connections may be in
** different threads, and nothing here is shared between them.
*/
#include "lexicon_cache.h"
#include <string.h>
#include "value.h"

struct lexicon_cache {
  int references;
  struct lexicon *builtin; /* NULL until needed */
  struct lexicon *last;    /* of JSON; NULL until given */
};

struct lexicon_cache *lexicon_cache_new(void) {
  struct lexicon_cache *cache = sqlite3_malloc64(sizeof *cache);
  if (cache != NULL) *cache = (struct lexicon_cache){.references = 1};
  return cache;
}

struct lexicon_cache *lexicon_cache_retain(struct lexicon_cache *cache) {
  cache->references++;
  return cache;
}

void lexicon_cache_release(void *pointer) {
  struct lexicon_cache *cache = pointer;
  if (--cache->references > 0) return;
  lexicon_release(cache->builtin);
  lexicon_release(cache->last);
  sqlite3_free(cache);
}

void lexicon_release(struct lexicon *lexicon) {
  if (lexicon == NULL || --lexicon->references > 0) return;
  sqlite3_free(lexicon->index);
  lexicon_list_clear(&lexicon->list);
  sqlite3_free(lexicon->json);
  sqlite3_free(lexicon);
}

static int lexicon_new_builtin(struct lexicon **out) {
  enum lexicon_status status;
  int problem, other;
  struct lexicon *lexicon = sqlite3_malloc64(sizeof *lexicon);
  if (lexicon == NULL) return SQLITE_NOMEM;
  *lexicon = (struct lexicon){.references = 1};
  lexicon->index =
      lexicon_index_new(lexicon_builtin, lexicon_builtin_count, &status, &problem, &other);
  if (lexicon->index == NULL) {
    lexicon_release(lexicon);
    return status == LEXICON_NO_MEMORY ? SQLITE_NOMEM : SQLITE_INTERNAL; /* a test finds that */
  }
  *out = lexicon;
  return SQLITE_OK;
}

/* Makes the index of a list that was read. */
static int lexicon_compile(struct lexicon *lexicon, char **error) {
  enum lexicon_status status;
  int problem = 0, other = 0;
  char *rule = NULL;
  lexicon->index =
      lexicon_index_new(lexicon->list.terms, lexicon->list.count, &status, &problem, &other);
  if (status == LEXICON_OK) return SQLITE_OK;
  if (status == LEXICON_BAD_TERM) {
    rule = sqlite3_mprintf("1 to %d words of at most %d bytes", LEXICON_WORDS_MAX, FOLD_WORD_MAX);
  } else if (status == LEXICON_DUPLICATE) {
    rule = sqlite3_mprintf("another one than lexicon_json[%d].term", other);
  }
  if (rule != NULL) *error = lexicon_json_error(&lexicon->list, problem, rule);
  sqlite3_free(rule);
  return *error ? SQLITE_ERROR : SQLITE_NOMEM;
}

static int lexicon_new(const char *json, int length, struct lexicon **out, char **error) {
  struct lexicon *lexicon = sqlite3_malloc64(sizeof *lexicon);
  if (lexicon == NULL) return SQLITE_NOMEM;
  *lexicon = (struct lexicon){.references = 1, .length = length};
  lexicon->json = sqlite3_malloc64((sqlite3_uint64)length + 1);
  int status = lexicon->json ? SQLITE_OK : SQLITE_NOMEM;
  if (status == SQLITE_OK) {
    memcpy(lexicon->json, json, (size_t)length + 1);
    status = lexicon_json_read(lexicon->json, length, &lexicon->list, error);
  }
  if (status == SQLITE_OK) status = lexicon_compile(lexicon, error);
  if (status == SQLITE_OK) {
    *out = lexicon;
  } else {
    lexicon_release(lexicon);
  }
  return status;
}

int lexicon_cache_get(
    struct lexicon_cache *cache, sqlite3_value *json, struct lexicon **lexicon, char **error) {
  int status = SQLITE_OK;
  struct lexicon **kept = &cache->builtin;
  if (json == NULL || value_is_null(json)) {
    if (*kept == NULL) status = lexicon_new_builtin(kept);
  } else {
    kept = &cache->last;
    if (sqlite3_value_type(json) == SQLITE_BLOB) {
      *error =
          sqlite3_mprintf("lexicon_json must be a JSON array of objects, not a BLOB of length %d",
              sqlite3_value_bytes(json));
      return *error ? SQLITE_ERROR : SQLITE_NOMEM;
    }
    const char *text = (const char *)sqlite3_value_text(json);
    int length = sqlite3_value_bytes(json);
    if (text == NULL) return SQLITE_NOMEM;
    if (*kept == NULL || (*kept)->length != length ||
        memcmp((*kept)->json, text, (size_t)length) != 0) {
      struct lexicon *made = NULL;
      status = lexicon_new(text, length, &made, error);
      if (status == SQLITE_OK) {
        lexicon_release(*kept);
        *kept = made;
      }
    }
  }
  if (status != SQLITE_OK) return status;
  (*kept)->references++;
  *lexicon = *kept;
  return SQLITE_OK;
}
