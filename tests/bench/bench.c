/*
** bench.c: is the extension as fast as it promises?
**
**   bench [NAME...]             run the benchmarks (of these names), print a table; exit 1 if a
**                               target is missed
**   bench --instructions SIDE   run one side of one benchmark once (group-a, group-b, ...) so that
**                               callgrind can count it; see README.md
**
** A benchmark is two queries over the same generated rows: side a with Decorum, side b without. Two,
** `scorer` and `ban-list`, are two C functions over the same texts (scorer_texts.h) or bans (ban_rows.h).
** First both must give the right results, else nothing is timed (exit 2). Then the sides take
** turns, a b a b..., and each pair of runs gives one ratio of process CPU times; the table shows
** the median of the ratios, the least and the largest.
**
** The database is in memory and the rows come from a generator with a fixed seed: each run of the
** program does the same work. README.md says what the rows are like and what each side covers.
*/
#include "decorum.h"
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sqlite3.h>
#include "ban_rows.h"
#include "database.h"
#include "drama_queries.h"
#include "scorer_texts.h"

#define PAIRS 21 /* odd, so that there is a middle one */
#define PAIRS_SLOW 9
#define STACK_SHIFTS 4096 /* bytes over which the stack moves from pair to pair */
#define MESSAGES 1000000
#define MESSAGES_COUNTED 100000 /* for --instructions: callgrind is some fifty times slower */
#define MESSAGES_PER_MEMBER 100
#define BANS 100000
#define BANS_COUNTED 10000
#define TEXTS 200000
#define TEXTS_COUNTED 20000
#define TOLERANCE 1e-12

enum { SIDE_A, SIDE_B, SIDES };

struct message {
  sqlite3_int64 member;
  double at;
  double toxicity;
};

struct bench {
  sqlite3 *db;
  struct message *messages; /* by member, at, id: the order of the index */
  size_t count;
};

/*
** The rows
*/

/* Steele, Lea and Flood's splitmix64. */
static uint64_t random_state = 20240229;

static uint64_t random_bits(void) {
  uint64_t bits = random_state += UINT64_C(0x9E3779B97F4A7C15);
  bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
  return bits ^ (bits >> 31);
}

/* In [0, 1). */
static double random_unit(void) {
  return (double)(random_bits() >> 11) * 0x1p-53;
}

static int random_below(int limit) {
  return (int)(random_bits() % (uint64_t)limit);
}

/* A month of talk. The chance to speak falls with a member's number as 1/number (Zipf), but most
** messages come from one of those who spoke last, so that members' messages come in bursts. Some
** have the same time as the message before. Toxicity is mostly low. */
static void fill_assessments(sqlite3 *db, int messages) {
  enum { SPEAKERS = 8 };
  int speakers[SPEAKERS] = {1, 2, 3, 4, 5, 6, 7, 8};
  double members = messages / MESSAGES_PER_MEMBER, at = 1700000000.0;
  double gap = 2.0 * 30 * 86400 / messages;
  execute(db, "CREATE TABLE assessment("
              "  id INTEGER PRIMARY KEY, member INTEGER, at REAL, toxicity REAL)");
  sqlite3_stmt *insert = prepare(db, "INSERT INTO assessment VALUES(?1, ?2, ?3, ?4)");
  for (int id = 1; id <= messages; id++) {
    int *speaker = &speakers[random_below(SPEAKERS)];
    if (random_below(5) == 0) *speaker = (int)pow(members + 1, random_unit());
    if (random_below(50) != 0) at = floor((at + gap * random_unit()) * 1000) / 1000;
    sqlite3_bind_int(insert, 1, id);
    sqlite3_bind_int(insert, 2, *speaker);
    sqlite3_bind_double(insert, 3, at);
    sqlite3_bind_double(insert, 4, floor(1000 * pow(random_unit(), 3)) / 1000);
    step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  execute(db, "CREATE INDEX assessment_report ON assessment(member, at, id, toxicity)");
}

/* Members' reputations. */
static void fill_members(sqlite3 *db, int members) {
  execute(db, "CREATE TABLE member(id INTEGER PRIMARY KEY, reputation INTEGER)");
  sqlite3_stmt *insert = prepare(db, "INSERT INTO member(reputation) VALUES(?1)");
  for (int i = 0; i < members; i++) {
    sqlite3_bind_int(insert, 1, random_below(101));
    step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

/* Flags: each name as often as the others, some of them already at a high count. */
static void fill_flags(sqlite3 *db, int flags) {
  static const char *const names[] = {"DEATH", "CHILD_SAFETY", "VIOLENCE", "HATE",
      "SELF_HARM_PROMOTION", "PRIVACY", "SEXUAL", "HARASSMENT", "IMPERSONATION", "MISINFORMATION",
      "OTHER", "SPAM", "SELF_HARM"};
  execute(db, "CREATE TABLE flag(id INTEGER PRIMARY KEY, name TEXT, count INTEGER)");
  sqlite3_stmt *insert = prepare(db, "INSERT INTO flag(name, count) VALUES(?1, ?2)");
  for (int i = 0; i < flags; i++) {
    int name = random_below((int)(sizeof names / sizeof *names));
    sqlite3_bind_text(insert, 1, names[name], -1, SQLITE_STATIC);
    sqlite3_bind_int(insert, 2, random_below(random_below(20) + 1));
    step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

/* Makes the database, and reads the messages back for the plain loop. */
static struct bench bench_open(int messages, size_t texts, int bans) {
  struct bench bench = {.count = 0};
  char *error = NULL;
  if (sqlite3_open(":memory:", &bench.db) != SQLITE_OK) fail("open", sqlite3_errmsg(bench.db));
  if (sqlite3_decorum_init(bench.db, &error, NULL) != SQLITE_OK) {
    fail("decorum", error ? error : "cannot start");
  }
  execute(bench.db, "PRAGMA temp_store = MEMORY; BEGIN");
  fill_assessments(bench.db, messages);
  fill_members(bench.db, messages / 2);
  fill_flags(bench.db, messages / 2);
  scorer_texts_open(bench.db, texts);
  ban_rows_open(bench.db, bans);
  execute(bench.db, "COMMIT; CREATE TEMP TABLE numbered("
                    "  number INTEGER PRIMARY KEY, member INTEGER, at REAL, toxicity REAL)");
  bench.messages = calloc((size_t)messages, sizeof *bench.messages);
  if (bench.messages == NULL) fail("messages", "out of memory");
  sqlite3_stmt *select =
      prepare(bench.db, "SELECT member, at, toxicity FROM assessment ORDER BY member, at, id");
  while (step(select)) {
    bench.messages[bench.count++] = (struct message){
        .member = sqlite3_column_int64(select, 0),
        .at = sqlite3_column_double(select, 1),
        .toxicity = sqlite3_column_double(select, 2),
    };
  }
  sqlite3_finalize(select);
  return bench;
}

static void bench_close(struct bench *bench) {
  free(bench->messages);
  scorer_texts_close();
  ban_rows_close();
  sqlite3_close(bench->db);
}

/*
** The benchmarks
*/

/* The window of each benchmark that has one, and the plan for the queries of drama_score. */
#define WINDOW "WINDOW latest AS (PARTITION BY member ORDER BY at, id ROWS 9 PRECEDING)"
#define PLAN "SCAN assessment USING COVERING INDEX assessment_report"

#define GROUP(call) "SELECT member, " call " AS result FROM assessment GROUP BY member"
#define OVER(call) "SELECT " call " OVER latest AS result FROM assessment " WINDOW

/* The progress of each message's member: 0 of one who is not banned. */
#define BAN_JOIN(table, clock)                                                                     \
  "SELECT coalesce(ban.progress, 0.0) AS result FROM ban_message LEFT JOIN " table                 \
  " AS ban ON ban.member = ban_message.member" clock

enum check {
  CHECK_GROUPS, /* side a gives what a plain loop gives for each member; b gives as many rows */
  CHECK_FRAMES, /* the same for each message */
  CHECK_EQUAL,  /* both sides give the same results */
  CHECK_SCORES, /* toxicity() gives what the C core gives */
  CHECK_BANS,   /* the ordinary tables hold what shadow_ban shows */
};

enum goal {
  GOAL_AT_MOST,  /* time of a / time of b is at most the target */
  GOAL_AT_LEAST, /* time of b / time of a is at least the target: "so many times as fast" */
};

static const struct benchmark {
  const char *name;
  const char *what;
  const char *against;
  const char *queries[SIDES];     /* with a column `result`, the last one */
  void (*functions[SIDES])(void); /* instead of queries */
  const char *before_b;           /* what side b must do before its query; its time counts */
  double target;                  /* 0: the ratio is shown for information */
  enum goal goal;
  enum check check;
  bool is_covered; /* both queries must have the plan above */
  bool is_slow;    /* fewer pairs of runs */
} benchmarks[] = {
    {
        .name = "group",
        .what = "drama_score, GROUP BY",
        .against = "sum(), at read as well",
        .check = CHECK_GROUPS,
        .is_covered = true,
        .goal = GOAL_AT_MOST,
        .target = 1.20,
        .queries = {GROUP("drama_score(toxicity, at)"),
            GROUP("sum(toxicity) FILTER (WHERE at IS NOT NULL)")},
    },
    {
        .name = "narrow",
        .what = "drama_score, GROUP BY",
        .against = "sum(), without at",
        .check = CHECK_GROUPS,
        .is_covered = true,
        .goal = GOAL_AT_MOST,
        .queries = {GROUP("drama_score(toxicity, at)"), GROUP("sum(toxicity)")},
    },
    {
        .name = "window",
        .what = "drama_score OVER 10 rows",
        .against = "avg()",
        .check = CHECK_FRAMES,
        .is_covered = true,
        .goal = GOAL_AT_MOST,
        .target = 1.12,
        .queries = {OVER("drama_score(toxicity, at)"), OVER("avg(toxicity)")},
    },
    {
        .name = "lag",
        .what = "drama_score OVER 10 rows",
        .against = "SQL: 18 lag()s and CASE",
        .check = CHECK_EQUAL,
        .is_covered = true,
        .goal = GOAL_AT_LEAST,
        .target = 8,
        .queries = {OVER("drama_score(toxicity, at)"),
            "SELECT " SCORE " AS result FROM (SELECT toxicity, at - 900 AS oldest" EACH(
                LAG) " FROM assessment " WINDOW ")"},
        .is_slow = true,
    },
    {
        .name = "join",
        .what = "drama_score OVER 10 rows",
        .against = "SQL: numbered copy, 9 joins",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_LEAST,
        .queries = {OVER("drama_score(toxicity, at)"),
            "SELECT " SCORE " AS result FROM (SELECT now.toxicity AS toxicity,"
            " now.at - 900 AS oldest" EACH(BEFORE) " FROM numbered AS now" EACH(JOIN) ")"},
        .before_b = "DELETE FROM numbered;"
                    "INSERT INTO numbered(member, at, toxicity)"
                    "  SELECT member, at, toxicity FROM assessment ORDER BY member, at, id",
    },
    {
        .name = "decay",
        .what = "reputation_decay",
        .against = "SQL: max, min, ceil",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_MOST,
        .target = 0.80,
        .queries = {"SELECT reputation_decay(reputation) AS result FROM member",
            "SELECT CAST(max(0, min(100, ceil(50 + (reputation - 50) * 0.95))) AS INTEGER)"
            " AS result FROM member"},
    },
    {
        .name = "penalty",
        .what = "flag_penalty",
        .against = "SQL: CASE, ln, trunc",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_MOST,
        .target = 0.80,
        .queries = {"SELECT flag_penalty(name, count) AS result FROM flag",
            "SELECT CAST(trunc(CASE name WHEN 'DEATH' THEN 100 WHEN 'CHILD_SAFETY' THEN 100"
            " WHEN 'VIOLENCE' THEN 80 WHEN 'HATE' THEN 70 WHEN 'SELF_HARM_PROMOTION' THEN 70"
            " WHEN 'PRIVACY' THEN 60 WHEN 'SEXUAL' THEN 60 WHEN 'HARASSMENT' THEN 50"
            " WHEN 'IMPERSONATION' THEN 40 WHEN 'MISINFORMATION' THEN 30 WHEN 'OTHER' THEN 20"
            " WHEN 'SPAM' THEN 10 WHEN 'SELF_HARM' THEN 0 END * ln(1 + count * 0.5)) AS INTEGER)"
            " AS result FROM flag"},
    },
    {
        .name = "scorer",
        .what = "the scorer's C core",
        .against = "lower case, FNV-1a of words",
        .check = CHECK_SCORES,
        .goal = GOAL_AT_MOST,
        .target = 3.00,
        .functions = {scorer_texts_score, scorer_texts_hash},
    },
    {
        .name = "toxicity",
        .what = "toxicity(text)",
        .against = "the same as a SQL function",
        .check = CHECK_SCORES,
        .goal = GOAL_AT_MOST,
        .queries = {"SELECT toxicity(text) AS result FROM scorer_text",
            "SELECT word_hash(text) AS result FROM scorer_text"},
    },
    {
        .name = "ban-join",
        .what = "messages, shadow_ban",
        .against = "a table, member UNIQUE",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_MOST,
        .target = 4.00,
        .queries = {BAN_JOIN("shadow_ban", " AND ban.now = " BAN_NOW), BAN_JOIN("ban_unique", "")},
    },
    {
        .name = "ban-key",
        .what = "messages, shadow_ban",
        .against = "a table, member PRIMARY KEY",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_MOST,
        .queries = {BAN_JOIN("shadow_ban", " AND ban.now = " BAN_NOW), BAN_JOIN("ban_key", "")},
    },
    {
        .name = "ban-list",
        .what = "SELECT * FROM shadow_ban",
        .against = "SELECT * FROM a table",
        .check = CHECK_BANS,
        .goal = GOAL_AT_MOST,
        .target = 3.00,
        .functions = {ban_rows_list, ban_rows_list_ordinary},
    },
    {
        .name = "ban-sum",
        .what = "total(progress)",
        .against = "the same of a table",
        .check = CHECK_EQUAL,
        .goal = GOAL_AT_MOST,
        .queries = {"SELECT progress AS result FROM shadow_ban WHERE now = " BAN_NOW,
            "SELECT progress AS result FROM ban_unique"},
    },
};

#define BENCHMARKS (sizeof benchmarks / sizeof *benchmarks)

/*
** Checks
*/

static void check_plan(sqlite3 *db, const char *query) {
  char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", query);
  sqlite3_stmt *plan = prepare(db, sql ? sql : "out of memory");
  bool is_covered = false;
  while (step(plan)) {
    const char *detail = (const char *)sqlite3_column_text(plan, 3);
    if (detail != NULL && strcmp(detail, PLAN) == 0) is_covered = true;
    if (detail != NULL && strstr(detail, "TEMP B-TREE") != NULL) fail(query, "sorts");
  }
  if (!is_covered) fail(query, "is not a scan of the covering index");
  sqlite3_finalize(plan);
  sqlite3_free(sql);
}

/* The result of the statement's current row. */
static double result(sqlite3_stmt *statement) {
  return sqlite3_column_double(statement, sqlite3_column_count(statement) - 1);
}

static void check_value(sqlite3_stmt *statement, double expected, double tolerance) {
  double difference = fabs(result(statement) - expected);
  if (!(difference <= tolerance)) fail(sqlite3_sql(statement), "gives another result");
}

/* drama_score as its definition says it: the newest ten messages, from messages[first] to
** messages[last], of the last 900 s. */
static double plain_score(const struct message *messages, size_t first, size_t last) {
  size_t start = last;
  double sum = 0, weights = 0, weight = 0;
  while (start > first && last - start < 9 && messages[start - 1].at > messages[last].at - 900) {
    start--;
  }
  for (size_t i = start; i <= last; i++) {
    weight += 1;
    sum += weight * messages[i].toxicity;
    weights += weight;
  }
  return sum / weights;
}

/* The scores stand in the order of the messages, a row for each, or for the last of each member. */
static void check_scores(
    const struct bench *bench, bool is_grouped, sqlite3_stmt *scores, sqlite3_stmt *others) {
  size_t first = 0;
  for (size_t i = 0; i < bench->count; i++) {
    sqlite3_int64 member = bench->messages[i].member;
    if (member != bench->messages[first].member) first = i;
    if (is_grouped && i + 1 < bench->count && member == bench->messages[i + 1].member) continue;
    if (!step(scores) || !step(others)) fail("scores", "too few rows");
    check_value(scores, plain_score(bench->messages, first, i), 0); /* bit for bit */
  }
  if (step(scores) || step(others)) fail("scores", "too many rows");
}

static void check_equal(sqlite3_stmt *a, sqlite3_stmt *b) {
  for (;;) {
    bool more = step(a);
    if (step(b) != more) fail(sqlite3_sql(b), "gives another number of rows");
    if (!more) return;
    if (sqlite3_column_type(a, 0) == SQLITE_NULL || sqlite3_column_type(b, 0) == SQLITE_NULL) {
      fail(sqlite3_sql(b), "gives NULL");
    }
    check_value(b, result(a), TOLERANCE);
  }
}

static void check(const struct bench *bench, const struct benchmark *benchmark) {
  if (benchmark->check == CHECK_SCORES) {
    if (!scorer_texts_agree(bench->db)) fail(benchmark->name, "toxicity() gives another result");
    return;
  }
  if (benchmark->check == CHECK_BANS) {
    if (!ban_rows_agree(bench->db)) fail(benchmark->name, "the tables differ");
    return;
  }
  sqlite3_stmt *a = prepare(bench->db, benchmark->queries[SIDE_A]);
  sqlite3_stmt *b = prepare(bench->db, benchmark->queries[SIDE_B]);
  for (int side = SIDE_A; side < SIDES && benchmark->is_covered; side++) {
    check_plan(bench->db, benchmark->queries[side]);
  }
  if (benchmark->before_b != NULL) execute(bench->db, benchmark->before_b);
  if (benchmark->check == CHECK_EQUAL) {
    check_equal(a, b);
  } else {
    check_scores(bench, benchmark->check == CHECK_GROUPS, a, b);
  }
  sqlite3_finalize(a);
  sqlite3_finalize(b);
}

/*
** Runs
*/

/* What is timed: the query inside an aggregate that reads each of its results. */
static sqlite3_stmt *prepare_run(sqlite3 *db, const char *query) {
  char *sql = sqlite3_mprintf("SELECT total(result) FROM (%s)", query);
  sqlite3_stmt *statement = prepare(db, sql ? sql : "out of memory");
  sqlite3_free(sql);
  return statement;
}

/* One side of a benchmark, ready to run: a statement, or a function. */
struct run {
  sqlite3_stmt *statement;
  const char *before; /* NULL, or what the statement needs */
  void (*function)(void);
};

static struct run run_prepare(
    const struct bench *bench, const struct benchmark *benchmark, int side) {
  struct run run = {.function = benchmark->functions[side]};
  if (run.function != NULL) return run;
  run.statement = prepare_run(bench->db, benchmark->queries[side]);
  if (side == SIDE_B) run.before = benchmark->before_b;
  return run;
}

/* callgrind is told to count inside this function alone. */
__attribute__((noinline)) void bench_run(const struct run *run);

void bench_run(const struct run *run) {
  if (run->function != NULL) {
    run->function();
    return;
  }
  if (run->before != NULL) execute(sqlite3_db_handle(run->statement), run->before);
  while (step(run->statement)) {
  }
  sqlite3_reset(run->statement);
}

/* Seconds of process time. `shift` bytes of stack are left free: where the stack stands, down to
** the length of the program's name, makes a run some percent faster or slower. */
static double timed_run(const struct run *run, size_t shift) {
  volatile char room[shift + 1];
  struct timespec start, end;
  room[shift] = 0;
  (void)room[shift];
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  bench_run(run);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

static int compare_numbers(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Sorts the numbers and returns the middle one. */
static double median(double *numbers, int count) {
  qsort(numbers, (size_t)count, sizeof *numbers, compare_numbers);
  return numbers[count / 2];
}

/* Runs one benchmark and prints its line. False if its target is missed. */
static bool measure(const struct bench *bench, const struct benchmark *benchmark) {
  struct run runs[SIDES];
  double seconds[SIDES][PAIRS] = {{0}}, ratios[PAIRS] = {0};
  int pairs = benchmark->is_slow ? PAIRS_SLOW : PAIRS;
  check(bench, benchmark);
  for (int side = SIDE_A; side < SIDES; side++) runs[side] = run_prepare(bench, benchmark, side);
  for (int pair = -1; pair < pairs; pair++) { /* the first is the warm-up */
    size_t shift = (size_t)((pair + 1) * STACK_SHIFTS / pairs);
    double a = timed_run(&runs[SIDE_A], shift);
    double b = timed_run(&runs[SIDE_B], shift);
    if (pair < 0) continue;
    seconds[SIDE_A][pair] = a;
    seconds[SIDE_B][pair] = b;
    ratios[pair] = benchmark->goal == GOAL_AT_MOST ? a / b : b / a;
  }
  for (int side = SIDE_A; side < SIDES; side++) sqlite3_finalize(runs[side].statement);

  double ratio = median(ratios, pairs), target = benchmark->target;
  bool at_most = benchmark->goal == GOAL_AT_MOST;
  bool is_met = target == 0 || (at_most ? ratio <= target : ratio >= target);
  printf("%-8s %-25s %-28s %7.1f %7.1f  %s %7.3f %7.3f %7.3f", benchmark->name, benchmark->what,
      benchmark->against, median(seconds[SIDE_A], pairs) * 1000,
      median(seconds[SIDE_B], pairs) * 1000, at_most ? "a/b" : "b/a", ratio, ratios[0],
      ratios[pairs - 1]);
  if (target != 0) {
    printf("  %s %.2f  %s", at_most ? "<=" : ">=", target, is_met ? "ok" : "MISSED");
  }
  printf("\n");
  if (benchmark->check == CHECK_SCORES) {
    double each = median(seconds[SIDE_A], pairs) / (double)scorer_texts_count();
    printf("         a: %.0f ns a message, %.2f million a second; %zu messages of %.1f bytes\n",
        each * 1e9, 1e-6 / each, scorer_texts_count(), scorer_texts_length());
  }
  fflush(stdout);
  return is_met;
}

/* Ends the program with the names that there are. */
_Noreturn static void fail_name(const char *name) {
  fprintf(stderr, "bench: there is no %s; there are", name);
  for (size_t i = 0; i < BENCHMARKS; i++) fprintf(stderr, " %s", benchmarks[i].name);
  fprintf(stderr, ", each with the sides -a and -b\n");
  exit(2);
}

/* The benchmark whose name is the first `length` bytes of `name`. */
static const struct benchmark *find(const char *name, size_t length) {
  for (size_t i = 0; i < BENCHMARKS; i++) {
    if (strlen(benchmarks[i].name) == length && memcmp(benchmarks[i].name, name, length) == 0) {
      return &benchmarks[i];
    }
  }
  fail_name(name);
}

/* Runs all benchmarks, or those whose names are given. */
static int measure_all(int count, char **names) {
  bool is_met = true;
  for (int i = 0; i < count; i++) find(names[i], strlen(names[i]));
  struct bench bench = bench_open(MESSAGES, TEXTS, BANS);
  printf("%-8s %-25s %-28s %7s %7s  %11s %7s %7s  target\n", "name", "a", "b", "a, ms", "b, ms",
      "ratio", "min", "max");
  for (size_t i = 0; i < (count ? (size_t)count : BENCHMARKS); i++) {
    const struct benchmark *benchmark = count ? find(names[i], strlen(names[i])) : &benchmarks[i];
    if (!measure(&bench, benchmark)) is_met = false;
  }
  bench_close(&bench);
  return is_met ? 0 : 1;
}

/* Runs the side that `name` ("group-a") names once. */
static int run_counted(const char *name) {
  const char *side = strrchr(name, '-');
  bool is_a = side != NULL && strcmp(side, "-a") == 0;
  if (!is_a && (side == NULL || strcmp(side, "-b") != 0)) fail_name(name);
  const struct benchmark *benchmark = find(name, (size_t)(side - name));
  struct bench bench = bench_open(MESSAGES_COUNTED, TEXTS_COUNTED, BANS_COUNTED);
  struct run run = run_prepare(&bench, benchmark, is_a ? SIDE_A : SIDE_B);
  bench_run(&run);
  sqlite3_finalize(run.statement);
  bench_close(&bench);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "--instructions") == 0) return run_counted(argv[2]);
  return measure_all(argc - 1, argv + 1);
}
