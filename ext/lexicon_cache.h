/*
** lexicon_cache.h: the lists of terms that a connection scores with, ready for use: the built-in one, and
** the last one that was given as JSON.
**
** A statement that scores a message after the other with the same JSON pays a comparison for each of them,
** not a compilation. Functions, modules and tables of a connection share one cache; each has a
** reference, for when the extension is loaded a second time a module may go before its table.
*/
#ifndef DECORUM_LEXICON_CACHE_H
#define DECORUM_LEXICON_CACHE_H

#include "api.h"
#include "lexicon_index.h"
#include "lexicon_json.h"

/* A list and its index. It lives as long as somebody has a reference. */
struct lexicon {
  int references;
  struct lexicon_index *index;
  struct lexicon_list list; /* empty: the built-in list */
  char *json;               /* it was made of; NULL: the built-in list */
  int length;
};

struct lexicon_cache;

struct lexicon_cache *lexicon_cache_new(void); /* NULL when out of memory */
struct lexicon_cache *lexicon_cache_retain(struct lexicon_cache *cache);
void lexicon_cache_release(void *cache);

/* The lexicon for the argument lexicon_json (NULL pointer or SQL NULL: the built-in list), with a reference
** for the caller. SQLITE_OK, SQLITE_NOMEM, or SQLITE_ERROR with a message that has no function name yet. */
int lexicon_cache_get(
    struct lexicon_cache *cache, sqlite3_value *json, struct lexicon **lexicon, char **error);
void lexicon_release(struct lexicon *lexicon);

#endif
