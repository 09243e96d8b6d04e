/*
** regex.c: regular expressions, each match of which ends soon. See regex.h.
**
** HOW IT WORKS
**
** PCRE2's own match limit counts anew at each place of the text where a match might start, and so does not bound
** what a long text costs. Instead each item of a pattern is compiled with a callout (PCRE2_AUTO_CALLOUT), which takes
** one step and another for each 32 bytes that the match went on since the last. What no callout sees is linear in
** the text and is taken before: that the text is UTF-8 is checked at each search.
**
** Compiling takes time that grows with the pattern, 4 KiB of which take 0.4 ms at worst, but for wide ranges of
** characters where case does not matter: [\x{80}-\x{10ffff}] takes 3 ms, as the other case of each character
** is looked for. They take steps by their upper ends.
**
** No JIT, whose stack is its own and whose code makes no callouts.
*/
#define _GNU_SOURCE /* memmem */
#include "regex.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "utf8.h"

#define REGEX_STEPS 64          /* that are taken at once */
#define REGEX_BYTES_A_STEP 32   /* that a match moves on */
#define REGEX_CHECKED_A_STEP 16 /* bytes whose UTF-8 is checked */
#define REGEX_HEAP_KIB 4096     /* for the places that a match may come back to */
#define REGEX_MATCHES 2000000   /* PCRE2's own limit, behind ours */
#define REGEX_RANGE_FREE 4      /* characters of a range that cost a step */
#define REGEX_CODE_POINTS 0x110000

static int regex_callout(pcre2_callout_block *block, void *pointer) {
  struct regex *regex = pointer;
  PCRE2_SIZE at = block->current_position, from = regex->position;
  regex->position = at;
  regex->steps += 1 + (unsigned)((at > from ? at - from : from - at) / REGEX_BYTES_A_STEP);
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

/* At most how many characters the range has that ends with what stands at text. */
static uint32_t regex_range(const char *text, const char *end) {
  uint32_t character = REGEX_CODE_POINTS;
  while (text < end && (*text == ' ' || *text == '\t')) text++; /* which (?xx) leaves out */
  if (text == end) return 0;
  if (*text != '\\') {
    int left = end - text > 4 ? 4 : (int)(end - text);
    utf8_decode((const unsigned char *)text, left, &character);
  } else if (end - text > 1) {
    if (strchr("dDwWsShHvVpP", text[1]) || ((unsigned char)text[1] < 0x80 && !isalnum(text[1]))) {
      return 0; /* a class or a sign: no range, or one within ASCII */
    }
    if (end - text > 3 && text[1] == 'x' && text[2] == '{') {
      unsigned long hex = strtoul(text + 3, NULL, 16); /* it ends before '}' */
      if (hex < REGEX_CODE_POINTS) character = (uint32_t)hex;
    }
  }
  return character;
}

static lua_Unsigned regex_cost(const char *pattern, size_t length) {
  const char *end = pattern + length;
  lua_Unsigned cost = 16 + 4 * length;
  if (memmem(pattern, length, "(?", 2) == NULL) return cost; /* case matters */
  for (const char *c = pattern; c < end; c++) {
    if (*c == '-') cost += regex_range(c + 1, end) / REGEX_RANGE_FREE;
  }
  return cost;
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
  code->cost = regex_cost(pattern, length);
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
  return true;
}

void regex_free(struct regex_code *code) {
  pcre2_code_free(code->code);
  code->code = NULL;
}

int regex_match(struct regex *regex, const struct regex_code *code, const char *text, size_t length,
    size_t start, bool not_empty) {
  if (!budget_take(regex->budget, 16 + (length - start) / REGEX_CHECKED_A_STEP))
    return REGEX_EXCEEDED;
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
