/*
** toxicity.c: the built-in scorer.
**
**   toxicity(text)
**
** How hostile a text is, 0 to 1, from a list of weighted terms. Fast, the same everywhere, and to be
** explained word by word; it understands nothing. What it does not list it does not find.
**
**     SELECT toxicity('you are an idiot');            -- 0.6
**     SELECT toxicity('this idiot of a capacitor');   -- 0.3: aimed at nobody
**     SELECT toxicity('he said "you are an idiot"');  -- 0.18: quoted
**
** HOW IT WORKS
**
** The text becomes lower-case words of letters, digits and apostrophes, one space between two; three
** or more equal letters in a row become one, and 0 1 3 4 5 7 @ $ inside a word with letters become
** the letters that they imitate. At each word the longest term of the list that starts there is a
** hit. A hit weighs what the list says,
**
**     times 0.5 if the term is one that can be about a thing, and no word of the text says "you";
**     times 0.3 if it stands between quotation marks;
**     times 0.2 if "not", "never" or a word in n't is one of the two words before it.
**
** The score is 1 - product(1 - weight) over the hits: two half-bad words are worse than one, and no
** number of them is more than 1.
*/
#include "toxicity.h"
#include "value.h"
#include <stdlib.h>
#include <string.h>

#define TOXICITY_UNAIMED 0.5
#define TOXICITY_QUOTED 0.3
#define TOXICITY_NEGATED 0.2
#define TOXICITY_PHRASE_WORDS 4 /* the longest term of the list, in words */

/* THING: may be said of a thing; it is at its full weight only in a text that says "you". */
enum toxicity_aim { PERSON, THING };

struct toxicity_term {
  const char *text;
  double weight;
  enum toxicity_aim aim;
};

/* Sorted by text, byte by byte; a test checks it. */
static const struct toxicity_term toxicity_terms[] = {
    {"arse", 0.2, THING},
    {"arsehole", 0.65, PERSON},
    {"asshat", 0.55, PERSON},
    {"asshole", 0.65, PERSON},
    {"assholes", 0.6, PERSON},
    {"bastard", 0.5, THING},
    {"beat you up", 0.85, PERSON},
    {"bitch", 0.6, THING},
    {"bloody", 0.08, THING},
    {"bollocks", 0.2, THING},
    {"braindead", 0.5, THING},
    {"brainless", 0.5, THING},
    {"bugger off", 0.4, PERSON},
    {"bullshit", 0.3, THING},
    {"clown", 0.35, THING},
    {"coward", 0.45, THING},
    {"crap", 0.15, THING},
    {"cretin", 0.6, PERSON},
    {"cunt", 0.8, PERSON},
    {"damn", 0.08, THING},
    {"dickhead", 0.65, PERSON},
    {"die in a fire", 0.9, PERSON},
    {"dimwit", 0.5, PERSON},
    {"disgusting", 0.35, THING},
    {"drop dead", 0.7, PERSON},
    {"dumb", 0.4, THING},
    {"dumbass", 0.6, PERSON},
    {"dumbest", 0.45, THING},
    {"faggot", 0.9, PERSON},
    {"fool", 0.35, THING},
    {"fraud", 0.3, THING},
    {"freak", 0.35, THING},
    {"fuck", 0.4, THING},
    {"fuck off", 0.7, PERSON},
    {"fuck you", 0.8, PERSON},
    {"fucking", 0.3, THING},
    {"garbage", 0.3, THING},
    {"get lost", 0.45, PERSON},
    {"go away", 0.2, PERSON},
    {"go die", 0.85, PERSON},
    {"go to hell", 0.65, PERSON},
    {"gtfo", 0.5, PERSON},
    {"hate you", 0.6, PERSON},
    {"hypocrite", 0.4, THING},
    {"idiot", 0.6, THING},
    {"idiotic", 0.5, THING},
    {"idiots", 0.6, THING},
    {"ignorant", 0.35, THING},
    {"imbecile", 0.6, THING},
    {"incompetent", 0.4, THING},
    {"jackass", 0.55, PERSON},
    {"jerk", 0.5, THING},
    {"kill you", 0.9, PERSON},
    {"kill yourself", 0.97, PERSON},
    {"kys", 0.95, PERSON},
    {"lame", 0.15, THING},
    {"liar", 0.45, THING},
    {"loser", 0.5, THING},
    {"losers", 0.5, THING},
    {"lunatic", 0.35, THING},
    {"moron", 0.6, THING},
    {"moronic", 0.5, THING},
    {"morons", 0.6, THING},
    {"nigger", 0.95, PERSON},
    {"niggers", 0.95, PERSON},
    {"nobody asked you", 0.4, PERSON},
    {"nobody likes you", 0.65, PERSON},
    {"pathetic", 0.45, THING},
    {"piece of shit", 0.6, THING},
    {"pig", 0.2, THING},
    {"piss off", 0.6, PERSON},
    {"prick", 0.55, PERSON},
    {"punch you", 0.75, PERSON},
    {"retard", 0.8, PERSON},
    {"retarded", 0.65, THING},
    {"rubbish", 0.15, THING},
    {"screw you", 0.65, PERSON},
    {"scum", 0.6, THING},
    {"scumbag", 0.65, PERSON},
    {"shit", 0.25, THING},
    {"shithead", 0.65, PERSON},
    {"shitty", 0.25, THING},
    {"shut it", 0.4, PERSON},
    {"shut up", 0.5, PERSON},
    {"shut your mouth", 0.6, PERSON},
    {"sick of you", 0.4, PERSON},
    {"slut", 0.75, PERSON},
    {"spineless", 0.45, THING},
    {"stfu", 0.6, PERSON},
    {"stupid", 0.45, THING},
    {"stupidest", 0.5, THING},
    {"stupidity", 0.4, THING},
    {"suck", 0.2, THING},
    {"trash", 0.3, THING},
    {"troll", 0.25, THING},
    {"twat", 0.65, PERSON},
    {"twit", 0.4, PERSON},
    {"ugly", 0.3, THING},
    {"useless", 0.35, THING},
    {"vermin", 0.6, THING},
    {"wanker", 0.6, PERSON},
    {"waste of space", 0.6, THING},
    {"whore", 0.75, PERSON},
    {"worthless", 0.45, THING},
    {"wtf", 0.1, THING},
};

/* One word of the folded text. */
struct toxicity_word {
  int start;
  int length;
  bool quoted;
};

struct toxicity_text {
  char *folded; /* words with one space between two, ended with NUL */
  struct toxicity_word *words;
  int count;
  bool aimed; /* it says "you" */
};

static char toxicity_letter(unsigned char byte) {
  static const char from[] = "013457@$", to[] = "oieastas";
  if (byte >= 'A' && byte <= 'Z') return (char)(byte + ('a' - 'A'));
  if ((byte >= 'a' && byte <= 'z') || byte == '\'' || byte >= 0x80) return (char)byte;
  const char *found = byte ? strchr(from, byte) : NULL;
  return found ? to[found - from] : (byte >= '0' && byte <= '9') ? (char)byte : 0;
}

static bool toxicity_word_is(const struct toxicity_text *text, int word, const char *expected) {
  const struct toxicity_word *w = &text->words[word];
  return (int)strlen(expected) == w->length &&
         memcmp(text->folded + w->start, expected, (size_t)w->length) == 0;
}

/* Ends the word that began at start; gives the new length of the folded text. An apostrophe at
** either end of a word is a quotation mark, and a word without a letter is none. */
static int toxicity_end_word(
    struct toxicity_text *text, int start, int end, bool has_letter, bool quoted) {
  while (end > start && text->folded[end - 1] == '\'') end--;
  if (end == start || !has_letter) return start;
  struct toxicity_word *word = &text->words[text->count++];
  word->start = start;
  word->length = end - start;
  word->quoted = quoted;
  text->folded[end] = ' ';
  return end + 1;
}

/* Is there, behind byte i, a mark that ends the quotation which the mark at i begins? Which marks have none
** is remembered in *lonely, so that a text of marks costs no more than a pass for each kind. */
static bool toxicity_is_closed(const unsigned char *bytes, int length, int i, unsigned *lonely) {
  unsigned kind = bytes[i] == '"' ? 1 : 2;
  if (*lonely & kind) return false;
  for (int j = i + 1; j < length; j++) {
    if (bytes[j] != bytes[i]) continue;
    if (bytes[j] == '"' || j + 1 == length || toxicity_letter(bytes[j + 1]) == 0) return true;
  }
  *lonely |= kind;
  return false;
}

static void toxicity_fold(struct toxicity_text *text, const unsigned char *bytes, int length) {
  int start = 0, end = 0;
  bool has_letter = false, quoted = false;
  unsigned lonely = 0;
  for (int i = 0; i < length; i++) {
    char letter = toxicity_letter(bytes[i]);
    bool opens = letter == '\'' && end == start;
    bool closes = letter == '\'' && end > start && quoted &&
                  (i + 1 == length || toxicity_letter(bytes[i + 1]) == 0);
    if (letter && !opens && !closes) {
      int run =
          end - start >= 2 && text->folded[end - 1] == letter && text->folded[end - 2] == letter;
      if (run) {
        while (i + 1 < length && toxicity_letter(bytes[i + 1]) == letter) i++;
        end--; /* three or more are one */
        continue;
      }
      text->folded[end++] = letter;
      if ((bytes[i] | 0x20) >= 'a' && (bytes[i] | 0x20) <= 'z') has_letter = true;
      if (bytes[i] >= 0x80) has_letter = true;
      continue;
    }
    start = end = toxicity_end_word(text, start, end, has_letter, quoted);
    has_letter = false;
    if (quoted ? closes || bytes[i] == '"'
               : (opens || bytes[i] == '"') && toxicity_is_closed(bytes, length, i, &lonely)) {
      quoted = !quoted;
    }
  }
  end = toxicity_end_word(text, start, end, has_letter, quoted);
  text->folded[end > 0 ? end - 1 : 0] = '\0';
  static const char *const you[] = {"you", "your", "you're", "youre", "ur", "u", "yourself"};
  for (int w = 0; w < text->count; w++) {
    for (size_t i = 0; i < sizeof you / sizeof *you; i++) {
      if (toxicity_word_is(text, w, you[i])) text->aimed = true;
    }
  }
}

static bool toxicity_is_negation(const struct toxicity_text *text, int word) {
  const struct toxicity_word *w = &text->words[word];
  return toxicity_word_is(text, word, "not") || toxicity_word_is(text, word, "never") ||
         (w->length > 3 && memcmp(text->folded + w->start + w->length - 3, "n't", 3) == 0);
}

struct toxicity_key {
  const char *text;
  size_t length;
};

static int toxicity_compare(const void *left, const void *right) {
  const struct toxicity_key *key = left;
  const struct toxicity_term *term = right;
  int order = strncmp(key->text, term->text, key->length);
  return order ? order : -(term->text[key->length] != '\0');
}

/* The longest term that starts at this word; *words is then its length. */
static const struct toxicity_term *toxicity_find(
    const struct toxicity_text *text, int word, int *words) {
  const struct toxicity_word *first = &text->words[word];
  for (int n = TOXICITY_PHRASE_WORDS; n > 0; n--) {
    if (word + n > text->count) continue;
    const struct toxicity_word *last = &text->words[word + n - 1];
    struct toxicity_key key = {
        text->folded + first->start, (size_t)(last->start + last->length - first->start)};
    const struct toxicity_term *term = bsearch(&key, toxicity_terms,
        sizeof toxicity_terms / sizeof *toxicity_terms, sizeof *toxicity_terms, toxicity_compare);
    if (term != NULL) {
      *words = n;
      return term;
    }
  }
  *words = 1;
  return NULL;
}

static double toxicity_score(const struct toxicity_text *text) {
  double clean = 1.0;
  for (int word = 0, words; word < text->count; word += words) {
    const struct toxicity_term *term = toxicity_find(text, word, &words);
    if (term == NULL) continue;
    double weight = term->weight;
    if (term->aim == THING && !text->aimed) weight *= TOXICITY_UNAIMED;
    if (text->words[word].quoted) weight *= TOXICITY_QUOTED;
    if ((word > 0 && toxicity_is_negation(text, word - 1)) ||
        (word > 1 && toxicity_is_negation(text, word - 2))) {
      weight *= TOXICITY_NEGATED;
    }
    clean *= 1.0 - weight;
  }
  return 1.0 - clean;
}

void toxicity(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  if (value_is_null(argv[0])) return;
  if (sqlite3_value_type(argv[0]) == SQLITE_BLOB) {
    value_refuse(context, "toxicity", "text", "TEXT", argv[0]);
    return;
  }
  const unsigned char *bytes = sqlite3_value_text(argv[0]);
  int length = sqlite3_value_bytes(argv[0]);
  struct toxicity_text text = {0};
  if (bytes != NULL) {
    /* Folding never lengthens, but for a space after the last word; words are at least a byte. */
    text.folded = sqlite3_malloc64((sqlite3_uint64)length + 2);
    text.words = sqlite3_malloc64(((sqlite3_uint64)length / 2 + 1) * sizeof *text.words);
  }
  if (text.folded != NULL && text.words != NULL) {
    toxicity_fold(&text, bytes, length);
    sqlite3_result_double(context, toxicity_score(&text));
  } else {
    sqlite3_result_error_nomem(context);
  }
  sqlite3_free(text.folded);
  sqlite3_free(text.words);
}
