-- offence_count(at [, reset_s [, now]]) and drama_threshold(base, warned [, discount]).
-- plan 70

SELECT 'offence_count of no rows is 0', offence_count(column1), 0 FROM (VALUES (1)) WHERE 0 UNION ALL
SELECT 'offence_count of one is 1', offence_count(column1), 1 FROM (VALUES (0)) UNION ALL
SELECT 'offence_count, at NULL is no row', offence_count(column1), 1 FROM (VALUES (0), (NULL)) UNION ALL
SELECT 'offence_count, at NULL alone is 0', offence_count(NULL), 0 UNION ALL
SELECT 'offence_count, a gap of 7200 goes on', offence_count(column1), 2 FROM (VALUES (0), (7200)) UNION ALL
SELECT 'offence_count, a gap above 7200 does not', offence_count(column1), 1 FROM (VALUES (0), (7200.001)) UNION ALL
SELECT 'offence_count, a gap below 7200 goes on', offence_count(column1), 2 FROM (VALUES (0), (7199.999)) UNION ALL
SELECT 'offence_count, each gap counts, not their sum', offence_count(column1), 3 FROM (VALUES (0), (7200), (14400)) UNION ALL
SELECT 'offence_count, only the newest run counts', offence_count(column1), 1 FROM (VALUES (0), (10), (20), (20000)) UNION ALL
SELECT 'offence_count, a gap ends the run however many lie behind it', offence_count(column1), 2 FROM (VALUES (0), (10), (20000), (20010)) UNION ALL
SELECT 'offence_count, reset_s given, a gap of reset_s goes on', offence_count(column1, 60), 2 FROM (VALUES (0), (60)) UNION ALL
SELECT 'offence_count, reset_s given, a gap above does not', offence_count(column1, 60), 1 FROM (VALUES (0), (60.001)) UNION ALL
SELECT 'offence_count, reset_s 0 counts those at the same time', offence_count(column1, 0), 2 FROM (VALUES (0), (10), (10)) UNION ALL
SELECT 'offence_count, rows may come in any order', offence_count(column1), 3 FROM (VALUES (14400), (0), (7200)) UNION ALL
SELECT 'offence_count, numbers may be text', offence_count(column1, '60', '60'), 2 FROM (VALUES ('0'), ('60')) UNION ALL
SELECT 'offence_count with now, now - last = reset_s still counts', offence_count(column1, 7200, 7210), 2 FROM (VALUES (0), (10)) UNION ALL
SELECT 'offence_count with now, now - last > reset_s is 0', offence_count(column1, 7200, 7210.001), 0 FROM (VALUES (0), (10)) UNION ALL
SELECT 'offence_count with now, now - last < reset_s counts', offence_count(column1, 7200, 7209.999), 2 FROM (VALUES (0), (10)) UNION ALL
SELECT 'offence_count with now NULL, now is not given', offence_count(column1, 7200, NULL), 2 FROM (VALUES (0), (10)) UNION ALL
SELECT 'offence_count with now before the last, it counts', offence_count(column1, 7200, 5), 2 FROM (VALUES (0), (10)) UNION ALL
SELECT 'offence_count with now and no rows is 0', offence_count(column1, 7200, 5), 0 FROM (VALUES (1)) WHERE 0;
SELECT 'offence_count frame, row ' || at, count, CASE at WHEN 0 THEN 1 WHEN 7200 THEN 2 ELSE 1 END
  FROM (SELECT column1 AS at, offence_count(column1) OVER (ORDER BY column1 ROWS UNBOUNDED PRECEDING) AS count
          FROM (VALUES (0), (7200), (20000)));
SELECT 'offence_count frame, what leaves it does not count', count, 2
  FROM (SELECT column1 AS at, offence_count(column1) OVER (ORDER BY column1 ROWS 1 PRECEDING) AS count FROM (VALUES (0), (1), (2)))
 WHERE at = 2;
SELECT 'offence_count frame, reset_s and now are those of the last row', count, 2
  FROM (SELECT column1 AS at, offence_count(column1, column2, column3) OVER (ORDER BY column1 ROWS UNBOUNDED PRECEDING) AS count
          FROM (VALUES (0, 1, 5000), (10, 10, 20))) WHERE at = 10;

VALUES
  ('drama_threshold, not warned, is the base', drama_threshold(0.7, 0), 0.7),
  ('drama_threshold, warned, is the base - 0.05', drama_threshold(0.7, 1), 0.7 - 0.05),
  ('drama_threshold, discount given', drama_threshold(0.7, 1, 0.25), 0.7 - 0.25),
  ('drama_threshold, discount given, not warned', drama_threshold(0.7, 0, 0.25), 0.7),
  ('drama_threshold, discount may be 0', drama_threshold(0.7, 1, 0), 0.7),
  ('drama_threshold, discount may be below 0', drama_threshold(0.5, 1, -0.25), 0.75),
  ('drama_threshold is not clamped at 0', drama_threshold(0.25, 1, 0.5), -0.25),
  ('drama_threshold is not clamped at 1', drama_threshold(1.5, 0), 1.5),
  ('drama_threshold is a REAL', drama_threshold(1, 0), 1.0),
  ('drama_threshold, warned may be 1.0', drama_threshold(0.7, 1.0), 0.7 - 0.05),
  ('drama_threshold, numbers may be text', drama_threshold('0.7', '1', '0.25'), 0.7 - 0.25),
  ('drama_threshold, base NULL is NULL', drama_threshold(NULL, 1), NULL),
  ('drama_threshold, warned NULL is NULL', drama_threshold(0.7, NULL), NULL),
  ('drama_threshold, discount NULL is NULL', drama_threshold(0.7, 1, NULL), NULL),
  ('drama_threshold, discount NULL is NULL for who is not warned, too', drama_threshold(0.7, 0, NULL), NULL);

-- What is refused.
-- error offence_count refuses at that is text: offence_count: at must be a number of seconds, not 'x'
SELECT offence_count('x');
-- error offence_count refuses at that is a BLOB: offence_count: at must be a number of seconds, not a BLOB of length 1
SELECT offence_count(x'00');
-- error offence_count refuses at of infinity: offence_count: at must be a number of seconds, not Inf
SELECT offence_count(9e999);
-- error offence_count refuses at of minus infinity: offence_count: at must be a number of seconds, not -Inf
SELECT offence_count(-9e999);
-- error offence_count refuses reset_s that is text: offence_count: reset_s must be a number of seconds, 0 or more, not 'x'
SELECT offence_count(1, 'x');
-- error offence_count refuses reset_s that is a BLOB: offence_count: reset_s must be a number of seconds, 0 or more, not a BLOB of length 1
SELECT offence_count(1, x'00');
-- error offence_count refuses reset_s of infinity: offence_count: reset_s must be a number of seconds, 0 or more, not Inf
SELECT offence_count(1, 9e999);
-- error offence_count refuses reset_s of minus infinity: offence_count: reset_s must be a number of seconds, 0 or more, not -Inf
SELECT offence_count(1, -9e999);
-- error offence_count refuses reset_s of NULL: offence_count: reset_s must be a number of seconds, 0 or more, not NULL
SELECT offence_count(1, NULL);
-- error offence_count refuses reset_s below its range (-0.001): offence_count: reset_s must be a number of seconds, 0 or more, not -0.001
SELECT offence_count(1, -0.001);
-- error offence_count refuses now that is text: offence_count: now must be a number of seconds, not 'x'
SELECT offence_count(1, 7200, 'x');
-- error offence_count refuses now that is a BLOB: offence_count: now must be a number of seconds, not a BLOB of length 1
SELECT offence_count(1, 7200, x'00');
-- error offence_count refuses now of infinity: offence_count: now must be a number of seconds, not Inf
SELECT offence_count(1, 7200, 9e999);
-- error offence_count refuses now of minus infinity: offence_count: now must be a number of seconds, not -Inf
SELECT offence_count(1, 7200, -9e999);
-- error drama_threshold refuses base that is text: drama_threshold: base must be a number, not 'x'
SELECT drama_threshold('x', 1);
-- error drama_threshold refuses base that is a BLOB: drama_threshold: base must be a number, not a BLOB of length 1
SELECT drama_threshold(x'00', 1);
-- error drama_threshold refuses base of infinity: drama_threshold: base must be a number, not Inf
SELECT drama_threshold(9e999, 1);
-- error drama_threshold refuses base of minus infinity: drama_threshold: base must be a number, not -Inf
SELECT drama_threshold(-9e999, 1);
-- error drama_threshold refuses warned that is text: drama_threshold: warned must be 0 or 1, not 'x'
SELECT drama_threshold(0.7, 'x');
-- error drama_threshold refuses warned that is a BLOB: drama_threshold: warned must be 0 or 1, not a BLOB of length 1
SELECT drama_threshold(0.7, x'00');
-- error drama_threshold refuses warned of infinity: drama_threshold: warned must be 0 or 1, not Inf
SELECT drama_threshold(0.7, 9e999);
-- error drama_threshold refuses warned of minus infinity: drama_threshold: warned must be 0 or 1, not -Inf
SELECT drama_threshold(0.7, -9e999);
-- error drama_threshold refuses warned below its range (-1): drama_threshold: warned must be 0 or 1, not -1
SELECT drama_threshold(0.7, -1);
-- error drama_threshold refuses warned above its range (2): drama_threshold: warned must be 0 or 1, not 2
SELECT drama_threshold(0.7, 2);
-- error drama_threshold refuses warned with a fraction: drama_threshold: warned must be 0 or 1, not 0.5
SELECT drama_threshold(0.7, 0.5);
-- error drama_threshold refuses discount that is text: drama_threshold: discount must be a number, not 'x'
SELECT drama_threshold(0.7, 1, 'x');
-- error drama_threshold refuses discount that is a BLOB: drama_threshold: discount must be a number, not a BLOB of length 1
SELECT drama_threshold(0.7, 1, x'00');
-- error drama_threshold refuses discount of infinity: drama_threshold: discount must be a number, not Inf
SELECT drama_threshold(0.7, 1, 9e999);
-- error drama_threshold refuses discount of minus infinity: drama_threshold: discount must be a number, not -Inf
SELECT drama_threshold(0.7, 1, -9e999);
