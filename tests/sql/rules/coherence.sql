-- ema(value, at [, alpha [, start]]) and coherence_drop(score, baseline [, drop [, floor]]).
-- plan 107

CREATE TABLE three(nr INTEGER PRIMARY KEY, value, at);
INSERT INTO three VALUES (1, 0.95, 1000), (2, 0.46, 1010), (3, 0.25, 1020);

SELECT 'ema, alpha is 0.1 and start 0.85', ema(1, 1), 0.1 * 1 + (1 - 0.1) * 0.85 UNION ALL
SELECT 'ema of two is the second upon the first', ema(value, at), 0.1 * 0.46 + (1 - 0.1) * (0.1 * 0.95 + (1 - 0.1) * 0.85) FROM three WHERE nr < 3 UNION ALL
SELECT 'ema, alpha given', ema(1, 1, 0.25), 0.25 * 1 + (1 - 0.25) * 0.85 UNION ALL
SELECT 'ema, start given', ema(1, 1, 0.25, 0.5), 0.25 * 1 + (1 - 0.25) * 0.5 UNION ALL
SELECT 'ema, alpha 0 never moves', ema(value, at, 0), 0.85 FROM three UNION ALL
SELECT 'ema, alpha 1 is the last value', ema(value, at, 1), 0.25 FROM three UNION ALL
SELECT 'ema, start may be any number', ema(0, 1, 0.5, -8), -4.0 UNION ALL
SELECT 'ema, a value may be any number', ema(1000, 1, 0.5, 0), 500.0 UNION ALL
SELECT 'ema goes by at, not by arrival', ema(value, at), (SELECT ema(value, at) FROM three) FROM (SELECT * FROM three ORDER BY nr DESC) UNION ALL
SELECT 'ema, of equal at the last to arrive is last', ema(column1, 5, 1), 7.0 FROM (VALUES (3), (9), (7)) UNION ALL
SELECT 'ema, value NULL is no row', ema(iif(nr = 2, NULL, value), at, 0.5), (SELECT ema(value, at, 0.5) FROM three WHERE nr <> 2) FROM three UNION ALL
SELECT 'ema, value NULL may have at NULL', ema(NULL, NULL), 0.85 UNION ALL
SELECT 'ema without values is start', ema(NULL, 1, 0.1, 0.25), 0.25 UNION ALL
SELECT 'ema without values is 0.85 where start is left out', ema(NULL, 1, 0.1), 0.85 UNION ALL
SELECT 'ema without rows is 0.85 where alpha and start are left out', ema(1, 1), 0.85 FROM (SELECT 1) WHERE 0 UNION ALL
SELECT 'ema without rows is 0.85 where start is left out', ema(1, 1, 0.5), 0.85 FROM (SELECT 1) WHERE 0 UNION ALL
SELECT 'ema without rows is NULL where start is given, as no row says it', ema(1, 1, 0.5, 0.25), NULL FROM (SELECT 1) WHERE 0 UNION ALL
SELECT 'ema, numbers may be text', ema('1', '1', '0.25', '0.5'), 0.25 * 1 + (1 - 0.25) * 0.5 UNION ALL
SELECT 'ema is a REAL', ema(2, 1, 1, 2), 2.0;
WITH RECURSIVE loop(nr, average) AS (
  SELECT 0, 0.85 UNION ALL SELECT nr + 1, 0.1 * dice('value', nr + 1) + (1 - 0.1) * average FROM loop WHERE nr < 500)
SELECT 'ema of ' || last || ' rows is bit for bit what a loop gives', (SELECT ema(dice('value', nr), nr) FROM loop WHERE nr BETWEEN 1 AND last), average
  FROM loop JOIN (SELECT 1 AS last UNION ALL SELECT 2 UNION ALL SELECT 99 UNION ALL SELECT 500) ON nr = last;
SELECT 'ema frame, row by row, row ' || nr, average, (SELECT ema(value, at) FROM three WHERE nr <= framed.nr)
  FROM (SELECT nr, ema(value, at) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS average FROM three) AS framed;
SELECT 'ema frame, before each row, row ' || nr, average, (SELECT ema(value, at) FROM three WHERE nr < framed.nr)
  FROM (SELECT nr, ema(value, at) OVER (ORDER BY nr ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS average FROM three) AS framed;
SELECT 'ema frame, what leaves it does not count, row ' || nr, average, (SELECT ema(value, at) FROM three WHERE nr BETWEEN framed.nr - 1 AND framed.nr)
  FROM (SELECT nr, ema(value, at) OVER (ORDER BY nr ROWS 1 PRECEDING) AS average FROM three) AS framed;
SELECT 'ema frame, a row that comes late goes to its place', average, (SELECT ema(value, at) FROM three)
  FROM (SELECT nr, ema(value, at) OVER (ORDER BY nr DESC ROWS UNBOUNDED PRECEDING) AS average FROM three) AS framed WHERE nr = 1;
SELECT 'ema frame, EXCLUDE CURRENT ROW', average, (SELECT ema(value, at) FROM three WHERE nr <> 2)
  FROM (SELECT nr, ema(value, at) OVER (ORDER BY nr ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS average FROM three)
 WHERE nr = 2;
SELECT 'ema frame, alpha and start are those of the last row', average, (SELECT ema(value, at, 0.5, 2) FROM three WHERE nr < 3)
  FROM (SELECT nr, ema(value, at, nr / 4.0, nr) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS average FROM three) WHERE nr = 2;
SELECT 'ema frame, alpha alone may change', average, (SELECT ema(value, at, 0.5) FROM three WHERE nr < 3)
  FROM (SELECT nr, ema(value, at, nr / 4.0) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS average FROM three) WHERE nr = 2;
SELECT 'ema frame, start alone may change', average, (SELECT ema(value, at, 0.5, 2) FROM three WHERE nr < 3)
  FROM (SELECT nr, ema(value, at, 0.5, nr) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS average FROM three) WHERE nr = 2;
SELECT 'ema frame, alpha and start of a row without a value count', average, (SELECT ema(value, at, 0.5, 2) FROM three WHERE nr < 2)
  FROM (SELECT nr, ema(iif(nr = 2, NULL, value), at, nr / 4.0, nr) OVER (ORDER BY nr ROWS UNBOUNDED PRECEDING) AS average FROM three) WHERE nr = 2;
SELECT 'ema frame, one that has become empty is as one without rows', average, NULL
  FROM (SELECT nr, ema(value, at, 0.5, 2) OVER (ORDER BY nr ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) AS average FROM three) WHERE nr = 2;

VALUES
  ('coherence_drop is baseline - score', coherence_drop(0.25, 0.75), 0.5),
  ('coherence_drop, score below baseline - 0.3 and below 0.5', coherence_drop(0.39, 0.7), 0.7 - 0.39),
  ('coherence_drop, score = baseline - 0.3 is none', coherence_drop(0.7 - 0.3, 0.7), NULL),
  ('coherence_drop, score above baseline - 0.3 is none', coherence_drop(0.41, 0.7), NULL),
  ('coherence_drop, score = 0.5 is none', coherence_drop(0.5, 1), NULL),
  ('coherence_drop, score just below 0.5 is one', coherence_drop(0.499, 1), 1 - 0.499),
  ('coherence_drop, score above 0.5 is none', coherence_drop(0.501, 1), NULL),
  ('coherence_drop, drop given, score = baseline - drop is none', coherence_drop(0.25, 0.75, 0.5), NULL),
  ('coherence_drop, drop given, score below it is one', coherence_drop(0.249, 0.75, 0.5), 0.75 - 0.249),
  ('coherence_drop, floor given, score = floor is none', coherence_drop(0.25, 1, 0.3, 0.25), NULL),
  ('coherence_drop, floor given, score below it is one', coherence_drop(0.249, 1, 0.3, 0.25), 1 - 0.249),
  ('coherence_drop, a higher floor lets more through', coherence_drop(0.6, 1, 0.3, 0.7), 1 - 0.6),
  ('coherence_drop, drop 0 and floor 1, any fall is one', coherence_drop(0.749, 0.75, 0, 1), 0.75 - 0.749),
  ('coherence_drop, drop 0, no fall is none', coherence_drop(0.25, 0.25, 0, 1), NULL),
  ('coherence_drop, a rise is none', coherence_drop(0.4, 0.2), NULL),
  ('coherence_drop, floor 0 is never one', coherence_drop(0, 1, 0, 0), NULL),
  ('coherence_drop, drop 1 is never one', coherence_drop(0, 1, 1, 1), NULL),
  ('coherence_drop is a REAL', coherence_drop(0, 1), 1.0),
  ('coherence_drop, numbers may be text', coherence_drop('0.25', '0.75', '0.3', '0.5'), 0.5),
  ('coherence_drop, score NULL is NULL', coherence_drop(NULL, 1), NULL),
  ('coherence_drop, baseline NULL is NULL', coherence_drop(0, NULL), NULL),
  ('coherence_drop, drop NULL is NULL', coherence_drop(0, 1, NULL), NULL),
  ('coherence_drop, floor NULL is NULL', coherence_drop(0, 1, 0.3, NULL), NULL);

-- What is refused.
-- error ema refuses value that is text: ema: value must be a number, not 'x'
SELECT ema('x', 1);
-- error ema refuses value that is a BLOB: ema: value must be a number, not a BLOB of length 1
SELECT ema(x'00', 1);
-- error ema refuses value of infinity: ema: value must be a number, not Inf
SELECT ema(9e999, 1);
-- error ema refuses value of minus infinity: ema: value must be a number, not -Inf
SELECT ema(-9e999, 1);
-- error ema refuses at that is text: ema: at must be a number, not 'x'
SELECT ema(1, 'x');
-- error ema refuses at that is a BLOB: ema: at must be a number, not a BLOB of length 1
SELECT ema(1, x'00');
-- error ema refuses at of infinity: ema: at must be a number, not Inf
SELECT ema(1, 9e999);
-- error ema refuses at of minus infinity: ema: at must be a number, not -Inf
SELECT ema(1, -9e999);
-- error ema refuses at of NULL: ema: at must be a number, not NULL
SELECT ema(1, NULL);
-- error ema refuses alpha that is text: ema: alpha must be between 0 and 1, not 'x'
SELECT ema(1, 1, 'x');
-- error ema refuses alpha that is a BLOB: ema: alpha must be between 0 and 1, not a BLOB of length 1
SELECT ema(1, 1, x'00');
-- error ema refuses alpha of infinity: ema: alpha must be between 0 and 1, not Inf
SELECT ema(1, 1, 9e999);
-- error ema refuses alpha of minus infinity: ema: alpha must be between 0 and 1, not -Inf
SELECT ema(1, 1, -9e999);
-- error ema refuses alpha of NULL: ema: alpha must be between 0 and 1, not NULL
SELECT ema(1, 1, NULL);
-- error ema refuses alpha below its range (-0.001): ema: alpha must be between 0 and 1, not -0.001
SELECT ema(1, 1, -0.001);
-- error ema refuses alpha above its range (1.001): ema: alpha must be between 0 and 1, not 1.001
SELECT ema(1, 1, 1.001);
-- error ema refuses start that is text: ema: start must be a number, not 'x'
SELECT ema(1, 1, 0.1, 'x');
-- error ema refuses start that is a BLOB: ema: start must be a number, not a BLOB of length 1
SELECT ema(1, 1, 0.1, x'00');
-- error ema refuses start of infinity: ema: start must be a number, not Inf
SELECT ema(1, 1, 0.1, 9e999);
-- error ema refuses start of minus infinity: ema: start must be a number, not -Inf
SELECT ema(1, 1, 0.1, -9e999);
-- error ema refuses start of NULL: ema: start must be a number, not NULL
SELECT ema(1, 1, 0.1, NULL);
-- error coherence_drop refuses score that is text: coherence_drop: score must be between 0 and 1, not 'x'
SELECT coherence_drop('x', 0.9);
-- error coherence_drop refuses score that is a BLOB: coherence_drop: score must be between 0 and 1, not a BLOB of length 1
SELECT coherence_drop(x'00', 0.9);
-- error coherence_drop refuses score of infinity: coherence_drop: score must be between 0 and 1, not Inf
SELECT coherence_drop(9e999, 0.9);
-- error coherence_drop refuses score of minus infinity: coherence_drop: score must be between 0 and 1, not -Inf
SELECT coherence_drop(-9e999, 0.9);
-- error coherence_drop refuses score below its range (-0.001): coherence_drop: score must be between 0 and 1, not -0.001
SELECT coherence_drop(-0.001, 0.9);
-- error coherence_drop refuses score above its range (1.001): coherence_drop: score must be between 0 and 1, not 1.001
SELECT coherence_drop(1.001, 0.9);
-- error coherence_drop refuses baseline that is text: coherence_drop: baseline must be between 0 and 1, not 'x'
SELECT coherence_drop(0.2, 'x');
-- error coherence_drop refuses baseline that is a BLOB: coherence_drop: baseline must be between 0 and 1, not a BLOB of length 1
SELECT coherence_drop(0.2, x'00');
-- error coherence_drop refuses baseline of infinity: coherence_drop: baseline must be between 0 and 1, not Inf
SELECT coherence_drop(0.2, 9e999);
-- error coherence_drop refuses baseline of minus infinity: coherence_drop: baseline must be between 0 and 1, not -Inf
SELECT coherence_drop(0.2, -9e999);
-- error coherence_drop refuses baseline below its range (-0.001): coherence_drop: baseline must be between 0 and 1, not -0.001
SELECT coherence_drop(0.2, -0.001);
-- error coherence_drop refuses baseline above its range (1.001): coherence_drop: baseline must be between 0 and 1, not 1.001
SELECT coherence_drop(0.2, 1.001);
-- error coherence_drop refuses drop that is text: coherence_drop: drop must be between 0 and 1, not 'x'
SELECT coherence_drop(0.2, 0.9, 'x');
-- error coherence_drop refuses drop that is a BLOB: coherence_drop: drop must be between 0 and 1, not a BLOB of length 1
SELECT coherence_drop(0.2, 0.9, x'00');
-- error coherence_drop refuses drop of infinity: coherence_drop: drop must be between 0 and 1, not Inf
SELECT coherence_drop(0.2, 0.9, 9e999);
-- error coherence_drop refuses drop of minus infinity: coherence_drop: drop must be between 0 and 1, not -Inf
SELECT coherence_drop(0.2, 0.9, -9e999);
-- error coherence_drop refuses drop below its range (-0.001): coherence_drop: drop must be between 0 and 1, not -0.001
SELECT coherence_drop(0.2, 0.9, -0.001);
-- error coherence_drop refuses drop above its range (1.001): coherence_drop: drop must be between 0 and 1, not 1.001
SELECT coherence_drop(0.2, 0.9, 1.001);
-- error coherence_drop refuses floor that is text: coherence_drop: floor must be between 0 and 1, not 'x'
SELECT coherence_drop(0.2, 0.9, 0.3, 'x');
-- error coherence_drop refuses floor that is a BLOB: coherence_drop: floor must be between 0 and 1, not a BLOB of length 1
SELECT coherence_drop(0.2, 0.9, 0.3, x'00');
-- error coherence_drop refuses floor of infinity: coherence_drop: floor must be between 0 and 1, not Inf
SELECT coherence_drop(0.2, 0.9, 0.3, 9e999);
-- error coherence_drop refuses floor of minus infinity: coherence_drop: floor must be between 0 and 1, not -Inf
SELECT coherence_drop(0.2, 0.9, 0.3, -9e999);
-- error coherence_drop refuses floor below its range (-0.001): coherence_drop: floor must be between 0 and 1, not -0.001
SELECT coherence_drop(0.2, 0.9, 0.3, -0.001);
-- error coherence_drop refuses floor above its range (1.001): coherence_drop: floor must be between 0 and 1, not 1.001
SELECT coherence_drop(0.2, 0.9, 0.3, 1.001);
