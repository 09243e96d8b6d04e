/*
** lexicon_json.h: a list of terms out of JSON.
**
**     [{"term": "you muppet", "weight": 0.4, "category": "insult", "aim": "person"}, ...]
**
** "aim" may be left out or null: thing. There is nothing else in the objects, and each key once.
*/
#ifndef DECORUM_LEXICON_JSON_H
#define DECORUM_LEXICON_JSON_H

#include "lexicon.h"

struct lexicon_list {
  struct lexicon_term *terms;
  int count;
  char *texts; /* where the terms' texts stand */
};

/* Reads a list. SQLITE_OK; SQLITE_NOMEM; or SQLITE_ERROR with a message in *error, to be freed with
** sqlite3_free: "lexicon_json[3].weight must be between 0 and 1, not 1.7". json[length] must be NUL. */
int lexicon_json_read(const char *json, int length, struct lexicon_list *list, char **error);

/* The same message about a term that was read, counted from 0; NULL when out of memory. */
char *lexicon_json_error(const struct lexicon_list *list, int term, const char *rule);

void lexicon_list_clear(struct lexicon_list *list);

#endif
