/*
** drama_terms.c: what a drama_score is made of.
**
**   drama_terms(json [, now [, warned_at [, window_size [, window_s [, boost]]]]])
**
** A table-valued function. json is an array of {"toxicity": 0..1, "at": seconds, "id": anything}; the
** other arguments are those of drama_score. One row for each entry that counts, the oldest first:
**
**     SELECT * FROM drama_terms('[{"toxicity": 0.2, "at": 1000, "id": 31},
**                                 {"toxicity": 0.4, "at": 1010, "id": 32},
**                                 {"toxicity": 0.9, "at": 1020, "id": 33}]', 1020, 1015);
**
**     rank  weight  toxicity   at    id  contribution       boosted
**       1      1       0.2    1000   31  0.2*1/6   = 0.033     0
**       2      2       0.4    1010   32  0.4*2/6   = 0.133     0
**       3      3       0.9    1020   33  0.9*3/6 + 0.04 = 0.49 1
**
** But for rounding the contributions add up to what drama_score gives over the same rows, here 0.657. Of a score
** that is capped at 1.0 each term is divided by what the score would have been, so that they add up to
** 1.0 and keep their proportions.
**
** An entry without a toxicity is no entry; id is passed through as JSON has it (NULL if it has none). A
** tie in at goes by the order in the array; an at without a fraction is an INTEGER. NULL instead of an array is no entry. What is refused is
** named by its place in the array, from 0: "drama_terms: json[2].toxicity must be between 0 and 1, not 1.7".
**
** HOW IT WORKS
**
** xFilter reads the whole array into a series, has drama.c add it up, and keeps the terms; the cursor
** walks them. The formula stands in drama.c alone.
**
** The array is cut into its elements here, and an element is read by SQLite's JSON functions in a
** statement without tables. json_each would be shorter, but a name in a FROM clause may be claimed by
** the file's schema, say with a virtual table that does more than a stranger's view may, and this
** table is for strangers' views too. A function cannot be claimed so.
**
** The arguments are hidden columns, as in parameter.h; but only the first must be given. idxNum: bit i
** is set if argument i is given; xFilter's arguments are their values in that order.
**
** INNOCUOUS: a pure function of its arguments.
*/
#include "drama_terms.h"
#include <string.h>
#include "drama.h"
#include "parameter.h"
#include "series.h"
#include "value.h"

#define DRAMA_TERMS_COST 100.0
#define DRAMA_TERMS_ROWS 10
#define DRAMA_TERMS_NO_JSON_COST 1e15
#define DRAMA_TERMS_BOOST_MAX 1e300 /* more makes no difference, but infinity would */

enum drama_terms_column {
  COLUMN_RANK,
  COLUMN_WEIGHT,
  COLUMN_TOXICITY,
  COLUMN_AT,
  COLUMN_ID,
  COLUMN_CONTRIBUTION,
  COLUMN_BOOSTED,
  COLUMN_JSON, /* the first argument; those of drama_score follow */
};

#define DRAMA_TERMS_ARGUMENTS (1 + DRAMA_PARAMETERS)

/* What an element holds; asked of the whole array too, for its kind. A true is no 1 here. */
static const char drama_terms_element[] =
    "SELECT ?1, kind, "
    "CASE WHEN kind <> 'object' THEN NULL WHEN json_type(?1, '$.toxicity') IN ('true', 'false') "
    "THEN ?1 -> '$.toxicity' ELSE json_extract(?1, '$.toxicity') END, "
    "CASE WHEN kind <> 'object' THEN NULL WHEN json_type(?1, '$.at') IN ('true', 'false') "
    "THEN ?1 -> '$.at' ELSE json_extract(?1, '$.at') END, "
    "CASE WHEN kind = 'object' THEN json_extract(?1, '$.id') END, json_valid(?1) "
    "FROM (SELECT json_type(?1) AS kind)";

enum element_column {
  ELEMENT_TEXT,
  ELEMENT_KIND,
  ELEMENT_TOXICITY,
  ELEMENT_AT,
  ELEMENT_ID,
  ELEMENT_IS_STRICT /* later versions of SQLite take more than JSON for JSON */
};

struct drama_terms_table {
  sqlite3_vtab base;
  sqlite3 *db;
  sqlite3_stmt *element; /* NULL until first used; reset between uses */
};

/* The entries of an array. */
struct drama_entries {
  struct series rows;
  sqlite3_value **ids; /* by arrival */
  sqlite3_uint64 capacity;
};

struct drama_term {
  double toxicity;
  double at;
  double contribution;
  sqlite3_value *id;
  bool is_boosted;
};

struct drama_terms_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *arguments[DRAMA_TERMS_ARGUMENTS]; /* NULL where not given */
  struct drama_term *terms;
  sqlite3_uint64 count;
  sqlite3_uint64 row;
};

/* ---- the array ---- */

static void drama_entries_clear(struct drama_entries *entries) {
  for (sqlite3_uint64 i = 0; i < entries->rows.added; i++) sqlite3_value_free(entries->ids[i]);
  sqlite3_free(entries->ids);
  series_clear(&entries->rows);
}

static bool drama_entries_add(
    struct drama_entries *entries, double at, double toxicity, sqlite3_value *id) {
  if (entries->rows.added == entries->capacity) {
    sqlite3_uint64 capacity = entries->capacity ? 2 * entries->capacity : 16;
    sqlite3_value **ids = sqlite3_realloc64(entries->ids, capacity * sizeof *ids);
    if (ids == NULL) return false;
    entries->ids = ids;
    entries->capacity = capacity;
  }
  sqlite3_value *copy = sqlite3_value_dup(id);
  if (copy == NULL) return false;
  entries->ids[entries->rows.added] = copy;
  if (series_add(&entries->rows, at, toxicity)) return true;
  sqlite3_value_free(copy);
  return false;
}

/* What ends the element that begins at text: a comma or bracket outside of strings and of brackets that the
** element has itself. JSON that is valid has one. */
static const char *json_element_end(const char *text) {
  int depth = 0;
  bool is_string = false;
  for (; *text != '\0'; text++) {
    if (*text == '"') is_string = !is_string;
    if (is_string) {
      if (*text == '\\' && text[1] != '\0') text++;
    } else if (*text == '[' || *text == '{') {
      depth++;
    } else if (depth == 0 && (*text == ',' || *text == ']')) {
      break;
    } else if (*text == ']' || *text == '}') {
      depth--;
    }
  }
  return text;
}

static int drama_terms_prepare(struct drama_terms_table *table) {
  unsigned flags = SQLITE_PREPARE_PERSISTENT | SQLITE_PREPARE_NO_VTAB;
  if (table->element != NULL) return SQLITE_OK;
  int status = sqlite3_prepare_v3(
      table->db, drama_terms_element, sizeof drama_terms_element, flags, &table->element, NULL);
  if (status != SQLITE_ERROR) return status;
  return parameter_error(&table->base, status, /* a library without JSON */
      sqlite3_mprintf("drama_terms: %s", sqlite3_errmsg(table->db)));
}

/* Runs the statement for an element, or the whole; it stands on its row then. SQLITE_ERROR if that is
** no JSON. */
static int drama_terms_parse(
    struct drama_terms_table *table, const char *text, sqlite3_uint64 length) {
  sqlite3_stmt *element = table->element;
  int status = sqlite3_bind_text64(element, 1, text, length, SQLITE_STATIC, SQLITE_UTF8);
  if (status != SQLITE_OK) return status;
  status = sqlite3_step(element);
  return status == SQLITE_ROW ? SQLITE_OK : status;
}

static void drama_terms_reset(struct drama_terms_table *table) {
  sqlite3_reset(table->element);
  sqlite3_clear_bindings(table->element);
}

/* "drama_terms: json[2].at must be ..." as the table's error. */
static int drama_terms_refuse(struct drama_terms_table *table, int index, const char *member,
    const char *rule, sqlite3_value *value) {
  char *argument = sqlite3_mprintf("json[%d]%s", index, member);
  char *message = argument ? value_refusal("drama_terms", argument, rule, value) : NULL;
  sqlite3_free(argument);
  return parameter_error(&table->base, SQLITE_ERROR, message);
}

static bool drama_terms_is(struct drama_terms_table *table, const char *kind) {
  const char *is = (const char *)sqlite3_column_text(table->element, ELEMENT_KIND);
  return is != NULL && strcmp(is, kind) == 0;
}

/* Adds the element that the statement stands on. Its values are protected: whoever runs xFilter holds
** the connection's mutex. */
static int drama_terms_add(
    struct drama_terms_table *table, struct drama_entries *entries, int index) {
  sqlite3_value *toxicity_value = sqlite3_column_value(table->element, ELEMENT_TOXICITY);
  sqlite3_value *at_value = sqlite3_column_value(table->element, ELEMENT_AT);
  const char *rule;
  double toxicity, at;
  if (!drama_terms_is(table, "object")) {
    return drama_terms_refuse(table, index, "", "an object with toxicity and at",
        sqlite3_column_value(table->element, ELEMENT_TEXT));
  }
  if (value_is_null(toxicity_value)) return SQLITE_OK;
  if ((rule = drama_toxicity_read(toxicity_value, &toxicity)) != NULL) {
    return drama_terms_refuse(table, index, ".toxicity", rule, toxicity_value);
  }
  if ((rule = drama_at_read(at_value, &at)) != NULL) {
    return drama_terms_refuse(table, index, ".at", rule, at_value);
  }
  sqlite3_value *id = sqlite3_column_value(table->element, ELEMENT_ID);
  return drama_entries_add(entries, at, toxicity, id) ? SQLITE_OK : SQLITE_NOMEM;
}

/* Reads the elements of text, which is a valid array. */
static int drama_terms_read_elements(
    struct drama_terms_table *table, const char *text, struct drama_entries *entries) {
  const char *place = strchr(text, '[') + 1;
  for (int index = 0;; index++) {
    place += strspn(place, " \t\r\n");
    if (*place == ']') return SQLITE_OK; /* an empty array */
    const char *end = json_element_end(place);
    int status = drama_terms_parse(table, place, (sqlite3_uint64)(end - place));
    if (status == SQLITE_OK) status = drama_terms_add(table, entries, index);
    drama_terms_reset(table);
    if (status != SQLITE_OK || *end != ',') return status;
    place = end + 1;
  }
}

static int drama_terms_read(
    struct drama_terms_table *table, sqlite3_value *json, struct drama_entries *entries) {
  if (value_is_null(json)) return SQLITE_OK;
  const char *text = value_word(json);
  bool is_array = false;
  if (text != NULL) {
    int status = drama_terms_prepare(table);
    if (status != SQLITE_OK) return status;
    status = drama_terms_parse(table, text, strlen(text));
    is_array = status == SQLITE_OK && drama_terms_is(table, "array") &&
               sqlite3_column_int(table->element, ELEMENT_IS_STRICT);
    drama_terms_reset(table);
    if (status != SQLITE_OK && status != SQLITE_ERROR) return status;
  }
  if (is_array) return drama_terms_read_elements(table, text, entries);
  return parameter_error(&table->base, SQLITE_ERROR,
      value_refusal("drama_terms", "json", "a JSON array of {toxicity, at, id}", json));
}

/* ---- the terms ---- */

/* Reads the arguments of drama_score. */
static int drama_terms_parameters(
    struct drama_terms_cursor *cursor, struct drama_parameters *parameters) {
  *parameters = drama_defaults();
  for (int i = 0; i < DRAMA_PARAMETERS; i++) {
    sqlite3_value *value = cursor->arguments[i + 1];
    const char *rule =
        value ? drama_parameter_read(parameters, (enum drama_parameter)i, value) : NULL;
    if (rule == NULL) continue;
    return parameter_error(cursor->base.pVtab, SQLITE_ERROR,
        value_refusal("drama_terms", drama_parameter_names[i], rule, value));
  }
  if (parameters->boost > DRAMA_TERMS_BOOST_MAX) parameters->boost = DRAMA_TERMS_BOOST_MAX;
  return SQLITE_OK;
}

/* Makes the cursor's rows of the entries that count. */
static int drama_terms_compute(struct drama_terms_cursor *cursor, struct drama_entries *entries,
    const struct drama_parameters *parameters) {
  struct drama_sum sum = drama_add_up(&entries->rows, parameters);
  const struct series_entry *rows = series_entries(&entries->rows);
  double scale = sum.score > 1.0 ? sum.score : 1.0;
  if (sum.start == sum.end) return SQLITE_OK;
  cursor->terms = sqlite3_malloc64((sum.end - sum.start) * sizeof *cursor->terms);
  if (cursor->terms == NULL) return SQLITE_NOMEM;
  for (sqlite3_uint64 i = sum.start; i < sum.end; i++) {
    if (!(rows[i].at > sum.oldest)) continue;
    struct drama_term *term = &cursor->terms[cursor->count++];
    double share = (double)cursor->count * rows[i].value / sum.weights;
    *term = (struct drama_term){.toxicity = rows[i].value,
        .at = rows[i].at,
        .is_boosted = drama_is_boosted(parameters, &rows[i]),
        .id = entries->ids[rows[i].arrival]};
    term->contribution = (share + (term->is_boosted ? parameters->boost : 0.0)) / scale;
    entries->ids[rows[i].arrival] = NULL; /* the cursor has it now */
  }
  return SQLITE_OK;
}

/* ---- the table, in the order of its life ---- */

static int drama_terms_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **vtab, char **error) {
  (void)aux, (void)argc, (void)argv, (void)error;
  int status = sqlite3_declare_vtab(db,
      "CREATE TABLE drama_terms(rank, weight, toxicity, at, id, contribution, boosted, json "
      "HIDDEN, "
      "now HIDDEN, warned_at HIDDEN, window_size HIDDEN, window_s HIDDEN, boost HIDDEN)");
  if (status != SQLITE_OK) return status;
  status = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  if (status != SQLITE_OK) return status;
  struct drama_terms_table *table = sqlite3_malloc64(sizeof *table);
  if (table == NULL) return SQLITE_NOMEM;
  *table = (struct drama_terms_table){.db = db};
  *vtab = &table->base;
  return SQLITE_OK;
}

static int drama_terms_disconnect(sqlite3_vtab *vtab) {
  sqlite3_finalize(((struct drama_terms_table *)vtab)->element);
  sqlite3_free(vtab);
  return SQLITE_OK;
}

/* An argument that is given, but not yet known, makes no plan: to scan without it would scan with its
** default. No json is a plan that fails in words. */
static int drama_terms_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  (void)vtab;
  if (parameter_is_awaited(info, COLUMN_JSON, DRAMA_TERMS_ARGUMENTS)) return SQLITE_CONSTRAINT;
  int status = parameter_best_index(info, COLUMN_JSON, DRAMA_TERMS_ARGUMENTS);
  info->estimatedRows = DRAMA_TERMS_ROWS;
  info->estimatedCost = info->idxNum & 1 ? DRAMA_TERMS_COST : DRAMA_TERMS_NO_JSON_COST;
  return status;
}

static int drama_terms_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  (void)vtab;
  struct drama_terms_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (struct drama_terms_cursor){.row = 0};
  *out = &cursor->base;
  return SQLITE_OK;
}

static void drama_terms_clear(struct drama_terms_cursor *cursor) {
  for (int i = 0; i < DRAMA_TERMS_ARGUMENTS; i++) {
    sqlite3_value_free(cursor->arguments[i]);
    cursor->arguments[i] = NULL;
  }
  for (sqlite3_uint64 i = 0; i < cursor->count; i++) sqlite3_value_free(cursor->terms[i].id);
  sqlite3_free(cursor->terms);
  cursor->terms = NULL;
  cursor->count = 0;
  cursor->row = 0;
}

static int drama_terms_close(sqlite3_vtab_cursor *vtab_cursor) {
  struct drama_terms_cursor *cursor = (struct drama_terms_cursor *)vtab_cursor;
  drama_terms_clear(cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int drama_terms_filter(sqlite3_vtab_cursor *vtab_cursor, int given, const char *plan_text,
    int argc, sqlite3_value **argv) {
  struct drama_terms_cursor *cursor = (struct drama_terms_cursor *)vtab_cursor;
  struct drama_terms_table *table = (struct drama_terms_table *)vtab_cursor->pVtab;
  struct drama_entries entries = {.capacity = 0};
  struct drama_parameters parameters;
  (void)plan_text, (void)argc;
  drama_terms_clear(cursor);
  if (!(given & 1)) {
    return parameter_error(
        &table->base, SQLITE_ERROR, sqlite3_mprintf("drama_terms: json must be given"));
  }
  for (int i = 0; i < DRAMA_TERMS_ARGUMENTS; i++) {
    if (!(given & (1 << i))) continue;
    cursor->arguments[i] = sqlite3_value_dup(*argv++);
    if (cursor->arguments[i] == NULL) return SQLITE_NOMEM;
  }
  int status = drama_terms_parameters(cursor, &parameters);
  if (status == SQLITE_OK) status = drama_terms_read(table, cursor->arguments[0], &entries);
  if (status == SQLITE_OK) status = drama_terms_compute(cursor, &entries, &parameters);
  drama_entries_clear(&entries);
  return status;
}

static int drama_terms_next(sqlite3_vtab_cursor *cursor) {
  ((struct drama_terms_cursor *)cursor)->row++;
  return SQLITE_OK;
}

static int drama_terms_eof(sqlite3_vtab_cursor *vtab_cursor) {
  struct drama_terms_cursor *cursor = (struct drama_terms_cursor *)vtab_cursor;
  return cursor->row >= cursor->count;
}

static int drama_terms_column(
    sqlite3_vtab_cursor *vtab_cursor, sqlite3_context *context, int column) {
  struct drama_terms_cursor *cursor = (struct drama_terms_cursor *)vtab_cursor;
  const struct drama_term *term = &cursor->terms[cursor->row];
  switch (column) {
  case COLUMN_RANK:
  case COLUMN_WEIGHT:
    sqlite3_result_int64(context, (sqlite3_int64)cursor->row + 1);
    break;
  case COLUMN_TOXICITY:
    sqlite3_result_double(context, term->toxicity);
    break;
  case COLUMN_AT:
    if (term->at == floor(term->at) && fabs(term->at) <= VALUE_EXACT_INTEGER) {
      sqlite3_result_int64(context, (sqlite3_int64)term->at);
    } else {
      sqlite3_result_double(context, term->at);
    }
    break;
  case COLUMN_ID:
    sqlite3_result_value(context, term->id);
    break;
  case COLUMN_CONTRIBUTION:
    sqlite3_result_double(context, term->contribution);
    break;
  case COLUMN_BOOSTED:
    sqlite3_result_int(context, term->is_boosted);
    break;
  default:
    if (cursor->arguments[column - COLUMN_JSON] == NULL) break;
    sqlite3_result_value(context, cursor->arguments[column - COLUMN_JSON]);
  }
  return SQLITE_OK;
}

static int drama_terms_rowid(sqlite3_vtab_cursor *vtab_cursor, sqlite3_int64 *rowid) {
  struct drama_terms_cursor *cursor = (struct drama_terms_cursor *)vtab_cursor;
  sqlite3_value *given[DRAMA_TERMS_ARGUMENTS];
  int count = 0;
  for (int i = 0; i < DRAMA_TERMS_ARGUMENTS; i++) {
    if (cursor->arguments[i] != NULL) given[count++] = cursor->arguments[i];
  }
  return parameter_rowid(given, count, (sqlite3_int64)cursor->row + 1, rowid);
}

const sqlite3_module drama_terms_module = {
    .xConnect = drama_terms_connect,
    .xBestIndex = drama_terms_best_index,
    .xDisconnect = drama_terms_disconnect,
    .xOpen = drama_terms_open,
    .xClose = drama_terms_close,
    .xFilter = drama_terms_filter,
    .xNext = drama_terms_next,
    .xEof = drama_terms_eof,
    .xColumn = drama_terms_column,
    .xRowid = drama_terms_rowid,
};
