/*
** random.h: numbers for tests that try many cases.
**
** The same seed gives the same cases on every machine. It is fixed, so that a failure comes back in
** the next run; the environment variable DECORUM_SEED sets another, to look further. Each program
** prints the one it used.
**
** The generator is splitmix64 (Steele, Lea and Flood 2014; public domain code by Vigna).
*/
#ifndef DECORUM_TESTS_RANDOM_H
#define DECORUM_TESTS_RANDOM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct random {
  uint64_t state;
};

/* Prints the seed as a TAP comment. */
static inline struct random random_begin(void) {
  const char *chosen = getenv("DECORUM_SEED");
  uint64_t seed = chosen ? strtoull(chosen, NULL, 0) : 20260314;
  printf("# DECORUM_SEED=%llu\n", (unsigned long long)seed);
  fflush(stdout);
  return (struct random){seed};
}

static inline uint64_t random_next(struct random *random) {
  uint64_t word = random->state += 0x9e3779b97f4a7c15u;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
  word = (word ^ word >> 27) * 0x94d049bb133111ebu;
  return word ^ word >> 31;
}

/* 0 to count - 1. */
static inline int random_below(struct random *random, int count) {
  return (int)(random_next(random) % (uint64_t)count);
}

/* least to most, both included. */
static inline int random_between(struct random *random, int least, int most) {
  return least + random_below(random, most - least + 1);
}

/* True once in count times. */
static inline bool random_once_in(struct random *random, int count) {
  return random_below(random, count) == 0;
}

/* A real number in [0, 1). */
static inline double random_unit(struct random *random) {
  return (double)(random_next(random) >> 11) * 0x1p-53;
}

#endif
