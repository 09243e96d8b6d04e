/*
** regex_cost.h: what it may cost to compile a pattern and to match with it, told from its text.
**
** In steps of a budget (regex.h). A pattern of which a step may take longer than all of them together should is
** refused.
*/
#ifndef DECORUM_REGEX_COST_H
#define DECORUM_REGEX_COST_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdbool.h>
#include <stddef.h>

#define REGEX_PATTERN_MAX 4096 /* bytes */
#define REGEX_REPEAT_MAX 1000  /* n and m of {n,m} */
#define REGEX_CLASS_MAX 40     /* what stands in [...]; regex_cost.c says how it counts */

/* What matching costs. */
struct regex_cost {
  unsigned step;    /* each step */
  unsigned byte;    /* that the match moves on, times the price of one in the simplest pattern */
  unsigned repeats; /* at least, of what is repeated most */
  unsigned behind;  /* characters that a match may look back */
  bool refers;      /* to groups */
};

/* Steps for compiling a pattern of at most REGEX_PATTERN_MAX bytes. */
size_t regex_cost_compiling(const char *pattern, size_t length);

/* Measures a pattern that was compiled with PCRE2_AUTO_CALLOUT. False with the reason in error if it is refused. */
bool regex_cost_measure(const pcre2_code *code, const char *pattern, size_t length,
    struct regex_cost *cost, char *error, size_t size);

#endif
