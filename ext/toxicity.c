/*
** toxicity.c: the built-in scorer.
**
**   toxicity(text [, lexicon_json])
**
** How hostile a text is, 0 to 1, from a list of weighted terms. Fast, the same everywhere, and to be
** explained word by word; it understands nothing. What it does not list it does not find.
**
**     SELECT toxicity('you are an idiot');            -- 0.6
**     SELECT toxicity('this idiot of a capacitor');   -- 0.3: aimed at nobody
**     SELECT toxicity('he said "you are an idiot"');  -- 0.18: quoted
**     SELECT toxicity('you are not an idiot');        -- 0.12: denied
**     SELECT toxicity('y0u 1d10t, s h u t  u p');     -- 0.8: 1 - (1 - 0.6) * (1 - 0.5)
**     SELECT toxicity('you dingo', '[{"term": "dingo", "weight": 0.7, "category": "insult"}]');  -- 0.7
**
** HOW IT WORKS
**
** fold.c reads the text as words, whatever they are written with. At each word the longest term that
** starts there, and ends in the same clause, is a hit; a term of weight 0 protects its words. A hit weighs what the list says,
**
**     times 0.5 if the term is one that can be about a thing, and the text speaks to nobody: it has no
**               "you", "your", "ur"..., and no @mention;
**     times 0.3 if it begins between quotation marks, in `code`, or in a line that begins with >;
**     times 0.2 if "not", "never", "cannot" or a word in n't (isn't, dont...) is one of the two words
**               before it, in the same clause. "No" and "without" deny too little: "no, you idiot". "Why
**               don't you" and "not only" deny nothing.
**
** The score is 1 - product(1 - weight) over the hits: two half-bad words are worse than one, and no
** number of them is more than 1.
**
** lexicon_json takes the place of the built-in list; lexicon_json.h has its form. The last one is kept
** ready for the next call.
*/
#include "toxicity.h"
#include "lexicon_cache.h"
#include "scorer.h"
#include "value.h"

/* Makes the function fail with a message that lacks its name, and frees it. */
static void toxicity_fail(sqlite3_context *context, int status, char *error) {
  char *message = error ? sqlite3_mprintf("toxicity: %s", error) : NULL;
  if (message != NULL) {
    sqlite3_result_error(context, message, -1);
  } else if (status == SQLITE_NOMEM || error != NULL) {
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_error_code(context, status);
  }
  sqlite3_free(message);
  sqlite3_free(error);
}

void toxicity(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (value_is_null(argv[0])) return;
  if (sqlite3_value_type(argv[0]) == SQLITE_BLOB) {
    value_refuse(context, "toxicity", "text", "TEXT", argv[0]);
    return;
  }
  struct lexicon *lexicon;
  char *error = NULL;
  int status =
      lexicon_cache_get(sqlite3_user_data(context), argc > 1 ? argv[1] : NULL, &lexicon, &error);
  if (status != SQLITE_OK) {
    toxicity_fail(context, status, error);
    return;
  }
  const char *text = (const char *)sqlite3_value_text(argv[0]);
  if (text == NULL) {
    sqlite3_result_error_nomem(context);
  } else {
    struct scorer_score score =
        scorer_score(lexicon->index, text, sqlite3_value_bytes(argv[0]), NULL, NULL);
    sqlite3_result_double(context, score.toxicity);
  }
  lexicon_release(lexicon);
}
