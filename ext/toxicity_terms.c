/*
** toxicity_terms.c: why toxicity() gives what it gives, as a table.
**
**     SELECT matched, term, category, counted FROM toxicity_terms('y0u 1d10t, sh*t happens!');
**         1d10t  idiot  insult     0.6
**         sh*t   sh*t   profanity  0.25
**
** A row for each hit, in the order of the text:
**
**     at, length   where it is, in characters from 1: substr(text, at, length) is `matched`
**     matched      as it stands in the text
**     term, category, weight     of the list
**     counted      what came of the weight: times 0.5 if not aimed, 0.3 if quoted, 0.2 if negated
**     quoted, negated, aimed     0 or 1
**
** 1 - product(1 - counted), multiplied in this order, is toxicity(text, lexicon_json), bit for bit. The
** hidden columns text and lexicon_json are the arguments: toxicity_terms(text [, lexicon_json]). Without
** the text the scan ends with an error; a text that is NULL has no rows.
**
** HOW IT WORKS
**
** xFilter scores the text and keeps the hits; the scan goes through them. Characters are counted as
** SQLite's substr() counts them, also in what is not UTF-8. (substr() does not see what is behind a NUL.)
**
** INNOCUOUS: a pure function of its arguments, as toxicity() is.
*/
#include "toxicity.h"
#include <string.h>
#include "lexicon_cache.h"
#include "parameter.h"
#include "scorer.h"
#include "value.h"

enum {
  COLUMN_AT,
  COLUMN_LENGTH,
  COLUMN_MATCHED,
  COLUMN_TERM,
  COLUMN_CATEGORY,
  COLUMN_WEIGHT,
  COLUMN_COUNTED,
  COLUMN_QUOTED,
  COLUMN_NEGATED,
  COLUMN_AIMED,
  COLUMN_TEXT,
  COLUMN_LEXICON_JSON,
};

/* The parameters, and their bits in idxNum (see parameter.h). */
enum { PARAMETER_TEXT, PARAMETER_LEXICON_JSON, PARAMETERS };

struct terms_table {
  sqlite3_vtab base;
  struct lexicon_cache *lexicons;
};

/* A hit and where it stands, in characters. */
struct terms_row {
  struct scorer_hit hit;
  int at; /* from 0 */
  int length;
};

struct terms_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *given[PARAMETERS]; /* NULL: not given */
  struct lexicon *lexicon;          /* whose terms the rows are */
  const char *text;
  bool aimed;
  struct terms_row *rows;
  int count;
  int room;
  int row;
  int byte; /* up to here characters are counted: */
  int character;
};

static int terms_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)argc, (void)argv, (void)error;
  int status = sqlite3_declare_vtab(db,
      "CREATE TABLE toxicity_terms(at INTEGER, length INTEGER, matched TEXT, term TEXT, "
      "category TEXT, weight REAL, counted REAL, quoted INTEGER, negated INTEGER, aimed INTEGER, "
      "text HIDDEN, lexicon_json HIDDEN)");
  if (status == SQLITE_OK) status = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  if (status != SQLITE_OK) return status;
  struct terms_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct terms_table){.lexicons = lexicon_cache_retain(aux)};
  *vtab = &table->base;
  return SQLITE_OK;
}

static int terms_disconnect(sqlite3_vtab *vtab) {
  lexicon_cache_release(((struct terms_table *)vtab)->lexicons);
  sqlite3_free(vtab);
  return SQLITE_OK;
}

/* The text should be given. A list may be; one that is, but that this plan cannot use, must not be left
** out, or the built-in list would answer. */
static int terms_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  (void)vtab;
  if (parameter_is_awaited(info, COLUMN_LEXICON_JSON, 1)) return SQLITE_CONSTRAINT;
  return parameter_best_index(info, COLUMN_TEXT, PARAMETERS);
}

static int terms_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct terms_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Lets go of the scan before. */
static void terms_clear(struct terms_cursor *cursor) {
  for (int i = 0; i < PARAMETERS; i++) {
    sqlite3_value_free(cursor->given[i]);
    cursor->given[i] = NULL;
  }
  lexicon_release(cursor->lexicon);
  cursor->lexicon = NULL;
  cursor->count = cursor->row = cursor->byte = cursor->character = 0;
}

static int terms_close(sqlite3_vtab_cursor *base) {
  struct terms_cursor *cursor = (struct terms_cursor *)base;
  terms_clear(cursor);
  sqlite3_free(cursor->rows);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

/* The number of the character at this byte; the bytes asked for never go back. */
static int terms_character(struct terms_cursor *cursor, int byte) {
  while (cursor->byte < byte) {
    unsigned char lead = (unsigned char)cursor->text[cursor->byte++];
    while (lead >= 0xC0 && ((unsigned char)cursor->text[cursor->byte] & 0xC0) == 0x80) {
      cursor->byte++;
    }
    cursor->character++;
  }
  return cursor->character;
}

/* Keeps a hit; false when out of memory. */
static bool terms_visit(void *to, const struct scorer_hit *hit) {
  struct terms_cursor *cursor = to;
  if (cursor->count == cursor->room) {
    int room = cursor->room ? 2 * cursor->room : 8;
    void *rows = sqlite3_realloc64(cursor->rows, (sqlite3_uint64)room * sizeof *cursor->rows);
    if (rows == NULL) return false;
    cursor->rows = rows;
    cursor->room = room;
  }
  struct terms_row *row = &cursor->rows[cursor->count];
  row->hit = *hit;
  row->at = terms_character(cursor, hit->start);
  row->length = terms_character(cursor, hit->end) - row->at;
  cursor->count++;
  return true;
}

/* Copies the arguments of xFilter. */
static int terms_take(struct terms_cursor *cursor, int given, sqlite3_value **argv) {
  for (int i = 0, argument = 0; i < PARAMETERS; i++) {
    if (!(given & (1 << i))) continue;
    cursor->given[i] = sqlite3_value_dup(argv[argument++]);
    if (cursor->given[i] == NULL) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

/* Sets "toxicity_terms: ..." and frees what is left out here. */
static int terms_fail(sqlite3_vtab *vtab, int status, char *error) {
  if (error == NULL) return status;
  char *message = sqlite3_mprintf("toxicity_terms: %s", error);
  sqlite3_free(error);
  return parameter_error(vtab, status, message);
}

static int terms_filter(
    sqlite3_vtab_cursor *base, int given, const char *plan, int argc, sqlite3_value **argv) {
  struct terms_cursor *cursor = (struct terms_cursor *)base;
  struct terms_table *table = (struct terms_table *)base->pVtab;
  char *error = NULL;
  (void)plan, (void)argc;
  terms_clear(cursor);
  if (!(given & (1 << PARAMETER_TEXT))) {
    return parameter_error(base->pVtab, SQLITE_ERROR, sqlite3_mprintf("toxicity_terms needs text"));
  }
  int status = terms_take(cursor, given, argv);
  if (status != SQLITE_OK) return status;
  sqlite3_value *text = cursor->given[PARAMETER_TEXT];
  if (value_is_null(text)) return SQLITE_OK;
  if (sqlite3_value_type(text) == SQLITE_BLOB) {
    error =
        sqlite3_mprintf("text must be TEXT, not a BLOB of length %d", sqlite3_value_bytes(text));
    return error ? terms_fail(base->pVtab, SQLITE_ERROR, error) : SQLITE_NOMEM;
  }
  status = lexicon_cache_get(
      table->lexicons, cursor->given[PARAMETER_LEXICON_JSON], &cursor->lexicon, &error);
  if (status != SQLITE_OK) return terms_fail(base->pVtab, status, error);
  cursor->text = (const char *)sqlite3_value_text(text);
  if (cursor->text == NULL) return SQLITE_NOMEM;
  struct scorer_score score = scorer_score(
      cursor->lexicon->index, cursor->text, sqlite3_value_bytes(text), terms_visit, cursor);
  cursor->aimed = score.aimed;
  return score.complete ? SQLITE_OK : SQLITE_NOMEM;
}

static int terms_next(sqlite3_vtab_cursor *base) {
  ((struct terms_cursor *)base)->row++;
  return SQLITE_OK;
}

static int terms_eof(sqlite3_vtab_cursor *base) {
  struct terms_cursor *cursor = (struct terms_cursor *)base;
  return cursor->row >= cursor->count;
}

static int terms_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct terms_cursor *cursor = (struct terms_cursor *)base;
  const struct terms_row *row = &cursor->rows[cursor->row];
  const struct scorer_hit *hit = &row->hit;
  switch (column) {
  case COLUMN_AT:
    sqlite3_result_int(context, row->at + 1);
    break;
  case COLUMN_LENGTH:
    sqlite3_result_int(context, row->length);
    break;
  case COLUMN_MATCHED:
    sqlite3_result_text(
        context, cursor->text + hit->start, hit->end - hit->start, SQLITE_TRANSIENT);
    break;
  case COLUMN_TERM:
    sqlite3_result_text(context, hit->term->text, -1, SQLITE_TRANSIENT);
    break;
  case COLUMN_CATEGORY:
    sqlite3_result_text(context, lexicon_category_names[hit->term->category], -1, SQLITE_STATIC);
    break;
  case COLUMN_WEIGHT:
    sqlite3_result_double(context, hit->term->weight);
    break;
  case COLUMN_COUNTED:
    sqlite3_result_double(context, scorer_count(hit, cursor->aimed));
    break;
  case COLUMN_QUOTED:
    sqlite3_result_int(context, hit->quoted);
    break;
  case COLUMN_NEGATED:
    sqlite3_result_int(context, hit->negated);
    break;
  case COLUMN_AIMED:
    sqlite3_result_int(context, scorer_is_aimed(hit, cursor->aimed));
    break;
  default:
    if (cursor->given[column - COLUMN_TEXT] != NULL) {
      sqlite3_result_value(context, cursor->given[column - COLUMN_TEXT]);
    }
  }
  return SQLITE_OK;
}

static int terms_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct terms_cursor *cursor = (struct terms_cursor *)base;
  int given = cursor->given[PARAMETER_LEXICON_JSON] ? PARAMETERS : 1;
  return parameter_rowid(cursor->given, given, cursor->row + 1, rowid);
}

const sqlite3_module toxicity_terms_module = {
    .xConnect = terms_connect,
    .xBestIndex = terms_best_index,
    .xDisconnect = terms_disconnect,
    .xOpen = terms_open,
    .xClose = terms_close,
    .xFilter = terms_filter,
    .xNext = terms_next,
    .xEof = terms_eof,
    .xColumn = terms_column,
    .xRowid = terms_rowid,
};
