/*
** regexp.c: does a pattern match somewhere in a text?
**
**     SELECT 'pay 30 now' REGEXP '\d+';        -- 1
**     SELECT regexp('^\w+$', 'Ünïcode');       -- 1
**
** The same expressions with the same limits as re.match of the policies (regex.h). A pattern that takes too many
** steps is an error of the statement. The sqlite3 shell has a REGEXP of its own, without groups that are referred to,
** look-arounds or Unicode's classes; this one takes its place.
**
** The compiled pattern is kept for the next row while the argument is constant.
*/
#include "regexp.h"
#include "regex.h"
#include "value.h"

struct regexp {
  struct budget budget;
  struct regex regex;
  struct regex_code code;
};

static void regexp_free(void *pointer) {
  struct regexp *compiled = pointer;
  if (compiled == NULL) return;
  regex_free(&compiled->code);
  regex_close(&compiled->regex);
  budget_end(&compiled->budget);
  sqlite3_free(compiled);
}

/* Ends in the error "regexp: ..." for a text that sqlite3_mprintf made, which it frees. */
static void regexp_refuse(sqlite3_context *context, char *said) {
  char *error = said ? sqlite3_mprintf("regexp: %s", said) : NULL;
  if (error != NULL) {
    sqlite3_result_error(context, error, -1);
  } else {
    sqlite3_result_error_nomem(context);
  }
  sqlite3_free(error);
  sqlite3_free(said);
}

/* A budget that is used up, or memory. */
static void regexp_fail(sqlite3_context *context, const struct budget *budget, int result) {
  if (budget->interrupted) {
    sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  } else if (budget->starved || (result == REGEX_NOMEM && !budget->exceeded[0])) {
    sqlite3_result_error_nomem(context);
  } else {
    regexp_refuse(context, sqlite3_mprintf("%s", regex_problem(result)));
  }
}

/* Compiles the pattern; NULL after the error was given. */
static struct regexp *regexp_compile(sqlite3_context *context, sqlite3_value *pattern) {
  struct regexp *compiled = sqlite3_malloc64(sizeof *compiled);
  if (compiled == NULL) {
    sqlite3_result_error_nomem(context);
    return NULL;
  }
  *compiled = (struct regexp){.budget.db = sqlite3_context_db_handle(context)};
  budget_begin(&compiled->budget, &budget_default);
  char error[200] = "";
  const char *text = (const char *)sqlite3_value_text(pattern);
  size_t length = (size_t)sqlite3_value_bytes(pattern);
  if (text != NULL && regex_open(&compiled->regex, &compiled->budget) &&
      regex_compile(&compiled->regex, text, length, &compiled->code, error, sizeof error)) {
    return compiled;
  }
  if (error[0]) {
    regexp_refuse(context, sqlite3_mprintf("%s", error));
  } else {
    regexp_fail(
        context, &compiled->budget, compiled->budget.exceeded[0] ? REGEX_EXCEEDED : REGEX_NOMEM);
  }
  regexp_free(compiled);
  return NULL;
}

void regexp(sqlite3_context *context, int argc, sqlite3_value **argv) {
  static const char *const names[] = {"pattern", "text"};
  if (value_any_null(argc, argv)) return;
  for (int i = 0; i < 2; i++) {
    if (sqlite3_value_type(argv[i]) == SQLITE_BLOB) {
      value_refuse(context, "regexp", names[i], "text", argv[i]);
      return;
    }
  }
  const char *text = (const char *)sqlite3_value_text(argv[1]);
  size_t length = (size_t)sqlite3_value_bytes(argv[1]);
  if (length > BUDGET_TEXT_MAX) {
    regexp_refuse(context, sqlite3_mprintf("text must be at most %d bytes, not %lld",
                               BUDGET_TEXT_MAX, (sqlite3_int64)length));
    return;
  }
  struct regexp *compiled = sqlite3_get_auxdata(context, 0);
  bool is_kept = compiled != NULL;
  if (!is_kept) compiled = regexp_compile(context, argv[0]);
  if (compiled == NULL) return;
  int result = REGEX_NOMEM;
  budget_begin(&compiled->budget, &budget_default);
  if (text != NULL) {
    result = regex_match(&compiled->regex, &compiled->code, text, length, 0, false);
  }
  budget_end(&compiled->budget);
  if (result >= 0) {
    sqlite3_result_int(context, result == REGEX_MATCH);
  } else {
    regexp_fail(context, &compiled->budget, result);
  }
  if (!is_kept) sqlite3_set_auxdata(context, 0, compiled, regexp_free); /* may free it at once */
}
