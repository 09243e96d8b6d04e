/*
** drama_queries.h: drama_score in pure SQL, for the benchmarks that compare the two.
*/
#ifndef DECORUM_DRAMA_QUERIES_H
#define DECORUM_DRAMA_QUERIES_H

/* drama_score in pure SQL: the column score of a query with the current message (toxicity, oldest =
** at - 900) and the nine before it (toxicity_1 and at_1 for the latest of them... NULL if there is
** none). As they stand in order of time, those that are kept are the first few: a binary search
** finds in three or four comparisons how many. The sums begin with the oldest, as drama_score's do,
** so that the results are the same bit for bit. */
#define KEPT(number, more, fewer)                                                                  \
  "CASE WHEN at_" #number " > oldest THEN " more " ELSE " fewer " END"
#define SUM_1 "toxicity"
#define SUM_2 "toxicity_1 + 2 * toxicity"
#define SUM_3 "toxicity_2 + 2 * toxicity_1 + 3 * toxicity"
#define SUM_4 "toxicity_3 + 2 * toxicity_2 + 3 * toxicity_1 + 4 * toxicity"
#define SUM_5 "toxicity_4 + 2 * toxicity_3 + 3 * toxicity_2 + 4 * toxicity_1 + 5 * toxicity"
#define SUM_6                                                                                      \
  "toxicity_5 + 2 * toxicity_4 + 3 * toxicity_3 + 4 * toxicity_2 + 5 * toxicity_1 + 6 * toxicity"
#define SUM_7                                                                                      \
  "toxicity_6 + 2 * toxicity_5 + 3 * toxicity_4 + 4 * toxicity_3 + 5 * toxicity_2"                 \
  " + 6 * toxicity_1 + 7 * toxicity"
#define SUM_8                                                                                      \
  "toxicity_7 + 2 * toxicity_6 + 3 * toxicity_5 + 4 * toxicity_4 + 5 * toxicity_3"                 \
  " + 6 * toxicity_2 + 7 * toxicity_1 + 8 * toxicity"
#define SUM_9                                                                                      \
  "toxicity_8 + 2 * toxicity_7 + 3 * toxicity_6 + 4 * toxicity_5 + 5 * toxicity_4"                 \
  " + 6 * toxicity_3 + 7 * toxicity_2 + 8 * toxicity_1 + 9 * toxicity"
#define SUM_10                                                                                     \
  "toxicity_9 + 2 * toxicity_8 + 3 * toxicity_7 + 4 * toxicity_6 + 5 * toxicity_5"                 \
  " + 6 * toxicity_4 + 7 * toxicity_3 + 8 * toxicity_2 + 9 * toxicity_1 + 10 * toxicity"
#define MEAN(number, weights) "(" SUM_##number ") / " weights
#define UP_TO_5                                                                                    \
  KEPT(2, KEPT(3, KEPT(4, MEAN(5, "15"), MEAN(4, "10")), MEAN(3, "6")),                            \
      KEPT(1, MEAN(2, "3"), SUM_1))
#define FROM_6                                                                                     \
  KEPT(7, KEPT(8, KEPT(9, MEAN(10, "55"), MEAN(9, "45")), MEAN(8, "36")),                          \
      KEPT(6, MEAN(7, "28"), MEAN(6, "21")))
#define SCORE KEPT(5, FROM_6, UP_TO_5)

#define EACH(macro) macro(1) macro(2) macro(3) macro(4) macro(5) macro(6) macro(7) macro(8) macro(9)
#define LAG(number)                                                                                \
  ", lag(toxicity, " #number ") OVER latest AS toxicity_" #number ", lag(at, " #number             \
  ") OVER latest AS at_" #number
#define BEFORE(number)                                                                             \
  ", before_" #number ".toxicity AS toxicity_" #number ", before_" #number ".at AS at_" #number
#define JOIN(number)                                                                               \
  " LEFT JOIN numbered AS before_" #number " ON before_" #number ".number = now.number - " #number \
  " AND before_" #number ".member = now.member"

#endif
