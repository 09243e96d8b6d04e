/*
** regex.c: regular expressions, each match of which ends soon. See regex.h.
**
** HOW IT WORKS
**
** PCRE2's own match limit counts anew at each place of the text where a match might start, and so does not bound
** what a long text costs. Instead each item of a pattern is compiled with a callout (PCRE2_AUTO_CALLOUT), which takes
** one step and another for each 32 bytes that the match went on since the last, or as many as the pattern makes
** it cost (regex_cost.c). What no callout sees is linear in the text and is taken before: that the text is UTF-8
** is checked at each search.
**
** No JIT, whose stack is its own and whose code makes no callouts.
*/
#include "regex.h"
#include <stdio.h>

#define REGEX_STEPS 64           /* that are taken at once */
#define REGEX_BYTES_A_STEP 32    /* that a match moves on */
#define REGEX_CHECKED_A_STEP 16  /* bytes whose UTF-8 is checked */
#define REGEX_HEAP_KIB 4096      /* for the places that a match may come back to */
#define REGEX_MATCHES 2000000    /* PCRE2's own limit, behind ours */
#define REGEX_COMPILED_A_STEP 4  /* bytes of a compiled pattern */
#define REGEX_REFERRED_A_STEP 16 /* bytes of a group that is referred to */

/* At most how many bytes a reference to a group looks at from where the match is. */
static size_t regex_referred(const struct regex *regex, const pcre2_callout_block *block) {
  size_t rest = regex->length - block->current_position, longest = 0;
  unsigned repeats = regex->code->match.repeats;
  for (uint32_t i = 1; i < block->capture_top; i++) {
    const PCRE2_SIZE *places = block->offset_vector + 2 * i;
    if (places[0] < places[1] && places[1] - places[0] > longest) longest = places[1] - places[0];
  }
  return longest < rest / repeats ? longest * repeats : rest;
}

static int regex_callout(pcre2_callout_block *block, void *pointer) {
  struct regex *regex = pointer;
  const struct regex_cost *cost = &regex->code->match;
  size_t at = block->current_position, from = regex->position;
  size_t moved = at > from ? at - from : from - at;
  regex->position = at;
  regex->steps += cost->step + (unsigned)(moved * cost->byte / REGEX_BYTES_A_STEP);
  if (cost->refers) {
    regex->steps += (unsigned)(regex_referred(regex, block) / REGEX_REFERRED_A_STEP);
  }
  if (regex->steps < REGEX_STEPS) return 0;
  bool go_on = budget_take(regex->budget, regex->steps) && budget_look(regex->budget);
  regex->steps = 0;
  return go_on ? 0 : PCRE2_ERROR_CALLOUT;
}

bool regex_open(struct regex *regex, struct budget *budget) {
  *regex = (struct regex){.budget = budget};
  regex->general = pcre2_general_context_create(budget_malloc, budget_free, budget);
  if (regex->general != NULL) {
    regex->compiling = pcre2_compile_context_create(regex->general);
    regex->matching = pcre2_match_context_create(regex->general);
    regex->result = pcre2_match_data_create(REGEX_CAPTURES_MAX + 1, regex->general);
  }
  if (regex->compiling == NULL || regex->matching == NULL || regex->result == NULL) {
    regex_close(regex);
    return false;
  }
  pcre2_set_newline(regex->compiling, PCRE2_NEWLINE_LF); /* whatever the library was built with */
  pcre2_set_bsr(regex->compiling, PCRE2_BSR_UNICODE);
  pcre2_set_callout(regex->matching, regex_callout, regex);
  pcre2_set_heap_limit(regex->matching, REGEX_HEAP_KIB);
  pcre2_set_match_limit(regex->matching, REGEX_MATCHES);
  pcre2_set_depth_limit(regex->matching, REGEX_MATCHES);
  return true;
}

void regex_close(struct regex *regex) {
  pcre2_match_data_free(regex->result);
  pcre2_match_context_free(regex->matching);
  pcre2_compile_context_free(regex->compiling);
  pcre2_general_context_free(regex->general);
  *regex = (struct regex){0};
}

bool regex_compile(struct regex *regex, const char *pattern, size_t length, struct regex_code *code,
    char *error, size_t size) {
  const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                           PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  int number;
  PCRE2_SIZE at;
  *code = (struct regex_code){0};
  error[0] = '\0';
  if (length > REGEX_PATTERN_MAX) {
    snprintf(error, size, "a pattern must be at most %d bytes, not %zu", REGEX_PATTERN_MAX, length);
    return false;
  }
  code->cost = regex_cost_compiling(pattern, length);
  if (!budget_take(regex->budget, code->cost) || !budget_look(regex->budget)) return false;
  code->code = pcre2_compile((PCRE2_SPTR)pattern, length, options, &number, &at, regex->compiling);
  if (code->code == NULL) {
    if (number == PCRE2_ERROR_HEAP_FAILED) return false;
    PCRE2_UCHAR said[120];
    pcre2_get_error_message(number, said, sizeof said);
    snprintf(error, size, "the pattern is wrong at byte %zu: %s", (size_t)at + 1, (char *)said);
    return false;
  }
  pcre2_pattern_info(code->code, PCRE2_INFO_CAPTURECOUNT, &code->captures);
  if (code->captures > REGEX_CAPTURES_MAX) {
    regex_free(code);
    snprintf(error, size, "a pattern must have at most %d groups", REGEX_CAPTURES_MAX);
    return false;
  }
  size_t compiled; /* much, where repeated groups were copied */
  pcre2_pattern_info(code->code, PCRE2_INFO_SIZE, &compiled);
  code->cost += compiled / REGEX_COMPILED_A_STEP;
  if (!budget_take(regex->budget, compiled / REGEX_COMPILED_A_STEP) ||
      !regex_cost_measure(code->code, pattern, length, &code->match, error, size)) {
    regex_free(code);
    return false;
  }
  return true;
}

void regex_free(struct regex_code *code) {
  pcre2_code_free(code->code);
  code->code = NULL;
}

int regex_match(struct regex *regex, const struct regex_code *code, const char *text, size_t length,
    size_t start, bool not_empty) {
  size_t behind = 4 * (size_t)code->match.behind; /* bytes at most */
  size_t checked = length - start + (behind < start ? behind : start);
  if (!budget_take(regex->budget, 16 + checked / REGEX_CHECKED_A_STEP)) return REGEX_EXCEEDED;
  regex->code = code;
  regex->length = length;
  regex->position = start;
  regex->steps = 0;
  int found = pcre2_match(code->code, (PCRE2_SPTR)text, length, start,
      not_empty ? PCRE2_NOTEMPTY_ATSTART : 0, regex->result, regex->matching);
  if (!budget_take(regex->budget, regex->steps)) return REGEX_EXCEEDED;
  if (found > 0) return REGEX_MATCH;
  switch (found) {
  case PCRE2_ERROR_NOMATCH:
    return REGEX_NONE;
  case PCRE2_ERROR_CALLOUT:
  case PCRE2_ERROR_MATCHLIMIT:
    return REGEX_EXCEEDED;
  case PCRE2_ERROR_NOMEMORY:
    return REGEX_NOMEM;
  }
  return REGEX_DEEP;
}

bool regex_group(const struct regex *regex, uint32_t i, size_t *start, size_t *end) {
  const PCRE2_SIZE *places = pcre2_get_ovector_pointer(regex->result);
  if (places[2 * i] == PCRE2_UNSET) return false;
  *end = places[2 * i + 1];
  *start = places[2 * i] < *end ? places[2 * i] : *end; /* \K may stand anywhere */
  return true;
}

const char *regex_problem(int result) {
  return result == REGEX_NOMEM      ? "out of memory"
         : result == REGEX_EXCEEDED ? "the pattern takes too many steps for this text"
                                    : "the pattern is nested too deep for this text";
}
