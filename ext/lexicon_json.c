/*
** lexicon_json.c: a list of terms out of JSON. See lexicon_json.h.
**
** A parser of this one form, instead of SQLite's json_each(): a statement run inside of a function is
** subject to the authorizer and the limits of the connection, and could not name the place of an error.
** It never recurses, so that no text can use up the stack.
*/
#include "lexicon_json.h"
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "api.h"
#include "utf8.h"
#include "value.h"

enum { KEY_TERM, KEY_WEIGHT, KEY_CATEGORY, KEY_AIM, KEYS };
static const char *const lexicon_keys[KEYS] = {"term", "weight", "category", "aim"};

#define RULE_LIST "a JSON array of objects"
#define RULE_KEYS "an object with term, weight, category and perhaps aim, each once"
#define RULE_TERM "text without NUL"
#define RULE_WEIGHT "between 0 and 1"
#define RULE_CATEGORY "insult, profanity, threat, hate, sexual, harassment or self_harm"
#define RULE_AIM "person or thing"

struct lexicon_reader {
  const unsigned char *json;
  int length;
  int at;
  int item;   /* of the array; -1 outside */
  char *free; /* where the next text goes */
  char *error;
  bool no_memory;
};

static void lexicon_skip(struct lexicon_reader *reader) {
  while (reader->at < reader->length && memchr(" \t\n\r", reader->json[reader->at], 4))
    reader->at++;
}

/* Skips white space, and this character if it comes next. */
static bool lexicon_take(struct lexicon_reader *reader, char expected) {
  lexicon_skip(reader);
  if (reader->at == reader->length || reader->json[reader->at] != (unsigned char)expected)
    return false;
  reader->at++;
  return true;
}

/* What stands at `at`, as an error message shows it. */
static char *lexicon_describe(const struct lexicon_reader *reader, int at) {
  const unsigned char *json = reader->json;
  if (at >= reader->length) return sqlite3_mprintf("the end");
  if (json[at] == '{') return sqlite3_mprintf("an object");
  if (json[at] == '[') return sqlite3_mprintf("an array");
  int end = at + 1;
  if (json[at] == '"') {
    while (end < reader->length && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    return value_describe_text(
        json + at + 1, (end < reader->length ? end : reader->length) - at - 1);
  }
  while (end < reader->length && memchr(" \t\n\r,]}\"", json[end], 8) == NULL) end++;
  if (end - at <= 24 && (memchr("-0123456789", json[at], 11) || json[at] == 'n' ||
                            json[at] == 't' || json[at] == 'f')) {
    return sqlite3_mprintf("%.*s", end - at, json + at);
  }
  return value_describe_text(json + at, end - at);
}

/* "lexicon_json[3].weight must be RULE, not VALUE", with the value at `at`. Always false. */
static bool lexicon_refuse(
    struct lexicon_reader *reader, const char *key, const char *rule, int at) {
  char *value = lexicon_describe(reader, at);
  char *path = reader->item < 0 ? sqlite3_mprintf("lexicon_json")
                                : sqlite3_mprintf("lexicon_json[%d]%s%s", reader->item,
                                      key ? "." : "", key ? key : "");
  if (value != NULL && path != NULL) {
    reader->error = sqlite3_mprintf("%s must be %s, not %s", path, rule, value);
  }
  reader->no_memory = reader->error == NULL;
  sqlite3_free(value);
  sqlite3_free(path);
  return false;
}

/* Four hexadecimal digits. */
static bool lexicon_read_hex(struct lexicon_reader *reader, uint32_t *number) {
  *number = 0;
  for (int i = 0; i < 4; i++) {
    static const char digits[] = "0123456789abcdef";
    unsigned char byte = reader->at < reader->length ? reader->json[reader->at] : 0;
    const char *found =
        byte ? strchr(digits, byte >= 'A' && byte <= 'F' ? byte | 0x20 : byte) : NULL;
    if (found == NULL) return false;
    *number = *number << 4 | (uint32_t)(found - digits);
    reader->at++;
  }
  return true;
}

/* What stands behind a backslash. */
static bool lexicon_read_escape(struct lexicon_reader *reader) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  unsigned char byte = reader->at < reader->length ? reader->json[reader->at++] : 0;
  const char *found = byte ? strchr(from, byte) : NULL;
  if (found != NULL) {
    *reader->free++ = to[found - from];
    return true;
  }
  uint32_t character, low;
  if (byte != 'u' || !lexicon_read_hex(reader, &character) || character == 0) return false;
  if (character >= 0xD800 && character <= 0xDBFF) {
    if (reader->length - reader->at < 6 || memcmp(reader->json + reader->at, "\\u", 2) != 0)
      return false;
    reader->at += 2;
    if (!lexicon_read_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF) return false;
    character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
  } else if (character >= 0xDC00 && character <= 0xDFFF) {
    return false;
  }
  reader->free += utf8_encode(character, reader->free);
  return true;
}

/* A string, which is put where there is room; never longer than in the JSON. False if it is none. */
static bool lexicon_read_string(struct lexicon_reader *reader, const char **text) {
  *text = reader->free;
  if (!lexicon_take(reader, '"')) return false;
  while (reader->at < reader->length) {
    unsigned char byte = reader->json[reader->at++];
    if (byte == '"') {
      *reader->free++ = '\0';
      return true;
    }
    if (byte < 0x20 || (byte == '\\' && !lexicon_read_escape(reader))) return false;
    if (byte != '\\') *reader->free++ = (char)byte;
  }
  return false;
}

/* How many digits come next. */
static int lexicon_digits(const struct lexicon_reader *reader, int at) {
  int end = at;
  while (end < reader->length && reader->json[end] >= '0' && reader->json[end] <= '9') end++;
  return end - at;
}

/* A number as JSON writes it; strtod would look for the comma of the host's language. Of its digits the
** first 15 count: with so many, and a power of ten up to 22, one division gives the nearest double. */
static bool lexicon_read_number(struct lexicon_reader *reader, double *number) {
  const unsigned char *json = reader->json;
  double mantissa = 0, sign = 1;
  int exponent = 0, significant = 0, at;
  if (lexicon_take(reader, '-')) sign = -1;
  at = reader->at;
  int whole = lexicon_digits(reader, at), fraction = 0;
  if (whole == 0 || (whole > 1 && json[at] == '0')) return false;
  if (at + whole < reader->length && json[at + whole] == '.') {
    fraction = lexicon_digits(reader, at + whole + 1);
    if (fraction == 0) return false;
  }
  for (int i = 0; i < whole + fraction; i++) {
    int digit = json[at + i + (i >= whole ? 1 : 0)] - '0';
    bool counts = significant < 15;
    if (counts) mantissa = mantissa * 10 + digit;
    if (significant > 0 || digit > 0) significant++;
    exponent += (i < whole && !counts) - (i >= whole && counts);
  }
  at += whole + (fraction ? fraction + 1 : 0);
  if (at < reader->length && (json[at] | 0x20) == 'e') {
    bool minus = at + 1 < reader->length && json[at + 1] == '-';
    at += 1 + (minus || (at + 1 < reader->length && json[at + 1] == '+'));
    int digits = lexicon_digits(reader, at), power = 0;
    if (digits == 0) return false;
    for (int i = 0; i < digits; i++)
      power = power < 10000 ? power * 10 + json[at + i] - '0' : power;
    exponent += minus ? -power : power;
    at += digits;
  }
  reader->at = at;
  *number = sign * (exponent < 0 ? mantissa / pow(10, -exponent) : mantissa * pow(10, exponent));
  return true;
}

/* One of some names: its number, or -1. */
static int lexicon_read_name(struct lexicon_reader *reader, const char *const *names, int count) {
  char *before = reader->free;
  const char *text;
  if (!lexicon_read_string(reader, &text)) return -1;
  reader->free = before; /* nobody needs it any more */
  for (int i = 0; i < count; i++) {
    if (strcmp(names[i], text) == 0) return i;
  }
  return -1;
}

static bool lexicon_read_null(struct lexicon_reader *reader) {
  if (reader->length - reader->at < 4 || memcmp(reader->json + reader->at, "null", 4) != 0)
    return false;
  reader->at += 4;
  return true;
}

static bool lexicon_read_value(struct lexicon_reader *reader, int key, struct lexicon_term *term) {
  lexicon_skip(reader);
  int at = reader->at, name;
  switch (key) {
  case KEY_TERM:
    if (lexicon_read_string(reader, &term->text)) return true;
    return lexicon_refuse(reader, "term", RULE_TERM, at);
  case KEY_WEIGHT:
    if (lexicon_read_number(reader, &term->weight) && term->weight >= 0 && term->weight <= 1)
      return true;
    return lexicon_refuse(reader, "weight", RULE_WEIGHT, at);
  case KEY_CATEGORY:
    name = lexicon_read_name(reader, lexicon_category_names, LEXICON_CATEGORIES);
    if (name < 0) return lexicon_refuse(reader, "category", RULE_CATEGORY, at);
    term->category = (enum lexicon_category)name;
    return true;
  default:
    if (lexicon_read_null(reader)) return true;
    name = lexicon_read_name(reader, lexicon_aim_names, 2);
    if (name < 0) return lexicon_refuse(reader, "aim", RULE_AIM, at);
    term->aim = (enum lexicon_aim)name;
    return true;
  }
}

/* An object of the array. */
static bool lexicon_read_term(struct lexicon_reader *reader, struct lexicon_term *term) {
  unsigned given = 0;
  lexicon_skip(reader);
  if (!lexicon_take(reader, '{')) return lexicon_refuse(reader, NULL, RULE_KEYS, reader->at);
  *term = (struct lexicon_term){.aim = LEXICON_THING};
  lexicon_skip(reader);
  while (!lexicon_take(reader, '}')) {
    if (given != 0 && !lexicon_take(reader, ',')) {
      return lexicon_refuse(reader, NULL, RULE_KEYS, reader->at);
    }
    lexicon_skip(reader);
    int at = reader->at, key = lexicon_read_name(reader, lexicon_keys, KEYS);
    if (key < 0 || (given & (1u << key))) return lexicon_refuse(reader, NULL, RULE_KEYS, at);
    if (!lexicon_take(reader, ':')) return lexicon_refuse(reader, NULL, RULE_KEYS, reader->at);
    if (!lexicon_read_value(reader, key, term)) return false;
    given |= 1u << key;
  }
  static const char *const rules[] = {RULE_TERM, RULE_WEIGHT, RULE_CATEGORY};
  for (int key = KEY_TERM; key <= KEY_CATEGORY; key++) {
    if (given & (1u << key)) continue;
    reader->error = sqlite3_mprintf("lexicon_json[%d].%s must be %s, not left out", reader->item,
        lexicon_keys[key], rules[key]);
    reader->no_memory = reader->error == NULL;
    return false;
  }
  return true;
}

/* Room for one more term; true if there is. */
static bool lexicon_grow(struct lexicon_reader *reader, struct lexicon_list *list, int *room) {
  if (list->count < *room) return true;
  int more = *room ? 2 * *room : 64;
  void *terms = sqlite3_realloc64(list->terms, (sqlite3_uint64)more * sizeof *list->terms);
  if (terms == NULL) {
    reader->no_memory = true;
    return false;
  }
  list->terms = terms;
  *room = more;
  return true;
}

static bool lexicon_read_list(struct lexicon_reader *reader, struct lexicon_list *list) {
  int room = 0;
  if (!lexicon_take(reader, '[')) return lexicon_refuse(reader, NULL, RULE_LIST, reader->at);
  while (!lexicon_take(reader, ']')) {
    reader->item = -1;
    if (list->count > 0 && !lexicon_take(reader, ',')) {
      return lexicon_refuse(reader, NULL, RULE_LIST, reader->at);
    }
    reader->item = list->count;
    if (!lexicon_grow(reader, list, &room)) return false;
    if (!lexicon_read_term(reader, &list->terms[list->count])) return false;
    list->count++;
  }
  reader->item = -1;
  lexicon_skip(reader);
  return reader->at == reader->length || lexicon_refuse(reader, NULL, RULE_LIST, reader->at);
}

int lexicon_json_read(const char *json, int length, struct lexicon_list *list, char **error) {
  struct lexicon_reader reader = {
      .json = (const unsigned char *)json, .length = length, .item = -1};
  *list = (struct lexicon_list){.texts = sqlite3_malloc64((sqlite3_uint64)length + 1)};
  if (list->texts == NULL) return SQLITE_NOMEM;
  reader.free = list->texts;
  if (lexicon_read_list(&reader, list)) return SQLITE_OK;
  lexicon_list_clear(list);
  *error = reader.error;
  return reader.no_memory ? SQLITE_NOMEM : SQLITE_ERROR;
}

char *lexicon_json_error(const struct lexicon_list *list, int term, const char *rule) {
  const char *text = list->terms[term].text;
  char *value = value_describe_text((const unsigned char *)text, (int)strlen(text)),
       *message = NULL;
  if (value != NULL) {
    message = sqlite3_mprintf("lexicon_json[%d].term must be %s, not %s", term, rule, value);
  }
  sqlite3_free(value);
  return message;
}

void lexicon_list_clear(struct lexicon_list *list) {
  sqlite3_free(list->terms);
  sqlite3_free(list->texts);
  *list = (struct lexicon_list){0};
}
