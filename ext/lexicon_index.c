/*
** lexicon_index.c: a list of terms made ready for finding. See lexicon_index.h.
**
** HOW IT WORKS
**
** All terms are folded as texts are, so that a list may write a word in any way. The words of all terms,
** and those with a role, are numbered from 1 on and stand in hash tables with open addressing, at most
** three quarters full: by_letters; by_skeleton, their letters with each run made one, for stretched words;
** and edges, by a place in the tree and a word that may follow there. by_spelling has the terms by all
** their letters without the spaces, for "s h u t  u p".
**
** The terms are folded twice: to see how much there is, and, with one block of memory of that size, to
** enter them.
*/
#include "lexicon_index.h"
#include <string.h>
#include "api.h"

static const struct {
  const char *word;
  unsigned roles;
} lexicon_roles[] = {
    {"you", LEXICON_YOU | LEXICON_SUBJECT},
    {"u", LEXICON_YOU | LEXICON_SUBJECT},
    {"ya", LEXICON_YOU | LEXICON_SUBJECT},
    {"y'all", LEXICON_YOU | LEXICON_SUBJECT},
    {"yall", LEXICON_YOU | LEXICON_SUBJECT},
    {"you're", LEXICON_YOU},
    {"youre", LEXICON_YOU},
    {"you've", LEXICON_YOU},
    {"you'll", LEXICON_YOU},
    {"you'd", LEXICON_YOU},
    {"ur", LEXICON_YOU},
    {"your", LEXICON_YOU},
    {"yours", LEXICON_YOU},
    {"yourself", LEXICON_YOU},
    {"yourselves", LEXICON_YOU},
    {"not", LEXICON_NEGATION},
    {"never", LEXICON_NEGATION},
    {"cannot", LEXICON_NEGATION},
    {"isn't", LEXICON_NEGATION},
    {"isnt", LEXICON_NEGATION},
    {"aren't", LEXICON_NEGATION},
    {"arent", LEXICON_NEGATION},
    {"ain't", LEXICON_NEGATION},
    {"aint", LEXICON_NEGATION},
    {"wasn't", LEXICON_NEGATION},
    {"wasnt", LEXICON_NEGATION},
    {"weren't", LEXICON_NEGATION},
    {"werent", LEXICON_NEGATION},
    {"don't", LEXICON_NEGATION},
    {"dont", LEXICON_NEGATION},
    {"doesn't", LEXICON_NEGATION},
    {"doesnt", LEXICON_NEGATION},
    {"didn't", LEXICON_NEGATION},
    {"didnt", LEXICON_NEGATION},
    {"won't", LEXICON_NEGATION},
    {"wont", LEXICON_NEGATION},
    {"can't", LEXICON_NEGATION},
    {"cant", LEXICON_NEGATION},
    {"couldn't", LEXICON_NEGATION},
    {"couldnt", LEXICON_NEGATION},
    {"wouldn't", LEXICON_NEGATION},
    {"wouldnt", LEXICON_NEGATION},
    {"shouldn't", LEXICON_NEGATION},
    {"shouldnt", LEXICON_NEGATION},
    {"haven't", LEXICON_NEGATION},
    {"hasn't", LEXICON_NEGATION},
    {"hadn't", LEXICON_NEGATION},
    {"needn't", LEXICON_NEGATION},
    {"mustn't", LEXICON_NEGATION},
    {"only", LEXICON_ONLY},
    {"just", LEXICON_ONLY},
};
#define ROLES ((int)(sizeof lexicon_roles / sizeof *lexicon_roles))

/*
** Finding
*/

static const unsigned char *lexicon_letters(
    const struct lexicon_index *index, const struct lexicon_word *word) {
  return index->letters + word->letters;
}

/* The word with exactly these letters. */
static uint32_t lexicon_exact(
    const struct lexicon_index *index, const unsigned char *letters, int length, uint32_t hash) {
  for (uint32_t slot = hash & index->word_mask;; slot = (slot + 1) & index->word_mask) {
    const struct lexicon_slot *found = &index->by_letters[slot];
    if (found->number == 0) return 0;
    if (found->hash != hash) continue;
    const struct lexicon_word *word = &index->words[found->number];
    if (word->length == length &&
        memcmp(lexicon_letters(index, word), letters, (size_t)length) == 0) {
      return found->number;
    }
  }
}

/* The longest word that these letters are a stretched form of. */
static uint32_t lexicon_stretched(
    const struct lexicon_index *index, const unsigned char *letters, int length) {
  unsigned char skeleton[FOLD_WORD_MAX];
  uint32_t best = 0;
  int best_length = 0, collapsed = fold_collapse(letters, length, skeleton);
  uint32_t hash = fold_hash(skeleton, collapsed);
  for (uint32_t slot = hash & index->word_mask;; slot = (slot + 1) & index->word_mask) {
    const struct lexicon_slot *found = &index->by_skeleton[slot];
    if (found->number == 0) return best;
    const struct lexicon_word *word = &index->words[found->number];
    if (found->hash == hash && word->length > best_length &&
        fold_covers(letters, length, lexicon_letters(index, word), word->length)) {
      best = found->number;
      best_length = word->length;
    }
  }
}

static uint32_t lexicon_try(const struct lexicon_index *index, const struct fold_word *word,
    const unsigned char *letters, int length) {
  if (word->flags & FOLD_STRETCHED) return lexicon_stretched(index, letters, length);
  return lexicon_exact(index, letters, length, fold_hash(letters, length));
}

/* Tries a word as it is, and without what may be no part of it: marks behind it, the @ before it. */
static uint32_t lexicon_try_parts(
    const struct lexicon_index *index, struct fold_word *word, const unsigned char *letters) {
  int first = word->flags & FOLD_MENTION ? 1 : 0;
  for (int skipped = 0; skipped <= first; skipped++) {
    uint32_t found = lexicon_try(index, word, letters + skipped, word->length - skipped);
    if (found != 0) return found;
    if (word->trimmed_length == word->length || word->trimmed_length <= skipped) continue;
    found = lexicon_try(index, word, letters + skipped, word->trimmed_length - skipped);
    if (found != 0) {
      word->end = word->trimmed;
      return found;
    }
  }
  return 0;
}

/* The same with each i that may be an l as an l. */
static uint32_t lexicon_try_ambiguous(
    const struct lexicon_index *index, struct fold_word *word, const unsigned char *letters) {
  unsigned char changed[FOLD_WORD_MAX];
  for (int i = 0; i < word->length; i++) {
    bool other = letters[i] == 'i' && (word->ambiguous >> i & 1);
    changed[i] = other ? 'l' : letters[i];
  }
  return lexicon_try_parts(index, word, changed);
}

uint32_t lexicon_index_written(const struct lexicon_index *index, struct fold_word *word) {
  uint32_t found = lexicon_try_parts(index, word, word->letters);
  if (found == 0 && word->ambiguous) found = lexicon_try_ambiguous(index, word, word->letters);
  return found;
}

const struct lexicon_term *lexicon_index_spelled(
    const struct lexicon_index *index, const unsigned char *letters, int length, uint32_t hash) {
  for (uint32_t slot = hash & index->term_mask;; slot = (slot + 1) & index->term_mask) {
    const struct lexicon_slot *found = &index->by_spelling[slot];
    if (found->number == 0) return NULL;
    const struct lexicon_spelling *spelling = &index->spellings[found->number - 1];
    if (found->hash == hash && spelling->length == length &&
        memcmp(index->letters + spelling->letters, letters, (size_t)length) == 0) {
      return &index->terms[found->number - 1];
    }
  }
}

/*
** Building
*/

/* The letters of a word, also of a plain one. */
static void lexicon_copy(
    const struct fold *fold, const struct fold_word *word, unsigned char *letters) {
  if (word->letters != NULL) {
    memcpy(letters, word->letters, (size_t)word->length);
    return;
  }
  for (int i = 0; i < word->length; i++) letters[i] = fold->text[word->start + i] | 0x20;
}

/* Enters a number behind all others of its hash. */
static void lexicon_enter(
    struct lexicon_slot *slots, uint32_t mask, uint32_t hash, uint32_t number) {
  uint32_t slot = hash & mask;
  while (slots[slot].number != 0) slot = (slot + 1) & mask;
  slots[slot] = (struct lexicon_slot){hash, number};
}

/* The number of a word, which is entered if it is new. */
static uint32_t lexicon_add_word(
    struct lexicon_index *index, const unsigned char *letters, int length, uint32_t hash) {
  unsigned char skeleton[FOLD_WORD_MAX];
  uint32_t number = lexicon_exact(index, letters, length, hash);
  if (number != 0) return number;
  number = ++index->word_count;
  index->words[number] =
      (struct lexicon_word){.letters = index->letter_count, .length = (unsigned char)length};
  memcpy(index->letters + index->letter_count, letters, (size_t)length);
  index->letter_count += (uint32_t)length;
  lexicon_enter(index->by_letters, index->word_mask, hash, number);
  int collapsed = fold_collapse(letters, length, skeleton);
  lexicon_enter(index->by_skeleton, index->word_mask, fold_hash(skeleton, collapsed), number);
  return number;
}

/* The place behind a word, which is made if it is new. `from` is 0 for the first word. */
static uint32_t lexicon_add_place(struct lexicon_index *index, uint32_t from, uint32_t word) {
  uint32_t *place = &index->words[word].place;
  if (from != 0) {
    struct lexicon_edge *edge = &index->edges[lexicon_index_edge(index, from, word)];
    edge->from = from;
    edge->word = word;
    index->places[from].goes_on = true;
    place = &edge->to;
  }
  if (*place == 0) *place = ++index->place_count;
  return *place;
}

/* Enters the letters of a term without its spaces, if they are a to z alone, and no other term has them. */
static void lexicon_add_spelling(
    struct lexicon_index *index, int term, const unsigned char *letters, int length) {
  if (length < LEXICON_PREFIX || length > FOLD_WORD_MAX) return;
  for (int i = 0; i < length; i++) {
    if (letters[i] < 'a' || letters[i] > 'z') return;
  }
  uint32_t hash = fold_hash(letters, length);
  if (lexicon_index_spelled(index, letters, length, hash) != NULL) return;
  index->spellings[term] = (struct lexicon_spelling){index->letter_count, length};
  memcpy(index->letters + index->letter_count, letters, (size_t)length);
  index->letter_count += (uint32_t)length;
  lexicon_enter(index->by_spelling, index->term_mask, hash, (uint32_t)term + 1);
  uint32_t prefix = lexicon_index_prefix(letters);
  index->prefixes[prefix / 32] |= UINT32_C(1) << prefix % 32;
  if (length > index->spelled_max) index->spelled_max = length;
}

/* Enters a term. False if another reads the same; *other is that one. */
static bool lexicon_add_term(struct lexicon_index *index, int number, int *other) {
  const struct lexicon_term *term = &index->terms[number];
  unsigned char spelling[LEXICON_WORDS_MAX * FOLD_WORD_MAX];
  struct fold fold;
  struct fold_word word;
  uint32_t place = 0;
  int length = 0;
  fold_begin(&fold, term->text, (int)strlen(term->text));
  while (fold_next(&fold, &word)) {
    lexicon_copy(&fold, &word, spelling + length);
    place = lexicon_add_place(
        index, place, lexicon_add_word(index, spelling + length, word.length, word.hash));
    length += word.length;
  }
  if (index->places[place].term != NULL) {
    *other = (int)(index->places[place].term - index->terms);
    return false;
  }
  index->places[place].term = term;
  lexicon_add_spelling(index, number, spelling, length);
  return true;
}

static void lexicon_add_roles(struct lexicon_index *index) {
  for (int i = 0; i < ROLES; i++) {
    const unsigned char *word = (const unsigned char *)lexicon_roles[i].word;
    int length = (int)strlen(lexicon_roles[i].word);
    uint32_t number = lexicon_add_word(index, word, length, fold_hash(word, length));
    index->words[number].roles = (unsigned char)lexicon_roles[i].roles;
  }
}

/* Counts the words and letters of a text. False if it is no term. */
static bool lexicon_measure(const char *text, size_t *words, size_t *letters) {
  struct fold fold;
  struct fold_word word;
  int count = 0;
  fold_begin(&fold, text, (int)strlen(text));
  while (fold_next(&fold, &word)) {
    if (word.length == 0 || ++count > LEXICON_WORDS_MAX) return false;
    *letters += (size_t)word.length;
  }
  *words += (size_t)count;
  return count > 0;
}

/* Slots for at most so many entries: a power of 2, a quarter of them empty. */
static uint32_t lexicon_slots(size_t entries) {
  uint32_t slots = 64;
  while (slots < entries + entries / 3) slots *= 2;
  return slots;
}

/* A part of the block, which begins at *used. */
static void *lexicon_carve(unsigned char *block, size_t *used, size_t count, size_t size) {
  size_t at = (*used + 15) & ~(size_t)15;
  *used = at + count * size;
  return block ? block + at : NULL;
}

/* Lays an index for so many words and letters out in a block; NULL to learn its size. */
static size_t lexicon_lay_out(
    struct lexicon_index *index, unsigned char *block, size_t terms, size_t words, size_t letters) {
  size_t used = sizeof *index;
  index->word_mask = lexicon_slots(words) - 1;
  index->edge_mask = lexicon_slots(words - terms) - 1; /* each term has a word less of them */
  index->term_mask = lexicon_slots(terms) - 1;
  size_t slots = (size_t)index->word_mask + 1, edge_slots = (size_t)index->edge_mask + 1;
  size_t term_slots = (size_t)index->term_mask + 1;
  index->by_letters = lexicon_carve(block, &used, slots, sizeof *index->by_letters);
  index->by_skeleton = lexicon_carve(block, &used, slots, sizeof *index->by_skeleton);
  index->edges = lexicon_carve(block, &used, edge_slots, sizeof *index->edges);
  index->by_spelling = lexicon_carve(block, &used, term_slots, sizeof *index->by_spelling);
  index->words = lexicon_carve(block, &used, words + 1, sizeof *index->words);
  index->places = lexicon_carve(block, &used, words + 1, sizeof *index->places);
  index->spellings = lexicon_carve(block, &used, terms, sizeof *index->spellings);
  index->letters = lexicon_carve(block, &used, letters, 1);
  return used;
}

struct lexicon_index *lexicon_index_new(const struct lexicon_term *terms, int count,
    enum lexicon_status *status, int *problem, int *other) {
  size_t words = 0, letters = 0;
  for (int i = 0; i < count; i++) {
    if (!lexicon_measure(terms[i].text, &words, &letters)) {
      *status = LEXICON_BAD_TERM;
      *problem = i;
      return NULL;
    }
  }
  for (int i = 0; i < ROLES; i++) lexicon_measure(lexicon_roles[i].word, &words, &letters);
  letters = 2 * letters; /* those of words, and again those of spellings */
  struct lexicon_index layout = {.terms = terms};
  size_t size = lexicon_lay_out(&layout, NULL, (size_t)count, words, letters);
  unsigned char *block = sqlite3_malloc64(size);
  if (block == NULL) {
    *status = LEXICON_NO_MEMORY;
    return NULL;
  }
  memset(block, 0, size);
  struct lexicon_index *index = (struct lexicon_index *)block;
  lexicon_lay_out(&layout, block, (size_t)count, words, letters);
  *index = layout;
  lexicon_add_roles(index);
  for (int i = 0; i < count; i++) {
    if (!lexicon_add_term(index, i, other)) {
      *status = LEXICON_DUPLICATE;
      *problem = i;
      sqlite3_free(index);
      return NULL;
    }
  }
  *status = LEXICON_OK;
  return index;
}
