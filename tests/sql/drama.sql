-- drama_score(toxicity, at [, now [, warned_at [, window_size [, window_s [, boost]]]]])
--
-- Unless a comment says otherwise, each row here is (what it shows, result).

-- The worked example: weights 1, 2, 3, so (0.2 + 0.8 + 2.7) / 6.
CREATE TABLE message(seq INTEGER PRIMARY KEY, toxicity, at);
INSERT INTO message(toxicity, at) VALUES (0.2, 1000), (0.4, 1010), (0.9, 1020);
SELECT 'worked example', round(drama_score(toxicity, at), 4) FROM message;

-- The order in which the rows come does not matter, only at does.
SELECT 'newest first', round(drama_score(toxicity, at), 4)
  FROM (SELECT * FROM message ORDER BY seq DESC);

-- Among equal times what came later is newer: (0 + 2 * 1) / 3, and (1 + 2 * 0) / 3.
SELECT 'ties', round(drama_score(column1, 5), 4) FROM (VALUES (0), (1))
UNION ALL SELECT 'ties', round(drama_score(column1, 5), 4) FROM (VALUES (1), (0));

-- Without rows the score is 0.0, not NULL.
SELECT 'no rows', drama_score(toxicity, at), typeof(drama_score(toxicity, at)) FROM message WHERE 0;

-- Row by row: order by the log's seq, and end the frame at the current row.
SELECT seq, round(drama_score(toxicity, at) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING), 4)
  FROM message;

-- A frame by RANGE, which is what there is without ROWS, has the later rows of the same time too.
SELECT 'RANGE', column1, round(drama_score(column1, column2) OVER (ORDER BY column2), 4)
  FROM (VALUES (0, 5), (1, 5), (0.5, 6));

-- 1. A message that was not assessed does not exist. Its at does not matter then.
SELECT 'NULL toxicity', drama_score(column1, column2)
  FROM (VALUES (0.5, 10), (NULL, 20), (NULL, NULL));
SELECT 'NULL toxicity alone', drama_score(NULL, 10);
-- But its now and parameters count, where it is the last of a frame. Here it is long after.
SELECT 'now of an unassessed row', column2,
       drama_score(column1, column2, column2) OVER (ORDER BY column2 ROWS UNBOUNDED PRECEDING)
  FROM (VALUES (0.5, 10), (NULL, 2000));

-- 2. Rows with now - window_s < at <= now are kept. A row just as old as the window is out.
SELECT 'window_s', column1, drama_score(0.5, 1000, column1)
  FROM (VALUES (999.9), (1000), (1899.9), (1900));
SELECT 'window_s given', drama_score(0.5, 1000, 1059, NULL, 10, 60), drama_score(0.5, 1000, 1060, NULL, 10, 60);
SELECT 'now NULL is the newest at', round(drama_score(toxicity, at, NULL), 4) FROM message;
SELECT 'now in between', round(drama_score(toxicity, at, 1010), 4) FROM message;

-- 3. Of those, the newest 10, or as many as window_size says.
WITH RECURSIVE row(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM row WHERE at < 20)
SELECT 'window_size', drama_score(at <= 10, at), drama_score(at <= 10, at, NULL, NULL, 11) = 1 / 66.0,
       drama_score(at = 20, at, NULL, NULL, 1)
  FROM row;

-- 5. After a warning each kept row that is newer and at least 0.5 adds the boost: here two of four.
SELECT 'boost', round(drama_score(column1, column2) , 2),
       round(drama_score(column1, column2, NULL, 15), 2),
       round(drama_score(column1, column2, NULL, 15, 10, 900, 0.1), 2),
       round(drama_score(column1, column2, NULL, 40), 2)
  FROM (VALUES (0.5, 10), (0.5, 20), (0.49, 30), (0.5, 40));

-- 6. At most 1.0.
SELECT 'cap', drama_score(1, 10, NULL, 0), drama_score(0.5, 10, NULL, 0, 10, 900, 1e308);

-- Text that is a number is one; a REAL with an integral value is an integer.
SELECT 'numbers', drama_score('0.5', '10', '10', '9', 10.0, '900', '0.25');

-- Each frame takes the arguments of its last row: the first row's now and window_size do not matter
-- to the second.
SELECT 'last row of the frame', round(drama_score(column1, column2, column3, NULL, column4)
         OVER (ORDER BY column2 ROWS UNBOUNDED PRECEDING), 4)
  FROM (VALUES (0.25, 10, 5, 1), (0.75, 20, 20, 1), (1, 30, 25, 1000));

-- It may stand where only pure functions may, even in a schema that nobody trusts.
CREATE VIEW heat AS SELECT round(drama_score(toxicity, at), 4) AS score FROM message;
SELECT 'in a view', score FROM heat;

-- What is refused says what was wrong and what would be right.
SELECT drama_score(1.7, 10);
SELECT drama_score(-0.1, 10);
SELECT drama_score('high', 10);
SELECT drama_score(x'01', 10);
SELECT drama_score(9e999, 10);
SELECT drama_score('0.5 or so', 10);
SELECT drama_score(0.5, NULL);
SELECT drama_score(0.5, 'yesterday');
SELECT drama_score(0.5, x'0102');
SELECT drama_score(0.5, -9e999);
SELECT drama_score(0.5, 10, 'now');
SELECT drama_score(0.5, 10, 9e999);
SELECT drama_score(0.5, 10, 10, 'never');
SELECT drama_score(0.5, 10, 10, NULL, 0);
SELECT drama_score(0.5, 10, 10, NULL, 1001);
SELECT drama_score(0.5, 10, 10, NULL, -9223372036854775808);
SELECT drama_score(0.5, 10, 10, NULL, 2.5);
SELECT drama_score(0.5, 10, 10, NULL, NULL);
SELECT drama_score(0.5, 10, 10, NULL, 'x');
SELECT drama_score(0.5, 10, 10, NULL, 10, 0);
SELECT drama_score(0.5, 10, 10, NULL, 10, -900);
SELECT drama_score(0.5, 10, 10, NULL, 10, 9e999);
SELECT drama_score(0.5, 10, 10, NULL, 10, NULL);
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, -0.01);
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, NULL);
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, 'a little');

-- The arguments are read from unassessed rows too.
SELECT drama_score(NULL, 10, 10, NULL, 0);

-- A long text is cut, and cannot drive the terminal of whoever reads the message.
SELECT drama_score('a' || char(27) || '[2J' || char(10) || 'and some forty letters more than fit here', 10);
SELECT drama_score(printf('%.39c', 'x') || 'ö', 10);

-- A frame of more than 2000 rows lets old ones go; a now before the others is refused.
WITH RECURSIVE row(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM row WHERE at < 2500)
SELECT 'now goes back', drama_score(0.5, at, iif(at = 2500, 1000, NULL)) FROM row;

-- offence_count(at [, reset_s [, now]]): the newest run of offences with gaps of at most two hours.
SELECT 'offences', offence_count(column1) FROM (VALUES (0), (3600), (20000));
SELECT 'a gap of just reset_s', offence_count(column1) FROM (VALUES (0), (7200), (14400));
SELECT 'a gap of more', offence_count(column1) FROM (VALUES (0), (7200), (14400.5));
SELECT 'reset_s given', offence_count(column1, 10), offence_count(column1, 11), offence_count(column1, 0)
  FROM (VALUES (0), (10), (20), (31), (31));
SELECT 'now', offence_count(column1, 7200, 10800), offence_count(column1, 7200, 10801),
       offence_count(column1, 7200, NULL) FROM (VALUES (0), (3600));
SELECT 'order and NULL', offence_count(column1) FROM (VALUES (3600), (NULL), (0), (3600));
SELECT 'no offence', offence_count(NULL), offence_count(NULL, 7200, 0);
SELECT 'row by row', column1, offence_count(column1) OVER (ORDER BY column1 ROWS UNBOUNDED PRECEDING)
  FROM (VALUES (0), (3600), (20000), (20000));
SELECT offence_count('x');
SELECT offence_count(1, -1);
SELECT offence_count(1, NULL);
SELECT offence_count(1, 7200, 'now');

-- drama_threshold(base, warned [, discount]): a little lower for the warned.
SELECT 'threshold', round(drama_threshold(0.7, 0), 2), round(drama_threshold(0.7, 1), 2),
       round(drama_threshold(0.7, 1, 0.1), 2), round(drama_threshold(0.01, 1), 2);
SELECT 'threshold of NULL', drama_threshold(NULL, 1), drama_threshold(0.7, NULL), drama_threshold(0.7, 1, NULL);
SELECT drama_threshold('high', 1);
SELECT drama_threshold(0.7, 'yes');
SELECT drama_threshold(0.7, 0.5);
SELECT drama_threshold(0.7, 2);
SELECT drama_threshold(0.7, 1, x'');
