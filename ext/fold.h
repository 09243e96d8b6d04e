/*
** fold.h: a text as the words that it reads as, whatever they were written with.
**
**     "You 1D10T!!"                      you, idiot
**     "sh\u200But   up" "ｓｈｕｔ ᵘᵖ"       shut, up
**     "Don’t, b*tch's"                   don't, b*tch
**     "猫 ж🙂ok"                          猫, ж, ok
**
** A word is letters, with what may stand between them: digits and marks that imitate a letter, '*' and an
** apostrophe. Four and more equal letters are three. A text is read once from its beginning to its end,
** without memory of its own: the time is linear and the space constant for any bytes whatsoever.
**
**     struct fold fold;
**     struct fold_word word;
**     fold_begin(&fold, text, length);
**     while (fold_next(&fold, &word)) ...
*/
#ifndef DECORUM_FOLD_H
#define DECORUM_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#define FOLD_WORD_MAX 64      /* bytes of a folded word; a longer one matches nothing */
#define FOLD_NEAR 3           /* so many characters between two words, at most, and they are near */
#define FOLD_SEED 2166136261u /* FNV-1a */
#define FOLD_PRIME 16777619u

/* What is known of a word, but for its letters. */
enum {
  FOLD_QUOTED = 1,    /* between quotation marks, in `code`, or in a line that begins with > */
  FOLD_BROKEN = 2,    /* behind a mark that ends a clause, with a space, or the end of a line */
  FOLD_NEARBY = 4,    /* at most FOLD_NEAR characters behind the word before, on the same line */
  FOLD_STRETCHED = 8, /* three or more equal letters in a row */
  FOLD_MENTION = 16,  /* @name; the letters begin with the a that @ may stand for */
};

struct fold_word {
  int start;     /* bytes of the text, from here */
  int end;       /* to here */
  int trimmed;   /* the same without asterisks behind it */
  uint32_t hash; /* FNV-1a over the letters; 0 for a word that is too long */
  const unsigned char
      *letters; /* until the next word; NULL: the bytes of the text, in lower case */
  int length;   /* of the letters */
  int trimmed_length;
  uint64_t ambiguous; /* bit i: letters[i] is an i that may be an l (1) */
  unsigned flags;
};

struct fold {
  const unsigned char *text;
  int length;
  int at;          /* the next byte */
  int quote_end;   /* the mark that ends the last quotation; up to it, words are quoted */
  unsigned lonely; /* kinds of quotation marks that nothing closes from here on */
  bool mentions;   /* somebody was mentioned so far: @name, <@123> */
  unsigned char letters[FOLD_WORD_MAX];
};

/* text[length] must be there and NUL, as it is in what SQLite hands out. */
void fold_begin(struct fold *fold, const char *text, int length);

/* The next word; false at the end. */
bool fold_next(struct fold *fold, struct fold_word *word);

uint32_t fold_hash(const unsigned char *letters, int length);

/* The letter of a word of one byte, if it is one of a to z; else 0. */
unsigned char fold_letter(const struct fold *fold, const struct fold_word *word);

/* Is the plain word text[start...] (letters NULL) this one? */
bool fold_plain_is(const unsigned char *text, const unsigned char *word, int length);

/* The length in bytes of the character at `letters`, which are folded. */
static inline int fold_step(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Writes the letters with each run of equal ones made one. Returns their length. */
int fold_collapse(const unsigned char *letters, int length, unsigned char *collapsed);

/* Does a stretched word read as this one: the same letters, in runs at least as long? */
bool fold_covers(
    const unsigned char *stretched, int stretched_length, const unsigned char *word, int length);

#endif
