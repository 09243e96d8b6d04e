-- sparkline(value, at [, lo [, hi]]).
-- plan 40

SELECT 'sparkline has a glyph for each of eight levels', sparkline(column1, column1), '▁▂▃▄▅▆▇█'
  FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) UNION ALL
SELECT 'sparkline has one glyph a row', length(sparkline(column1, 1)), 5 FROM (VALUES (1), (2), (2), (3), (NULL)) UNION ALL
SELECT 'sparkline goes by at', sparkline(column1, column2), '▁▄█' FROM (VALUES (8, 3), (1, 1), (4, 2)) UNION ALL
SELECT 'sparkline, of equal at by arrival', sparkline(column1, 5), '█▁▄' FROM (VALUES (8), (1), (4)) UNION ALL
SELECT 'sparkline, value NULL is a space', sparkline(column1, column2), '▁ █' FROM (VALUES (1, 1), (NULL, 2), (2, 3)) UNION ALL
SELECT 'sparkline, value NULL alone is a space', sparkline(NULL, 1), ' ' UNION ALL
SELECT 'sparkline without rows is empty', sparkline(1, 1), '' FROM (SELECT 1) WHERE 0 UNION ALL
SELECT 'sparkline, lo left out is the smallest value', sparkline(column1, column1), '▁█' FROM (VALUES (100), (101)) UNION ALL
SELECT 'sparkline, lo given', sparkline(column1, column1, 0), '▅█' FROM (VALUES (4), (8)) UNION ALL
SELECT 'sparkline, hi given', sparkline(column1, column1, 0, 16), '▃▅' FROM (VALUES (4), (8)) UNION ALL
SELECT 'sparkline, lo NULL is not given', sparkline(column1, column1, NULL, 16), '▁▃' FROM (VALUES (0), (4)) UNION ALL
SELECT 'sparkline, hi NULL is not given', sparkline(column1, column1, 0, NULL), '▅█' FROM (VALUES (4), (8)) UNION ALL
SELECT 'sparkline, what lies below lo is lowest', sparkline(column1, column1, 0, 8), '▁▁' FROM (VALUES (-5), (0)) UNION ALL
SELECT 'sparkline, what lies above hi is highest', sparkline(column1, column1, 0, 8), '██' FROM (VALUES (8), (50)) UNION ALL
SELECT 'sparkline, a level begins at its lower bound', sparkline(column1, column1, 0, 8), '▁▂▂▃' FROM (VALUES (0.999), (1), (1.999), (2)) UNION ALL
SELECT 'sparkline, all equal is all low', sparkline(7, column1), '▁▁▁' FROM (VALUES (1), (2), (3)) UNION ALL
SELECT 'sparkline, lo = hi, what is above is high', sparkline(column1, column1, 1, 1), '▁▁█' FROM (VALUES (0), (1), (2)) UNION ALL
SELECT 'sparkline, numbers may be text', sparkline(column1, column1, '0', '16'), '▃▅' FROM (VALUES ('4'), ('8'));
SELECT 'sparkline frame, row ' || at, line, CASE at WHEN 1 THEN '▁' ELSE '▁█' END
  FROM (SELECT column1 AS at, sparkline(column1, column1) OVER (ORDER BY column1 ROWS 1 PRECEDING) AS line FROM (VALUES (1), (2), (3)));
SELECT 'sparkline frame, lo and hi are those of the last row', line, '▅█'
  FROM (SELECT column1 AS at, sparkline(column1, column1, column2, column3) OVER (ORDER BY column1 ROWS UNBOUNDED PRECEDING) AS line
          FROM (VALUES (1, 1, 2), (2, 0, 2))) WHERE at = 2;

-- What is refused.
-- error sparkline refuses value that is text: sparkline: value must be a number, not 'x'
SELECT sparkline('x', 1);
-- error sparkline refuses value that is a BLOB: sparkline: value must be a number, not a BLOB of length 1
SELECT sparkline(x'00', 1);
-- error sparkline refuses value of infinity: sparkline: value must be a number, not Inf
SELECT sparkline(9e999, 1);
-- error sparkline refuses value of minus infinity: sparkline: value must be a number, not -Inf
SELECT sparkline(-9e999, 1);
-- error sparkline refuses at that is text: sparkline: at must be a number, not 'x'
SELECT sparkline(1, 'x');
-- error sparkline refuses at that is a BLOB: sparkline: at must be a number, not a BLOB of length 1
SELECT sparkline(1, x'00');
-- error sparkline refuses at of infinity: sparkline: at must be a number, not Inf
SELECT sparkline(1, 9e999);
-- error sparkline refuses at of minus infinity: sparkline: at must be a number, not -Inf
SELECT sparkline(1, -9e999);
-- error sparkline refuses at of NULL: sparkline: at must be a number, not NULL
SELECT sparkline(1, NULL);
-- error sparkline refuses lo that is text: sparkline: lo must be a number, not 'x'
SELECT sparkline(1, 1, 'x');
-- error sparkline refuses lo that is a BLOB: sparkline: lo must be a number, not a BLOB of length 1
SELECT sparkline(1, 1, x'00');
-- error sparkline refuses lo of infinity: sparkline: lo must be a number, not Inf
SELECT sparkline(1, 1, 9e999);
-- error sparkline refuses lo of minus infinity: sparkline: lo must be a number, not -Inf
SELECT sparkline(1, 1, -9e999);
-- error sparkline refuses hi that is text: sparkline: hi must be a number, not 'x'
SELECT sparkline(1, 1, 0, 'x');
-- error sparkline refuses hi that is a BLOB: sparkline: hi must be a number, not a BLOB of length 1
SELECT sparkline(1, 1, 0, x'00');
-- error sparkline refuses hi of infinity: sparkline: hi must be a number, not Inf
SELECT sparkline(1, 1, 0, 9e999);
-- error sparkline refuses hi of minus infinity: sparkline: hi must be a number, not -Inf
SELECT sparkline(1, 1, 0, -9e999);
-- error sparkline refuses hi that is below lo: sparkline: hi must be lo or more, not 4.999
SELECT sparkline(1, 1, 5, 4.999);
