/*
** series.c: rows sorted by (at, arrival). See series.h for the contract.
**
** The entries lie in one block, slots[first .. first+count), with free room before and behind, so
** that rows in ascending and in descending order are both added, and removed, at an end.
*/
#include "series.h"
#include <stdlib.h>
#include <string.h>

#define SERIES_FIRST_CAPACITY 64

/* Moves the entries to slots[first] of a block of the given capacity. */
static bool series_resize(struct series *series, sqlite3_uint64 capacity, sqlite3_uint64 first) {
  struct series_entry *slots = sqlite3_malloc64(capacity * sizeof *slots);
  if (slots == NULL) return false;
  if (series->count) {
    memcpy(slots + first, series_entries(series), series->count * sizeof *slots);
  }
  sqlite3_free(series->slots);
  series->slots = slots;
  series->capacity = capacity;
  series->first = first;
  return true;
}

/* Makes sure that there is a free slot behind the entries (or before them). Room is made by moving
** the entries inside the block when it is at most half full, else by a block of twice the size. */
static bool series_make_room(struct series *series, bool before) {
  if (before ? series->first > 0 : series->first + series->count < series->capacity) return true;
  if (series->capacity == 0) return series_resize(series, SERIES_FIRST_CAPACITY, 0);
  sqlite3_uint64 capacity = series->capacity;
  if (series->count > capacity / 2) capacity *= 2;
  sqlite3_uint64 first = before ? capacity - series->count : 0;
  if (capacity != series->capacity) return series_resize(series, capacity, first);
  memmove(series->slots + first, series_entries(series), series->count * sizeof *series->slots);
  series->first = first;
  return true;
}

/* The index of the first entry with a time > at (or >= at). */
static sqlite3_uint64 series_search(const struct series *series, double at, bool or_equal) {
  const struct series_entry *entries = series_entries(series);
  sqlite3_uint64 low = 0, high = series->count;
  while (low < high) {
    sqlite3_uint64 middle = low + (high - low) / 2;
    if (entries[middle].at > at || (or_equal && entries[middle].at == at)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

sqlite3_uint64 series_count_until(const struct series *series, double at) {
  if (series->count == 0 || series_entries(series)[series->count - 1].at <= at) {
    return series->count;
  }
  return series_search(series, at, false);
}

static int series_compare(const void *left, const void *right) {
  const struct series_entry *a = left, *b = right;
  if (a->at != b->at) return a->at < b->at ? -1 : 1;
  return a->arrival < b->arrival ? -1 : 1;
}

void series_sort(struct series *series) {
  if (!series->is_unsorted) return;
  qsort(series_entries(series), series->count, sizeof *series->slots, series_compare);
  series->is_unsorted = false;
}

bool series_insert(struct series *series, double at, double value) {
  bool gather = !series->is_read && series->count > 0;
  sqlite3_uint64 place = gather ? series->count : series_count_until(series, at);
  if (gather && !(series_entries(series)[place - 1].at <= at)) series->is_unsorted = true;
  bool before = place < series->count / 2;
  if (!series_make_room(series, before)) return false;
  struct series_entry *entries = series_entries(series);
  if (before) {
    memmove(entries - 1, entries, place * sizeof *entries);
    series->first--;
    entries--;
  } else if (place < series->count) {
    memmove(entries + place + 1, entries + place, (series->count - place) * sizeof *entries);
  }
  entries[place] = (struct series_entry){at, value, series->added++};
  series->count++;
  return true;
}

void series_take_out(struct series *series, double at) {
  struct series_entry *entries = series_entries(series);
  sqlite3_uint64 arrival = series->removed++;
  if (series->count == 0) return;
  /* Of the entries with this time the one to leave arrived first, so it is the first of them. */
  sqlite3_uint64 place = entries[0].at >= at ? 0 : series_search(series, at, true);
  if (place == series->count || entries[place].arrival != arrival) return;
  series->count--;
  if (place <= series->count / 2) {
    memmove(entries + 1, entries, place * sizeof *entries);
    series->first++;
  } else {
    memmove(entries + place, entries + place + 1, (series->count - place) * sizeof *entries);
  }
}

sqlite3_uint64 series_forget(struct series *series, sqlite3_uint64 keep) {
  series_sort(series);
  if (series->count <= keep) return 0;
  struct series_entry *entries = series_entries(series);
  sqlite3_uint64 older = series->count - keep;
  sqlite3_uint64 lowest = entries[older].arrival;
  for (sqlite3_uint64 i = older + 1; i < series->count; i++) {
    if (entries[i].arrival < lowest) lowest = entries[i].arrival;
  }
  sqlite3_uint64 kept = 0; /* entries that stay are packed towards the newest */
  for (sqlite3_uint64 i = older; i-- > 0;) {
    if (entries[i].arrival >= lowest) entries[older - ++kept] = entries[i];
  }
  series->first += older - kept;
  series->count -= older - kept;
  return lowest;
}

void series_clear(struct series *series) {
  sqlite3_free(series->slots);
  memset(series, 0, sizeof *series);
}
