/*
** facts_text.h: what can be read off the text of a facts table's SELECT without compiling it.
*/
#ifndef DECORUM_FACTS_TEXT_H
#define DECORUM_FACTS_TEXT_H

#include <stdbool.h>
#include "api.h"

enum facts_token_kind {
  FACTS_TOKEN_END,
  FACTS_TOKEN_NAME,      /* a word (also a keyword), or anything in quotation marks */
  FACTS_TOKEN_PARAMETER, /* :member, @member, $member */
  FACTS_TOKEN_OTHER      /* a number, or a character of anything else */
};

struct facts_token {
  enum facts_token_kind kind;
  const char *start;
  size_t length;
};

/* Reads the token at the start of the text, behind white space and comments; returns what follows. */
const char *facts_token_next(const char *text, struct facts_token *token);

/* Is it this word, in no quotation marks? */
bool facts_token_is(const struct facts_token *token, const char *word);

/* The name, without its quotation marks or its colon. Free with sqlite3_free; NULL when out of memory. */
char *facts_token_name(const struct facts_token *token);

/* Is it, for all that its first word says, a SELECT? */
bool facts_text_is_select(const char *select);

/* Is there nothing but semicolons? */
bool facts_text_is_over(const char *text);

/* Has the SELECT, which ends at `end`, an ORDER BY of its own, not in parentheses? */
bool facts_text_is_sorted(const char *select, const char *end);

/* Stands a token of this kind with this name in the text before `end`? */
bool facts_text_names(
    const char *select, const char *end, enum facts_token_kind kind, const char *name);

/* May the SELECT read something of this name in temp? It may also be the name of a column: only SQLite
** knows which. A name after AS is no table's, and one behind a point only after `temp`. */
bool facts_text_may_read(const char *select, const char *name);

#endif
