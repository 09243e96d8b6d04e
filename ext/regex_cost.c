/*
** regex_cost.c: what it may cost to compile a pattern and to match with it. See regex_cost.h.
**
** HOW IT WORKS
**
** regex.c counts a match's steps from item to item of the pattern. An item may do much in one step, and then fail, so
** that nobody knows how far it went:
**
** - A character is compared with all that stands in a class, one after the other. What may stand there is bounded, and
**   the more it is, the more costs a byte.
** - [a-z]{1000} may look at 999 characters in vain. Repeats are bounded, and each step costs what the dearest item
**   of the pattern may.
** - A look-behind goes back; behind the end of a branch stand all others, and behind that of (...){0,1000} as many
**   other ends. They are a part of the same price.
** - \1 compares all that the group has: a pattern with references pays for that, too.
** - \X looks back over all flags of countries before it, and a script run over all of it, at each step anew. They
**   are refused.
**
** Where an item begins and ends PCRE2 tells (pcre2_callout_enumerate), so that nothing here depends on reading a
** pattern as it does; what stands in an item is counted in the text, rather too much than too little: a comment
** behind it counts as well. That is the same with each version of PCRE2, while the size of what it makes is not.
**
** Compiling takes time that grows with the pattern, 4 KiB of which take 0.4 ms at worst, but for wide ranges of
** characters where case does not matter: [\x{80}-\x{10ffff}] takes 3 ms, as the other case of each character
** is looked for. They take steps by their upper ends.
*/
#define _GNU_SOURCE /* memmem */
#include "regex_cost.h"
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "utf8.h"

#define REGEX_RANGE_FREE 4 /* characters of a range that cost a step */
#define REGEX_CODE_POINTS 0x110000
#define REGEX_RANGE_COUNT_MAX 30  /* no range without case counts more */
#define REGEX_CHECKS_A_STEP 64    /* comparisons that an item makes, or ends of groups */
#define REGEX_BRANCHES_A_STEP 128 /* between which a pattern may choose */

/* Where no bound is. */
static const char *const refused[] = {
    "\\X", "(*sr:", "(*script_run:", "(*asr:", "(*atomic_script_run:"};

struct regex_measure {
  struct regex_cost *cost;
  const char *pattern;
  bool ignores_case;
  unsigned checks; /* most that an item makes */
  unsigned ends;   /* of groups that are copied for their repeats */
  unsigned branches;
  char *error;
  size_t size;
  /* By its place, the length of an item that was measured; copies of a group have the same items. */
  uint16_t measured[REGEX_PATTERN_MAX + 1];
};

/* May letters match those of the other case? Only if options say so: (?i), (?s-i:...). */
static bool regex_ignores_case(const char *pattern, const char *end) {
  for (const char *c = pattern; (c = memmem(c, (size_t)(end - c), "(?", 2)) != NULL; c++) {
    for (const char *option = c + 2; option < end; option++) {
      if (*option == 'i') return true;
      if (!isalpha((unsigned char)*option) && *option != '-' && *option != '^') break;
    }
  }
  return false;
}

/* At most what character the range ends with whose sign stands before the text. */
static uint32_t regex_range_end(const char *text, const char *end) {
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

size_t regex_cost_compiling(const char *pattern, size_t length) {
  const char *end = pattern + length;
  size_t cost = 16 + 4 * length;
  if (!regex_ignores_case(pattern, end)) return cost;
  for (const char *c = pattern; c < end; c++) {
    if (*c == '-') cost += regex_range_end(c + 1, end) / REGEX_RANGE_FREE;
  }
  return cost;
}

/* ---- classes ---- */

/* What a range without case counts, by its sign: the more characters, the more other cases may stand apart. */
static unsigned regex_count_range(const char *item, const char *sign, const char *end) {
  uint32_t first = 0, last = regex_range_end(sign + 1, end);
  const char *start = sign;
  if (last < 0x100) return 4;
  while (start > item && ((unsigned char)*--start & 0xC0) == 0x80) continue;
  if (start < sign - 1) utf8_decode((const unsigned char *)start, (int)(sign - start), &first);
  return last < first + 4 * (REGEX_RANGE_COUNT_MAX - 2) ? 2 + (last - first) / 4
                                                        : REGEX_RANGE_COUNT_MAX;
}

/* What a character is compared with one by one: what a class has beyond Latin-1. A property takes as long as
** two letters; \h, [:blank:], a letter without case and most of all a range without case are several. */
static unsigned regex_count(const char *item, const char *end, bool ignores_case) {
  unsigned count = 0;
  const char *class = memchr(item, '[', (size_t)(end - item));
  for (const char *c = class; c != NULL && c < end; c++) {
    unsigned char byte = (unsigned char)*c, next = c + 1 < end ? (unsigned char)c[1] : 'a';
    if (byte == '\\') {
      count += next && strchr("hHvV", next) ? 4 : 2;
      c++;
    } else if (byte == '[' && next == ':') {
      count += 4;
    } else if (byte >= 0xC0) {
      count += (byte >= 0xC4 ? 1u : 0u) + (ignores_case ? 1u : 0u);
    } else if (ignores_case && byte == '-') {
      count += regex_count_range(item, c, end);
    } else if (ignores_case && byte && strchr("kKsS", byte)) {
      count++; /* Kelvin's sign, the long s */
    }
  }
  return count;
}

/* ---- repeats ---- */

/* The number at *text, but at most REGEX_REPEAT_MAX + 1; *text is put behind it. */
static unsigned regex_number(const char **text, const char *end) {
  unsigned number = 0;
  for (; *text < end && (isdigit((unsigned char)**text) || **text == ' ' || **text == '\t');
       (*text)++) {
    if (!isdigit((unsigned char)**text)) continue;
    number = 10 * number + (unsigned)(**text - '0');
    if (number > REGEX_REPEAT_MAX) number = REGEX_REPEAT_MAX + 1;
  }
  return number;
}

/* How often an item is repeated at least, and at most, as far as {n}, {n,} or {n,m} says; 1 if none does. */
static void regex_repeats(const char *item, const char *end, unsigned *least, unsigned *most) {
  *least = *most = 1;
  for (const char *c = item + 1; c < end; c++) {
    bool is_own = c == item + 2 && *item == '\\' && item[1] && strchr("xog", item[1]);
    if (*c != '{' || is_own) continue; /* \x{100} */
    const char *text = c + 1;
    unsigned number = regex_number(&text, end);
    if (number > *least) *least = number;
    if (number > *most) *most = number;
    if (text == end || *text != ',') continue;
    text++;
    number = regex_number(&text, end);
    if (number > *most) *most = number;
  }
}

/* ---- the whole ---- */

/* A callback of PCRE2: measures the item that a callout stands before. Returns 1 if it is refused. */
static int regex_measure_item(pcre2_callout_enumerate_block *block, void *pointer) {
  struct regex_measure *measure = pointer;
  struct regex_cost *cost = measure->cost;
  size_t at = block->pattern_position, length = block->next_item_length;
  const char *item = measure->pattern + at, *end = item + length;
  char rule[120] = "";
  unsigned least, most;
  if (length <= measure->measured[at]) return 0;
  measure->measured[at] = (uint16_t)length;
  unsigned count = regex_count(item, end, measure->ignores_case);
  regex_repeats(item, end, &least, &most);
  for (size_t i = 0; i < sizeof refused / sizeof *refused && *item != '['; i++) {
    if (memmem(item, length, refused[i], strlen(refused[i]))) {
      snprintf(rule, sizeof rule, "%s is not available", refused[i]);
    }
  }
  if (most > REGEX_REPEAT_MAX) {
    snprintf(rule, sizeof rule, "a repeat must be at most %d times", REGEX_REPEAT_MAX);
  } else if (count > REGEX_CLASS_MAX) {
    snprintf(rule, sizeof rule,
        "a class must count at most %d, not %u: a letter beyond Latin-1 is 1, a property 2",
        REGEX_CLASS_MAX, count);
  }
  if (rule[0]) {
    snprintf(measure->error, measure->size, "the pattern is wrong at byte %zu: %s", at + 1, rule);
    return 1;
  }
  if (least > cost->repeats) cost->repeats = least;
  if (1 + count / 4 > cost->byte) cost->byte = 1 + count / 4;
  if (least * (count + 1) > measure->checks) measure->checks = least * (count + 1);
  if (*item == ')') measure->ends += most;
  if (*item == '|') measure->branches++;
  return 0;
}

bool regex_cost_measure(const pcre2_code *code, const char *pattern, size_t length,
    struct regex_cost *cost, char *error, size_t size) {
  struct regex_measure measure = {.cost = cost, .pattern = pattern, .error = error, .size = size};
  uint32_t reference, behind;
  *cost = (struct regex_cost){.byte = 1, .repeats = 1};
  measure.ignores_case = regex_ignores_case(pattern, pattern + length);
  if (pcre2_callout_enumerate(code, regex_measure_item, &measure) != 0) return false;
  pcre2_pattern_info(code, PCRE2_INFO_BACKREFMAX, &reference);
  pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
  cost->refers = reference > 0;
  cost->behind = behind;
  cost->step = 1 + (measure.checks + measure.ends + behind) / REGEX_CHECKS_A_STEP +
               measure.branches / REGEX_BRANCHES_A_STEP;
  return true;
}
