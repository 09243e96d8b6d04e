/*
** series.h: the rows of one aggregate group or window frame, sorted by (at, arrival).
**
** SQLite hands rows to an aggregate in any order, and takes them out of a window frame in the
** order in which it handed them in. A series keeps what is in the frame sorted by time, rows of
** equal time in the order of their arrival. Adding and removing at either end costs a constant;
** a row in the middle costs a memmove of the shorter side. As long as nobody looks (a plain aggregate looks
** once, in the end), rows are only gathered, and sorted when they are looked at.
*/
#ifndef DECORUM_SERIES_H
#define DECORUM_SERIES_H

#include <stdbool.h>
#include "api.h"

struct series_entry {
  double at;              /* Unix seconds */
  double value;           /* what the function keeps of the row */
  sqlite3_uint64 arrival; /* 0 for the first row ever added, 1 for the next... */
};

struct series {
  struct series_entry *slots; /* room for capacity entries */
  sqlite3_uint64 first;       /* the oldest entry is slots[first] */
  sqlite3_uint64 count;       /* entries in use */
  sqlite3_uint64 capacity;
  sqlite3_uint64 added;   /* rows ever added */
  sqlite3_uint64 removed; /* rows ever removed: the next to leave has this arrival */
  bool is_read;           /* somebody looked: from now on each row goes to its place at once */
  bool is_unsorted;
};

/* The entries as they lie; sorted after series_sort or series_read. */
static inline struct series_entry *series_entries(const struct series *series) {
  return series->slots + series->first;
}

/* Sorts what was only gathered. */
void series_sort(struct series *series);

/* Sorts, and keeps sorted from now on. Call it before the entries are looked at for a result. */
static inline void series_read(struct series *series) {
  series->is_read = true;
  if (series->is_unsorted) series_sort(series);
}

/* Adds a row where series_add has no room for it at the end; for series_add alone. */
bool series_insert(struct series *series, double at, double value);

/* Adds a row. False when out of memory; the series is then as it was. Inline, because nearly every row
** comes in order of time and there is room behind the last. */
static inline bool series_add(struct series *series, double at, double value) {
  sqlite3_uint64 end = series->first + series->count;
  if (series->count == 0 || end == series->capacity || !(series->slots[end - 1].at <= at)) {
    return series_insert(series, at, value);
  }
  series->slots[end] = (struct series_entry){at, value, series->added++};
  series->count++;
  return true;
}

/* Removes a row that does not stand at the front; for series_remove alone. */
void series_take_out(struct series *series, double at);

/* Removes the row that arrived first; at must be its time. A row that series_forget let go
** already is only counted. */
static inline void series_remove(struct series *series, double at) {
  series_read(series);
  if (series->count > 0 && series->slots[series->first].arrival == series->removed) {
    series->first++;
    series->count--;
    series->removed++;
  } else {
    series_take_out(series, at);
  }
}

/* How many entries have a time <= at. */
sqlite3_uint64 series_count_until(const struct series *series, double at);

/* Lets go of entries that can never again be among the newest `keep` of the frame: those which
** are older than the newest `keep` and arrived before each of them, so that they also leave
** the frame before them. Returns the lowest arrival among the newest `keep`: whatever was let go
** arrived before it. */
sqlite3_uint64 series_forget(struct series *series, sqlite3_uint64 keep);

/* Frees the entries; the series is empty afterwards. */
void series_clear(struct series *series);

#endif
