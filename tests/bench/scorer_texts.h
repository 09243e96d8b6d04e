/*
** scorer_texts.h: what the benchmarks of the scorer work on: chat messages, and the two things that are
** done with each of them.
*/
#ifndef DECORUM_SCORER_TEXTS_H
#define DECORUM_SCORER_TEXTS_H

#include <stddef.h>
#include <sqlite3.h>

/* Makes `count` messages with a fixed seed; or, if the environment variable DECORUM_LOGS names IRC logs
** (separated by spaces), reads theirs. Puts them into a table scorer_text(text) too, and adds the SQL
** function word_hash(text), which is side b. Ends the program when it cannot. */
void scorer_texts_open(sqlite3 *db, size_t count);
void scorer_texts_close(void);

/* How many there are, and how many bytes a message has on average. */
size_t scorer_texts_count(void);
double scorer_texts_length(void);

/* Side a: scores each message, without SQL. */
void scorer_texts_score(void);

/* Side b: lower-cases each message into a buffer and hashes its words (FNV-1a, byte by byte). */
void scorer_texts_hash(void);

/* Does SQL's toxicity() give what the C core gives, for each message? */
int scorer_texts_agree(sqlite3 *db);

#endif
