/*
** lexicon_index.h: a list of terms made ready for finding them in folded words.
**
** A word is looked up once and is then a number; phrases are paths of numbers in a tree. Looking up takes
** the same time however long the list is. An index is one block of memory that nobody changes once it is
** built, so that it may be read from several threads.
*/
#ifndef DECORUM_LEXICON_INDEX_H
#define DECORUM_LEXICON_INDEX_H

#include <stddef.h>
#include "fold.h"
#include "lexicon.h"

#define LEXICON_WORDS_MAX 8 /* words of a term */

struct lexicon_index;

enum lexicon_status {
  LEXICON_OK,
  LEXICON_NO_MEMORY,
  LEXICON_BAD_TERM,  /* it has no word, more than LEXICON_WORDS_MAX, or one too long */
  LEXICON_DUPLICATE, /* two read as the same words */
};

/* The index of the terms, which must live as long as it. Else NULL, with *problem and *other the terms
** that are wrong, where the status names any. Free with sqlite3_free. */
struct lexicon_index *lexicon_index_new(const struct lexicon_term *terms, int count,
    enum lexicon_status *status, int *problem, int *other);

/* What a word does to the words about it, whatever the list says of it. */
enum {
  LEXICON_YOU = 1,      /* speaks to somebody: you, your... */
  LEXICON_SUBJECT = 2,  /* you, but not your: ends what a negation before it denies */
  LEXICON_NEGATION = 4, /* not, never, don't... */
  LEXICON_ONLY = 8,     /* takes back the negation before it: not only */
};

/* The number of a word that some term has, or that does something to others; 0 for any other word. Where
** it was found without what trails it, word->end becomes word->trimmed. */
uint32_t lexicon_index_word(
    const struct lexicon_index *index, const struct fold *fold, struct fold_word *word);

unsigned lexicon_index_roles(const struct lexicon_index *index, uint32_t word);

/* The place in the tree behind this word as the first of a term; 0 if no term begins so. */
uint32_t lexicon_index_begin(const struct lexicon_index *index, uint32_t word);

/* The place behind one more word; 0 if no term goes on so. */
uint32_t lexicon_index_advance(const struct lexicon_index *index, uint32_t place, uint32_t word);

/* The term that ends at this place; NULL if none. */
const struct lexicon_term *lexicon_index_term(const struct lexicon_index *index, uint32_t place);

/* The term, of one word or more, that has these letters (a to z) and no others; NULL if none. The hash is
** fold_hash of them. */
const struct lexicon_term *lexicon_index_spelled(
    const struct lexicon_index *index, const unsigned char *letters, int length, uint32_t hash);

/* The length of the longest term that lexicon_index_spelled may give; at most FOLD_WORD_MAX. */
int lexicon_index_spelled_max(const struct lexicon_index *index);

#endif
