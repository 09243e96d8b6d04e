/*
** failing_memory.h: makes the allocation of SQLite's fail that a test says.
**
** Set left to the number of allocations that still succeed, and once if only one is to fail; failed says
** afterwards whether there was one. A test program's group is set up with failing_memory_setup.
*/
#ifndef DECORUM_FAILING_MEMORY_H
#define DECORUM_FAILING_MEMORY_H

static sqlite3_mem_methods methods;
static long left = -1; /* allocations until the one that fails; -1: none does */
static int once;       /* the others succeed */
static int failed;

static int fails(void) {
  if (left < 0) return 0;
  if (left > 0) {
    left--;
    return 0;
  }
  if (once) left = -1;
  failed = 1;
  return 1;
}

static void *failing_malloc(int size) {
  return fails() ? NULL : methods.xMalloc(size);
}

static void *failing_realloc(void *block, int size) {
  return fails() ? NULL : methods.xRealloc(block, size);
}

static int failing_memory_setup(void **state) {
  sqlite3_mem_methods failing;
  (void)state;
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &methods) != SQLITE_OK) return 1;
  failing = methods;
  failing.xMalloc = failing_malloc;
  failing.xRealloc = failing_realloc;
  if (sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) return 1;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK;
}

#endif
