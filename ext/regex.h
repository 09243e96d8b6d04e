/*
** regex.h: regular expressions, each match of which ends soon.
**
** Perl's, as PCRE2 has them: of UTF-8, with Unicode's letters for \w and the like; bytes that are no UTF-8 match
** nothing. A pattern that backtracks without end takes steps from a budget (budget.h) until that is used up; what
** no steps can bound is refused (regex_cost.h).
*/
#ifndef DECORUM_REGEX_H
#define DECORUM_REGEX_H

#include "budget.h"
#include "regex_cost.h"

#define REGEX_CAPTURES_MAX 32

struct regex_code;

/* What matches are made with. */
struct regex {
  struct budget *budget;
  pcre2_general_context *general;
  pcre2_compile_context *compiling;
  pcre2_match_context *matching;
  pcre2_match_data *result;      /* of the last match */
  const struct regex_code *code; /* that matches, with a text so long... */
  size_t length;
  size_t position; /* ...where it was at the last callout */
  unsigned steps;  /* not yet taken from the budget */
};

/* A pattern. */
struct regex_code {
  pcre2_code *code; /* NULL: none */
  uint32_t captures;
  lua_Unsigned cost; /* of compiling it */
  struct regex_cost match;
};

enum { REGEX_NONE = 0, REGEX_MATCH = 1, REGEX_EXCEEDED = -1, REGEX_NOMEM = -2, REGEX_DEEP = -3 };

/* False when out of memory. Everything is allocated within the budget, which must outlive it. */
bool regex_open(struct regex *regex, struct budget *budget);
void regex_close(struct regex *regex);

/* Compiles a pattern, which takes code->cost from the budget. False with the reason in error, which is empty when out of
** memory or budget. */
bool regex_compile(struct regex *regex, const char *pattern, size_t length, struct regex_code *code,
    char *error, size_t size);
void regex_free(struct regex_code *code);

/* Searches text from start on; REGEX_MATCH or one of the others. Not empty at start if not_empty is set. */
int regex_match(struct regex *regex, const struct regex_code *code, const char *text, size_t length,
    size_t start, bool not_empty);

/* Where group i of the last match begins and ends; false if it matched nothing. Group 0 is the whole. */
bool regex_group(const struct regex *regex, uint32_t i, size_t *start, size_t *end);

/* In words what a negative result means; never NULL. */
const char *regex_problem(int result);

#endif
