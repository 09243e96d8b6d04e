/*
** scorer_texts.c: what the benchmarks of the scorer work on. See scorer_texts.h.
**
** The made messages are like those of a technical channel: 1 to 24 words, the common ones most often, some
** with capitals, marks, digits, an accent or an emoji; one in four hundred words is a term of the list.
*/
#include "scorer_texts.h"
#include "database.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../unit/random.h"
#include "scorer.h"

#define WORDS_MOST 24
#define TEXT_MOST 4096

static struct lexicon_index *terms;
static char **texts;
static int *lengths;
static size_t text_count;
static char lowered[TEXT_MOST];

/* Somebody must read what a side computes, or the compiler leaves it out. */
static volatile double score_sink;
static volatile uint32_t hash_sink;

static void add_text(const char *text, size_t length, size_t *room) {
  if (text_count == *room) {
    *room = *room ? 2 * *room : 1024;
    texts = realloc(texts, *room * sizeof *texts);
    lengths = realloc(lengths, *room * sizeof *lengths);
  }
  if (length >= TEXT_MOST) length = TEXT_MOST - 1;
  char *copy = malloc(length + 1);
  if (texts == NULL || lengths == NULL || copy == NULL) fail("texts", "out of memory");
  memcpy(copy, text, length);
  copy[length] = '\0';
  texts[text_count] = copy;
  lengths[text_count++] = (int)length;
}

/* A word; those at the beginning of the list are drawn most often. */
static const char *draw_word(struct random *random) {
  static const char *const words[] = {"the", "to", "i", "a", "it", "is", "and", "you", "in", "that",
      "of", "on", "for", "have", "my", "with", "not", "but", "this", "if", "do", "can", "be",
      "just", "what", "so", "it's", "or", "are", "as", "how", "was", "use", "get", "there", "from",
      "your", "no", "at", "i'm", "one", "install", "me", "like", "don't", "ubuntu", "all", "any",
      "an", "when", "now", "does", "up", "then", "would", "try", "know", "will", "file", "work",
      "which", "yes", "out", "has", "some", "ok", "root", "need", "want", "go", "i've", "ah",
      "kernel", "thanks", "about", "should", "why", "by", "see", "run", "they", "here", "anyone",
      "package", "problem", "time", "system", "server", "windows", "help", "something", "think",
      "set", "only", "where", "version", "default", "because", "network", "partition",
      "configuration", "apt-get", "well", "http://wiki.example.org/Page", "/etc/fstab", "sudo",
      "lol", "hmm", "sure", "really", "2.6.10", "64bit", "hda1", "x.org", ":)", "...", "café",
      "naïve", "🙂", "--help", "foo_bar", "e-mail"};
  double unit = random_unit(random);
  return words[(size_t)(unit * unit * (double)(sizeof words / sizeof *words))];
}

static void make_texts(size_t count) {
  struct random random = {20240229};
  char text[TEXT_MOST];
  size_t room = 0;
  while (text_count < count) {
    int words = 1 + random_below(&random, WORDS_MOST);
    size_t length = 0;
    for (int i = 0; i < words; i++) {
      const char *word = random_once_in(&random, 400)
                             ? lexicon_builtin[random_below(&random, lexicon_builtin_count)].text
                             : draw_word(&random);
      if (i > 0) text[length++] = ' ';
      size_t start = length;
      length += (size_t)snprintf(text + length, 100, "%s", word);
      bool begins = i == 0 || random_once_in(&random, 20);
      if (begins && text[start] >= 'a' && text[start] <= 'z') text[start] -= 32;
      if (random_once_in(&random, 10)) text[length++] = ",.?!"[random_below(&random, 4)];
    }
    add_text(text, length, &room);
  }
}

/* Takes what was said from a log with lines like "[12:34] <ann> hello". */
static void read_log(const char *name, size_t *room) {
  char line[TEXT_MOST];
  FILE *file = fopen(name, "r");
  if (file == NULL) fail(name, "cannot be opened");
  while (fgets(line, sizeof line, file) != NULL) {
    const char *said = line[0] == '[' ? strstr(line, "> ") : NULL;
    if (said != NULL) add_text(said + 2, strcspn(said + 2, "\n"), room);
  }
  fclose(file);
}

static void read_logs(const char *names) {
  char name[TEXT_MOST];
  size_t room = 0;
  while (*(names += strspn(names, " \n")) != '\0') {
    size_t length = strcspn(names, " \n");
    if (length >= sizeof name) fail("DECORUM_LOGS", "a name is too long");
    memcpy(name, names, length);
    name[length] = '\0';
    read_log(name, &room);
    names += length;
  }
  if (text_count == 0) fail("DECORUM_LOGS", "nobody says anything there");
}

/* Lower-cases a text into `lowered`, and returns the hashes of its words, added up. */
static uint32_t hash_words(const char *text, int length) {
  uint32_t sum = 0, hash = FOLD_SEED;
  bool inside = false;
  for (int i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    if (byte >= 'A' && byte <= 'Z') byte |= 0x20;
    lowered[i] = (char)byte;
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80) {
      hash = (hash ^ byte) * FOLD_PRIME;
      inside = true;
    } else if (inside) {
      sum += hash;
      hash = FOLD_SEED;
      inside = false;
    }
  }
  return inside ? sum + hash : sum;
}

static void word_hash(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  const char *text = (const char *)sqlite3_value_text(argv[0]);
  if (text == NULL) return;
  sqlite3_result_int64(context, hash_words(text, sqlite3_value_bytes(argv[0])));
}

void scorer_texts_open(sqlite3 *db, size_t count) {
  enum lexicon_status status;
  int problem, other;
  const char *logs = getenv("DECORUM_LOGS");
  terms = lexicon_index_new(lexicon_builtin, lexicon_builtin_count, &status, &problem, &other);
  if (terms == NULL) fail("scorer", "the list cannot be made ready");
  if (logs != NULL && *logs != '\0') {
    read_logs(logs);
  } else {
    make_texts(count);
  }
  if (sqlite3_create_function(db, "word_hash", 1, SQLITE_UTF8, NULL, word_hash, NULL, NULL)) {
    fail("word_hash", sqlite3_errmsg(db));
  }
  execute(db, "CREATE TABLE scorer_text(text)");
  sqlite3_stmt *insert = prepare(db, "INSERT INTO scorer_text VALUES (?1)");
  for (size_t i = 0; i < text_count; i++) {
    sqlite3_bind_text(insert, 1, texts[i], lengths[i], SQLITE_STATIC);
    step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

void scorer_texts_close(void) {
  for (size_t i = 0; i < text_count; i++) free(texts[i]);
  free(texts);
  free(lengths);
  sqlite3_free(terms);
}

size_t scorer_texts_count(void) {
  return text_count;
}

double scorer_texts_length(void) {
  double bytes = 0;
  for (size_t i = 0; i < text_count; i++) bytes += lengths[i];
  return bytes / (double)text_count;
}

void scorer_texts_score(void) {
  double sum = 0;
  for (size_t i = 0; i < text_count; i++) {
    sum += scorer_score(terms, texts[i], lengths[i], NULL, NULL).toxicity;
  }
  score_sink = sum;
}

void scorer_texts_hash(void) {
  uint32_t sum = 0;
  for (size_t i = 0; i < text_count; i++) sum += hash_words(texts[i], lengths[i]);
  hash_sink = sum;
}

int scorer_texts_agree(sqlite3 *db) {
  sqlite3_stmt *select = NULL;
  size_t agreeing = 0;
  if (sqlite3_prepare_v2(
          db, "SELECT toxicity(text) FROM scorer_text ORDER BY rowid", -1, &select, NULL)) {
    fail("scorer", sqlite3_errmsg(db));
  }
  for (size_t i = 0; i < text_count && sqlite3_step(select) == SQLITE_ROW; i++) {
    double score = scorer_score(terms, texts[i], lengths[i], NULL, NULL).toxicity;
    agreeing += score == sqlite3_column_double(select, 0);
  }
  sqlite3_finalize(select);
  return agreeing == text_count;
}
