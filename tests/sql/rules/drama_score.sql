-- drama_score(toxicity, at [, now [, warned_at [, window_size [, window_s [, boost]]]]]), as ext/drama.c
-- numbers its rules.
-- plan 126

CREATE TABLE ten(nr INTEGER PRIMARY KEY, toxicity, at);
INSERT INTO ten
  WITH RECURSIVE row(nr) AS (SELECT 1 UNION ALL SELECT nr + 1 FROM row WHERE nr < 10)
  SELECT nr, dice('toxicity', nr), 1000 + nr FROM row;

-- Rule 1: a row without toxicity is no row.
SELECT 'drama_score 1, NULL toxicity is no row', drama_score(column1, column2), 0.5
  FROM (VALUES (0.5, 10), (NULL, 20)) UNION ALL
SELECT 'drama_score 1, NULL toxicity takes up no weight', drama_score(column1, column2), (0.2 * 1 + 0.8 * 2) / 3
  FROM (VALUES (0.2, 10), (NULL, 15), (0.8, 20)) UNION ALL
SELECT 'drama_score 1, NULL toxicity takes up no place in the window', drama_score(column1, column2, NULL, NULL, 1), 0.5
  FROM (VALUES (0.5, 10), (NULL, 20)) UNION ALL
SELECT 'drama_score 1, the at of a NULL toxicity is not the newest', drama_score(column1, column2), 0.5
  FROM (VALUES (0.5, 10), (NULL, 5000)) UNION ALL
SELECT 'drama_score 1, the at of a NULL toxicity may be NULL', drama_score(column1, column2), 0.5
  FROM (VALUES (0.5, 10), (NULL, NULL)) UNION ALL
SELECT 'drama_score 1, NULL toxicity alone is no rows', drama_score(NULL, 10), 0.0;
-- ... but its other arguments count, where it is the last of a frame.
SELECT 'drama_score 1, the now of a NULL toxicity counts', last_value(score) OVER (), 0.0 FROM (
  SELECT drama_score(column1, 10, column2) OVER (ORDER BY column2 ROWS UNBOUNDED PRECEDING) AS score
    FROM (VALUES (0.5, 10), (NULL, 910))) LIMIT 1;
SELECT 'drama_score 1, the warned_at of a NULL toxicity counts', max(score), 0.5 + 0.04 * 1 FROM (
  SELECT drama_score(column1, 10, NULL, column2) OVER (ORDER BY column3 ROWS UNBOUNDED PRECEDING) AS score
    FROM (VALUES (0.5, NULL, 1), (NULL, 9, 2)));
SELECT 'drama_score 1, the window_size of a NULL toxicity counts', score, 1.0 FROM (
  SELECT column3, drama_score(column1, column3, NULL, NULL, column2) OVER (ORDER BY column3 ROWS UNBOUNDED PRECEDING) AS score
    FROM (VALUES (0, 10, 1), (1, 10, 2), (NULL, 1, 3))) WHERE column3 = 3;
-- error drama_score 1, the boost of a NULL toxicity is read: drama_score: boost must be a number that is 0 or more, not -1
SELECT drama_score(NULL, 10, 10, NULL, 10, 900, -1);

-- Rule 2: now - window_s < at <= now.
SELECT 'drama_score 2, at = now is kept', drama_score(0.5, 1000, 1000), 0.5 UNION ALL
SELECT 'drama_score 2, at > now is not kept', drama_score(0.5, 1000.001, 1000), 0.0 UNION ALL
SELECT 'drama_score 2, at < now is kept', drama_score(0.5, 999.999, 1000), 0.5 UNION ALL
SELECT 'drama_score 2, at = now - 900 is not kept', drama_score(0.5, 1000, 1900), 0.0 UNION ALL
SELECT 'drama_score 2, at > now - 900 is kept', drama_score(0.5, 1000.001, 1900), 0.5 UNION ALL
SELECT 'drama_score 2, at < now - 900 is not kept', drama_score(0.5, 999.999, 1900), 0.0 UNION ALL
SELECT 'drama_score 2, window_s given, at = now - window_s is not kept', drama_score(0.5, 1000, 1060, NULL, 10, 60), 0.0 UNION ALL
SELECT 'drama_score 2, window_s given, at > now - window_s is kept', drama_score(0.5, 1000.001, 1060, NULL, 10, 60), 0.5 UNION ALL
SELECT 'drama_score 2, window_s may be a fraction', drama_score(0.5, 1000, 1000, NULL, 10, 0.001), 0.5 UNION ALL
SELECT 'drama_score 2, window_s may be longer than all time', drama_score(0.5, -1e300, 1e300, NULL, 10, 1.7e308), 0.5 UNION ALL
SELECT 'drama_score 2, time may be negative', drama_score(0.5, -1000, -500), 0.5;
SELECT 'drama_score 2, now left out is the newest at', drama_score(column1, column2), (0.0 * 1 + 1.0 * 2) / 3
  FROM (VALUES (0.5, 100), (1, 1000), (0, 101)) UNION ALL
SELECT 'drama_score 2, now NULL is the newest at', drama_score(column1, column2, NULL), (0.0 * 1 + 1.0 * 2) / 3
  FROM (VALUES (0.5, 100), (1, 1000), (0, 101)) UNION ALL
SELECT 'drama_score 2, a now in between leaves out what came later', drama_score(column1, column2, 101), (0.5 * 1 + 0.0 * 2) / 3
  FROM (VALUES (0.5, 100), (1, 1000), (0, 101));

-- Rule 3: the newest window_size by (at, arrival).
SELECT 'drama_score 3, ten rows are kept', drama_score(nr = 1, at), 1 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 3, an eleventh row is not', drama_score(nr = 1, at), 0.0 FROM (SELECT * FROM ten UNION ALL SELECT 11, 0, 1011) UNION ALL
SELECT 'drama_score 3, window_size 11 keeps eleven', drama_score(nr = 1, at, NULL, NULL, 11), 1 / 66.0 FROM (SELECT * FROM ten UNION ALL SELECT 11, 0, 1011) UNION ALL
SELECT 'drama_score 3, window_size 9 keeps nine', drama_score(nr = 1, at, NULL, NULL, 9), 0.0 FROM ten UNION ALL
SELECT 'drama_score 3, window_size 1 keeps the newest', drama_score(toxicity, at, NULL, NULL, 1), dice('toxicity', 10) FROM ten UNION ALL
SELECT 'drama_score 3, window_size may be a REAL without a fraction', drama_score(nr = 1, at, NULL, NULL, 10.0), 1 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 3, window_size may be text that is a number', drama_score(nr = 1, at, NULL, NULL, '10'), 1 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 3, what lies after now takes up no place', drama_score(toxicity, at, 1005, NULL, 1), dice('toxicity', 5) FROM ten UNION ALL
SELECT 'drama_score 3, newest is by at, not by arrival', drama_score(column1, column2, NULL, NULL, 1), 1.0
  FROM (VALUES (0.5, 10), (1, 30), (0, 20)) UNION ALL
SELECT 'drama_score 3, of equal at the last to arrive is newest', drama_score(column1, 5, NULL, NULL, 1), 0.75
  FROM (VALUES (0.25), (0.5), (0.75)) UNION ALL
SELECT 'drama_score 3, of equal at the last to arrive weighs most', drama_score(column1, 5), (0.0 * 1 + 1.0 * 2) / 3
  FROM (VALUES (0), (1)) UNION ALL
SELECT 'drama_score 3, of equal at the first to arrive weighs least', drama_score(column1, 5), (1.0 * 1 + 0.0 * 2) / 3
  FROM (VALUES (1), (0)) UNION ALL
SELECT 'drama_score 3, rows may come newest first', drama_score(toxicity, at), (SELECT drama_score(toxicity, at) FROM ten)
  FROM (SELECT * FROM ten ORDER BY nr DESC) UNION ALL
SELECT 'drama_score 3, rows may come in any order', drama_score(toxicity, at), (SELECT drama_score(toxicity, at) FROM ten)
  FROM (SELECT * FROM ten ORDER BY nr * 7 % 11);
WITH RECURSIVE row(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM row WHERE at < 1001)
SELECT 'drama_score 3, window_size 1000 keeps a thousand', drama_score(at = 2, at, NULL, NULL, 1000, 1e9), 1 / 500500.0 FROM row UNION ALL
SELECT 'drama_score 3, window_size 1000 keeps no more', drama_score(at = 1, at, NULL, NULL, 1000, 1e9), 0.0 FROM row;

-- Rule 4: the sum of weight times toxicity by the sum of weights.
SELECT 'drama_score 4, the worked example', drama_score(column1, column2), (0.2 * 1 + 0.4 * 2 + 0.9 * 3) / (1 + 2 + 3)
  FROM (VALUES (0.2, 1000), (0.4, 1010), (0.9, 1020)) UNION ALL
SELECT 'drama_score 4, a single row is its toxicity', drama_score(0.3, 10), 0.3 UNION ALL
SELECT 'drama_score 4, the oldest of ten weighs 1', drama_score(nr = 1, at), 1 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 4, the second of ten weighs 2', drama_score(nr = 2, at), 2 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 4, the newest of ten weighs 10', drama_score(nr = 10, at), 10 / 55.0 FROM ten UNION ALL
SELECT 'drama_score 4, weights begin at 1 in a window that is cut', drama_score(nr = 8, at, NULL, NULL, 3), 1 / 6.0 FROM ten UNION ALL
SELECT 'drama_score 4, weights begin at 1 behind rows that are too old', drama_score(nr = 8, at, 1010, NULL, 10, 3), 1 / 6.0 FROM ten UNION ALL
SELECT 'drama_score 4, toxicity 0 is a row', drama_score(0, 10), 0.0 UNION ALL
SELECT 'drama_score 4, toxicity 1 is a row', drama_score(1, 10), 1.0 UNION ALL
SELECT 'drama_score 4, toxicity may be text that is a number', drama_score('0.25', '10'), 0.25;
WITH RECURSIVE loop(nr, sum, weights) AS (
  SELECT 0, 0.0, 0.0 UNION ALL
  SELECT loop.nr + 1, sum + (loop.nr + 1) * (SELECT toxicity FROM ten WHERE ten.nr = loop.nr + 1), weights + loop.nr + 1
    FROM loop WHERE loop.nr < 10)
SELECT 'drama_score 4, bit for bit what a loop gives', (SELECT drama_score(toxicity, at) FROM ten), sum / weights
  FROM loop WHERE nr = 10;

-- Rule 5: the boost.
SELECT 'drama_score 5, warned_at left out is not warned', drama_score(0.5, 10, 10), 0.5 UNION ALL
SELECT 'drama_score 5, warned_at NULL is not warned', drama_score(0.5, 10, 10, NULL), 0.5 UNION ALL
SELECT 'drama_score 5, at > warned_at is boosted by 0.04', drama_score(0.5, 10, 10, 9.999), 0.5 + 0.04 * 1 UNION ALL
SELECT 'drama_score 5, at = warned_at is not boosted', drama_score(0.5, 10, 10, 10), 0.5 UNION ALL
SELECT 'drama_score 5, at < warned_at is not boosted', drama_score(0.5, 10, 10, 10.001), 0.5 UNION ALL
SELECT 'drama_score 5, toxicity = 0.5 is boosted', drama_score(0.5, 10, 10, 0), 0.5 + 0.04 * 1 UNION ALL
SELECT 'drama_score 5, toxicity > 0.5 is boosted', drama_score(0.501, 10, 10, 0), 0.501 + 0.04 * 1 UNION ALL
SELECT 'drama_score 5, toxicity < 0.5 is not boosted', drama_score(0.499, 10, 10, 0), 0.499 UNION ALL
SELECT 'drama_score 5, the next number below 0.5 is not boosted', drama_score(0.49999999999999994, 10, 10, 0), 0.49999999999999994 UNION ALL
SELECT 'drama_score 5, boost given', drama_score(0.5, 10, 10, 0, 10, 900, 0.125), 0.5 + 0.125 * 1 UNION ALL
SELECT 'drama_score 5, boost 0', drama_score(0.5, 10, 10, 0, 10, 900, 0), 0.5 UNION ALL
SELECT 'drama_score 5, the boost of a row after now does not count', drama_score(0.5, 11, 10, 0), 0.0;
SELECT 'drama_score 5, each boosted row adds the boost', drama_score(column1, column2, NULL, 15), 0.5 + 0.04 * 3
  FROM (VALUES (0.5, 10), (0.5, 20), (0.5, 30), (0.5, 40)) UNION ALL
SELECT 'drama_score 5, a row that is too old is not boosted', drama_score(column1, column2, 1000, 0), 0.5 + 0.04 * 1
  FROM (VALUES (0.5, 100), (0.5, 1000)) UNION ALL
SELECT 'drama_score 5, a row outside window_size is not boosted', drama_score(column1, column2, 1000, 0, 1), 0.5 + 0.04 * 1
  FROM (VALUES (0.5, 999), (0.5, 1000));

-- Rule 6: the cap, and no rows.
SELECT 'drama_score 6, above 1 is 1', drama_score(1, 10, 10, 0), 1.0 UNION ALL
SELECT 'drama_score 6, 1 stays 1', drama_score(1, 10), 1.0 UNION ALL
SELECT 'drama_score 6, below 1 stays', drama_score(0.95, 10, 10, 0), 0.95 + 0.04 * 1 UNION ALL
SELECT 'drama_score 6, a boost beyond all numbers is 1', drama_score(0.5, 10, 10, 0, 10, 900, 1.7e308), 1.0 UNION ALL
SELECT 'drama_score 6, no row in the window is 0.0', drama_score(0.5, 10, 5000), 0.0;
SELECT 'drama_score 6, no row at all is 0.0, not NULL', drama_score(toxicity, at), 0.0 FROM ten WHERE 0 UNION ALL
SELECT 'drama_score 6, no row at all is 0.0 with all arguments', drama_score(toxicity, at, 5, 5, 5, 5, 5), 0.0 FROM ten WHERE 0 UNION ALL
SELECT 'drama_score 6, an infinite sum of boosts is 1', drama_score(0.5, at, NULL, 0, 10, 900, 1.7e308), 1.0 FROM ten;

-- In a frame: the value over the frame's rows, with the arguments of the last of them.
WITH message(seq, toxicity, at, now, warned_at, size, s, boost) AS (VALUES
  (1, 0.5, 10, 10, 5, 1, 900, 0.5), (2, 1, 20, 19, NULL, 10, 5, 0), (3, 0.75, 30, 30, 15, 2, 25, 0.0625))
SELECT iif(seq = 2, 'drama_score frame, now, size and the rest are those of the last row', 'drama_score frame, those of the first do not stay'),
       score, CASE seq WHEN 2 THEN 0.0 ELSE (1.0 * 1 + 0.75 * 2) / 3 + 0.0625 * 2 END
  FROM (SELECT seq, drama_score(toxicity, at, now, warned_at, size, s, boost) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS score FROM message)
 WHERE seq > 1;
SELECT 'drama_score frame, ROWS 2 PRECEDING, row ' || nr, score,
       (SELECT drama_score(toxicity, at) FROM ten WHERE nr BETWEEN framed.nr - 2 AND framed.nr)
  FROM (SELECT nr, drama_score(toxicity, at) OVER (ORDER BY nr ROWS 2 PRECEDING) AS score FROM ten) AS framed WHERE nr IN (1, 5, 10);
SELECT 'drama_score frame, ORDER BY DESC', score, (SELECT drama_score(toxicity, at) FROM ten WHERE nr >= 5)
  FROM (SELECT nr, drama_score(toxicity, at) OVER (ORDER BY nr DESC ROWS UNBOUNDED PRECEDING) AS score FROM ten) WHERE nr = 5;
SELECT 'drama_score frame, EXCLUDE CURRENT ROW', score, (SELECT drama_score(toxicity, at) FROM ten WHERE nr <> 5)
  FROM (SELECT nr, drama_score(toxicity, at) OVER (ORDER BY nr ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS score
          FROM ten) WHERE nr = 5;
SELECT 'drama_score frame, GROUPS', score, (SELECT drama_score(toxicity, at) FROM ten WHERE nr IN (3, 4, 5, 6))
  FROM (SELECT nr, drama_score(toxicity, at) OVER (ORDER BY (nr + 1) / 2 GROUPS 1 PRECEDING) AS score FROM ten) WHERE nr = 5;
SELECT 'drama_score frame, FILTER', score, (SELECT drama_score(toxicity, at) FROM ten WHERE nr <= 5 AND nr % 2)
  FROM (SELECT nr, drama_score(toxicity, at) FILTER (WHERE nr % 2) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS score FROM ten) WHERE nr = 5;
SELECT 'drama_score frame, RANGE takes in later rows of the same at', score, (0.0 * 1 + 1.0 * 2) / 3
  FROM (SELECT column1, drama_score(column1, column2) OVER (ORDER BY column2) AS score FROM (VALUES (0, 5), (1, 5))) WHERE column1 = 0;
SELECT 'drama_score frame, ROWS does not', score, 0.0
  FROM (SELECT column1, drama_score(column1, column2) OVER (ORDER BY column1 ROWS UNBOUNDED PRECEDING) AS score FROM (VALUES (0, 5), (1, 5))) WHERE column1 = 0;
SELECT 'drama_score frame, an empty frame is 0.0', score, 0.0
  FROM (SELECT nr, drama_score(toxicity, at) OVER (ORDER BY nr ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS score FROM ten) WHERE nr = 1;

-- What is refused.
-- error drama_score refuses toxicity that is text: drama_score: toxicity must be between 0 and 1, not 'x'
SELECT drama_score('x', 10);
-- error drama_score refuses toxicity that is a BLOB: drama_score: toxicity must be between 0 and 1, not a BLOB of length 1
SELECT drama_score(x'00', 10);
-- error drama_score refuses toxicity of infinity: drama_score: toxicity must be between 0 and 1, not Inf
SELECT drama_score(9e999, 10);
-- error drama_score refuses toxicity of minus infinity: drama_score: toxicity must be between 0 and 1, not -Inf
SELECT drama_score(-9e999, 10);
-- error drama_score refuses toxicity below its range (-0.001): drama_score: toxicity must be between 0 and 1, not -0.001
SELECT drama_score(-0.001, 10);
-- error drama_score refuses toxicity above its range (1.001): drama_score: toxicity must be between 0 and 1, not 1.001
SELECT drama_score(1.001, 10);
-- error drama_score refuses at that is text: drama_score: at must be a number of seconds, not 'x'
SELECT drama_score(0.5, 'x');
-- error drama_score refuses at that is a BLOB: drama_score: at must be a number of seconds, not a BLOB of length 1
SELECT drama_score(0.5, x'00');
-- error drama_score refuses at of infinity: drama_score: at must be a number of seconds, not Inf
SELECT drama_score(0.5, 9e999);
-- error drama_score refuses at of minus infinity: drama_score: at must be a number of seconds, not -Inf
SELECT drama_score(0.5, -9e999);
-- error drama_score refuses at of NULL: drama_score: at must be a number of seconds, not NULL
SELECT drama_score(0.5, NULL);
-- error drama_score refuses now that is text: drama_score: now must be a number of seconds, not 'x'
SELECT drama_score(0.5, 10, 'x');
-- error drama_score refuses now that is a BLOB: drama_score: now must be a number of seconds, not a BLOB of length 1
SELECT drama_score(0.5, 10, x'00');
-- error drama_score refuses now of infinity: drama_score: now must be a number of seconds, not Inf
SELECT drama_score(0.5, 10, 9e999);
-- error drama_score refuses now of minus infinity: drama_score: now must be a number of seconds, not -Inf
SELECT drama_score(0.5, 10, -9e999);
-- error drama_score refuses warned_at that is text: drama_score: warned_at must be a number of seconds, not 'x'
SELECT drama_score(0.5, 10, 10, 'x');
-- error drama_score refuses warned_at that is a BLOB: drama_score: warned_at must be a number of seconds, not a BLOB of length 1
SELECT drama_score(0.5, 10, 10, x'00');
-- error drama_score refuses warned_at of infinity: drama_score: warned_at must be a number of seconds, not Inf
SELECT drama_score(0.5, 10, 10, 9e999);
-- error drama_score refuses warned_at of minus infinity: drama_score: warned_at must be a number of seconds, not -Inf
SELECT drama_score(0.5, 10, 10, -9e999);
-- error drama_score refuses window_size that is text: drama_score: window_size must be an integer between 1 and 1000, not 'x'
SELECT drama_score(0.5, 10, 10, NULL, 'x');
-- error drama_score refuses window_size that is a BLOB: drama_score: window_size must be an integer between 1 and 1000, not a BLOB of length 1
SELECT drama_score(0.5, 10, 10, NULL, x'00');
-- error drama_score refuses window_size of infinity: drama_score: window_size must be an integer between 1 and 1000, not Inf
SELECT drama_score(0.5, 10, 10, NULL, 9e999);
-- error drama_score refuses window_size of minus infinity: drama_score: window_size must be an integer between 1 and 1000, not -Inf
SELECT drama_score(0.5, 10, 10, NULL, -9e999);
-- error drama_score refuses window_size of NULL: drama_score: window_size must be an integer between 1 and 1000, not NULL
SELECT drama_score(0.5, 10, 10, NULL, NULL);
-- error drama_score refuses window_size below its range (0): drama_score: window_size must be an integer between 1 and 1000, not 0
SELECT drama_score(0.5, 10, 10, NULL, 0);
-- error drama_score refuses window_size above its range (1001): drama_score: window_size must be an integer between 1 and 1000, not 1001
SELECT drama_score(0.5, 10, 10, NULL, 1001);
-- error drama_score refuses window_size with a fraction: drama_score: window_size must be an integer between 1 and 1000, not 9.5
SELECT drama_score(0.5, 10, 10, NULL, 9.5);
-- error drama_score refuses window_s that is text: drama_score: window_s must be a number of seconds above 0, not 'x'
SELECT drama_score(0.5, 10, 10, NULL, 10, 'x');
-- error drama_score refuses window_s that is a BLOB: drama_score: window_s must be a number of seconds above 0, not a BLOB of length 1
SELECT drama_score(0.5, 10, 10, NULL, 10, x'00');
-- error drama_score refuses window_s of infinity: drama_score: window_s must be a number of seconds above 0, not Inf
SELECT drama_score(0.5, 10, 10, NULL, 10, 9e999);
-- error drama_score refuses window_s of minus infinity: drama_score: window_s must be a number of seconds above 0, not -Inf
SELECT drama_score(0.5, 10, 10, NULL, 10, -9e999);
-- error drama_score refuses window_s of NULL: drama_score: window_s must be a number of seconds above 0, not NULL
SELECT drama_score(0.5, 10, 10, NULL, 10, NULL);
-- error drama_score refuses window_s below its range (0): drama_score: window_s must be a number of seconds above 0, not 0
SELECT drama_score(0.5, 10, 10, NULL, 10, 0);
-- error drama_score refuses window_s below its range (-1): drama_score: window_s must be a number of seconds above 0, not -1
SELECT drama_score(0.5, 10, 10, NULL, 10, -1);
-- error drama_score refuses boost that is text: drama_score: boost must be a number that is 0 or more, not 'x'
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, 'x');
-- error drama_score refuses boost that is a BLOB: drama_score: boost must be a number that is 0 or more, not a BLOB of length 1
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, x'00');
-- error drama_score refuses boost of infinity: drama_score: boost must be a number that is 0 or more, not Inf
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, 9e999);
-- error drama_score refuses boost of minus infinity: drama_score: boost must be a number that is 0 or more, not -Inf
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, -9e999);
-- error drama_score refuses boost of NULL: drama_score: boost must be a number that is 0 or more, not NULL
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, NULL);
-- error drama_score refuses boost below its range (-0.001): drama_score: boost must be a number that is 0 or more, not -0.001
SELECT drama_score(0.5, 10, 10, NULL, 10, 900, -0.001);
