/*
** lexicon.h: what the scorer looks for: weighted terms, and the list of them that is built in.
*/
#ifndef DECORUM_LEXICON_H
#define DECORUM_LEXICON_H

#include "rows.h"

enum lexicon_category {
  LEXICON_INSULT,     /* what somebody is called */
  LEXICON_PROFANITY,  /* coarse words, said to anybody or to nobody */
  LEXICON_THREAT,     /* violence against somebody */
  LEXICON_HATE,       /* slurs, and groups made less than human; never the plain names of groups */
  LEXICON_SEXUAL,     /* sexual insults and harassment */
  LEXICON_HARASSMENT, /* silencing, chasing away, belittling */
  LEXICON_SELF_HARM,  /* telling somebody to harm themselves */
  LEXICON_CATEGORIES,
};

enum lexicon_aim {
  LEXICON_THING,  /* may be said of a thing: counts in full where the text says "you" */
  LEXICON_PERSON, /* is said to or of a person, whatever else the text says */
};

/* A term of one or more words, as it would stand in a text. One of weight 0 is no hit; where it is the
** longest, its words are none either. */
struct lexicon_term {
  const char *text;
  double weight; /* 0 to 1 */
  enum lexicon_category category;
  enum lexicon_aim aim;
};

/* Sorted by text, byte by byte. */
extern const struct lexicon_term lexicon_builtin[];
extern const int lexicon_builtin_count;
extern const struct rows lexicon_rows; /* the table decorum_lexicon */

/* "insult", "thing"... Indexed by the enumerations above. */
extern const char *const lexicon_category_names[LEXICON_CATEGORIES];
extern const char *const lexicon_aim_names[2];

#endif
