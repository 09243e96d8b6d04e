/*
** fold.c: a text as the words that it reads as. See fold.h.
**
** HOW IT WORKS
**
** Nearly all words of a chat are ASCII letters and nothing else. For them one table says of each byte what
** it is, and one loop (fold_plain) hashes its lower case, without a copy. A word with anything else in it
** is read again from its first byte by fold_slow, which writes its letters down.
**
** A quotation begins with a mark that is not behind a letter or digit (5" is a size) if there is one that
** ends it. Looking for that one is linear in all: where it is found the next look starts behind it, and a
** kind of mark for which none was found is not looked for again.
*/
#include "fold.h"
#include <string.h>
#include "lookalike.h"
#include "utf8.h"

/* Keeps what is seldom needed out of the way of what always is. */
#define FOLD_SELDOM __attribute__((noinline))

/* What a byte is. Those up to QUOTE are never part of a word; the joiners are if they stand between
** letters. */
enum {
  END, /* NUL: the end of the text, or a space */
  SPACE,
  BREAK,  /* ends a clause */
  LINE,   /* ends a line */
  DOUBLE, /* " */
  CODE,   /* ` */
  QUOTE,  /* > */
  SINGLE, /* ' */
  BANG,   /* ! for i */
  BAR,    /* | for l */
  AT,     /* @ for a */
  STAR,   /* for any letters */
  DOLLAR, /* $ for s */
  DIGIT,
  HIGH,         /* not ASCII */
  LETTER = 'a', /* and above: letters, as themselves in lower case */
};

static const unsigned char fold_classes[256] = {
    END, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, LINE, SPACE, SPACE, LINE,
    SPACE, SPACE, /* 00 */
    SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE,
    SPACE, SPACE, SPACE, /* 10 */
    SPACE, BANG, DOUBLE, SPACE, DOLLAR, SPACE, SPACE, SINGLE, SPACE, SPACE, STAR, SPACE, BREAK,
    SPACE, BREAK, SPACE, /* 20 */
    DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, BREAK, BREAK, SPACE,
    SPACE, QUOTE, BREAK,                                                           /* 30 */
    AT, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', /* 40 */
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', SPACE, SPACE, SPACE, SPACE,
    SPACE,                                                                                  /* 50 */
    CODE, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',        /* 60 */
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', SPACE, BAR, SPACE, SPACE, SPACE, /* 70 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* 80 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* 90 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* A0 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* B0 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* C0 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* D0 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* E0 */
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH, /* F0 */
};

static const char fold_digits[] = "oi2eas6tb9"; /* the letters that 0 to 9 imitate */

/* Kinds of quotation marks, as bits of `lonely`. */
enum {
  MARK_DOUBLE = 1,
  MARK_SINGLE = 2,
  MARK_CODE = 4,
  MARK_CURLY = 8,
  MARK_LOW = 16,
  MARK_ANGLE = 32,
  MARK_CURLY_SINGLE = 64
};

void fold_begin(struct fold *fold, const char *text, int length) {
  fold->text = (const unsigned char *)text;
  fold->length = length;
  fold->at = 0;
  fold->quote_end = -1;
  fold->lonely = 0;
  fold->mentions = false;
}

uint32_t fold_hash(const unsigned char *letters, int length) {
  uint32_t hash = FOLD_SEED;
  for (int i = 0; i < length; i++) hash = (hash ^ letters[i]) * FOLD_PRIME;
  return hash;
}

unsigned char fold_letter(const struct fold *fold, const struct fold_word *word) {
  if (word->letters == NULL) return fold_classes[fold->text[word->start]];
  return word->letters[0] >= 'a' && word->letters[0] <= 'z' ? word->letters[0] : 0;
}

bool fold_plain_is(const unsigned char *text, const unsigned char *word, int length) {
  for (int i = 0; i < length; i++) {
    if (fold_classes[text[i]] != word[i]) return false;
  }
  return true;
}

/* How many equal characters in a row begin at letters[i]; *step is the length of each. */
static int fold_run(const unsigned char *letters, int length, int i, int *step) {
  int run = 1;
  *step = fold_step(letters[i]);
  for (int j = i + *step; j + *step <= length; j += *step, run++) {
    if (memcmp(letters + i, letters + j, (size_t)*step) != 0) break;
  }
  return run;
}

int fold_collapse(const unsigned char *letters, int length, unsigned char *collapsed) {
  int used = 0;
  for (int i = 0, step; i < length;) {
    int run = fold_run(letters, length, i, &step);
    memcpy(collapsed + used, letters + i, (size_t)step);
    used += step;
    i += run * step;
  }
  return used;
}

bool fold_covers(
    const unsigned char *stretched, int stretched_length, const unsigned char *word, int length) {
  int i = 0, j = 0, step, word_step;
  while (i < stretched_length && j < length) {
    int run = fold_run(stretched, stretched_length, i, &step);
    int word_run = fold_run(word, length, j, &word_step);
    if (step != word_step || run < word_run || memcmp(stretched + i, word + j, (size_t)step) != 0) {
      return false;
    }
    i += run * step;
    j += word_run * step;
  }
  return i == stretched_length && j == length;
}

/*
** Quotations
*/

/* Where the mark is, from `from` on, that ends a quotation of this kind; -1 if nowhere. */
static int fold_find_close(const struct fold *fold, unsigned kind, int from) {
  static const char last[] = {[MARK_DOUBLE] = '"',
      [MARK_SINGLE] = '\'',
      [MARK_CODE] = '`',
      [MARK_CURLY] = '\x9D',
      [MARK_LOW] = '\x80',
      [MARK_ANGLE] = '\xBB',
      [MARK_CURLY_SINGLE] = '\x99'};
  const unsigned char *text = fold->text;
  for (int i = from; i < fold->length; i++) {
    const unsigned char *found = memchr(text + i, last[kind], (size_t)(fold->length - i));
    if (found == NULL) return -1;
    i = (int)(found - text);
    switch (kind) {
    case MARK_SINGLE: /* between letters it is an apostrophe */
      if (fold_classes[text[i + 1]] < DIGIT) return i;
      break;
    case MARK_CODE:
      while (text[i + 1] == '`') i++;
      return i;
    case MARK_CURLY:
      if (i >= from + 2 && text[i - 2] == 0xE2 && text[i - 1] == 0x80) return i - 2;
      break;
    case MARK_CURLY_SINGLE:
      if (i >= from + 2 && text[i - 2] == 0xE2 && text[i - 1] == 0x80 &&
          fold_classes[text[i + 1]] < DIGIT) {
        return i - 2;
      }
      break;
    case MARK_LOW: /* German „...“ and Polish „...” */
      if (i > from && text[i - 1] == 0xE2 && (text[i + 1] == 0x9C || text[i + 1] == 0x9D))
        return i - 1;
      break;
    case MARK_ANGLE:
      if (i > from && text[i - 1] == 0xC2) return i - 1;
      break;
    default:
      return i;
    }
  }
  return -1;
}

/* Here is a mark of this kind, `width` bytes of it. Begins a quotation, if it is one. */
static void fold_open(struct fold *fold, unsigned kind, int width) {
  int at = fold->at;
  if (at <= fold->quote_end || (fold->lonely & kind)) return;
  unsigned char before = at > 0 ? fold_classes[fold->text[at - 1]] : SPACE;
  if (before >= LETTER || before == DIGIT) return;
  int close = fold_find_close(fold, kind, at + width);
  if (close < 0) {
    fold->lonely |= kind;
  } else {
    fold->quote_end = close;
  }
}

/* Here is a >. At the beginning of a line it quotes the line, if it is no emoticon. */
static void fold_open_line(struct fold *fold) {
  const unsigned char *text = fold->text;
  int before = fold->at;
  if (before <= fold->quote_end) return;
  while (before > 0 && fold_classes[text[before - 1]] == SPACE) before--;
  if (before > 0 && fold_classes[text[before - 1]] != LINE) return;
  unsigned char next = text[fold->at + 1];
  if (next != ' ' && next != '>' && next != '"' && fold_classes[next] < DIGIT) return;
  const unsigned char *end = memchr(text + fold->at, '\n', (size_t)(fold->length - fold->at));
  fold->quote_end = end ? (int)(end - text) : fold->length;
}

/*
** Words with something else than ASCII letters in them
*/

/* A word in the making. */
struct fold_builder {
  int used;  /* bytes of letters */
  int added; /* characters, also those that were dropped */
  uint64_t ambiguous;
  bool has_letter;
  bool is_stretched;
  bool is_too_long;
};

/* Adds a character. Of equal ones in a row three are kept. */
static void fold_append(
    struct fold *fold, struct fold_builder *builder, const char *character, int length) {
  unsigned char *letters = fold->letters;
  int used = builder->used, equal = 0;
  builder->added++;
  while (equal < 3 && used >= (equal + 1) * length &&
         memcmp(letters + used - (equal + 1) * length, character, (size_t)length) == 0) {
    equal++;
  }
  if (equal >= 2) builder->is_stretched = true;
  if (equal == 3) return;
  if (used + length > FOLD_WORD_MAX) {
    builder->is_too_long = true;
    return;
  }
  memcpy(letters + used, character, (size_t)length);
  builder->used += length;
}

/* Adds what a mark or a letter of ASCII reads as; false if it ends the word. */
static bool fold_append_ascii(
    struct fold *fold, struct fold_builder *builder, unsigned char byte, unsigned char next) {
  unsigned char class = fold_classes[byte];
  char letter = (char)class;
  switch (class) {
  case SINGLE:
    if (builder->used == 0 || next < DIGIT) return false;
    letter = '\'';
    break;
  case BANG:
  case BAR:
    if (builder->used == 0 || next < LETTER) return false;
    letter = class == BANG ? 'i' : 'l';
    break;
  case AT:
    if (next < DOLLAR) return false;
    letter = 'a';
    break;
  case STAR:
    if (builder->used == 0) return false;
    letter = '*';
    break;
  case DOLLAR:
    letter = 's';
    break;
  case DIGIT:
    letter = fold_digits[byte - '0'];
    if (byte == '1' && builder->used < FOLD_WORD_MAX)
      builder->ambiguous |= UINT64_C(1) << builder->used;
    break;
  default:
    if (class < LETTER) return false;
    builder->has_letter = true;
  }
  fold_append(fold, builder, &letter, 1);
  return true;
}

/* Adds the character at `at` that is not ASCII, and gives its length in *step; false if it ends the word.
** *is_word: it is a word of its own. */
static bool fold_append_high(
    struct fold *fold, struct fold_builder *builder, int at, int *step, bool *is_word) {
  uint32_t character;
  char letters[LOOKALIKE_SIZE];
  *step = utf8_decode(fold->text + at, fold->length - at, &character);
  if (*step == 0) return false;
  switch (lookalike_read(character, letters)) {
  case LOOKALIKE_END:
    return false;
  case LOOKALIKE_NOTHING:
    return true;
  case LOOKALIKE_LETTERS:
    for (int i = 0; letters[i]; i++) {
      unsigned char next = letters[i + 1] ? LETTER : fold_classes[fold->text[at + *step]];
      if (!fold_append_ascii(fold, builder, (unsigned char)letters[i], next)) return false;
    }
    break;
  case LOOKALIKE_WORD:
    if (builder->used > 0) return false;
    *is_word = true;
    builder->has_letter = true;
    fold_append(fold, builder, letters, *step);
    break;
  case LOOKALIKE_OTHER:
    builder->has_letter = true;
    fold_append(fold, builder, letters, (int)strlen(letters));
    break;
  }
  return true;
}

/* Takes from the letters what is no part of the word: an apostrophe behind it that was none, and 's. */
static void fold_strip(const struct fold *fold, struct fold_builder *builder) {
  const unsigned char *letters = fold->letters;
  int used = builder->used;
  while (used > 0 && letters[used - 1] == '\'') used--;
  if (used > 2 && letters[used - 1] == 's' && letters[used - 2] == '\'') used -= 2;
  builder->used = used;
}

/* The same word without the asterisks behind it. */
static void fold_trim(const struct fold *fold, struct fold_word *word) {
  int length = word->length, end = word->end;
  while (length > 0 && fold->letters[length - 1] == '*') length--;
  while (end > word->start && fold->text[end - 1] == '*') end--;
  word->trimmed_length = length;
  word->trimmed = end;
}

/* Reads a word from fold->at on. False if there is none: what stands there, a character or more, is
** passed over, and counted in *gap. */
FOLD_SELDOM static bool fold_slow(struct fold *fold, struct fold_word *word, int *gap) {
  const unsigned char *text = fold->text;
  struct fold_builder builder = {.used = 0};
  int at = fold->at, start = at, end = at, step = 1;
  bool is_word = false;
  while (at < fold->length && !is_word) {
    int added = builder.added;
    step = 1;
    if (fold_classes[text[at]] == HIGH) {
      if (!fold_append_high(fold, &builder, at, &step, &is_word)) break;
    } else {
      if (!fold_append_ascii(fold, &builder, text[at], fold_classes[text[at + 1]])) break;
    }
    if (added == 0) start = at; /* so far nothing was to be seen */
    at += step;
    if (builder.added > added && fold->letters[builder.used - 1] != '\'') end = at;
  }
  if (!builder.has_letter) {
    if (at == fold->at) {
      at += step > 0 ? step : 1;
      builder.added = 1;
    }
    *gap += builder.added;
    fold->at = at;
    return false;
  }
  fold_strip(fold, &builder);
  *word = (struct fold_word){
      .start = start,
      .end = end,
      .letters = fold->letters,
      .length = builder.is_too_long ? 0 : builder.used,
      .hash = builder.is_too_long ? 0 : fold_hash(fold->letters, builder.used),
      .ambiguous = builder.ambiguous,
      .flags = builder.is_stretched ? FOLD_STRETCHED : 0,
  };
  fold_trim(fold, word);
  fold->at = at;
  return true;
}

/*
** All words
*/

/* Reads a word of ASCII letters, and nothing else, from fold->at on. False if it is none after all. */
static inline bool fold_plain(struct fold *fold, struct fold_word *word) {
  const unsigned char *text = fold->text;
  int start = fold->at, at = start, pairs = 0;
  uint32_t hash = FOLD_SEED;
  unsigned char class = fold_classes[text[at]], before = 0;
  do {
    if (class == before) pairs++;
    before = class;
    hash = (hash ^ class) * FOLD_PRIME;
    class = fold_classes[text[++at]];
  } while (class >= LETTER);
  /* Two pairs may be three equal letters. */
  if (class >= STAR || pairs >= 2 || (class >= SINGLE && fold_classes[text[at + 1]] >= STAR) ||
      at - start > FOLD_WORD_MAX) {
    return false;
  }
  word->start = start;
  word->end = at;
  word->hash = hash;
  word->letters = NULL;
  word->length = at - start;
  word->flags = 0;
  fold->at = at;
  return true;
}

/* The kind of quotation that the character here begins, and its length; 0 if none. */
static unsigned fold_mark(const unsigned char *here, int *width) {
  *width = here[0] < 0xE0 ? 2 : 3;
  if (here[0] == 0xC2 && here[1] == 0xAB) return MARK_ANGLE;
  if (here[0] != 0xE2 || here[1] != 0x80) return 0;
  switch (here[2]) {
  case 0x98:
    return MARK_CURLY_SINGLE;
  case 0x9C:
    return MARK_CURLY;
  case 0x9E:
    return MARK_LOW;
  default:
    return 0;
  }
}

/* Passes over a byte that is neither a space nor a letter, with what follows from it: a quotation, a
** mention, the end of a clause or line. True if a word was there. */
FOLD_SELDOM static bool fold_other(
    struct fold *fold, struct fold_word *word, int *gap, unsigned *flags) {
  const unsigned char *here = fold->text + fold->at;
  unsigned char class = fold_classes[*here];
  unsigned kind;
  int width = 1;
  switch (class) {
  case LINE:
    if (*gap <= FOLD_NEAR) *gap += FOLD_NEAR; /* not near */
    *flags |= FOLD_BROKEN;
    break;
  case BREAK:
  case BANG:
    *flags |= FOLD_BROKEN;
    break;
  case DOUBLE:
    fold_open(fold, MARK_DOUBLE, 1);
    break;
  case SINGLE:
    fold_open(fold, MARK_SINGLE, 1);
    break;
  case CODE:
    while (here[width] == '`') width++;
    fold_open(fold, MARK_CODE, width);
    break;
  case QUOTE:
    fold_open_line(fold);
    break;
  case AT:
    if (fold_classes[here[1]] >= HIGH) {
      fold->mentions = true;
      *flags |= FOLD_MENTION;
    } else if (fold_classes[here[1]] == DIGIT && fold->at > 0 && here[-1] == '<') {
      fold->mentions = true;
    }
    if (fold_slow(fold, word, gap)) return true;
    *flags &= ~(unsigned)FOLD_MENTION;
    return false;
  case HIGH:
    kind = fold_mark(here, &width);
    if (kind != 0) {
      fold_open(fold, kind, width);
      break;
    }
    return fold_slow(fold, word, gap);
  case DOLLAR:
  case DIGIT:
    return fold_slow(fold, word, gap);
  default:
    break;
  }
  *gap += 1;
  fold->at += width;
  return false;
}

bool fold_next(struct fold *fold, struct fold_word *word) {
  const unsigned char *text = fold->text;
  int at = fold->at, gap = 0;
  unsigned flags = 0;
  for (;;) {
    unsigned char class = fold_classes[text[at]];
    if (class == SPACE) {
      at++;
      gap++;
      continue;
    }
    fold->at = at;
    if (class >= LETTER) {
      if (fold_plain(fold, word) || fold_slow(fold, word, &gap)) break;
    } else if (class == END) {
      if (at >= fold->length) return false;
      fold->at++;
      gap++;
    } else if (fold_other(fold, word, &gap, &flags)) {
      break;
    }
    at = fold->at;
  }
  if (gap <= FOLD_NEAR) flags |= FOLD_NEARBY;
  if (gap <= 1) flags &= ~(unsigned)FOLD_BROKEN; /* kill.yourself, example.com */
  if (word->start < fold->quote_end) flags |= FOLD_QUOTED;
  word->flags |= flags;
  return true;
}
