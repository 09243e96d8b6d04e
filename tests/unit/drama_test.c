/*
** drama_test.c: drama_score, offence_count and sparkline against plain loops.
**
** Each function is written here a second time, as a loop over a frame's rows that anybody can check
** against the page about it. The extension must give the same result bit for bit:
**
**   - drama_score as an aggregate over random traces, some long enough that old rows are let go;
**   - all three as window functions over random frames: ROWS, RANGE and GROUPS, any bounds, order,
**     partition, EXCLUDE and FILTER, with arguments that differ from row to row. Which rows a frame
**     has, and in which order, is asked of SQLite: json_group_array(id) OVER the same window.
**
** A failure prints the query and the frame; the seed brings it back (see random.h).
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"
#include "random.h"

#define TRACES 100000
#define SMALL_QUERIES 4000
#define LARGE_QUERIES 32
#define MESSAGE_MAX 4000

/* A row of the table message. NAN stands for NULL; SQLite binds it so. */
struct message {
  double toxicity, at;
  double now, warned_at, window_size, window_s, boost; /* arguments of drama_score */
  double offence_at, reset_s;                          /* of offence_count */
  double lo, hi;                                       /* of sparkline */
};

static struct random chance;
static sqlite3 *db;
static struct message messages[MESSAGE_MAX + 1]; /* messages[id] */
static int message_count;

/* ---- the functions once more ---- */

struct kept {
  double at;
  double value;
  int arrival;
};

static int kept_compare(const void *left, const void *right) {
  const struct kept *a = left, *b = right;
  if (a->at != b->at) return a->at < b->at ? -1 : 1;
  return a->arrival - b->arrival;
}

/* frame: ids in frame order. argument_count is that of the call; what it leaves out has its default
** value. */
static double reference_score(const int *frame, int count, int argument_count) {
  static struct kept kept[MESSAGE_MAX];
  if (count == 0) return 0.0;
  const struct message *last = &messages[frame[count - 1]];
  double now = argument_count > 2 ? last->now : NAN;
  double warned_at = argument_count > 3 ? last->warned_at : NAN;
  int window_size = argument_count > 4 ? (int)last->window_size : 10;
  double window_s = argument_count > 5 ? last->window_s : 900.0;
  double boost = argument_count > 6 ? last->boost : 0.04;

  if (isnan(now)) {
    now = -INFINITY;
    for (int i = 0; i < count; i++) {
      const struct message *message = &messages[frame[i]];
      if (!isnan(message->toxicity) && message->at > now) now = message->at;
    }
  }
  int n = 0;
  for (int i = 0; i < count; i++) {
    const struct message *message = &messages[frame[i]];
    if (isnan(message->toxicity)) continue;
    if (message->at > now - window_s && message->at <= now) {
      kept[n++] = (struct kept){message->at, message->toxicity, i};
    }
  }
  qsort(kept, (size_t)n, sizeof *kept, kept_compare);
  int first = n > window_size ? n - window_size : 0;
  double sum = 0.0, weights = 0.0;
  int boosted = 0;
  for (int i = first; i < n; i++) {
    int weight = i - first + 1;
    sum = sum + weight * kept[i].value;
    weights = weights + weight;
    if (!isnan(warned_at) && kept[i].at > warned_at && kept[i].value >= 0.5) boosted++;
  }
  double score = n > first ? sum / weights : 0.0;
  if (!isnan(warned_at)) score = score + boost * boosted;
  return score > 1.0 ? 1.0 : score;
}

static int reference_offences(const int *frame, int count, int argument_count) {
  static struct kept kept[MESSAGE_MAX];
  int n = 0;
  for (int i = 0; i < count; i++) {
    double at = messages[frame[i]].offence_at;
    if (!isnan(at)) kept[n++] = (struct kept){at, 0.0, i};
  }
  if (n == 0) return 0;
  const struct message *last = &messages[frame[count - 1]];
  double reset_s = argument_count > 1 ? last->reset_s : 7200.0;
  qsort(kept, (size_t)n, sizeof *kept, kept_compare);
  if (argument_count > 2 && !isnan(last->now) && last->now - kept[n - 1].at > reset_s) return 0;
  int run = 1;
  while (run < n && kept[n - run].at - kept[n - run - 1].at <= reset_s) run++;
  return run;
}

/* Writes the text of sparkline(toxicity, at, lo, hi). */
static void reference_sparkline(const int *frame, int count, int argument_count, char *text) {
  static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static struct kept kept[MESSAGE_MAX];
  double lo = INFINITY, hi = -INFINITY;
  *text = '\0';
  for (int i = 0; i < count; i++) {
    const struct message *message = &messages[frame[i]];
    kept[i] = (struct kept){message->at, message->toxicity, i};
    lo = fmin(lo, message->toxicity);
    hi = fmax(hi, message->toxicity);
  }
  if (count == 0) return;
  const struct message *last = &messages[frame[count - 1]];
  if (argument_count > 2 && !isnan(last->lo)) lo = last->lo;
  if (argument_count > 3 && !isnan(last->hi)) hi = last->hi;
  if (lo > hi && argument_count > 2 && !isnan(last->lo)) hi = lo; /* all values lie below lo... */
  if (lo > hi) lo = hi;                                           /* ...or above hi */
  qsort(kept, (size_t)count, sizeof *kept, kept_compare);
  for (int i = 0; i < count; i++) {
    double value = kept[i].value;
    const char *glyph = " ";
    if (!isnan(value)) {
      int bar = value <= lo ? 0 : value >= hi ? 7 : (int)floor((value - lo) / (hi - lo) * 8);
      glyph = bars[bar > 7 ? 7 : bar];
    }
    text = strcpy(text, glyph) + strlen(glyph);
  }
}

/* ---- random messages ---- */

/* How the times of a table are made. */
struct clock {
  double start;
  int span;        /* seconds from the first to the last, more or less */
  int grain;       /* of a second; 0 for any real number */
  int order;       /* 1 ascending, -1 descending, 0 without order */
  int lag;         /* of an ordered table one row in so many comes late; 0 for none */
  double lateness; /* at most so much of the time until then */
  int length;      /* rows */
};

static struct clock random_clock(int length) {
  static const double starts[] = {0.0, -300.0, 1700000000.0};
  static const int spans[] = {5, 60, 1000, 100000};
  return (struct clock){.start = starts[random_below(&chance, 3)],
      .span = spans[random_below(&chance, 4)],
      .grain = random_below(&chance, 4),
      .order = random_once_in(&chance, 3) ? random_between(&chance, -1, 0) : 1,
      .lag = random_once_in(&chance, 2) ? random_between(&chance, 2, 12) : 0,
      .lateness = random_once_in(&chance, 2) ? 1 : 0.05,
      .length = length};
}

static double random_time(const struct clock *clock, double position) {
  double offset = position * clock->span;
  if (clock->grain) offset = floor(offset * clock->grain) / clock->grain;
  return clock->start + offset;
}

static double random_at(const struct clock *clock, int row) {
  double position = (double)row / clock->length;
  if (clock->order < 0) position = 1 - position;
  if (clock->order == 0) {
    position = random_unit(&chance);
  } else if (clock->lag && random_once_in(&chance, clock->lag)) {
    position *= 1 - clock->lateness * random_unit(&chance);
  }
  return random_time(clock, position);
}

static double random_toxicity(void) {
  switch (random_below(&chance, 8)) {
  case 0:
    return NAN;
  case 1:
    return 0.5;
  case 2:
    return nextafter(0.5, 0.0);
  case 3:
    return random_below(&chance, 2);
  default:
    return random_unit(&chance);
  }
}

/* The arguments behind toxicity and at. */
static void random_arguments(struct message *message, const struct clock *clock) {
  bool large = clock->length > 60;
  double windows[] = {0.5, 1, 10, clock->span / 2.0, 900, 1e9};
  message->now =
      random_once_in(&chance, 3) ? NAN : random_time(clock, 2 * random_unit(&chance) - 0.5);
  message->warned_at = random_once_in(&chance, 2) ? NAN : random_time(clock, random_unit(&chance));
  message->window_size = large && random_once_in(&chance, 2) ? random_between(&chance, 990, 1000)
                         : random_once_in(&chance, 4)        ? random_between(&chance, 1, 1000)
                                                             : random_between(&chance, 1, 12);
  message->window_s = large && random_once_in(&chance, 2) ? 1e9 : windows[random_below(&chance, 6)];
  message->boost =
      random_once_in(&chance, 2) ? 0.04 : random_below(&chance, 3) * random_unit(&chance);
}

/* Frames of more than 2000 rows need a now that does not go back. */
enum now_rule { NOW_IS_ANY, NOW_IS_NULL, NOW_IS_AT, NOW_RISES };

static void random_messages(const struct clock *clock, enum now_rule rule) {
  double latest = -INFINITY;
  message_count = clock->length;
  for (int id = 1; id <= message_count; id++) {
    struct message *message = &messages[id];
    message->toxicity = random_toxicity();
    message->at = random_at(clock, id - 1);
    random_arguments(message, clock);
    message->offence_at = random_once_in(&chance, 3) ? NAN : message->at;
    message->reset_s = random_below(&chance, 3) * random_unit(&chance) * clock->span / 4;
    message->lo = random_once_in(&chance, 3) ? NAN : random_unit(&chance);
    message->hi = random_once_in(&chance, 3) ? NAN : random_unit(&chance);
    if (message->lo > message->hi) message->hi = message->lo;
    latest = fmax(latest, message->now);
    if (rule == NOW_IS_NULL) message->now = NAN;
    if (rule == NOW_IS_AT) message->now = message->at;
    if (rule == NOW_RISES) message->now = latest == -INFINITY ? NAN : latest;
  }
}

/* ---- SQL ---- */

static void execute(const char *sql) {
  char *error = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s: %s", sql, error);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  }
  return statement;
}

/* A number as a REAL or, where it is one and fortune says so, an INTEGER. */
static void bind(sqlite3_stmt *statement, int parameter, double value) {
  if (value == floor(value) && !signbit(value) && random_once_in(&chance, 2)) {
    sqlite3_bind_int64(statement, parameter, (sqlite3_int64)value);
  } else {
    sqlite3_bind_double(statement, parameter, value);
  }
}

static void insert_messages(void) {
  sqlite3_stmt *insert =
      prepare("INSERT INTO message VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)");
  execute("BEGIN; DELETE FROM message");
  for (int id = 1; id <= message_count; id++) {
    const struct message *message = &messages[id];
    const double columns[] = {message->toxicity, message->at, message->now, message->warned_at,
        message->window_size, message->window_s, message->boost, message->offence_at,
        message->reset_s, message->lo, message->hi};
    sqlite3_bind_int(insert, 1, id);
    sqlite3_bind_int(insert, 2, random_below(&chance, 3));
    for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++) {
      bind(insert, i + 3, columns[i]);
    }
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  execute("COMMIT");
}

static void print_frame(const int *frame, int count) {
  for (int i = 0; i < count && i < 60; i++) {
    const struct message *m = &messages[frame[i]];
    printf(
        "# id %d toxicity %.17g at %.17g now %.17g warned_at %.17g window_size %g window_s %.17g "
        "boost %.17g\n",
        frame[i], m->toxicity, m->at, m->now, m->warned_at, m->window_size, m->window_s, m->boost);
  }
  fflush(stdout);
}

static bool same_bits(double a, double b) {
  return memcmp(&a, &b, sizeof a) == 0;
}

/* ---- drama_score as an aggregate ---- */

static void test_traces(void **state) {
  (void)state;
  execute("CREATE TABLE trace(toxicity, at); BEGIN");
  sqlite3_stmt *insert = prepare("INSERT INTO trace VALUES(?1, ?2)");
  sqlite3_stmt *score[8] = {NULL, NULL, prepare("SELECT drama_score(toxicity, at) FROM trace"),
      prepare("SELECT drama_score(toxicity, at, ?1) FROM trace"),
      prepare("SELECT drama_score(toxicity, at, ?1, ?2) FROM trace"),
      prepare("SELECT drama_score(toxicity, at, ?1, ?2, ?3) FROM trace"),
      prepare("SELECT drama_score(toxicity, at, ?1, ?2, ?3, ?4) FROM trace"),
      prepare("SELECT drama_score(toxicity, at, ?1, ?2, ?3, ?4, ?5) FROM trace")};
  static int frame[MESSAGE_MAX];
  for (int trace = 0; trace < TRACES; trace++) {
    bool large = random_once_in(&chance, 500);
    struct clock clock = random_clock(
        large ? random_between(&chance, 1500, MESSAGE_MAX) : random_between(&chance, 0, 60));
    struct message arguments = {0};
    random_arguments(&arguments, &clock);
    execute("DELETE FROM trace");
    for (int id = 1; id <= clock.length; id++) {
      messages[id] = arguments;
      messages[id].toxicity = random_toxicity();
      messages[id].at = random_at(&clock, id - 1);
      bind(insert, 1, messages[id].toxicity);
      bind(insert, 2, messages[id].at);
      sqlite3_step(insert);
      assert_int_equal(sqlite3_reset(insert), SQLITE_OK);
      frame[id - 1] = id;
    }
    int argument_count = random_once_in(&chance, 4) ? random_between(&chance, 2, 6) : 7;
    sqlite3_stmt *statement = score[argument_count];
    const double values[] = {arguments.now, arguments.warned_at, arguments.window_size,
        arguments.window_s, arguments.boost};
    for (int i = 0; i < argument_count - 2; i++) bind(statement, i + 1, values[i]);
    if (sqlite3_step(statement) != SQLITE_ROW) fail_msg("trace %d: %s", trace, sqlite3_errmsg(db));
    double got = sqlite3_column_double(statement, 0);
    double expected = reference_score(frame, clock.length, argument_count);
    assert_int_equal(sqlite3_column_type(statement, 0), SQLITE_FLOAT);
    if (!same_bits(got, expected)) {
      print_frame(frame, clock.length);
      fail_msg("trace %d of %d rows, %d arguments: expected %.17g, got %.17g", trace, clock.length,
          argument_count, expected, got);
    }
    sqlite3_reset(statement);
  }
  execute("COMMIT");
  sqlite3_finalize(insert);
  for (int i = 2; i < 8; i++) sqlite3_finalize(score[i]);
}

/* ---- window functions ---- */

/* Bounds in the order in which they may follow each other. */
enum bound { UNBOUNDED_PRECEDING, PRECEDING, CURRENT_ROW, FOLLOWING, UNBOUNDED_FOLLOWING };

static void append_bound(
    sqlite3_str *sql, enum bound bound, bool is_range, const struct clock *clock) {
  static const char *const words[] = {
      "UNBOUNDED PRECEDING", "PRECEDING", "CURRENT ROW", "FOLLOWING", "UNBOUNDED FOLLOWING"};
  if (bound == PRECEDING || bound == FOLLOWING) {
    if (is_range) {
      sqlite3_str_appendf(sql, "%g ", random_below(&chance, 9) / 8.0 * clock->span);
    } else {
      int most = random_once_in(&chance, 2) ? 5 : clock->length;
      sqlite3_str_appendf(sql, "%d ", random_between(&chance, 0, most));
    }
  }
  sqlite3_str_appendall(sql, words[bound]);
}

/* The text of a random window, and a rule by which now does not go back in it. */
static char *random_window(const struct clock *clock, enum now_rule *rule) {
  static const struct {
    const char *text;
    bool single; /* one column: RANGE may have bounds with n */
    enum now_rule rule;
  } orders[] = {{"ORDER BY id", true, NOW_RISES}, {"ORDER BY at", true, NOW_IS_AT},
      {"ORDER BY at DESC", true, NOW_IS_NULL}, {"ORDER BY toxicity", true, NOW_IS_NULL},
      {"ORDER BY at, id", false, NOW_IS_AT}, {"ORDER BY member DESC, toxicity", false, NOW_IS_NULL},
      {"", false, NOW_IS_NULL}};
  static const char *const exclusions[] = {
      "", " EXCLUDE NO OTHERS", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"};
  static const char *const types[] = {"ROWS", "RANGE", "GROUPS"};
  bool large = clock->length > 60;
  int order = random_below(&chance, 7);
  int type = random_below(&chance, orders[order].text[0] ? 3 : 2);
  bool counted = type != 1 || orders[order].single; /* n PRECEDING and n FOLLOWING are allowed */
  enum bound start, end;
  do {
    start = (enum bound)random_between(&chance, UNBOUNDED_PRECEDING, FOLLOWING);
    end = (enum bound)random_between(&chance, PRECEDING, UNBOUNDED_FOLLOWING);
  } while (end < start || (!counted && (start % 2 || end % 2)));

  sqlite3_str *sql = sqlite3_str_new(db);
  if (random_once_in(&chance, 3)) sqlite3_str_appendall(sql, "PARTITION BY member ");
  sqlite3_str_appendf(sql, "%s %s BETWEEN ", orders[order].text, types[type]);
  append_bound(sql, start, type == 1, clock);
  sqlite3_str_appendall(sql, " AND ");
  append_bound(sql, end, type == 1, clock);
  /* With EXCLUDE every frame is made anew, which takes long for long ones. */
  if (!large || random_once_in(&chance, 20)) {
    sqlite3_str_appendall(sql, exclusions[random_below(&chance, 5)]);
  }
  *rule = orders[order].rule;
  return sqlite3_str_finish(sql);
}

/* A call with so many of its arguments, for the frame's rows that pass the filter. */
static void append_call(sqlite3_str *sql, const char *function, const char *const *arguments,
    int argument_count, const char *filter) {
  sqlite3_str_appendf(sql, ", %s(", function);
  for (int i = 0; i < argument_count; i++) {
    sqlite3_str_appendf(sql, "%s%s", i ? ", " : "", arguments[i]);
  }
  sqlite3_str_appendf(sql, ")%s OVER w", filter);
}

/* Reads "[3,1,2]". */
static int read_frame(const char *json, int *frame) {
  int count = 0;
  while (*json == '[' || *json == ',') {
    char *end;
    long id = strtol(json + 1, &end, 10);
    if (end > json + 1) frame[count++] = (int)id;
    json = end;
  }
  assert_string_equal(json, count ? "]" : "");
  return count;
}

/* Compares a row of a query with the loops. argument_counts: of drama_score, offence_count and
** sparkline; 0 for a function that is not called. */
static void check_row(sqlite3_stmt *row, const int *argument_counts) {
  static int frame[MESSAGE_MAX];
  static char bars[3 * MESSAGE_MAX + 1];
  const char *json = (const char *)sqlite3_column_text(row, 1);
  int count = strcmp(json, "[]") == 0 ? 0 : read_frame(json, frame);
  double score = sqlite3_column_double(row, 2);
  double expected = reference_score(frame, count, argument_counts[0]);
  bool same = sqlite3_column_type(row, 2) == SQLITE_FLOAT && same_bits(score, expected);
  if (!same) printf("# drama_score: expected %.17g, got %.17g\n", expected, score);
  if (argument_counts[1]) {
    int run = sqlite3_column_int(row, 3);
    int expected_run = reference_offences(frame, count, argument_counts[1]);
    same &= sqlite3_column_type(row, 3) == SQLITE_INTEGER && run == expected_run;
    if (run != expected_run) printf("# offence_count: expected %d, got %d\n", expected_run, run);
  }
  if (argument_counts[2]) {
    const char *got = (const char *)sqlite3_column_text(row, 4);
    reference_sparkline(frame, count, argument_counts[2], bars);
    same &= got != NULL && strcmp(got, bars) == 0;
    if (!same) printf("# sparkline: expected %s, got %s\n", bars, got);
  }
  if (same) return;
  print_frame(frame, count);
  fail_msg(
      "row %d, a frame of %d rows, of %s", sqlite3_column_int(row, 0), count, sqlite3_sql(row));
}

/* Calls the functions over a window, and checks every `step`th row. */
static void check_window(
    const char *window, const char *filter, const int *argument_counts, int step) {
  static const char *const ids[] = {"id"};
  static const char *const functions[] = {"drama_score", "offence_count", "sparkline"};
  static const char *const arguments[][7] = {
      {"toxicity", "at", "now", "warned_at", "window_size", "window_s", "boost"},
      {"offence_at", "reset_s", "now"}, {"toxicity", "at", "lo", "hi"}};
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, "SELECT id");
  append_call(sql, "json_group_array", ids, 1, filter);
  for (int i = 0; i < 3; i++) {
    if (argument_counts[i])
      append_call(sql, functions[i], arguments[i], argument_counts[i], filter);
  }
  sqlite3_str_appendf(sql, " FROM message WINDOW w AS (%s)", window);
  char *text = sqlite3_str_finish(sql);
  sqlite3_stmt *statement = prepare(text);
  int status, row = 0;
  while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
    if (++row % step == 0 || row == message_count) check_row(statement, argument_counts);
  }
  if (status != SQLITE_DONE) fail_msg("%s: %s", text, sqlite3_errmsg(db));
  assert_int_equal(row, message_count);
  sqlite3_finalize(statement);
  sqlite3_free(text);
}

static void check_random_window(int length, int step) {
  struct clock clock = random_clock(length);
  const char *filter = random_once_in(&chance, 6) ? " FILTER (WHERE id % 5 <> 0)" : "";
  const int argument_counts[] = {random_once_in(&chance, 4) ? random_between(&chance, 2, 6) : 7,
      random_between(&chance, 1, 3), random_between(&chance, 2, 4)};
  enum now_rule rule;
  char *window = random_window(&clock, &rule);
  random_messages(&clock, length > 60 ? rule : NOW_IS_ANY);
  insert_messages();
  check_window(window, filter, argument_counts, step);
  sqlite3_free(window);
}

static void test_frames(void **state) {
  (void)state;
  for (int query = 0; query < SMALL_QUERIES; query++) {
    check_random_window(random_between(&chance, 1, 60), 1);
  }
}

static void test_large_frames(void **state) {
  (void)state;
  for (int query = 0; query < LARGE_QUERIES; query++) check_random_window(3000, 31);
}

/* Frames of more than 2000 rows that count, with scores of about 1000 of them: old rows are let go,
** and each that was let go in error is missed. */
static void test_forgetting(void **state) {
  static const char *const windows[] = {"ORDER BY id ROWS UNBOUNDED PRECEDING",
      "ORDER BY id ROWS 2050 PRECEDING",
      "ORDER BY id ROWS BETWEEN 1500 PRECEDING AND 700 FOLLOWING",
      "ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"};
  static const int argument_counts[] = {7, 0, 0};
  (void)state;
  for (int query = 0; query < 12; query++) {
    struct clock clock = random_clock(2500);
    clock.order = query / 4 - 1;
    random_messages(&clock, NOW_IS_NULL);
    for (int id = 1; id <= message_count; id++) {
      messages[id].toxicity = random_unit(&chance);
      messages[id].window_size = 1000;
      messages[id].window_s = 1e9;
    }
    insert_messages();
    check_window(windows[query % 4], "", argument_counts, query % 4 == 0 ? 1 : 7);
  }
}

/* Once a frame has more than 2000 rows, the oldest may have been let go. A now before the rows that
** stand for them is an error; the score is right or there is none. */
static void test_now_that_goes_back(void **state) {
  static int frame[MESSAGE_MAX];
  const int rows = 2500;
  int errors = 0;
  (void)state;
  execute("DELETE FROM message");
  message_count = rows;
  for (int id = 1; id <= rows; id++) {
    messages[id] = (struct message){.toxicity = random_unit(&chance),
        .at = id,
        .now = NAN,
        .warned_at = NAN,
        .window_size = 1000,
        .window_s = 1e9,
        .boost = 0.04};
    frame[id - 1] = id;
  }
  insert_messages();
  sqlite3_stmt *statement =
      prepare("SELECT drama_score(toxicity, at, iif(id = (SELECT max(id) FROM message), ?1, now), "
              "warned_at, window_size, window_s, boost) FROM message");
  for (int now = 0; now <= rows + 100; now += 7) {
    messages[rows].now = now;
    sqlite3_bind_int(statement, 1, now);
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW) {
      double expected = reference_score(frame, rows, 7);
      double got = sqlite3_column_double(statement, 0);
      if (!same_bits(got, expected))
        fail_msg("now %d: expected %.17g, got %.17g", now, expected, got);
      sqlite3_reset(statement);
      continue;
    }
    double before = 0, given = -1;
    sscanf(sqlite3_errmsg(db),
        "drama_score: now must not be before %lf once a frame had more than 2000 rows up to it, "
        "not %lf",
        &before, &given);
    if (!same_bits(given, now) || before <= now || before > rows) {
      fail_msg("now %d: %s", now, sqlite3_errmsg(db));
    }
    assert_int_equal(sqlite3_reset(statement), SQLITE_ERROR);
    errors++;
  }
  sqlite3_finalize(statement);
  assert_true(errors > 0);
}

/* A frame of up to 2000 rows keeps them all, so a now may go back as it likes. */
static void test_now_goes_back_in_a_short_frame(void **state) {
  static const int argument_counts[] = {6, 0, 0};
  (void)state;
  message_count = 3000;
  for (int id = 1; id <= message_count; id++) {
    messages[id] = (struct message){.toxicity = random_unit(&chance),
        .at = id,
        .now = random_below(&chance, 3000),
        .warned_at = NAN,
        .window_size = 1000,
        .window_s = 1e9};
  }
  insert_messages();
  check_window("ORDER BY id ROWS 1998 PRECEDING", "", argument_counts, 17);
}

static int open_database(void **state) {
  char *error = NULL;
  (void)state;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) return -1;
  if (sqlite3_decorum_init(db, &error, NULL) != SQLITE_OK) return -1;
  execute("CREATE TABLE message(id INTEGER PRIMARY KEY, member, toxicity, at, now, warned_at, "
          "window_size, window_s, boost, offence_at, reset_s, lo, hi)");
  return 0;
}

static int close_database(void **state) {
  (void)state;
  for (sqlite3_stmt *statement; (statement = sqlite3_next_stmt(db, NULL)) != NULL;) {
    sqlite3_finalize(statement); /* of a test that failed */
  }
  return sqlite3_close(db);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_database, close_database)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_traces),
      TEST(test_frames),
      TEST(test_large_frames),
      TEST(test_forgetting),
      TEST(test_now_that_goes_back),
      TEST(test_now_goes_back_in_a_short_frame),
  };
  chance = random_begin();
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("drama", tests, NULL, NULL);
}
