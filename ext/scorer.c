/*
** scorer.c: how hostile a text is, by a list of terms. See scorer.h, and toxicity.c for the rule in words.
**
** HOW IT WORKS
**
** The words of the text pass through a window of fixed size. At each word the longest term that starts
** there is a hit, whether its words are written as words or as single letters ("s h u t  u p"), and the
** search goes on behind it. Whether the text is aimed at somebody is known at its end alone, so both
** products are kept.
*/
#include "scorer.h"
#include <string.h>

#define SCORER_UNAIMED                                                                             \
  0.5 /* of the weight: a term that can be about a thing, and nobody is spoken to */
#define SCORER_QUOTED 0.3       /* said by somebody else */
#define SCORER_NEGATED 0.2      /* denied */
#define SCORER_NEGATION_REACH 2 /* words between a negation and the term, and it itself */
#define SCORER_LETTERS_INSIDE                                                                      \
  4 /* a term inside a longer row of single letters has at least so many */
#define SCORER_LETTERS_WHOLE 3 /* a row that is a term and nothing else */

/* The window: words that may be looked back at, words that the longest term may have, and enough more
** that moving them costs little. */
#define SCORER_BEHIND SCORER_NEGATION_REACH
#define SCORER_AHEAD (FOLD_WORD_MAX + 1)
#define SCORER_WINDOW 512

struct scorer_word {
  int start;
  int end;
  uint32_t number;      /* in the index; 0: not there */
  unsigned char letter; /* of a word that is but one of a to z */
  unsigned char flags;
};

struct scorer_window {
  const struct lexicon_index *index;
  int count;
  struct scorer_word words[SCORER_WINDOW];
};

/* A term that starts at some word, and the number of words that it takes; 0 if there is none. */
struct scorer_match {
  const struct lexicon_term *term;
  int words;
};

bool scorer_is_aimed(const struct scorer_hit *hit, bool text_is_aimed) {
  return text_is_aimed || hit->term->aim == LEXICON_PERSON;
}

double scorer_count(const struct scorer_hit *hit, bool text_is_aimed) {
  double weight = hit->term->weight;
  if (!scorer_is_aimed(hit, text_is_aimed)) weight *= SCORER_UNAIMED;
  if (hit->quoted) weight *= SCORER_QUOTED;
  if (hit->negated) weight *= SCORER_NEGATED;
  return weight;
}

/* The longest term that the words from this one on are. "Fuck, you scared me" says something else than
** the same words without the comma. */
static struct scorer_match scorer_match_words(const struct scorer_window *window, int first) {
  struct scorer_match match = {NULL, 0};
  uint32_t place = lexicon_index_begin(window->index, window->words[first].number);
  for (int i = first; place != 0;) {
    const struct lexicon_term *term = lexicon_index_term(window->index, place);
    if (term != NULL) match = (struct scorer_match){term, i - first + 1};
    if (++i == window->count || window->words[i].number == 0) break;
    if (window->words[i].flags & FOLD_BROKEN) break;
    place = lexicon_index_advance(window->index, place, window->words[i].number);
  }
  return match;
}

/* Do these two words stand in the same row of single letters? */
static bool scorer_is_row(const struct scorer_word *before, const struct scorer_word *after) {
  return before->letter && after->letter && (after->flags & FOLD_NEARBY);
}

/* The longest term that single letters from this one on spell: inside of a row, or all of it. */
static struct scorer_match scorer_match_letters(const struct scorer_window *window, int first) {
  struct scorer_match match = {NULL, 0};
  const struct scorer_word *words = window->words;
  unsigned char letters[FOLD_WORD_MAX];
  uint32_t hash = FOLD_SEED;
  int most = window->index->spelled_max;
  bool begins = first == 0 || !scorer_is_row(&words[first - 1], &words[first]);
  for (int i = first; i < window->count && i - first < most; i++) {
    if (i > first && !scorer_is_row(&words[i - 1], &words[i])) break;
    letters[i - first] = words[i].letter;
    hash = (hash ^ words[i].letter) * FOLD_PRIME;
    int length = i - first + 1;
    if (length == LEXICON_PREFIX && !lexicon_index_may_spell(window->index, letters)) break;
    bool ends = i + 1 == window->count || !scorer_is_row(&words[i], &words[i + 1]);
    if (length < (begins && ends ? SCORER_LETTERS_WHOLE : SCORER_LETTERS_INSIDE)) continue;
    const struct lexicon_term *term = lexicon_index_spelled(window->index, letters, length, hash);
    if (term != NULL) match = (struct scorer_match){term, length};
  }
  return match;
}

/* "You are not an idiot": is the word denied by one just before it? "Why don't you" denies nothing, nor
** does "not only", nor what stands in another clause. */
static bool scorer_is_negated(const struct scorer_window *window, int word) {
  for (int back = 1; back <= SCORER_NEGATION_REACH && back <= word; back++) {
    if (window->words[word - back + 1].flags & FOLD_BROKEN) return false;
    unsigned roles = lexicon_index_roles(window->index, window->words[word - back].number);
    if (roles & (LEXICON_SUBJECT | LEXICON_ONLY)) return false;
    if (roles & LEXICON_NEGATION) return true;
  }
  return false;
}

/* Reads words until the window is full. False at the end of the text. */
static bool scorer_fill(struct scorer_window *window, struct fold *fold, bool *aimed) {
  const struct lexicon_index *index = window->index;
  struct fold_word read;
  for (; window->count < SCORER_WINDOW; window->count++) {
    if (!fold_next(fold, &read)) {
      if (fold->mentions) *aimed = true;
      return false;
    }
    struct scorer_word *word = &window->words[window->count];
    uint32_t number = lexicon_index_word(index, fold, &read);
    word->start = read.start;
    word->end = read.end;
    word->flags = (unsigned char)read.flags;
    word->letter = read.length == 1 ? fold_letter(fold, &read) : 0;
    word->number = number;
    if (lexicon_index_roles(index, number) & LEXICON_YOU) *aimed = true;
  }
  return true;
}

/* The longest term that starts at this word. */
static struct scorer_match scorer_match_at(const struct scorer_window *window, int first) {
  struct scorer_match match = scorer_match_words(window, first);
  if (window->words[first].letter) {
    struct scorer_match spelled = scorer_match_letters(window, first);
    if (spelled.words > match.words) match = spelled;
  }
  return match;
}

/* The products of 1 - count, for both cases of what is known at the end alone. */
struct scorer_products {
  double aimed;
  double unaimed;
};

/* Counts the terms that start at words from `at` to `end`. Returns the word behind the last of them, or
** -1 if a visit said false. */
static int scorer_scan(const struct scorer_window *window, int at, int end,
    struct scorer_products *products, scorer_visit *visit, void *to) {
  while (at < end) {
    const struct scorer_word *first = &window->words[at];
    struct scorer_match match = {NULL, 0};
    if (first->number != 0 || first->letter) match = scorer_match_at(window, at);
    if (match.term != NULL && match.term->weight > 0) {
      struct scorer_hit hit = {
          .start = first->start,
          .end = window->words[at + match.words - 1].end,
          .term = match.term,
          .quoted = first->flags & FOLD_QUOTED,
          .negated = scorer_is_negated(window, at),
      };
      products->aimed *= 1.0 - scorer_count(&hit, true);
      products->unaimed *= 1.0 - scorer_count(&hit, false);
      if (visit != NULL && !visit(to, &hit)) return -1;
    }
    at += match.term ? match.words : 1;
  }
  return at;
}

struct scorer_score scorer_score(const struct lexicon_index *index, const char *text, int length,
    scorer_visit *visit, void *to) {
  struct scorer_window window;
  struct fold fold;
  struct scorer_products products = {1.0, 1.0};
  bool aimed = false, more = true;
  window.index = index;
  window.count = 0;
  fold_begin(&fold, text, length);
  int at = 0;
  while (more && at >= 0) {
    more = scorer_fill(&window, &fold, &aimed);
    at = scorer_scan(
        &window, at, more ? window.count - SCORER_AHEAD : window.count, &products, visit, to);
    if (more && at > SCORER_BEHIND) { /* those that may be looked back at stay */
      int gone = at - SCORER_BEHIND;
      window.count -= gone;
      at = SCORER_BEHIND;
      memmove(window.words, window.words + gone, (size_t)window.count * sizeof *window.words);
    }
  }
  return (struct scorer_score){1.0 - (aimed ? products.aimed : products.unaimed), aimed, at >= 0};
}
