/*
** scorer.h: how hostile a text is, by a list of terms. No SQL here: toxicity.c has the functions.
*/
#ifndef DECORUM_SCORER_H
#define DECORUM_SCORER_H

#include "lexicon_index.h"

/* A term that was found. */
struct scorer_hit {
  int start; /* bytes of the text, from here */
  int end;   /* to here */
  const struct lexicon_term *term;
  bool quoted;
  bool negated;
};

/* Is told of each hit, in the order of the text. False ends the scan. */
typedef bool scorer_visit(void *to, const struct scorer_hit *hit);

struct scorer_score {
  double toxicity; /* 0 to 1 */
  bool aimed;      /* the text says "you", or mentions somebody */
  bool complete;   /* no visit said false */
};

/* Scores a text; text[length] must be NUL. `visit` may be NULL. The time is linear in the length, the
** space constant. */
struct scorer_score scorer_score(
    const struct lexicon_index *index, const char *text, int length, scorer_visit *visit, void *to);

/* Does the term count in full, in a text that is or is not aimed at somebody? */
bool scorer_is_aimed(const struct scorer_hit *hit, bool text_is_aimed);

/* What a hit counts, 0 to 1: the score is 1 - product(1 - this), multiplied in the order of the hits. */
double scorer_count(const struct scorer_hit *hit, bool text_is_aimed);

#endif
