-- sparkline(value, at [, lo [, hi]]): a bar for each row, in order of time.

SELECT sparkline(column1, column1) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8));
-- In order of at, then of arrival.
SELECT sparkline(column1, column2) FROM (VALUES (3, 30), (1, 10), (2, 20), (0, 30));
-- No rows: an empty text.
SELECT '[' || sparkline(1, 1) || ']', typeof(sparkline(1, 1)) FROM (SELECT 1) WHERE 0;
-- NULL is a space; so is every row if there is nothing else.
SELECT '[' || sparkline(column1, column2) || ']' FROM (VALUES (1, 1), (NULL, 2), (2, 3), (NULL, 4));
SELECT '[' || sparkline(NULL, column1) || ']' FROM (VALUES (1), (2));
-- All the same: all low.
SELECT sparkline(7, column1) FROM (VALUES (1), (2), (3));

-- A scale of one's own. What lies outside stands at its end.
SELECT sparkline(column1, column1, 0, 8) FROM (VALUES (-1), (0), (0.99), (1), (4), (7), (8), (9));
SELECT sparkline(column1, column1, 0) FROM (VALUES (4), (8));
SELECT sparkline(column1, column1, NULL, 16) FROM (VALUES (0), (8));
SELECT sparkline(column1, column1, NULL, NULL) FROM (VALUES (4), (8));
-- A scale without height: low up to it, high above.
SELECT sparkline(column1, column1, 1, 1) FROM (VALUES (0), (1), (2));
SELECT sparkline(column1, column1, 10) FROM (VALUES (1), (2));
-- As far apart as numbers can be.
SELECT sparkline(column1, column2) FROM (VALUES (-1.7e308, 1), (0, 2), (1.7e308, 3));

-- Row by row, the last three; with the scale of the frame, and with that of the frame's last row.
SELECT column1, sparkline(column1, column1) OVER (ORDER BY column1 ROWS 2 PRECEDING),
       sparkline(column1, column1, 0, column2) OVER (ORDER BY column1 ROWS 2 PRECEDING)
  FROM (VALUES (1, 8), (2, 8), (3, 4), (4, 4));

SELECT sparkline('1.5', '1'), sparkline(1, 2.5, '0', '4');
CREATE VIEW line AS SELECT sparkline(column1, column1) AS bars FROM (VALUES (1), (2));
SELECT bars FROM line;

SELECT sparkline('high', 1);
SELECT sparkline(x'31', 1);
SELECT sparkline(9e999, 1);
SELECT sparkline(1, NULL);
SELECT sparkline(1, 'now');
SELECT sparkline(NULL, NULL);
SELECT sparkline(1, 1, 'low');
SELECT sparkline(1, 1, 0, 'high');
SELECT sparkline(1, 1, 2, 1);
SELECT 'only hi', sparkline(v, v, NULL, 3), sparkline(v, v, 9) FROM (SELECT 5 AS v UNION ALL SELECT 6);
