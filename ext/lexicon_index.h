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
#define LEXICON_PREFIX 3    /* letters */
#define LEXICON_PREFIXES (26 * 26 * 26)

/* What it is made of stands here, and not in lexicon_index.c, for the functions below that the innermost
** loop of the scorer needs. */

struct lexicon_word {
  uint32_t letters; /* where they are */
  uint32_t place;   /* behind it as the first word of a term; 0 if none begins so */
  unsigned char length;
  unsigned char roles;
};

struct lexicon_place {
  const struct lexicon_term *term; /* that ends here; NULL if none */
  bool goes_on;                    /* some term is longer */
};

struct lexicon_edge {
  uint32_t from; /* 0: this slot is empty */
  uint32_t word;
  uint32_t to;
};

/* A slot of a hash table; number 0 is an empty one. */
struct lexicon_slot {
  uint32_t hash;
  uint32_t number;
};

struct lexicon_spelling {
  uint32_t letters;
  int length;
};

struct lexicon_index {
  const struct lexicon_term *terms;
  uint32_t word_mask; /* slots - 1, of by_letters and by_skeleton */
  uint32_t edge_mask;
  uint32_t term_mask; /* of by_spelling */
  uint32_t word_count;
  uint32_t place_count;
  uint32_t letter_count;
  int spelled_max;                              /* at most FOLD_WORD_MAX */
  uint32_t prefixes[LEXICON_PREFIXES / 32 + 1]; /* a set: what the spelled terms begin with */
  struct lexicon_slot *by_letters;
  struct lexicon_slot *by_skeleton;
  struct lexicon_slot *by_spelling; /* numbers of terms, from 1 on */
  struct lexicon_edge *edges;
  struct lexicon_word *words;
  struct lexicon_place *places;
  struct lexicon_spelling *spellings; /* of each term */
  unsigned char *letters;
};

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

/* lexicon_index_word for a word whose letters are written down. */
uint32_t lexicon_index_written(const struct lexicon_index *index, struct fold_word *word);

/* The number of a word that some term has, or that does something to others; 0 for any other word. Where
** it was found without what trails it, word->end becomes word->trimmed. */
static inline uint32_t lexicon_index_word(
    const struct lexicon_index *index, const struct fold *fold, struct fold_word *word) {
  if (word->length == 0) return 0;
  if (word->letters != NULL) return lexicon_index_written(index, word);
  for (uint32_t slot = word->hash & index->word_mask;; slot = (slot + 1) & index->word_mask) {
    const struct lexicon_slot *found = &index->by_letters[slot];
    if (found->number == 0) return 0;
    if (found->hash != word->hash) continue;
    const struct lexicon_word *listed = &index->words[found->number];
    if (listed->length == word->length &&
        fold_plain_is(fold->text + word->start, index->letters + listed->letters, word->length)) {
      return found->number;
    }
  }
}

/* What roles it has, as a set. */
static inline unsigned lexicon_index_roles(const struct lexicon_index *index, uint32_t word) {
  return index->words[word].roles;
}

/* The place in the tree behind this word as the first of a term; 0 if no term begins so. */
static inline uint32_t lexicon_index_begin(const struct lexicon_index *index, uint32_t word) {
  return index->words[word].place;
}

/* The slot of an edge, or the empty one where it would be. */
static inline uint32_t lexicon_index_edge(
    const struct lexicon_index *index, uint32_t from, uint32_t word) {
  uint32_t slot = (from * FOLD_PRIME ^ word) * FOLD_PRIME;
  for (slot = (slot ^ slot >> 15) & index->edge_mask;; slot = (slot + 1) & index->edge_mask) {
    const struct lexicon_edge *edge = &index->edges[slot];
    if (edge->from == 0 || (edge->from == from && edge->word == word)) return slot;
  }
}

/* The place behind one more word; 0 if no term goes on so. */
static inline uint32_t lexicon_index_advance(
    const struct lexicon_index *index, uint32_t place, uint32_t word) {
  if (!index->places[place].goes_on) return 0;
  return index->edges[lexicon_index_edge(index, place, word)].to;
}

/* The term that ends at this place; NULL if none. */
static inline const struct lexicon_term *lexicon_index_term(
    const struct lexicon_index *index, uint32_t place) {
  return index->places[place].term;
}

/* The number of a prefix. */
static inline uint32_t lexicon_index_prefix(const unsigned char letters[LEXICON_PREFIX]) {
  return ((uint32_t)(letters[0] - 'a') * 26 + (uint32_t)(letters[1] - 'a')) * 26 +
         (uint32_t)(letters[2] - 'a');
}

/* May some term that lexicon_index_spelled finds begin with these letters? */
static inline bool lexicon_index_may_spell(
    const struct lexicon_index *index, const unsigned char letters[LEXICON_PREFIX]) {
  uint32_t prefix = lexicon_index_prefix(letters);
  return index->prefixes[prefix / 32] >> prefix % 32 & 1;
}

/* The term, of one word or more, that has these letters (a to z) and no others; NULL if none. The hash is
** fold_hash of them. None is longer than index->spelled_max. */
const struct lexicon_term *lexicon_index_spelled(
    const struct lexicon_index *index, const unsigned char *letters, int length, uint32_t hash);

#endif
