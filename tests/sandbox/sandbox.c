/*
** sandbox.c: puts hostile policies into a store and lets them decide. See the README.md here.
**
**     sandbox FILE...
**
** Prints TAP: a line for each file, with what it took as a comment, and the worst at the end. Each runs in a process
** of its own, which is ended by force if it does not end by itself.
*/
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "decorum.h"

#define SECONDS_MAX 120 /* on the clock on the wall, for a file */
#define MEMORY_MAX (32 << 20)
#define ROWS 4

#if defined(__SANITIZE_ADDRESS__)
#define RESIDENT_COUNTS 0 /* what was freed stays with the sanitizer for a while */
#else
#define RESIDENT_COUNTS 1
#endif

/* What a process tells of its file. */
struct outcome {
  char problem[600];   /* empty: as it should be */
  double milliseconds; /* of processor time, for the costliest statement or row */
  double mebibytes;    /* above what was in use before */
};

static const char *const honest =
    "return policy { id = 'honest', needs = { 'row' }, params = { least = 1 },\n"
    "  decide = function(f, d, p)\n"
    "    local words = { 'c', 'b', 'a' } table.sort(words)\n"
    "    local digits = re.match('row ' .. f.row, [[\\d+]])\n"
    "    return { action = f.row >= p.least and 'warn' or 'none', reason = table.concat(words) .. "
    "digits }\n"
    "  end, tests = { { 'warns', { row = 7 }, { action = 'warn', reason = 'abc7' } } } }";

/* A file that returns no policy by itself has a function `attack`, and gets this one. */
static const char *const around =
    "\nreturn policy { id = 'hostile', needs = { 'row', 'attack' },\n"
    "  decide = function(f) if f.attack == 1 then return attack(f) end end,\n"
    "  tests = { { 'is quiet', {}, { action = 'none' } } } }\n";

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double resident(void) { /* the most so far, in MiB */
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text = malloc(1 << 20);
  size_t size = file && text ? fread(text, 1, (1 << 20) - 1000, file) : 0;
  if (file) fclose(file);
  if (size == 0) return NULL;
  text[size] = '\0';
  if (!strstr(text, "return policy")) strcpy(text + size, around);
  return text;
}

/* Runs one statement; its error goes to outcome->problem. */
static int execute(sqlite3 *db, const char *sql, const char *text, struct outcome *outcome) {
  sqlite3_stmt *statement = NULL;
  double start = now();
  int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (status == SQLITE_OK && text) sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
  if (status == SQLITE_OK) sqlite3_step(statement);
  status = sqlite3_finalize(statement);
  if (now() - start > outcome->milliseconds) outcome->milliseconds = now() - start;
  if (status != SQLITE_OK) {
    snprintf(outcome->problem, sizeof outcome->problem, "%s", sqlite3_errmsg(db));
  }
  return status;
}

/* Compares a column of the row with what it should be. */
static void expect(sqlite3_stmt *row, int column, const char *expected, struct outcome *outcome) {
  const char *got = (const char *)sqlite3_column_text(row, column);
  if (outcome->problem[0] || (expected ? got && !strcmp(got, expected) : !got)) return;
  snprintf(outcome->problem, sizeof outcome->problem, "row %d: %s is %s, not %s",
      sqlite3_column_int(row, 0), sqlite3_column_name(row, column), got ? got : "NULL",
      expected ? expected : "NULL");
}

/* The hostile policy decides in a statement with an honest one before and after it. */
static void decide(sqlite3 *db, const char *message, struct outcome *outcome) {
  sqlite3_stmt *rows = NULL;
  int count = 0;
  int status = sqlite3_prepare_v2(db,
      "SELECT event.id, event.attack, one.reason AS before, other.action, other.error, two.reason "
      "AS after "
      "FROM event CROSS JOIN honest(event.id) AS one CROSS JOIN hostile(event.id) AS other "
      "CROSS JOIN honest(event.id) AS two",
      -1, &rows, NULL);
  for (double start = now(); status == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW;
       start = now()) {
    char reason[20];
    count++;
    if (now() - start > outcome->milliseconds) outcome->milliseconds = now() - start;
    snprintf(reason, sizeof reason, "abc%d", count);
    expect(rows, 2, reason, outcome);
    expect(rows, 5, reason, outcome);
    if (sqlite3_column_int(rows, 1)) {
      const char *error = (const char *)sqlite3_column_text(rows, 4);
      expect(rows, 3, NULL, outcome);
      if (!outcome->problem[0] &&
          (error == NULL || !strstr(error, message) || strlen(error) > 520)) {
        snprintf(outcome->problem, sizeof outcome->problem, "row %d: the error is %s", count,
            error ? error : "none");
      }
    } else {
      expect(rows, 3, "none", outcome);
      expect(rows, 4, NULL, outcome);
    }
  }
  status = sqlite3_finalize(rows);
  if (!outcome->problem[0] && (status != SQLITE_OK || count != ROWS)) {
    snprintf(outcome->problem, sizeof outcome->problem, "%d rows: %s", count, sqlite3_errmsg(db));
  }
}

static void attack(const char *path, struct outcome *outcome) {
  static const char *const setup[] = {"CREATE VIRTUAL TABLE policy USING policy_store",
      "CREATE TABLE event(id INTEGER PRIMARY KEY, attack)",
      "INSERT INTO event(attack) VALUES (0), (1), (1), (0)",
      "CREATE VIRTUAL TABLE seen USING facts('SELECT id AS row, attack FROM event WHERE id = :id')",
      "CREATE VIRTUAL TABLE honest USING lua_policy(policy = 'honest@1', facts = seen)"};
  sqlite3 *db = NULL;
  char *error = NULL, *source = read_file(path), message[300] = "";
  bool refused = source && sscanf(source, "-- refused: %299[^\n]", message) == 1;
  if (!source || (!refused && sscanf(source, "-- error: %299[^\n]", message) != 1)) {
    snprintf(outcome->problem, sizeof outcome->problem,
        "it does not begin with -- error: or -- refused:");
    return;
  }
  int status = sqlite3_open(":memory:", &db);
  if (status == SQLITE_OK) status = sqlite3_decorum_init(db, &error, NULL);
  if (status == SQLITE_OK) status = execute(db, setup[0], NULL, outcome);
  if (status == SQLITE_OK) {
    status = execute(db, "INSERT INTO policy(source, active) VALUES (?, 1)", honest, outcome);
  }
  for (size_t i = 1; status == SQLITE_OK && i < sizeof setup / sizeof *setup; i++) {
    status = execute(db, setup[i], NULL, outcome);
  }
  if (status != SQLITE_OK) return;
  outcome->milliseconds = 0;
  sqlite3_memory_highwater(1);
  sqlite3_int64 used = sqlite3_memory_used();
  double before = resident();
  status = execute(db, "INSERT INTO policy(source, active) VALUES (?, 1)", source, outcome);
  if (refused) {
    if (status == SQLITE_ERROR && strstr(outcome->problem, message)) {
      outcome->problem[0] = '\0';
    } else if (status == SQLITE_OK) {
      snprintf(outcome->problem, sizeof outcome->problem, "it was not refused");
    }
    execute(db, "INSERT INTO policy(source) VALUES (?)", honest, outcome);
  } else if (status == SQLITE_OK) {
    execute(db, "CREATE VIRTUAL TABLE hostile USING lua_policy(policy = 'hostile@1', facts = seen)",
        NULL, outcome);
    decide(db, message, outcome);
  }
  outcome->mebibytes = (double)(sqlite3_memory_highwater(0) - used) / 1048576;
  if (RESIDENT_COUNTS && resident() - before > outcome->mebibytes) {
    outcome->mebibytes = resident() - before;
  }
  if (!outcome->problem[0] && outcome->mebibytes > MEMORY_MAX >> 20) {
    snprintf(outcome->problem, sizeof outcome->problem, "%.0f MiB", outcome->mebibytes);
  }
  if (sqlite3_close(db) != SQLITE_OK) {
    snprintf(outcome->problem, sizeof outcome->problem, "the connection could not be closed");
  }
  free(source);
}

/* In a process of its own. */
static void run(const char *path, struct outcome *outcome) {
  int ends[2];
  *outcome = (struct outcome){.problem = "it did not come to an end"};
  fflush(stdout);
  if (pipe(ends) != 0) return;
  pid_t child = fork();
  if (child == 0) {
    struct outcome own = {0};
    alarm(SECONDS_MAX);
    attack(path, &own);
    _exit(write(ends[1], &own, sizeof own) == sizeof own ? 0 : 1);
  }
  close(ends[1]);
  struct outcome told;
  int status = 0;
  bool is_whole = read(ends[0], &told, sizeof told) == sizeof told;
  close(ends[0]);
  if (child > 0) waitpid(child, &status, 0);
  if (is_whole && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    *outcome = told;
  } else if (WIFSIGNALED(status)) {
    snprintf(outcome->problem, sizeof outcome->problem, "signal %d", WTERMSIG(status));
  }
}

int main(int argc, char **argv) {
  double slowest = 0, largest = 0;
  const char *slow = "", *large = "";
  printf("1..%d\n", argc - 1);
  for (int i = 1; i < argc; i++) {
    struct outcome outcome;
    const char *name = strstr(argv[i], "tests/sandbox/");
    name = name ? name + strlen("tests/sandbox/") : argv[i];
    run(argv[i], &outcome);
    printf("%sok %d - %s\n# %.1f ms, %.1f MiB\n", outcome.problem[0] ? "not " : "", i, name,
        outcome.milliseconds, outcome.mebibytes);
    if (outcome.problem[0]) printf("# %s\n", outcome.problem);
    if (outcome.milliseconds >= slowest) slowest = outcome.milliseconds, slow = name;
    if (outcome.mebibytes >= largest) largest = outcome.mebibytes, large = name;
  }
  printf("# most processor time for a row: %.1f ms, %s\n# most memory: %.1f MiB, %s\n", slowest,
      slow, largest, large);
  return 0;
}
